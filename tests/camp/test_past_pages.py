"""Pages of last year's camp, at an address of their own: the same views, only to be looked at (docs/ledger.md#earlier-camps)."""

from __future__ import annotations

import pytest

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.people.actions.people import Registration, register
from campmgr.facts import earlier
from tests.kit.desk_story import DESK, mark, school
from tests.kit.pages import OWN

PAST = "/past/camp"


@pytest.fixture
def two(pages) -> list[str]:
    """Pupils with hours of a camp that is over, when the next one has begun with another pupil."""
    people = school(pages, "林小明", "陈小红")
    mark(pages, people)
    with pages.store.writing() as w:
        open_activity(w, "escape-drill-2023", "2024")
        register(w, Registration(pages.unit("3501-X1"), "新同学", "x9", "一年1班"))
    return people


def _seen(pages, who: str, path: str) -> str:
    """A page, after the job that makes its tables."""
    answer = pages.browser(who).get(path)
    if answer.status_code == 303:
        answer = pages.browser(who).get(answer.location)
    assert answer.status_code == 200
    return answer.text


def test_the_report_of_last_year_stands_beside_this_years(pages, two):
    now = pages.browser("root").get("/office/reports/?by=school").text
    assert 'href="/past/camp/office/reports/?by=school"' in now
    assert "（camp）" in now
    assert "（2024）" in now
    then = _seen(pages, "root", f"{PAST}/office/reports/?by=school")
    assert "这是往届" in then
    assert 'href="/office/reports/?by=school"' in then
    assert f'href="{PAST}/office/reports/school.xlsx' in then
    assert "演练小学1" in then
    assert pages.browser("root").get(f"{PAST}/office/reports/school.xlsx").status_code == 200


def test_the_roster_and_a_person_of_last_year_are_read_only(pages, two):
    then = _seen(pages, "dora", f"{PAST}{DESK}/people")
    assert "林小明" in then
    assert "新同学" not in then
    assert "改班级" not in then
    person = _seen(pages, "dora", f"{PAST}/desk/people/{two[0]}")
    assert "1.00" in person
    assert "登记今天签到" not in person
    assert "0.00" in pages.browser("dora").get(f"/desk/people/{two[0]}").text


def test_nothing_can_be_done_there_and_other_addresses_lead_to_the_present(pages, two):
    answer = pages.browser("dora").post(f"{PAST}{DESK}/people/class", data={"new_class": "x"}, headers=OWN)
    assert answer.status_code == 403
    assert pages.browser("dora").get(f"{PAST}{DESK}/marking").location == f"{DESK}/marking"
    assert pages.browser("root").get("/past/2024/office/reports/").location == "/office/reports/"
    assert pages.browser("root").get("/past/none/office/reports/").status_code == 404


def test_who_may_not_see_a_unit_may_not_see_its_past(pages, two):
    _seen(pages, "root", f"{PAST}/office/reports/")
    assert pages.browser("farid").get(f"{PAST}{DESK}/people").status_code == 404
    assert pages.browser("dora").get(f"{PAST}/office/reports/").status_code == 403
    assert pages.browser().get(f"{PAST}/office/reports/").location.endswith("next=/past/camp/office/reports/")


def test_tables_are_made_again_when_something_comes_that_concerns_them(pages, two):
    _seen(pages, "dora", f"{PAST}{DESK}/people")
    with pages.store.writing() as w:
        register(w, Registration(pages.unit("3501-X1"), "又一个", "x10"))
    assert not earlier.is_ready(pages.store, "")
    assert "林小明" in _seen(pages, "dora", f"{PAST}{DESK}/people")
    assert earlier.is_ready(pages.store, "")


def test_tables_that_are_gone_are_made_again(pages, two):
    _seen(pages, "dora", f"{PAST}{DESK}/people")
    for path in earlier.folder_of(pages.store.path).iterdir():
        path.unlink()
    assert "林小明" in _seen(pages, "dora", f"{PAST}{DESK}/people")


def test_whoever_waited_sees_them_though_people_registered_meanwhile(pages, two):
    answer = pages.browser("dora").get(f"{PAST}{DESK}/people")
    assert answer.status_code == 303
    with pages.store.writing() as w:
        register(w, Registration(pages.unit("3501-X1"), "又一个", "x10"))
    assert pages.browser("dora").get(answer.location).status_code == 200
