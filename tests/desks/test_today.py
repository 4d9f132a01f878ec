"""The first page of a unit and of the office: every number leads to a list that holds just as many."""

from __future__ import annotations

import re
import subprocess
from html import unescape

import pytest

from campmgr.accounts import governing
from campmgr.accounts.governing import NewAccount, Place
from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions.joining import make_join_code
from campmgr.areas.people.actions.people import Registration, add_membership, change_details, register
from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.units.actions.units import UnitRow, describe_unit
from campmgr.desks.queries.trend import DAYS
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from tests.kit.desk_story import post
from tests.kit.office import agree, import_csv, see
from tests.kit.pages import CHEAP, PASSWORD

DESK = "/desk/units/3501-X1"


def _tasks(pages, path: str, who: str) -> dict[str, tuple[int, str]]:
    """What waits: the words, the number and the address."""
    found = re.findall(
        r'<li[^>]*><a href="([^"]+)"><span class="n">([\d,]+)</span>.*?class="what">([^<]+)<', see(pages, path, who), re.DOTALL
    )
    return {words: (int(number.replace(",", "")), unescape(address)) for address, number, words in found}


@pytest.fixture
def school(pages):
    """Three ready, one complete without sign-in, one who began, one who did not, one without class, a member from elsewhere."""
    with pages.store.writing() as w:
        describe_lesson(w, Lesson("V1", "防溺水知识", 100, 40, "科普视频", "水域"))
        describe_lesson(w, Lesson("V8", "全部课程合集", 800, 480, "科普视频", "家庭"))
        for number, of_class in (
            ("1", "一年1班"),
            ("2", "一年1班"),
            ("3", "一年2班"),
            ("4", "一年2班"),
            ("5", "一年2班"),
            ("6", ""),
        ):
            register(w, Registration("3501-X1", f"学生{number}", number, of_class))
        register(w, Registration("3501-X2", "别校生", "7", "一年2班"))
        add_membership(w, find_person(w, "7"), find_unit(worlds.load(w), "3501-X1").unit)
        for number in "1234":
            mark(w, number, MarkRow("2023-06-10", "V8"))
        for number in "123":
            mark(w, number, MarkRow("2023-06-10", condition="sign_in"))
        mark(w, "5", MarkRow("2023-06-05", "V1"))
    return pages


def test_each_task_leads_to_a_list_of_just_as_many(school):
    tasks = _tasks(school, DESK, "dora")
    ready, at = tasks["人可以发证书了"]
    assert (ready, f"签发 {ready} 份" in see(school, at, "dora")) == (3, True)
    lacking, at = tasks["人课时满了，还缺签到等条件"]
    assert (lacking, _listed(school, at)) == (1, 1)
    if "件待核对" in tasks:
        count, at = tasks["件待核对"]
        assert f"{count} 件" in see(school, at, "dora")
    agree(school, f"{DESK}/certificates/issue", "dora")
    assert "人可以发证书了" not in _tasks(school, DESK, "dora")


def _listed(pages, address: str) -> int:
    page = see(pages, address, "dora")
    told = int(re.findall(r'<h2 role="status">.*?(\d+) 人', page, re.DOTALL)[0])
    assert len(re.findall(r'<th scope="row"><a href="/desk/people/', page)) == told
    return told


def test_each_number_of_a_class_leads_to_just_those_people(school):
    page = see(school, DESK, "dora")
    part = page[page.index('class="barred"') :]
    numbers = re.findall(r'<td class="n"><a href="([^"]+)">(\d+)</a>', part)
    assert [int(number) for _at, number in numbers] == [0, 0, 1, 2, 2, 2, 2, 3, 4]  # full, begun, all of: none, 一年1班, 一年2班
    for address, number in numbers:
        if int(number):
            assert _listed(school, unescape(address)) == int(number)


def _figures(pages, at: str, who: str) -> list[tuple[int, str]]:
    """The numbers of a first page's row that lead on: how many, and where to."""
    found = re.findall(r'<dd><a href="([^"]+)">([\d,]+)</a></dd>', see(pages, at, who))
    return [(int(number.replace(",", "")), unescape(address)) for address, number in found]


@pytest.mark.parametrize(("at", "who"), [(DESK, "dora"), (DESK, "jiao"), ("/desk/units/3501-FL", "dora"), ("/office/", "city")])
def test_each_number_of_the_row_on_top_leads_to_a_list_of_just_so_many(school, at, who):
    with school.store.writing() as w:
        add_membership(w, find_person(w, "1"), find_unit(worlds.load(w), "3501-FL").unit)
        register(w, Registration("3501-FL", "妇联自己登记的", "8"))
    figures = _figures(school, at, who)
    assert len(figures) == (5 if "-FL" in at else 4)  # a federation counts families, and who is at home elsewhere
    for number, address in figures:
        told = re.findall(r'<h2[^>]* role="status">.*?(\d+) [人户]', see(school, address, who), re.DOTALL)[0]
        assert int(told) == number, address


