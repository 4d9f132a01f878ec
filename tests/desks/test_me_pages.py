"""A participant's own page: what they earned and why, declaring, finding the page again, leaving."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import g

from campmgr.areas.certificates.actions.issuing import issue
from campmgr.areas.certificates.actions.revoking import revoke
from campmgr.areas.hours.actions import declarations
from campmgr.areas.hours.actions.corrections import correct_mark
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions.people import Registration, change_details, register
from campmgr.areas.people.local import new_page, note_device
from campmgr.areas.people.queries.finding import find_person
from tests.kit.office import see, tasks, told_before
from tests.kit.pages import OWN

LESSON = Lesson("V1", "家庭用电安全", 400, 60, "科普视频", "家庭")


@pytest.fixture
def own(pages):
    """Somebody with a page, a lesson to watch, and no mark yet: the token."""
    with pages.store.writing() as w:
        describe_lesson(w, LESSON)
        describe_lesson(w, Lesson("V2", "火场逃生", 400, 60, "科普视频", "学校"))
        return new_page(w, register(w, Registration("3501-X1", "林小明", "001", "三班", "13800001234")))


def test_the_page_explains_the_hours(pages, own):
    _mark(pages, MarkRow("2023-06-10", "V1", minutes=45))
    page = _page(pages, own)
    assert "3.00" in page
    assert "还差 5.00 课时" in page
    assert "全长 60 分钟，已学 45 分钟" in page
    assert "未签到" in page


def test_the_page_is_for_its_owner_alone(pages, own):
    answer = pages.browser().get(f"/p/{own}")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "13800001234" not in answer.text
    assert pages.browser().get(f"/p/{own[:-1]}").status_code == 404


def test_a_link_is_new_for_half_an_hour(pages, own):
    assert "请保存链接" in _page(pages, own)
    pages.clock.move(minutes=31)
    assert "请保存链接" not in _page(pages, own)


def _next(pages, own) -> tuple[str, list[str]]:
    """What the page says comes next, and the lessons it offers."""
    part = _page(pages, own).partition('id="next">')[2].partition("</section>")[0]
    return part.partition("</h2>")[0], re.findall(r'name="lesson" value="(\w+)"', part)


def test_the_lessons_that_close_the_gap_come_first_counting_what_waits(pages, own):
    with pages.store.writing() as w:
        describe_lesson(w, Lesson("V3", "短课", 50, 10, "科普视频", "学校"))
        describe_lesson(w, Lesson("Z1", "直播", 200, 90, "专家直播", "学校"))
        describe_lesson(w, Lesson("Z1R", "重播", 200, 90, "直播重播", "学校", replay_of="Z1"))
    assert _next(pages, own) == ("接着学这几门", ["V1", "V2"])
    _mark(pages, MarkRow("2023-06-10", "V1"))
    assert _next(pages, own) == ("再学完下面任意一门就够了", ["V2"])
    _mark(pages, MarkRow("2023-06-10", "Z1"))
    assert _next(pages, own) == ("再学完下面任意一门就够了", ["V2"])
    pages.browser().post(f"/p/{own}/declarations", data={"lesson": "V2", "day": "2023-06-10", "client_id": "f"}, headers=OWN)
    assert ("说过的都通过以后，课时就够了" in _page(pages, own), _next(pages, own)) == (True, ("", []))


def test_what_was_said_is_taken_back_and_said_twice_is_once(pages, own):
    for form in ("f1", "f2"):
        data = {"lesson": "V1", "day": "2023-06-10", "minutes": "30", "client_id": form}
        assert pages.browser().post(f"/p/{own}/declarations", data=data, headers=OWN).status_code == 303
    back = re.findall(rf'action="(/p/{own}/declarations/\w+/back)"', _page(pages, own))
    assert len(back) == 1
    for _ in range(2):
        assert pages.browser().post(back[0], headers=OWN).status_code == 303
    assert "我说过的" not in _page(pages, own)


def test_the_phone_that_registered_somebody_finds_their_page(pages, own):
    with pages.store.writing() as w:
        note_device(w, "device-one", _person_id(w))
    for device, words in (("device-one", "林小明"), ("", "没有登记过人"), ("device-two", "没有登记过人")):
        to = pages.browser().post("/p/device/", data={"device": device}, headers=OWN).location
        assert (words in pages.browser().get(to).text, "device-one" in to) == (True, False)
    with pages.store.reading() as r:
        person = _person_id(r)
    opened = pages.browser().post("/p/device/open", data={"device": "device-one", "person": person}, headers=OWN)
    assert "林小明" in pages.browser().get(opened.location).text
    assert pages.browser().post("/p/device/open", data={"device": "device-two", "person": person}, headers=OWN).status_code == 404


def _person_id(r) -> str:
    return find_person(r, "001").person


def test_the_pass_holds_the_code_only(pages, own):
    svg, png = (pages.browser().get(f"/p/{own}/pass.{sort}") for sort in ("svg", "png"))
    assert (svg.content_type, png.content_type) == ("image/svg+xml", "image/png")
    assert own not in svg.text
    assert png.data.startswith(b"\x89PNG")
    assert _person(pages).code in _page(pages, own).replace(" ", "")


def test_the_certificate_is_shown_with_its_number(pages, own):
    for lesson in ("V1", "V2"):
        _mark(pages, MarkRow("2023-06-10", lesson))
    _mark(pages, MarkRow("2023-06-10", condition="sign_in"))
    assert "等待颁发证书" in _page(pages, own)
    with pages.store.writing() as w:
        issue(w)
        number = w.value("select number from certificates")
    assert f"/c/{number}" in _page(pages, own)
    assert "恭喜结业" in _page(pages, own)


def test_the_certificate_is_a_pdf_while_it_is_valid(pages, own):
    path = f"/p/{own}/certificate.pdf"
    assert pages.browser().get(path).status_code == 404
    for row in (MarkRow("2023-06-10", "V1"), MarkRow("2023-06-10", "V2"), MarkRow("2023-06-10", condition="sign_in")):
        _mark(pages, row)
    with pages.store.writing() as w:
        issue(w)
        number = w.value("select number from certificates")
    assert path in _page(pages, own)
    answer = pages.browser().get(path)
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert answer.headers["Cache-Control"] == "no-store"
    with pages.store.writing() as w:
        revoke(w, number, "误发")
    assert pages.browser().get(path).status_code == 404
    assert path not in _page(pages, own)


def test_a_declaration_waits_and_counts_once_confirmed(pages, own):
    assert _declare(pages, own).status_code == 303
    assert _declare(pages, own).status_code == 303
    assert _page(pages, own).count("等待确认") == 1
    with pages.store.writing() as w:
        declarations.settle(w, [w.value("select fact from declarations")], accepted=True)
    assert "已确认" in _page(pages, own)
    assert "已学 1 门" in _page(pages, own)


def test_what_was_just_said_stands_on_top_with_the_press_that_takes_it_back(pages, own):
    to = _declare(pages, own).location
    page = pages.browser().get(to).text
    line = page.partition('id="done"')[2].partition("<h1")[0]
    assert "已申报 V1 家庭用电安全，等联络员确认。" in line
    assert "已申报、等联络员确认：V1 家庭用电安全" in page
    (back,) = re.findall(r'action="([^"]+)"', line)
    page = pages.browser().get(pages.browser().post(back, headers=OWN).location).text
    assert "<strong>已收回</strong> <del>已申报 V1 家庭用电安全</del>" in page
    assert "等联络员确认：" not in page
    assert pages.browser().get(f"/p/{own}?done=nonsense").status_code == 200


def test_more_minutes_than_the_lesson_has_are_told_beside_the_field(pages, own):
    answer = _declare(pages, own, minutes="999")
    assert (answer.status_code, "本课 60 分钟，填的是 999 分钟。" in answer.text) == (422, True)
    assert _declare(pages, own, minutes="60").status_code == 303


def test_a_lesson_of_one_day_is_said_once_while_it_waits(pages, own):
    assert _declare(pages, own).status_code == 303
    answer = _declare(pages, own, client_id="other", minutes="20")
    assert (answer.status_code, "您 6月10日 已申报过，正等联络员确认" in answer.text) == (409, True)
    assert _page(pages, own).count("等待确认") == 1


def test_a_lesson_said_again_is_told_as_said_before(pages, own):
    first = pages.browser().get(_declare(pages, own).location).text
    second = pages.browser().get(_declare(pages, own, client_id="other").location).text
    assert ["您已经申报过 V1 家庭用电安全，还在等联络员确认" in page for page in (first, second)] == [False, True]
    assert _page(pages, own).count("等待确认") == 1


def test_what_would_add_nothing_to_a_lesson_is_not_taken(pages, own):
    _mark(pages, MarkRow("2023-06-09", "V1", minutes=40))
    assert _declare(pages, own, minutes="20").status_code == 303
    _mark(pages, MarkRow("2023-06-08", "V1"))
    for minutes in ("", "30"):
        answer = _declare(pages, own, client_id=f"more {minutes}", day="2023-06-07", minutes=minutes, again="V1")
        assert (answer.status_code, "再申报也不会增加" in answer.text) == (409, True)
    assert _declare(pages, own, client_id="another", lesson="V2").status_code == 303
    assert _page(pages, own).count("等待确认") == 2


@pytest.mark.parametrize(("typed", "minutes"), [("40分钟", 40), ("４０ 分", 40), ("40 min", 40), ("分钟", None), ("40小时", None)])
def test_minutes_are_read_with_their_unit(pages, own, typed, minutes):
    answer = _declare(pages, own, minutes=typed)
    with pages.store.reading() as r:
        said = r.all("select minutes from declarations")
    assert (answer.status_code, said) == ((303, [(minutes,)]) if minutes else (422, []))


def test_a_page_tells_which_telephone_it_knows_and_who_corrects_it(pages, own):
    assert "手机号 138****1234，不对的请联络员改" in _page(pages, own)
    with pages.store.writing() as w:
        other = new_page(w, register(w, Registration("3501-X1", "阿雅", "002")))
    assert "没有留手机号：请联络员补上" in _page(pages, other)


def test_the_first_page_of_a_unit_counts_the_declarations_that_wait_for_whoever_confirms(pages, own):
    desk = "/desk/units/3501-X1"
    assert not tasks(pages.browser("dora").get(desk).text)
    _declare(pages, own)
    assert list(tasks(pages.browser("dora").get(desk).text).values()) == [(1, f"{desk}/declarations")]
    assert not tasks(pages.browser("elias").get(desk).text)


def test_the_whole_lesson_on_another_day_is_asked_about_once(pages, own):
    _declare(pages, own, day="2023-06-03")
    answer = _declare(pages, own, client_id="other")
    assert (answer.status_code, "这门课您 6月3日 已申报过，还要再报吗？" in answer.text) == (409, True)
    assert 'name="again" value="V1"' in answer.text
    assert _declare(pages, own, client_id="third", lesson="V2", again="V1").status_code == 303
    assert _declare(pages, own, client_id="fourth", again="V1").status_code == 303
    assert _page(pages, own).count("等待确认") == 3


@pytest.mark.parametrize("change", [{"day": "2023-06-09"}, {"lesson": "V2"}])
def test_the_same_declaration_with_other_values_is_asked_about_and_then_said(pages, own, change):
    _declare(pages, own)
    answer = _declare(pages, own, **change)
    assert answer.status_code == 409
    assert "还没有保存" in answer.text
    again = answer.text.split('name="client_id" value="')[1].split('"')[0]
    assert _declare(pages, own, client_id=again, again="V1", **change).status_code == 303
    assert _page(pages, own).count("等待确认") == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"lesson": "V9"}, "请从列表中选择"),
        ({"minutes": "2000"}, "1 到 1440"),
        ({"day": "昨天"}, "请填日期"),
        ({"day": "2023-06-11"}, "还没有到"),
        ({"day": "2023-01-01"}, "不在活动时间内"),
    ],
)
def test_a_declaration_that_cannot_be_comes_back_as_typed(pages, own, typed, words):
    answer = _declare(pages, own, **typed)
    assert answer.status_code in {409, 422}
    assert words in answer.text
    assert 'name="client_id" value="d"' in answer.text
    assert "等待确认" not in answer.text


def test_the_history_tells_a_correction_with_its_reason(pages, own):
    _mark(pages, MarkRow("2023-06-10", "V1", minutes=45))
    with pages.store.writing() as w:
        fact = w.value("select fact from marks")
        correct_mark(w, find_person(w, "001"), fact, 30, "看错了时间", actor=f"account:{pages.accounts['dora'].account}")
    page = unescape(pages.browser().get(f"/p/{own}/history").text)
    assert "家庭用电安全，30 分钟" in page
    assert "家庭用电安全，45 分钟" in page
    assert "看错了时间" in page
    assert "dora" in page
    assert "已被更正或撤回" in page


def test_the_page_is_found_again_by_code_and_telephone(pages, own):
    code = _person(pages).code
    answer = _find(pages, " ".join([code[:8], code[8:]]), "1234")
    assert answer.status_code == 303
    assert "林小明" in pages.browser().get(answer.location).text


def test_who_guesses_is_stopped_and_both_mistakes_look_alike(pages, own):
    code = _person(pages).code
    wrong = [_find(pages, code, "0000") for _ in range(4)]
    nobody = _find(pages, "9" * 16, "1234")
    assert {answer.status_code for answer in (*wrong, nobody)} == {404}
    assert all("对不上" in answer.text for answer in (*wrong, nobody))
    assert _find(pages, code, "1234").status_code == 429
    pages.clock.move(minutes=1)
    assert _find(pages, code, "1234").status_code == 303


def test_without_a_telephone_nobody_gets_in_that_way(pages, own):
    with pages.store.writing() as w:
        change_details(w, find_person(w, "001"), phone="")
    assert _find(pages, _person(pages).code, "").status_code == 422
    assert _find(pages, _person(pages).code, "1234").status_code == 404


def test_leaving_is_asked_first_and_then_erases(pages, own):
    _mark(pages, MarkRow("2023-06-10", "V1"))
    leave = f"/p/{own}/leave"
    looked_at = told_before(see(pages, leave, "nobody"))
    assert pages.browser().post(leave, data={"sure": "1"}, headers=OWN).status_code == 409
    assert _declare(pages, own, lesson="V2").status_code == 303
    again = pages.browser().post(leave, data={"sure": "1"} | looked_at, headers=OWN)
    assert (again.status_code, "条申报联络员还没有答复" in again.text) == (409, True)
    looked_at = told_before(again.text)
    assert pages.browser().post(leave, data=looked_at, headers=OWN).status_code == 422
    assert "林小明" in _page(pages, own)
    answers = [pages.browser().post(leave, data={"sure": "1"} | looked_at, headers=OWN).status_code for _ in range(2)]
    assert answers == [303, 303]
    page = _page(pages, own)
    assert "个人信息已经删除" in page
    assert "4.00" in page
    assert "林小明" not in page
    assert "林小明".encode() not in pages.store.path.read_bytes()
    with pages.store.reading() as r:
        assert r.value("select count(*) from facts where kind = 'consent_withdrawn'") == 1
    assert _declare(pages, own).status_code == 409
    assert pages.browser().get(leave).status_code == 303


def test_three_lessons_ask_as_many_queries_as_one(pages, own):
    def queries(path: str) -> int:
        with pages.browser() as browser:
            browser.get(path)
            assert browser.get(path).status_code == 200
            return g.queries

    def both(do: Callable[[str], int]) -> list[int]:
        return [do(f"/p/{own}"), do(f"/p/{own}/history")]

    _mark(pages, MarkRow("2023-06-10", "V1", minutes=1))
    _declare(pages, own)
    few = both(queries)
    for day in ("2023-06-08", "2023-06-09"):
        _mark(pages, MarkRow(day, "V2", minutes=2))
        _declare(pages, own, client_id=day, day=day, again="V1")
    assert both(queries) == few


def _page(pages, own: str) -> str:
    answer = pages.browser().get(f"/p/{own}")
    assert answer.status_code == 200
    return answer.text


def _person(pages):
    with pages.store.reading() as r:
        return find_person(r, "001")


def _mark(pages, row: MarkRow) -> None:
    with pages.store.writing() as w:
        mark(w, "001", row)


def _declare(pages, own: str, **typed: str):
    data = {"lesson": "V1", "minutes": "", "day": "2023-06-10", "client_id": "d"} | typed
    return pages.browser().post(f"/p/{own}/declarations", data=data, headers=OWN)


def _find(pages, code: str, phone_end: str):
    return pages.browser().post("/p/", data={"code": code, "phone_end": phone_end}, headers=OWN)
