"""Whoever joins a second time is asked, before one person becomes two; and nobody learns of others by joining."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from campmgr.accounts.throttle import Limit
from campmgr.areas.people.actions import joined_before
from campmgr.areas.people.actions.joining import make_join_code
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.people.queries.finding import people_by_name
from tests.kit.desk_story import post, rows_shown, school, undone
from tests.kit.office import agree
from tests.kit.pages import OWN

PHONE = "13800001234"
REVIEW = "/desk/units/3501-X1/review"


@pytest.fixture
def join(pages):
    """Joins 演练小学1, as somebody's browser (a number, "" for one without scripts)."""
    with pages.store.writing() as w:
        codes = {unit: make_join_code(w, unit).code for unit in ("3501-X1", "3501-X2")}

    def send(form: str, name: str = "林小明", *, unit: str = "3501-X1", at: str = "sent", **more: str):
        data = {"name": name, "kind": "学校师生", "consent": "1", "consent_version": "1", "client_id": form, **more}
        return pages.browser().post(f"/j/{codes[unit]}/{at}", data=data, headers=OWN)

    return send


def _count(pages, name: str = "林小明") -> int:
    with pages.store.reading() as r:
        return sum(len(some) for some in people_by_name(r, [name]).values())


def _found(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    assert found, page
    return found[1]


def _hidden(page: str, button: str) -> dict[str, str]:
    form = next(each for each in page.split("<form")[1:] if button in each)
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)}


@pytest.mark.parametrize(
    ("first", "second", "asks"),
    [
        ({"device": "d1"}, {"device": "d1"}, True),
        ({"device": "d1"}, {"device": "d1", "name": "林 小明"}, True),
        ({"device": "d1"}, {"device": "d1", "unit": "3501-X2"}, True),
        ({"device": "d1"}, {"device": "d1", "name": "林小红"}, False),
        ({"device": "d1"}, {"device": "d2"}, False),
        ({"device": "d1", "phone": PHONE}, {"device": "d2", "phone": PHONE}, True),
        ({"phone": PHONE}, {"phone": "138 0000 1234"}, True),
        ({"phone": PHONE}, {"phone": PHONE, "name": "林小红"}, False),
        ({"phone": PHONE}, {"phone": "13900001234"}, False),
        ({"phone": PHONE}, {"phone": PHONE, "unit": "3501-X2"}, False),
        ({}, {}, False),
    ],
)
def test_who_is_asked(pages, join, first, second, asks):
    assert join("a", **first).status_code == 303
    answer = join("b", **second)
    assert (answer.status_code, "好像登记过" in answer.text) == ((409, True) if asks else (303, False))


def test_whoever_is_somebody_else_goes_on_and_the_unit_sees_both(pages, join):
    join("a", phone=PHONE)
    page = join("b", phone=PHONE).text
    again = pages.browser().post(_found(r'action="(/j/\w+/sent)"', page), data=_hidden(page, "登记为另一个人"), headers=OWN)
    assert (again.status_code, _count(pages)) == (303, 2)
    shown = pages.browser("dora").get(REVIEW).text
    assert ("同一手机号" in shown, "138****1234" in shown, PHONE in shown) == (True, True, False)


def test_the_browser_that_registered_somebody_opens_their_page(pages, join):
    join("a", device="d1")
    page = join("b", device="d1").text
    opened = pages.browser().post(_found(r'action="(/j/\w+/mine)"', page), data=_hidden(page, "打开我的页面"), headers=OWN)
    assert "林小明" in pages.browser().get(opened.location).text
    other = join("c", at="mine", device="d2")
    assert (other.location, _count(pages)) == ("/p/", 1)


def test_a_stranger_hears_nothing_but_that_both_are_known_and_not_for_ever(pages, join, monkeypatch):
    monkeypatch.setattr(joined_before, "PER_ADDRESS", Limit(2, timedelta(hours=1)))
    join("a", phone=PHONE, class_name="三年2班", device="d1")
    answers = [join(form, phone=PHONE, device="d2") for form in ("b", "c", "d")]
    assert [each.status_code for each in answers] == [409, 409, 303]
    assert [words in answers[0].text for words in ("三年2班", "打开我的页面", "找回我的页面")] == [False, False, True]


