"""A telephone is shown to whoever asks, and that is noted; everything held about one person is handed to them, and that, too; what
was erased has a receipt that repeats nothing of it.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from io import BytesIO

import openpyxl
import pytest

from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.joining import make_join_code
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.people.local import FAMILY, Entrant, keep_entrants, new_page, note_look, settle_entrants
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.desks.files.receipt import receipt_paper
from campmgr.desks.queries.receipts import erasure_receipt
from campmgr.facts import world as worlds
from campmgr.files.official_paper import places
from tests.kit.desk_story import DESK, UNIT, mark, post, school
from tests.kit.office import agree, see

PHONE, MASKED = "13800138000", "138****8000"


@pytest.fixture
def aya(pages) -> str:
    """Somebody with a telephone, an earlier name and a lesson."""
    school(pages, "巴迪")
    with pages.store.writing() as w:
        person = people.register(w, Registration(UNIT, "阿雅", "N1", "三年1班", PHONE, "学校师生", guardian=True))
        people.change_details(w, people_by_id(w, [person])[person], name="阿雅娜")
    mark(pages, [person])
    return person


def own(pages, person: str, *, recovered: bool = False) -> str:
    """The address of somebody's own page."""
    with pages.store.writing() as w:
        return f"/p/{new_page(w, person, recovered=recovered)}"


def texts(answer) -> str:
    """All that stands in a workbook."""
    assert answer.status_code == 200, answer.text
    book = openpyxl.load_workbook(BytesIO(answer.data))
    return "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None)


def receipt(pages, person: str) -> str:
    """All that stands on the receipt of an erasure, which is a PDF."""
    with pages.store.reading() as r:
        world = worlds.load(r)
        (part,) = receipt_paper(erasure_receipt(r, world, people_by_id(r, [person])[person])).parts
    lines = [*part.above, *(cell for row in part.groups[0].rows for cell in row), *(" ".join(places(line)) for line in part.below)]
    return "\n".join(map(str, lines))


def looks(pages, who: str = "dora") -> str:
    return see(pages, "/desk/looks", who)


def test_a_telephone_is_masked_until_somebody_asks_and_that_is_noted_with_why(pages, aya):
    at = f"/desk/people/{aya}"
    for address in (at, f"{at}/details", f"{at}/erase", f"{at}/copy"):
        assert PHONE not in see(pages, address, "dora"), address
    assert MASKED in see(pages, at, "dora")
    assert "还没有人看过" in looks(pages)
    answer = post(pages, f"{at}/phone", why="家访")
    assert PHONE in answer.text
    assert all(word in looks(pages) for word in ("dora", "看了手机号", "阿雅娜", "家访", "演练小学1"))
    assert PHONE not in looks(pages)


def test_why_names_nobody_and_nothing_is_shown_where_it_does(pages, aya):
    answer = post(pages, f"/desk/people/{aya}/phone", why="给阿雅娜打电话")
    assert answer.status_code == 422
    assert PHONE not in answer.text
    assert "还没有人看过" in looks(pages)
    assert post(pages, f"/desk/people/{aya}/phone", why="很" * 101).status_code == 422


def test_whoever_has_no_telephone_is_told_so(pages):
    (badi,) = school(pages, "巴迪")
    assert "看号码" not in see(pages, f"/desk/people/{badi}", "dora")
    assert post(pages, f"/desk/people/{badi}/phone").status_code == 409


def test_what_was_looked_at_is_seen_by_whoever_has_the_unit_and_no_other(pages, aya):
    post(pages, f"/desk/people/{aya}/phone")
    assert "阿雅娜" in looks(pages, "root")
    assert "阿雅娜" in looks(pages, "jiao")
    assert "阿雅娜" not in looks(pages, "farid")


def test_a_telephone_that_is_not_typed_stays_and_is_taken_away_by_a_tick(pages, aya):
    at = f"/desk/people/{aya}/details"
    form = {"name": "阿雅娜", "number": "N1", "class_name": "四年1班", "guardian": "1"}
    assert post(pages, at, **form, phone="").status_code == 303
    assert MASKED in see(pages, f"/desk/people/{aya}", "dora")
    assert post(pages, at, **form, phone="", no_phone="1").status_code == 303
    assert MASKED not in see(pages, f"/desk/people/{aya}", "dora")


def test_the_copy_holds_everything_earlier_words_too_and_is_noted(pages, aya):
    assert post(pages, f"/desk/people/{aya}/copy", shape="pdf").data.startswith(b"%PDF")
    found = texts(post(pages, f"/desk/people/{aya}/copy", shape="xlsx"))
    for word in ("阿雅娜", "姓名 阿雅", "N1", "三年1班", PHONE, "演练小学1", "监护人同意", "家庭用电安全", "1.00", "dora"):
        assert word.replace(" ", "") in found.replace(" ", ""), word
    assert "取了个人信息副本" in looks(pages)
    assert "取了个人信息副本" in found


