"""The first page of a unit and of the office: every number leads to a list that holds just as many."""

from __future__ import annotations

import re
import subprocess
from html import unescape

import pytest

from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions.people import Registration, add_membership, change_details, register
from campmgr.areas.people.queries.finding import find_person
from campmgr.desks.queries.trend import DAYS
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from tests.kit.office import agree, see

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


def test_a_unit_where_nothing_waits_says_so_and_one_who_only_looks_is_asked_nothing(pages):
    assert "都办完了" in see(pages, DESK, "dora")
    page = see(pages, DESK, "elias")
    assert ("今天要做" in page, "登记一个班" in page, "近 14 天" in page) == (False, False, True)


def test_the_office_counts_units_in_which_nobody_has_joined_and_the_steps_of_a_new_camp(school):
    tasks = _tasks(school, "/office/", "root")
    silent, at = tasks["个单位还没有人参加"]
    assert str(silent) in see(school, at, "root")
    assert tasks["个加入码，可印海报"][0] == 0
    assert tasks["门课程"][0] > 0
    for _count, address in tasks.values():
        assert school.browser("root").get(address, follow_redirects=True).status_code == 200
    assert "个加入码，可印海报" not in _tasks(school, "/office/", "city")