def test_the_same_form_sent_again_is_not_asked(pages, join):
    join("a", phone=PHONE, device="d1")
    assert (join("a", phone=PHONE, device="d1").status_code, _count(pages)) == (303, 1)


PAIRS = """
    林小明,001,三班,        林小明,,三班,               一个编号也没有的同名
    林小明,,,              林 小明,,三班,13800001234   另一条没有班级
    林小明,001,三班,        林小明,002,三班,            —
    林小明,001,三班,        林小明,,四班,               —
    林小明,,,13800001234   林小明,,,13900001234        —
    林小明,,,              林小红,,,                   —
"""


def _registered(pages, line: str) -> None:
    with pages.store.writing() as w:
        name, number, class_name, phone = line.split(",")
        register(w, Registration("3501-X1", name, number, class_name, phone), client_id=line)


def test_one_name_twice_in_a_unit_is_a_case_where_nothing_tells_the_two_apart(pages):
    school(pages)
    for place, line in enumerate(filter(str.strip, PAIRS.splitlines())):
        one, other, outcome = re.split(r"\s{2,}", line.strip())
        names = [each.replace("林", "林王李赵孙周"[place]) for each in (one, other)]
        before = len(rows_shown(pages, REVIEW))
        for each in names:
            _registered(pages, each)
        assert len(rows_shown(pages, REVIEW)) - before == (outcome != "—"), line


def test_what_many_are_called_is_no_name(pages):
    school(pages)
    for number in range(8):
        _registered(pages, f"学员,,,1380000000{number}")
    for number in range(8):
        _registered(pages, f"佚名,,{number}班,")
    assert rows_shown(pages, REVIEW) == []
    for number in range(6):
        with pages.store.writing() as w:
            register(w, Registration("3501-X1", "路人"), client_id=str(number))
    assert len(rows_shown(pages, REVIEW)) == 15
    with pages.store.writing() as w:
        register(w, Registration("3501-X1", "路人"), client_id="one more")
    assert rows_shown(pages, REVIEW) == []


def test_one_press_merges_and_one_parts_again(pages):
    school(pages)
    for line in ("林小明,001,三班,", "林小明,,三班,"):
        _registered(pages, line)
    (row,) = rows_shown(pages, REVIEW)
    settled = post(pages, f"{REVIEW}/settle", row=row, answer="same")
    shown = pages.browser("dora").get(settled.location).text
    assert (_count(pages), "已处理 1 件" in shown, "撤销" in shown) == (1, True, True)
    post(pages, _found(r'action="(/desk/done/\w+)"', shown))
    assert (_count(pages), rows_shown(pages, REVIEW)) == (2, [row])


def test_two_rows_of_the_roster_are_put_side_by_side_and_merged(pages):
    aya, twin, _ = school(pages, "阿雅", "阿雅娜", "巴迪")
    roster = pages.browser("dora").get("/desk/units/3501-X1/people").text
    assert f'name="picked" value="{aya}"' in roster
    compare = f"{REVIEW}/compare"
    assert "是同一个人，合并" in post(pages, compare, picked=[aya, twin]).text
    assert "请正好勾选两个人" in post(pages, compare, picked=[aya]).text


def test_whoever_registers_another_or_parts_two_is_not_asked_about_them_again(pages):
    school(pages)
    new = "/desk/units/3501-X1/people/new"
    form = {"name": "林小明", "class_name": "三班", "kind": "学校师生"}
    post(pages, new, **form, client_id="a")
    assert post(pages, new, **form, client_id="b").status_code == 409
    made = post(pages, new, **form, client_id="b", anew="1")
    assert (_count(pages), rows_shown(pages, REVIEW)) == (2, [])
    undone(pages, made)
    assert (_count(pages), rows_shown(pages, REVIEW)) == (1, [])
    _registered(pages, "林小明,,三班,13800001234")
    (row,) = rows_shown(pages, REVIEW)
    post(pages, f"{REVIEW}/settle", row=row, answer="same")
    with pages.store.reading() as r:
        (person,) = (each.person for each in people_by_name(r, ["林小明"])["林小明"])
    agree(pages, f"/desk/people/{person}/part", "dora")
    assert (_count(pages), rows_shown(pages, REVIEW)) == (2, [])