def test_the_page_and_the_workbook_of_a_copy_say_the_same(pages, aya):
    page = see(pages, f"/desk/people/{aya}/copy", "dora")
    cells = [unescape(cell) for cell in re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", page)]
    book = texts(post(pages, f"/desk/people/{aya}/copy")).replace(PHONE, MASKED).splitlines()
    assert len(cells) > 40
    assert [cell for cell in cells if cell not in {*book, "—"}] == []
    held = Counter(book)
    assert [cell for cell, many in Counter(cells).items() if cell != "—" and held[cell] < many] == []


def test_ones_own_copy_is_on_ones_own_page(pages, aya):
    link = own(pages, aya)
    browser = pages.browser("nobody")
    assert "我的个人信息" in browser.get(link).text
    shown = browser.get(f"{link}/copy").text
    assert MASKED in shown
    assert PHONE not in shown
    found = texts(post(pages, f"{link}/copy", "nobody"))
    assert PHONE in found
    assert all(word in looks(pages) for word in ("本人", "取了个人信息副本"))


def test_a_link_that_was_found_again_shows_and_gives_no_file(pages, aya):
    link = own(pages, aya, recovered=True)
    assert "还没有经联络员确认" in pages.browser("nobody").get(f"{link}/copy").text
    assert post(pages, f"{link}/copy", "nobody").status_code == 403
    assert "还没有人看过" in looks(pages)


def test_the_receipt_says_what_went_what_stays_why_when_and_by_whom_and_repeats_nothing(pages, aya):
    assert pages.browser("dora").get(f"/desk/people/{aya}/receipt.pdf").status_code == 404
    post(pages, f"/desk/people/{aya}/phone", why="家访")
    answer = agree(pages, f"/desk/people/{aya}/erase", "dora", reason="本人要求")
    assert "打印删除回执" in answer.text
    assert pages.browser("dora").get(f"/desk/people/{aya}/receipt.pdf").data.startswith(b"%PDF")
    found = receipt(pages, aya)
    with pages.store.reading() as r:
        code = r.value("select code from people where person = :person", person=aya)
        fact = r.value("select chain from facts where kind = 'person_erased'")
    for word in (code, fact, "dora", "2023-06-10", "本人要求", "共 2 条记录", "学习、签到记录 1 条", "演练小学1", "经办人（签字）"):
        assert word.replace(" ", "") in found.replace(" ", ""), word
    for word in ("阿雅", "N1", PHONE, "三年1班"):
        assert word not in found, word
    assert "已删除" in looks(pages)


def test_whoever_leaves_keeps_a_receipt(pages, aya):
    link = own(pages, aya)
    agree(pages, f"{link}/leave", "nobody")
    assert "保存删除回执" in pages.browser("nobody").get(link).text
    assert pages.browser("nobody").get(f"{link}/receipt.pdf").data.startswith(b"%PDF")
    found = receipt(pages, aya)
    assert "本人撤回同意" in found
    assert "阿雅" not in found


def test_a_reason_of_a_look_that_holds_a_name_goes_with_it(pages, aya):
    with pages.store.writing() as w:
        note_look(w, "phone", aya, pages.unit(UNIT), "", "找阿雅娜")
    agree(pages, f"/desk/people/{aya}/erase", "dora", reason="本人要求")
    with pages.store.reading() as r:
        assert r.value("select why from local_looks") == ""


def test_the_roster_names_no_telephone(pages, aya):
    assert PHONE not in see(pages, f"{DESK}/people?col=name&col=number", "dora")
    assert aya


def test_what_a_family_typed_at_a_code_stands_in_the_copy_of_whom_it_became_and_of_nobody_else(pages, aya):
    (badi,) = school(pages, "巴迪")
    with pages.store.writing() as w:
        code = make_join_code(w, UNIT, sort=FAMILY)
        typed = ("阿雅娜", "三年1班", PHONE, "学校师生", 1, "1", "2023-06-01T08:00:00Z")
        other = ("阿雅娜", "三年1班", "13911112222", *typed[3:])
        rows = [
            Entrant(key, code.code, code.unit, *said) for key, said in (("e1", typed), ("e2", typed), ("e3", other), ("e4", typed))
        ]
        keep_entrants(w, rows, "token")
        settle_entrants(w, {"e1": aya})
        settle_entrants(w, {"e4": ""}, refused=True)
    page = see(pages, f"/desk/people/{aya}/copy", "dora")
    assert [page.count(words) for words in ("家庭码", "等老师确认", "没有通过")] == [3, 1, 1]
    assert "2222" not in page, "a namesake's telephone"
    assert (MASKED in page, PHONE in page) == (True, False)
    book = texts(post(pages, f"/desk/people/{aya}/copy", shape="xlsx"))
    assert "阿雅娜，演练小学1，三年1班，监护人填写" in book
    assert "没有扫码报过名" in see(pages, f"/desk/people/{badi}/copy", "dora")


def test_two_records_are_compared_by_masked_telephones(pages, aya):
    (badi,) = school(pages, "巴迪")
    answer = post(pages, f"{DESK}/review/merge", "dora", one=aya, other=badi)
    assert (MASKED in answer.text, PHONE in answer.text) == (True, False)
