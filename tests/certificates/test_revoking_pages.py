"""The office's ways to end certificates, and what it hands to those who check them."""

from __future__ import annotations

import re

import pytest
from openbadgeslib.ob3 import OB3Verifier

from campmgr.areas.certificates.actions.issuing import issue
from campmgr.areas.certificates.proof.badge import did_key
from campmgr.areas.certificates.proof.revocation_list import RevokedEntry, list_texts
from campmgr.areas.certificates.queries.revocation_lists import revocation_list
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions.people import Registration, change_details, register
from campmgr.areas.people.local import new_page
from campmgr.areas.people.queries.finding import find_person
from campmgr.facts import world as worlds
from campmgr.ids import certificate_number
from campmgr.ledger.seal import new_key
from campmgr.store.ledger import own_key
from tests.kit.office import agree, rows, see, send, told_before
from tests.kit.pages import OWN


@pytest.fixture
def numbers(pages) -> dict[str, str]:
    """Certificates of two in 3501 and one in 3502."""
    with pages.store.writing() as w:
        describe_lesson(w, Lesson("V8", "全部课程合集", 800, 480, "科普视频", "家庭"))
        for unit, name, number in (("3501-X1", "王子涵", "001"), ("3501-X1", "<b>李四</b>", "002"), ("3502", "赵六", "003")):
            register(w, Registration(unit, name, number))
            mark(w, number, MarkRow("2023-06-10", "V8"))
            mark(w, number, MarkRow("2023-06-10", condition="sign_in"))
        issue(w)
        return dict(w.all("select p.number, c.number from certificates c join people p on p.person = c.person"))


def _csv(*lines: str) -> tuple[bytes, str]:
    return "\n".join(("证书编号,原因", *lines)).encode(), "名单.csv"


def test_a_list_is_looked_at_and_then_revoked_once(pages, numbers):
    sheet = _csv(f"{numbers['001']},冒名", f"{numbers['002']},", f"{numbers['003']},别处的", "ABCD,错号")
    tried = send(pages, "/office/certificates/ended/try", "city", file=sheet, reason="统一原因")
    assert tried.status_code == 200
    assert [[cell for cell in row if cell] for row in rows(tried.text)] == [
        ["2", numbers["001"], "王子涵", "将撤销", "冒名"],
        ["3", numbers["002"], "&lt;b&gt;李四&lt;/b&gt;", "将撤销", "统一原因"],
        ["4", numbers["003"], "—", "不能撤销", f"没有编号为 {numbers['003']} 的证书，或不在您的范围内。"],
        ["5", "ABCD", "—", "不能撤销", "“ABCD”不是证书编号，或输错了（末位是校验位）。"],
    ]
    told = told_before(tried.text)
    assert (
        send(pages, "/office/certificates/ended/commit", "city", **told).status_code == 422
    )  # two rows cannot be, and nobody agreed
    done = send(pages, "/office/certificates/ended/commit", "city", sure="1", **told)
    assert done.status_code == 303
    with pages.store.reading() as r:
        assert r.all("select state from certificates order by state") == [("revoked",), ("revoked",), ("valid",)]
    assert send(pages, "/office/certificates/ended/commit", "city", sure="1", **told).status_code == 404


@pytest.mark.parametrize(
    ("content", "words"), [(b"", "空的"), (b"a,b\n1,2\n", "缺少“证书编号”"), (b"PK\x03\x04", "损坏"), (None, "还没有选择文件")]
)
def test_a_wrong_file_is_said_beside_its_field(pages, numbers, content, words):
    typed = {} if content is None else {"file": (content, "x.xlsx")}
    answer = send(pages, "/office/certificates/ended/try", "city", **typed)
    assert answer.status_code == 422
    assert words in answer.text


def test_reissued_twice_by_an_impatient_hand_there_is_one_new_number(pages, numbers):
    old = numbers["001"]
    address = f"/office/certificates/{old}/reissue"
    looked_at = told_before(see(pages, address, "city"))
    assert send(pages, address, "city", sure="1", reason=" ", **looked_at).status_code == 422
    first, again = (send(pages, address, "city", sure="1", reason="姓名更正", **looked_at) for _ in range(2))
    assert first.status_code == again.status_code == 303
    assert first.location.partition("?")[0] == again.location
    page = see(pages, f"/office/certificates/{old}", "city")
    assert "已换发" in page
    assert again.location.rsplit("/", 1)[1] in page
    assert "换发新证书" not in page
    assert "证书已换发" in pages.browser().get(f"/c/{old}").text
    assert send(pages, f"/office/certificates/{numbers['003']}/reissue", "city", reason="x").status_code == 404


