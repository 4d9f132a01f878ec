"""Counting a pupil in a second unit: the school's coordinator names a unit of another line, and nothing else opens."""

from __future__ import annotations

import re

import pytest

from campmgr.accounts import governing
from campmgr.accounts.governing import NewAccount, Place
from campmgr.areas.people.actions.joining import make_join_code
from campmgr.areas.people.actions.people import Registration, change_details, register
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.units.actions.units import UnitRow, add_unit
from tests.kit.desk_story import post, rows_shown, school, undone
from tests.kit.office import rows
from tests.kit.pages import CHEAP, OWN, PASSWORD

BRANCH = "演练妇联分会"
PLACES = {
    "teacher": Place("coordinator", "3501-X1"),
    "watcher": Place("viewer", "3501-X1"),
    "branch": Place("coordinator", "3501-F1"),
}


@pytest.fixture
def aya(pages) -> str:
    """A pupil of a school beside which stands a branch of 妇联; each with a coordinator of its own."""
    (person,) = school(pages, "阿雅")
    with pages.store.writing() as w:
        add_unit(w, UnitRow("3501-F1", BRANCH, "3501-FL", "妇联"))
        for name, place in PLACES.items():
            pages.accounts[name] = governing.open_account(w, NewAccount(name, name, PASSWORD), place, cost=CHEAP)
    return person


def _offered(pages, sort: str, text: str, who: str = "teacher") -> list[str]:
    return re.findall(r"<span>([^<]*?) <small>", post(pages, f"/desk/pick/{sort}/also", who, also=text).text)


def _counted(pages, person: str, unit: str, who: str = "teacher") -> int:
    answer = post(pages, f"/desk/people/{person}/homes/join", who, also=unit, client_id="c1")
    return int(answer.status_code)


def _seen(pages) -> bool:
    return "阿雅" in pages.browser("branch").get("/desk/units/3501-F1/people").text


@pytest.mark.parametrize("typed", [BRANCH, "妇联分会", "3501-F1", "ylflfh"])
def test_a_schools_coordinator_counts_a_pupil_with_a_federation_however_it_is_typed(pages, aya, typed):
    assert BRANCH in _offered(pages, "counting", typed)
    assert _counted(pages, aya, typed) == 303
    assert _seen(pages)


def test_one_press_takes_it_back(pages, aya):
    answer = post(pages, f"/desk/people/{aya}/homes/join", "teacher", also=BRANCH, client_id="c1")
    assert undone(pages, answer, "teacher").status_code == 303
    assert not _seen(pages)


@pytest.mark.parametrize(
    ("unit", "name"), [("演练小学2", "演练小学2"), ("3501-X2", "演练小学2"), ("福州市", "福州市"), ("3502", "厦门市")]
)
def test_another_school_or_region_is_not_to_be_had(pages, aya, unit, name):
    assert name not in _offered(pages, "counting", unit)
    assert _counted(pages, aya, unit) == 422


def test_nobody_is_moved_there_and_the_other_fields_offer_ones_own_alone(pages, aya):
    assert _offered(pages, "unit", BRANCH) == []
    assert post(pages, f"/desk/people/{aya}/homes/move", "teacher", target=BRANCH, client_id="c1").status_code == 422


@pytest.mark.parametrize(("who", "status"), [("branch", 404), ("watcher", 403), ("farid", 404), ("elias", 403), ("nobody", 403)])
def test_whoever_does_not_write_at_the_pupils_school_counts_nobody(pages, aya, who, status):
    assert _counted(pages, aya, BRANCH, who) == status
    assert not _seen(pages)


def test_a_federation_that_counts_a_pupil_counts_them_nowhere_else_and_the_teacher_sees_nobody_there(pages, aya):
    assert _counted(pages, aya, BRANCH) == 303
    assert _counted(pages, aya, "3501-X2", "branch") == 403
    assert pages.browser("teacher").get("/desk/units/3501-F1/people").status_code == 404


def test_a_federation_that_finds_nobody_is_told_who_can_count_a_pupil_with_it(pages, aya):
    found = pages.browser("branch").get(post(pages, "/desk/units/3501-F1/people/search", "branch", query="阿雅").location).text
    assert "请孩子所在学校的联络员" in found
    other = pages.browser("teacher").get(post(pages, "/desk/units/3501-X1/people/search", "teacher", query="无此人").location).text
    assert ("没有找到" in other, "请孩子所在学校的联络员" in other) == (True, False)


