"""A coordinator's certificates: a class or one person, looked at, issued once, printed, revoked; and codes for all units below."""

from __future__ import annotations

import re

import pytest

from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.people.queries.finding import find_person
from tests.kit.office import agree, see, send, told_before

DESK = "/desk/units/3501-X1/certificates"


@pytest.fixture
def pupils(pages) -> dict[str, str]:
    """Two of 三年1班 and one of 三年2班 who are ready, one who has not signed in, one of another school; ids by 编号."""
    with pages.store.writing() as w:
        describe_lesson(w, Lesson("V8", "全部课程合集", 800, 480, "科普视频", "家庭"))
        for unit, name, number, of_class in (
            ("3501-X1", "王子涵", "001", "三年1班"), ("3501-X1", "李四", "002", "三年1班"), ("3501-X1", "赵六", "003", "三年2班"),
            ("3501-X1", "未签到", "004", "三年1班"), ("3501-X2", "别校的", "005", "三年1班"),
        ):  # fmt: skip
            register(w, Registration(unit, name, number, of_class))
            mark(w, number, MarkRow("2023-06-10", "V8"))
            if number != "004":
                mark(w, number, MarkRow("2023-06-10", condition="sign_in"))
        return {number: find_person(w, number).person for number in ("001", "002", "003", "004", "005")}


def _holders(pages) -> set[str]:
    with pages.store.reading() as r:
        sql = "select p.number from certificates c join people p on p.person = c.person where c.state = 'valid'"
        return {row[0] for row in r.all(sql)}


def test_a_class_gets_its_certificates_and_nobody_else_does(pages, pupils):
    assert "签发 2 份" in see(pages, DESK, "dora")
    looked_at = see(pages, f"{DESK}/issue?class=三年1班", "dora")
    assert re.search("王子涵.*未签到：没有签到", looked_at, re.DOTALL)
    assert _holders(pages) == set()
    told = told_before(looked_at)
    done = send(pages, f"{DESK}/issue", "dora", sure="1", **told)
    assert (done.status_code, _holders(pages)) == (303, {"001", "002"})
    again = send(pages, f"{DESK}/issue", "dora", sure="1", **told)  # pressed twice, or a stale page: it is shown again
    assert (again.status_code, _holders(pages)) == (409, {"001", "002"})
    assert pages.browser("dora").get(f"{DESK}/certificates.pdf?class=三年1班").data.startswith(b"%PDF")
    assert pages.browser("dora").get(f"{DESK}/certificates.pdf?class=三年2班").status_code == 404


def test_one_person_gets_one_from_their_page(pages, pupils):
    page = see(pages, f"/desk/people/{pupils['003']}", "dora")
    assert f"{DESK}/issue?person={pupils['003']}" in page
    assert "签发证书" not in see(pages, f"/desk/people/{pupils['004']}", "dora")
    agree(pages, f"{DESK}/issue", "dora", person=pupils["003"])
    assert _holders(pages) == {"003"}
    assert "打印证书" in see(pages, f"/desk/people/{pupils['003']}", "dora")


@pytest.mark.parametrize(("who", "status"), [("elias", 403), ("farid", 404), ("dora", 200)])
def test_nobody_issues_for_whom_they_do_not_govern(pages, pupils, who, status):
    """A viewer, a coordinator of another city; the right one at a school, naming somebody of another school, gets an empty page."""
    answer = pages.browser(who).get(f"{DESK}/issue?person={pupils['005']}")
    assert (answer.status_code, "别校的" in answer.text) == (status, False)


def test_one_is_revoked_with_a_reason_and_not_issued_again(pages, pupils):
    agree(pages, f"{DESK}/issue", "dora", person=pupils["003"])
    with pages.store.reading() as r:
        number = r.value("select number from certificates")
    agree(pages, f"{DESK}/{number}/revoke", "dora", reason="录错了人")
    assert _holders(pages) == set()
    assert "证书曾被撤销" in see(pages, f"{DESK}/issue?person={pupils['003']}", "dora")
    assert "签发 1 份" not in see(pages, f"{DESK}", "dora")


def test_passes_and_the_list_are_printed_of_whom_a_filter_shows(pages, pupils):
    people = "/desk/units/3501-X1/people"
    page = see(pages, f"{people}?filter=ready&class=三年1班", "dora")
    for address in ("/cards.pdf?size=pass&amp;filter=ready", "/list.pdf?filter=ready"):
        assert people + address in page
    for path in ("cards.pdf?size=pass&filter=ready", "list.pdf?class=三年1班"):
        assert pages.browser("dora").get(f"{people}/{path}").data.startswith(b"%PDF")
    assert pages.browser("dora").get(f"{people}/list.pdf?class=没有的班").status_code == 404


def test_codes_are_made_for_all_below_and_taken_back_together(pages):
    codes = "/desk/units/3501/codes"
    assert pages.browser("city").get(f"{codes}/booklet.pdf").status_code == 404
    before = see(pages, codes, "city")
    lacking = int(re.findall(r"还没有的 (\d+) 个单位", before)[0])
    done = send(pages, f"{codes}/below", "city")
    page = see(pages, done.location, "city")
    assert f"海报册 A4（{lacking} 张）" in page
    assert pages.browser("city").get(f"{codes}/booklet.pdf?part=2").status_code == 404
    pdf = pages.browser("city").get(f"{codes}/booklet.pdf?paper=a3").data
    assert pdf.count(b"/Type/Page/") + len(re.findall(rb"/Type/Page[^s/]", pdf)) == lacking
    assert "还没有的" not in page
    undo = re.findall(r'action="(/desk/done/[^"]+)"', page)[0]
    send(pages, undo, "city")
    assert f"还没有的 {lacking} 个单位" in see(pages, codes, "city")