def test_what_has_changed_since_a_reissue_was_looked_at_is_shown_first(pages, numbers):
    address = f"/office/certificates/{numbers['001']}/reissue"
    looked_at = told_before(see(pages, address, "city"))
    with pages.store.writing() as w:
        change_details(w, find_person(w, "001"), name="王子函")
    again = send(pages, address, "city", sure="1", reason="更正", **looked_at)
    assert (again.status_code, "有了变化" in again.text, "王子函" in again.text) == (409, True, True)
    with pages.store.reading() as r:
        assert r.value("select count(*) from certificates") == len(numbers)


def test_a_correction_after_issue_asks_for_a_new_certificate(pages, numbers):
    address = f"/office/certificates/{numbers['001']}"
    assert "请换发" not in see(pages, address, "city")
    with pages.store.writing() as w:
        change_details(w, find_person(w, "001"), phone="13800000000")
    assert "请换发" not in see(pages, address, "city")
    with pages.store.writing() as w:
        change_details(w, find_person(w, "001"), name="王子函")
    assert "持证人的姓名有变动" in see(pages, address, "city")
    made = agree(pages, f"{address}/reissue", "city", reason="姓名更正")
    assert "请换发" not in see(pages, made.location, "city")


def test_a_badge_is_for_those_whose_it_is(pages, numbers):
    got = pages.browser("city").get(f"/office/certificates/{numbers['001']}/badge.jwt")
    with pages.store.reading() as r:
        did = did_key(own_key(r).public)
    assert OB3Verifier.for_issuer_did(did).verify(got.text).issuer.id == did
    assert pages.browser("city").get(f"/office/certificates/{numbers['003']}/badge.jwt").status_code == 404
    with pages.store.writing() as w:
        token = new_page(w, find_person(w, "001").person)
    assert pages.browser().get(f"/p/{token}/badge.jwt").text == got.text
    assert "开放徽章" in pages.browser().get(f"/p/{token}").text


def test_the_list_and_the_checker_file_can_be_saved(pages, numbers):
    pdf = pages.browser("city").get("/office/certificates/ended.pdf")
    assert pdf.data.startswith(b"%PDF")
    for who, path in (("city", "/office/certificates/checker.html"), ("nobody", "/c/checker.html")):
        answer = pages.browser(who).get(path)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "王子涵" not in answer.text
        assert "证书离线核验" in answer.text
    assert pages.browser().get("/c/checker.html").data == answer.data


def _list(pages, number: str, as_of: str = "2023-06-10T00:00:00Z", key=None) -> str:
    with pages.store.reading() as r:
        return list_texts(key or own_key(r), r.meta("campaign"), as_of, [RevokedEntry(number, "revoked")])[0]


def test_a_scanned_list_is_kept_and_counts_from_then_on(pages, numbers):
    number = certificate_number("elsewhere", "p", 1)
    assert pages.browser().get(f"/c/{number}").status_code == 404
    text = f"https://example.org/c/#{_list(pages, number)}"
    answer = pages.browser().post("/c/", data={"text": text}, headers=OWN)
    assert "已收下撤销名单" in answer.text
    assert "1 个，新知道 1 个" in answer.text
    assert "1 个，新知道 0 个" in pages.browser().post("/c/", data={"text": text}, headers=OWN).text
    assert "证书已收回" in pages.browser().get(f"/c/{number}").text
    held = f"https://example.org/c/#{_list(pages, numbers['001'])}"
    pages.browser().post("/c/", data={"text": held}, headers=OWN)
    assert "证书有效" in pages.browser().get(f"/c/{numbers['001']}").text


def test_a_list_that_nobody_of_the_camp_signed_is_not_kept(pages, numbers):
    text = _list(pages, numbers["001"], key=new_key())
    answer = pages.browser().post("/c/", data={"text": text}, headers=OWN)
    assert answer.status_code == 409
    assert "没有收下" in answer.text
    with pages.store.reading() as r:
        assert r.value("select count(*) from local_ended_numbers") == 0


def test_the_lists_own_page_says_how_far_it_goes(pages, numbers):
    page = see(pages, "/office/certificates/ended", "city")
    with pages.store.reading() as r:
        known = revocation_list(r, worlds.load(r))
    assert known.count == 0
    assert re.search(r"截至</dt><dd>2023-06-10 09:00", page)
