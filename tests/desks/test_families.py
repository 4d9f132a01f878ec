"""The families of a federation (妇联): who stands together, the one verb of each row, what the filters count, who may look."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import g

from campmgr.accounts import governing
from campmgr.accounts.governing import NewAccount, Place
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions.entering import enter
from campmgr.areas.people.actions.import_people import PeoplePlanner
from campmgr.areas.people.actions.joining import make_family_codes
from campmgr.areas.people.actions.people import Registration, add_membership, register
from campmgr.areas.people.queries.finding import find_person, people_by_name
from campmgr.areas.people.settings import People
from campmgr.areas.units.actions.units import UnitRow, add_unit
from campmgr.desks.queries.families import FAMILIES
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.facts.streaming import DoneRows, say_rows
from campmgr.masks import family_name
from campmgr.wording import name_key
from tests.kit.desk_story import post
from tests.kit.office import see
from tests.kit.pages import CHEAP, PASSWORD

HOME = "/desk/units/3501-F1"
LIST = f"{HOME}/families"
PARENT, ONE, TWO, ALONE = "社区(村)居民", "13900001111", "13900002222", "13900003333"


@pytest.fixture
def branch(pages):
    """A federation of three families and one more: 陈's with a child at school, 何's whose child has no school, 苏 alone, 叶 at work.

    陈小禾 has the hours and signed in, 林一诺 (of a school) half of them, 何沁 all but half an hour, 何小树 (a child) none, 苏望舒 the
    hours without sign-in, 叶青禾 (of a company) hours and sign-in.
    """
    with pages.store.writing() as w:
        add_unit(w, UnitRow("3501-F1", "演练妇联分会", "3501-FL", "妇联"))
        add_unit(w, UnitRow("3501-F2", "演练妇联二分会", "3501-FL", "妇联"))
        add_unit(w, UnitRow("3501-Q1", "演练电子厂", "3501", "企业", "企业"))
        for code, worth in (("V1", 100), ("V7", 750), ("V8", 800)):
            describe_lesson(w, Lesson(code, f"课程{code}", worth, 6 * worth // 10, "科普视频", "家庭"))
        for number, unit, name, phone, kind in (
            ("1", "3501-F1", "陈小禾", ONE, PARENT), ("2", "3501-X1", "林一诺", ONE, "学校师生"), ("3", "3501-F1", "何沁", TWO, PARENT),
            ("4", "3501-F1", "何小树", TWO, "学校师生"), ("5", "3501-F1", "苏望舒", ALONE, PARENT), ("6", "3501-Q1", "叶青禾", "", "职工"),
        ):  # fmt: skip
            register(w, Registration(unit, name, number, "三年1班" if unit == "3501-X1" else "", phone, kind))
        federations = [find_unit(worlds.load(w), each).unit for each in ("3501-F1", "3501-F2")]
        for number in "26":
            add_membership(w, find_person(w, number), federations[0])
        add_membership(w, find_person(w, "2"), federations[1])
        for number, lesson in (("1", "V8"), ("2", "V1"), ("3", "V7"), ("5", "V8"), ("6", "V8")):
            mark(w, number, MarkRow("2023-06-10", lesson))
        for number in "16":
            mark(w, number, MarkRow("2023-06-10", condition="sign_in"))
        for who, place in (("chen", Place("coordinator", "3501-F1")), ("watcher", Place("viewer", "3501-F1")),
                           ("teacher", Place("coordinator", "3501-X1"))):  # fmt: skip
            pages.accounts[who] = governing.open_account(w, NewAccount(who, who, PASSWORD), place, cost=CHEAP)
    return pages


def _rows(page: str) -> dict[str, tuple[str, str]]:
    """Of each person who is shown: the verb of the row ("" for none), and all that the row says."""
    part = page.partition('id="families"')[2].partition("</table>")[0]
    found = {}
    for row in re.findall(r"<tr>(?:(?!</tr>).)*?/desk/people/.*?</tr>", part, re.DOTALL):
        name = re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', row)[0]
        verb = re.findall(r"<(?:button[^>]*|a class=\"button[^>]*)>([^<]+)</", row)
        found[name] = (verb[0] if verb else "", re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip())
        assert len(verb) < 2, row
    return found


def _families(page: str) -> list[str]:
    """The groups' own rows, in words."""
    found = re.findall(r'<tr class="family">(.*?)</tr>', page, re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", each)).strip() for each in found]


def test_each_row_has_the_one_verb_that_helps_and_says_where_the_person_is_at_home(branch):
    rows = _rows(see(branch, HOME, "chen"))
    assert {name: verb for name, (verb, _row) in rows.items()} == {
        "陈小禾": "印证书", "林一诺": "登记", "何沁": "登记", "何小树": "补学校", "苏望舒": "签到", "叶青禾": "",
    }  # fmt: skip
    says = {name: row for name, (_verb, row) in rows.items()}
    assert ("演练小学1" in says["林一诺"], "三年1班" in says["林一诺"], "学校登记" in says["林一诺"]) == (True, True, True)
    assert ("还没写学校" in says["何小树"], "只在本会" in says["苏望舒"], "演练电子厂" in says["叶青禾"]) == (True, True, True)
    assert ("企业发" in says["叶青禾"], "还差 0.50" in says["何沁"], "还差 7.00" in says["林一诺"]) == (True, True, True)
    assert "也算在演练妇联二分会" in says["林一诺"]


def test_who_shares_a_telephone_is_a_family_and_no_telephone_is_shown(branch):
    page = see(branch, HOME, "chen")
    assert _families(page) == ["陈家 2 人 尾号 1111 加一个孩子", "何家 2 人 尾号 2222 加一个孩子"]
    assert (ONE in page, "4 户" in page) == (False, True)
    assert list(_rows(page)) == ["陈小禾", "林一诺", "苏望舒", "何沁", "何小树", "叶青禾"]  # what one press helps comes first


@pytest.mark.parametrize(
    ("name", "family"),
    [("陈小禾", "陈家"), ("欧阳娜", "欧阳家"), ("古丽·阿依", "古丽·阿依一家"), ("Anna", "Anna一家"), ("", "一家")],
)
def test_a_family_is_called_by_a_surname_where_there_is_one(name, family):
    assert family_name(name) == family


def test_each_filter_and_each_task_leads_to_just_so_many(branch):
    page = see(branch, HOME, "chen")
    pills = re.findall(r'<a href="([^"]+families[^"]*)"[^>]*>\s*([^<]+?) <small>([\d,]+)</small></a>', page)
    assert [(words, number) for _at, words, number in pills] == [
        ("全部", "6"), ("可以发证", "1"), ("只差签到", "1"), ("差 1 课时以内", "1"), ("没写学校", "1"), ("还没有孩子的家庭", "2"),
    ]  # fmt: skip
    for address, words, number in pills:
        shown = see(branch, unescape(address), "chen")
        assert len(_rows(shown)) == int(number), words
        assert f'aria-current="true">{words}' in shown
    tasks = re.findall(r'<a href="([^"]+)"><span class="n">(\d+)</span>\s*<span><span class="what">([^<]+)<', page)
    leading = {words: (int(number), unescape(address)) for address, number, words in tasks if "families" in address}
    assert set(leading) == {"人课时满了，只差签到", "个孩子还没写学校", "户还没有孩子参加"}
    for words, (number, address) in leading.items():
        assert len(_rows(see(branch, address, "chen"))) == number, words


def test_a_missing_sign_in_is_noted_in_the_row_and_taken_back(branch):
    (form,) = re.findall(
        r'<form method="post" action="([^"]+sign-in)".*?name="person" value="([^"]+)"', see(branch, HOME, "chen"), re.DOTALL
    )
    answer = post(branch, form[0], "chen", person=form[1], home="1", client_id="once")
    assert answer.status_code == 303
    assert answer.location.startswith(HOME + "?")
    assert _rows(see(branch, answer.location, "chen"))["苏望舒"][0] == "印证书"
    undo = re.findall(r'action="(/desk/done/[^"]+)"', see(branch, answer.location, "chen"))[0]
    assert post(branch, undo, "chen").status_code == 303
    assert _rows(see(branch, HOME, "chen"))["苏望舒"][0] == "签到"
    for who, person, status in (("watcher", form[1], 403), ("teacher", form[1], 404), ("chen", "0" * 32, 404)):
        assert post(branch, form[0], who, person=person, client_id="other").status_code == status


def test_the_verbs_lead_where_the_thing_is_done(branch):
    page = see(branch, HOME, "chen")
    for verb, words in (("印证书", "签发 1 份"), ("补学校", "何小树"), ("登记", "补登一节课"), ("加一个孩子", "尾号")):
        sort = "" if verb == "加一个孩子" else ' class="button quiet"'
        links = re.findall(rf'<a{sort} href="([^"]+)">{verb}</a>', page)
        assert words in see(branch, unescape(links[0]), "chen"), verb


def test_a_school_is_added_to_a_child_in_one_press(branch):
    page = see(branch, HOME, "chen")
    (address,) = re.findall(r'href="([^"]+)#counting">补学校</a>', page)
    assert post(branch, f"{address}/join", "chen", also="3501-X1", client_id="school").status_code == 303
    page = see(branch, HOME, "chen")
    assert ("补学校" in page, "演练小学1" in page) == (False, True)


def test_a_child_that_is_added_to_a_family_has_its_telephone_and_stands_in_it(branch):
    address = unescape(re.findall(r'href="([^"]+)">加一个孩子</a>', see(branch, HOME, "chen"))[1])  # 陈家, 苏望舒, 何家
    family = re.findall(r'name="family" value="([^"]+)"', see(branch, address, "chen"))[0]
    form = {"name": "苏小满", "kind": "学校师生", "family": family, "client_id": "c"}
    assert post(branch, f"{HOME}/people/new", "chen", **form).status_code == 303
    assert "苏家 2 人 尾号 3333 加一个孩子" in _families(see(branch, HOME, "chen"))
    assert post(branch, f"{HOME}/people/new", "teacher", **form).status_code == 404
    pupil = re.findall(r'/desk/people/(\w+)">林一诺', see(branch, HOME, "chen"))[0]
    assert post(branch, f"{HOME}/people/new", "chen", **{**form, "family": pupil, "client_id": "d"}).status_code == 403


def test_a_child_after_a_child_is_added_from_the_page_of_who_was_just_registered(branch):
    at = {name: re.findall(rf'/desk/people/(\w+)">{name}<', see(branch, HOME, "chen"))[0] for name in ("陈小禾", "林一诺")}
    parent, pupil = (see(branch, f"/desk/people/{at[name]}", "chen") for name in ("陈小禾", "林一诺"))
    leads = unescape(re.findall(r'href="([^"]+)">这一家再加一个孩子</a>', parent)[0])
    assert "加到这一家：陈小禾 · 尾号 1111" in see(branch, leads, "chen")
    assert "这一家再加一个孩子" not in pupil
    assert "‹ 回到名单" in pupil  # of a person who is at home elsewhere the way back is one's own list


@pytest.mark.parametrize(
    ("name", "phone", "class_name", "people", "counted"),
    [
        ("林一诺", TWO, "", 2, 0),
        ("周未名", ALONE, "", 1, 1),
        ("周未名", ALONE, "三年级1班", 1, 1),
        ("周未名", ALONE, "五年2班", 2, 0),
        ("周未名", "", "", 2, 0),
    ],
)
def test_a_list_counts_the_pupil_of_a_school_whom_name_and_telephone_mean(branch, name, phone, class_name, people, counted):
    with branch.store.writing() as w:
        pupil = register(w, Registration("3501-X1", "周未名", "77", "三年1班", ALONE, "学校师生"))
    rows = [(2, Registration("", name, class_name=class_name, phone=phone))]
    for times in (1, 0):
        said = say_rows(branch.store, PeoplePlanner(f"b{times}", "", "3501-F1"), rows, lambda *_: None, DoneRows())
        assert (said.new, said.unchanged) == (times, 1 - times)
    with branch.store.reading() as r:
        met = r.value("select count(*) from memberships where person = :person", person=pupil)
        assert (len(people_by_name(r, [name])[name_key(name)]), met) == (people, counted)


def test_what_the_school_recorded_is_not_corrected_here_and_asked_for_instead(branch):
    pupil = re.findall(r"/desk/people/(\w+)\">林一诺", see(branch, HOME, "chen"))[0]
    at = f"/desk/people/{pupil}"
    with branch.store.reading() as r:
        (fact,) = (row[0] for row in r.all("select fact from marks where person = :person", person=pupil))
    page = see(branch, at, "chen")
    assert ("更正或撤回" in page, "sort=correct" in page) == (False, True)
    assert branch.browser("chen").get(f"{at}/facts/{fact}").status_code == 403
    assert post(branch, f"{at}/facts/{fact}/correct", "chen", minutes="20", reason="看错了").status_code == 403
    assert post(branch, f"{at}/facts/{fact}/withdraw", "chen", why="看错了").status_code == 403
    assert post(branch, f"{at}/mark", "chen", lesson="V7", day="2023-06-10", client_id="own").status_code == 303
    (own,) = re.findall(rf'href="({at}/facts/\w+)">更正或撤回', see(branch, at, "chen"))  # what was recorded here is
    assert post(branch, f"{own}/withdraw", "chen", why="记错了").status_code == 303
    assert post(branch, f"{at}/facts/{fact}/withdraw", "teacher", why="记错了").status_code == 303


def test_a_search_finds_families_by_two_characters_and_puts_no_name_into_an_address(branch):
    answer = post(branch, f"{LIST}/search", "chen", query="小树")
    assert (answer.status_code, "小树" in answer.location) == (303, False)
    assert set(_rows(see(branch, answer.location, "chen"))) == {"何小树"}
    assert "没有找到" in see(branch, post(branch, f"{LIST}/search", "chen", query="无此人").location, "chen")
    assert post(branch, f"{LIST}/search", "chen", query="x" * 61).status_code == 422


@pytest.mark.parametrize(("who", "looks", "searches"), [
    ("chen", 200, 303), ("watcher", 200, 303), ("teacher", 404, 404), ("farid", 404, 404), ("nobody", 303, 403),
])  # fmt: skip
def test_only_whose_families_they_are_looks_at_them(branch, who, looks, searches):
    assert branch.browser(who).get(LIST).status_code == looks
    assert post(branch, f"{LIST}/search", who, query="小树").status_code == searches


def test_who_only_looks_has_no_verbs_and_a_school_keeps_its_classes(branch):
    assert {verb for verb, _row in _rows(see(branch, HOME, "watcher")).values()} == {""}
    assert ('id="families"' in see(branch, "/desk/units/3501-X1", "teacher"), "登记一个班" in see(branch, HOME, "chen")) == (
        False,
        False,
    )


def test_children_who_entered_by_a_families_code_are_told_with_who_nods(branch):
    with branch.store.writing() as w:
        world = worlds.load(w)
        unit, school = (find_unit(world, each).unit for each in ("3501-F1", "3501-X1"))
        (code,) = make_family_codes(w, unit, 1, "", 3, "", "press")
        children = [Registration(school, "魏小一", "", "一年1班"), Registration(unit, "魏小二", "", "")]
        enter(w, code.code, children, client_id="form", consent_version=world.rules[People].consent_version)
    page = see(branch, HOME, "chen")
    part = page.partition("等点头")[2].partition("</ul>")[0]
    assert ("魏小一" in part, "等演练小学1点头" in part, "魏小二" in part, f"{HOME}/entrants" in part) == (True, True, True, True)
    assert "魏小一" not in see(branch, f"{LIST}?show=near", "chen")


def test_many_families_stand_on_pages_with_as_many_queries(branch):
    few = _queries(branch, HOME), _queries(branch, LIST)
    with branch.store.writing() as w:
        for number in range(300):
            register(w, Registration("3501-F1", f"家长{number:03}", f"P{number}", "", f"1380000{number // 2:04}", PARENT))
    # of acts that can be taken back the first page asks whether others have built on them: here none is left among the last
    assert (_queries(branch, HOME) + 5, _queries(branch, LIST)) == few
    pages = [see(branch, f"{LIST}?page={number}", "chen") for number in range(1, 9)]
    assert f"看其余 {154 - FAMILIES} 户" in see(branch, HOME, "chen")
    assert len(re.findall("<tbody", pages[1])) == FAMILIES
    shown = [name for each in pages for name in _rows(each)]
    assert (len(shown), len(set(shown))) == (306, 306)
    assert "第 8 页，共 8 页" in pages[-1]
    assert set(_rows(see(branch, f"{LIST}?page=99", "chen"))) == set(_rows(pages[0]))


def _queries(pages, path: str) -> int:
    browser = pages.browser("chen")
    browser.get(path)
    with browser:
        assert browser.get(path).status_code == 200
        return int(g.queries)


def test_who_counts_no_families_is_led_to_the_list_of_people(branch):
    assert branch.browser("teacher").get("/desk/units/3501-X1/families").location == "/desk/units/3501-X1/people"