def test_a_federation_reads_which_school_a_class_is_of_and_is_led_to_no_page_it_may_not_open(pages, aya):
    assert _counted(pages, aya, BRANCH) == 303
    roster = pages.browser("branch").get("/desk/units/3501-F1/people").text
    assert rows(roster)[0][-4:-1] == ["三年1班", "演练小学1", "—"]
    assert (
        "单位"
        not in pages.browser("teacher").get("/desk/units/3501-X1/people").text.partition("<thead>")[2].partition("</thead>")[0]
    )
    (over,) = re.findall(r'<p class="over">(.*?)</p>', pages.browser("branch").get(f"/desk/people/{aya}").text, re.DOTALL)
    assert ("演练小学1" in over, "3501-X1" in over) == (True, False)
    assert 'href="/desk/units/3501-X1/people"' in pages.browser("teacher").get(f"/desk/people/{aya}").text


def test_the_first_page_of_a_federation_says_who_is_counted_there_beside_its_own(pages, aya):
    with pages.store.writing() as w:
        register(w, Registration("3501-F1", "林家", "", "", "", "社区(村)居民"))
    address = "/desk/units/3501-F1"
    assert "同时计入这里" not in pages.browser("branch").get(address).text
    assert _counted(pages, aya, BRANCH) == 303
    assert "本单位登记 1 人，另有 1 人登记在别的单位" in pages.browser("branch").get(address).text
    assert "2 人" in pages.browser("branch").get(f"{address}/people").text
    assert "同时计入这里" not in pages.browser("teacher").get("/desk/units/3501-X1").text
    assert "同时计入这里" not in pages.browser("city").get("/desk/units/3501").text


def _known_by_phone(pages, aya: str) -> str:
    with pages.store.writing() as w:
        change_details(w, people_by_id(w, [aya])[aya], phone="13800001234")
    return _code(pages, aya)


def _code(pages, person: str) -> str:
    with pages.store.reading() as r:
        return people_by_id(r, [person])[person].code


def _people(pages) -> int:
    with pages.store.reading() as r:
        return int(r.value("select count(*) from people"))


NEW = "/desk/units/3501-F1/people/new"


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ({"phone": "138 0000 1234"}, True),
        ({"number": "CODE"}, True),
        ({"number": "3501-X1-阿雅"}, True),
        ({"phone": "13800001235"}, False),
        ({"phone": "13800001234", "name": "阿布"}, False),
        ({"class_name": "三年1班"}, False),
    ],
)
def test_a_federation_counts_whom_it_knows_by_name_and_telephone_or_card_and_hears_of_nobody_else(pages, aya, typed, asks):
    code = _known_by_phone(pages, aya)
    form = {"name": "阿雅", "kind": "社区(村)居民"} | {name: value.replace("CODE", code) for name, value in typed.items()}
    before, answer = _people(pages), post(pages, NEW, "branch", **form)
    assert (answer.status_code, "同时计入本单位" in answer.text, _people(pages) - before) == (
        (409, True, 0) if asks else (303, False, 1)
    )
    assert [words in answer.text for words in ("演练小学1", "三年1班", "1234<")] == [False] * 3
    if asks:
        counted = post(pages, NEW, "branch", **form, also=aya)
        assert (counted.status_code, _people(pages) - before, _seen(pages)) == (303, 0, True)
        assert undone(pages, counted, "branch").status_code == 303
        assert not _seen(pages)
        other = form if form.get("number") != code else form | {"number": ""}
        assert post(pages, NEW, "branch", **other, anew="1").status_code == 303
        assert _people(pages) - before == 1


def test_the_code_of_a_card_never_becomes_somebodys_number(pages, aya):
    form = {"number": _code(pages, aya), "kind": "社区(村)居民"}
    before = _people(pages)
    for more in ({"name": "阿布"}, {"name": "阿雅", "anew": "1"}):
        answer = post(pages, NEW, "branch", **form, **more)
        assert (answer.status_code, "这是胸卡上的 16 位编码" in answer.text, _people(pages)) == (422, True, before)