def test_a_federation_sees_home_school_and_family_in_each_row(school):
    with school.store.writing() as w:
        federation = find_unit(worlds.load(w), "3501-FL").unit
        for number in ("5", "6"):
            change_details(w, find_person(w, number), phone="13800001234")
            add_membership(w, find_person(w, number), federation)
    for at in ("people", "behind", "marking?class=*&what=V1"):
        page = see(school, f"/desk/units/3501-FL/{at}", "dora")
        assert ("演练小学1" in page, "尾号 1234" in page, "13800001234" in page) == (True, True, False), at
    assert "尾号" not in see(school, f"{DESK}/behind", "dora")
    assert "演练小学1" in _pdf_text(school.browser("dora").get("/desk/units/3501-FL/people/list.pdf").data).replace(" ", "")


def _pdf_text(data: bytes) -> str:
    return subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()


def test_the_days_hold_what_was_learnt_on_them(school):
    page = see(school, DESK, "dora")
    days = dict(re.findall(r"<li><span>([-\d]+)</span><span>([.\d]+)</span></li>", page))
    assert (len(days), days["2023-06-10"], days["2023-06-05"]) == (DAYS, "32.00", "1.00")


@pytest.mark.parametrize("unit", ["3501-X1", "3501-FL"])
def test_a_unit_without_anybody_is_led_to_its_people(pages, unit):
    page = see(pages, f"/desk/units/{unit}", "dora")
    assert ("都办完了" in page, "还没有人参加" in page) == (False, True)
    steps = page[page.index('id="first-steps"') :]
    for path in ("import", "codes", "people/new"):
        address = f"/desk/units/{unit}/{path}"
        assert re.search(rf'href="{address}/?"', steps)
        assert pages.browser("dora").get(address, follow_redirects=True).status_code == 200
    assert "还没有人参加" not in see(pages, f"/desk/units/{unit}", "elias")


def test_a_unit_where_nothing_waits_says_so_and_one_who_only_looks_is_asked_nothing(pages):
    with pages.store.writing() as w:
        register(w, Registration("3501-X1", "阿雅"))
    assert "都办完了" in see(pages, DESK, "dora")
    page = see(pages, DESK, "elias")
    assert ("今天要做" in page, "登记一个班" in page, "近 14 天" in page) == (False, False, True)


def test_the_office_counts_units_in_which_nobody_has_joined_and_the_steps_of_a_new_camp(school):
    tasks, page = _tasks(school, "/office/", "root"), see(school, "/office/", "root")
    (at, silent), *_more = re.findall(r'还没有人参加 <small><a href="([^"]+)">([\d,]+) 个单位', page)
    assert f"还没有人参加的单位 <small>{silent}<" in see(school, at, "root")
    assert tasks["个加入码，可印海报"][0] == 0
    assert tasks["门课程"][0] > 0
    for _count, address in tasks.values():
        assert school.browser("root").get(address, follow_redirects=True).status_code == 200
    assert "个加入码，可印海报" not in _tasks(school, "/office/", "city")


def _office(pages, path: str = "/office/", who: str = "root") -> str:
    return see(pages, path, who)


def test_each_region_of_an_office_leads_to_just_its_units_in_which_nobody_has_joined(school):
    part = _office(school).partition('id="quiet"')[2].partition("</section>")[0]
    regions = re.findall(r'href="([^"]+region=[^"]+)"><span class="n">([\d,]+)</span>\s*<span><span class="what">([^<]+)<', part)
    assert regions
    for address, number, name in regions:
        page = see(school, unescape(address), "root")
        assert f"{name} 还没有人参加的单位 <small>{number}<" in page
    reminder = unescape(re.findall(r'id="reminder"[^>]*>(.*?)</textarea>', _office(school), re.DOTALL)[0])
    assert sum(paragraph.startswith("【") for paragraph in reminder.split("\n\n")) >= len(regions)