def test_nobody_is_counted_by_an_id_alone_nor_by_another_school(pages, aya):
    _known_by_phone(pages, aya)
    assert post(pages, NEW, "branch", name="某人", kind="社区(村)居民", also=aya).status_code == 303
    assert not _seen(pages)
    other = post(pages, "/desk/units/3501-X2/people/new", "city", name="阿雅", phone="13800001234", kind="学校师生")
    assert (other.status_code, "同时计入本单位" in other.text) == (303, False)


def test_a_parent_who_scans_the_federations_code_has_the_child_counted_there_and_registers_nobody(pages):
    school(pages)
    with pages.store.writing() as w:
        add_unit(w, UnitRow("3501-F1", BRANCH, "3501-FL", "妇联"))
        pages.accounts["branch"] = governing.open_account(w, NewAccount("branch", "branch", PASSWORD), PLACES["branch"], cost=CHEAP)
        codes = {unit: make_join_code(w, unit).code for unit in ("3501-X1", "3501-X2", "3501-F1")}
    form = {"name": "阿雅", "kind": "学校师生", "consent": "1", "consent_version": "1", "device": "d1"}

    def scans(unit: str, client_id: str, **more: str):
        return pages.browser().post(f"/j/{codes[unit]}/sent", data=form | {"client_id": client_id} | more, headers=OWN)

    assert scans("3501-X1", "a").status_code == 303
    assert "也计入" not in scans("3501-X2", "b").text
    assert f"也计入{BRANCH}" in scans("3501-F1", "c").text
    assert scans("3501-F1", "d", also="1", device="d2").status_code == 409, "another's browser counts nobody"
    assert not _seen(pages)
    counted = scans("3501-F1", "c", also="1")
    assert "阿雅" in pages.browser().get(counted.location).text
    assert (_seen(pages), _people(pages)) == (True, 1)
    again = scans("3501-F1", "e").text
    assert ("打开我的页面" in again, "也计入" in again) == (True, False)


def test_each_of_two_units_hears_that_the_other_registered_the_same_child_and_whoever_sees_both_decides(pages, aya):
    _known_by_phone(pages, aya)
    with pages.store.writing() as w:
        register(w, Registration("3501-F1", "阿雅", phone="13800001234", kind="社区(村)居民"), client_id="f")
    desks = {"teacher": "/desk/units/3501-X1/review", "branch": "/desk/units/3501-F1/review"}
    for who, desk in desks.items():
        page = pages.browser(who).get(desk).text
        assert ("别的单位也用这个姓名和手机号登记了一次" in page, "138****1234" in page) == (True, True)
        assert [words in page for words in ("是同一个人，合并", "13800001234")] == [False, False]
        assert (BRANCH in page, "演练小学1" in page) == ((who == "branch"), (who == "teacher"))
    above = pages.browser("root").get("/office/review").text
    assert ("别的单位也用" in above, "同一姓名、同一手机号登记了两次" in above) == (False, True)
    (row,) = rows_shown(pages, "/office/review", "root")
    assert post(pages, "/desk/units/3501-X1/review/settle", "teacher", row=row, answer="same").status_code == 409
    assert post(pages, "/office/review/settle", "root", row=row, answer="two").status_code == 303
    assert not any("别的单位也用" in pages.browser(who).get(desk).text for who, desk in desks.items())


def test_whoever_counts_in_a_second_unit_leaves_it_and_that_is_undone(pages, aya):
    at, branch = f"/desk/people/{aya}/homes", pages.unit("3501-F1")
    assert _counted(pages, aya, "3501-F1") == 303
    assert BRANCH in pages.browser("teacher").get(at).text
    answer = post(pages, f"{at}/leave", "teacher", unit=branch)
    assert f"不再计入 {BRANCH}" in pages.browser("teacher").get(answer.location).text
    assert "现在同时计入" not in pages.browser("teacher").get(at).text
    assert post(pages, f"{at}/leave", "teacher", unit=branch).status_code == 404, "pressed twice"
    undone(pages, answer, "teacher")
    assert "现在同时计入" in pages.browser("teacher").get(at).text
    assert post(pages, f"{at}/leave", "branch", unit=branch).status_code == 403, "the home says it"