def test_a_measure_swaps_map_and_table_and_every_tile_leads_to_its_row(school):
    with school.store.writing() as w:
        describe_unit(w, "3501", UnitRow("3501", "福州市", expected=20))
    page = _office(school)
    tiles = re.findall(r'<a href="#(u-\w+)">\s*<g[^>]*>\s*<title>([^<]+)</title>', page)
    assert [words for _at, words in tiles if words.startswith(("福州市", "莆田市"))] == ["福州市 35%", "莆田市 没报应参与"]
    assert all(f'<tr id="{at}">' in page for at, _words in tiles)
    for by, words in (("joined", "福州市 7"), ("completed", "福州市 4"), ("certified", "福州市 0"), ("nonsense", "福州市 35%")):
        assert f"<title>{words}</title>" in _office(school, f"/office/?by={by}"), by
    assert 'aria-current="true">学满' in _office(school, "/office/?by=completed")
    table = page.partition('id="units"')[2]
    assert ("没有应参与人数" in table, "35%" in table, re.findall(r"合计</th>\s*<td class=\"n\">(.)<", table)) == (
        True,
        True,
        ["—"],
    )


def test_a_unit_without_a_new_record_for_three_days_is_late_while_the_camp_goes_on(school):
    def late() -> list[str]:
        return re.findall(r' late">\s*<title>([^ ]+)', _office(school))

    assert ("福州市" in late(), "莆田市" in late()) == (False, True)
    school.clock.move(days=4)
    assert "福州市" in late()
    assert "学习记录到 6月10日" in _office(school)


def test_accounts_that_were_never_used_are_counted_and_listed(school):
    with school.store.writing() as w:
        for name in ("甲", "乙"):
            governing.open_account(w, NewAccount(name, name, PASSWORD), Place("coordinator", "3501-X2"), cost=CHEAP)
    never, at = _tasks(school, "/office/", "root")["个账号从没登录过"]
    page = see(school, at, "root")
    assert never >= 2
    assert len(re.findall(r'<th scope="row"', page)) == never


def test_the_steps_of_a_camp_fold_to_one_line_once_all_are_done(school):
    assert '<details class="card folds" id="steps" open>' in _office(school)
    with school.store.writing() as w:
        make_join_code(w, find_unit(worlds.load(w), "3501-X1").unit)
    assert '<details class="card folds" id="steps">' in _office(school)
    assert 'id="steps"' not in _office(school, who="city")


def test_equals_at_the_cut_are_told_with_both_counts_until_a_list_is_frozen(school):
    assert "并列第" not in _office(school)
    with school.store.writing() as w:
        amend_rule(w, "ranking.length", "1")
    rows = "".join(f"https://example.org/{name},{name},作者{name},3501-X1,90,\n" for name in "甲乙丙")
    import_csv(school, "likes", "作品链接,标题,作者,单位,点赞数,播放数\n" + rows, read_at="2023-06-08T12:00")
    part = _office(school).partition('id="decisions"')[2].partition("</section>")[0]
    assert ("并列的都算是 3 人，分出先后是 1 人" in part, "与末位并列的都入选" in part) == (True, True)
    for address in re.findall(r'href="([^"]+)">去决定', part):
        assert school.browser("root").get(address).status_code == 200


def test_marking_goes_on_with_the_next_class_and_the_same_lesson(school):
    assert "选班级和课程，一次记全班" in see(school, DESK, "dora")
    page = see(school, f"{DESK}/marking?class=一年1班&what=V1&day=2023-06-10", "dora")
    people = re.findall(r'name="person" value="([^"]+)"', page)
    shown = re.findall(r'name="shown" value="([^"]+)"', page)[0]
    form = {"class": "一年1班", "what": "V1", "day": "2023-06-10", "shown": shown, "client_id": "m", "person": people}
    assert post(school, f"{DESK}/marking", "dora", **form).status_code == 303
    (address, words) = re.findall(
        r'<a class="button go" href="([^"]+)"><span>登记一个班\s*<small>([^<]+)<', see(school, DESK, "dora")
    )[0]
    assert re.sub(r"\s+", " ", words).strip() == "接着上次：一年2班 · V1 防溺水知识"
    assert "一年2班 · V1" in see(school, unescape(address), "dora")


def test_more_than_twenty_classes_fold_by_grade_with_the_same_people(school):
    assert 'class="grade"' not in see(school, DESK, "dora")
    with school.store.writing() as w:
        for number in range(24):
            register(w, Registration("3501-X1", f"新生{number}", f"B{number}", f"{'三四'[number % 2]}年{number // 2 + 3}班"))
    page = see(school, DESK, "dora")
    grades = re.findall(r'<details class="grade"><summary><span class="line"><span>(\S+) <small>(\d+) 个班', page)
    assert grades == [("一年", "2"), ("三年", "12"), ("四年", "12"), ("其他", "1")]
    assert [int(each) for each in re.findall(r"学满 \d+ / (\d+)", page)] == [6, 12, 12, 1]
