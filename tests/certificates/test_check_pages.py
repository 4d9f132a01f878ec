"""Is this certificate real: each state in words, the name masked."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from campmgr.areas.certificates.actions.issuing import issue
from campmgr.areas.certificates.actions.revoking import revoke
from campmgr.areas.certificates.files.sheet import code_text
from campmgr.areas.certificates.queries.prints import certificate_prints
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions.people import Registration, erase, register
from campmgr.areas.people.queries.finding import find_person
from campmgr.facts import world as worlds
from campmgr.files.qr import qr_png
from campmgr.ids import certificate_number, certificate_number_of, is_certificate_number
from tests.kit.called import unit_called
from tests.kit.pages import OWN


@pytest.fixture
def number(pages):
    """The number of a certificate that was issued to 王子涵."""
    with pages.store.writing() as w:
        describe_lesson(w, Lesson("V8", "全部课程合集", 800, 480, "科普视频", "家庭"))
        register(w, Registration("3501-X1", "王子涵", "001"))
        mark(w, "001", MarkRow("2023-06-10", "V8"))
        mark(w, "001", MarkRow("2023-06-10", condition="sign_in"))
        issue(w)
        return w.value("select number from certificates")


def test_a_valid_one_is_shown_with_a_masked_name(pages, number):
    answer = pages.browser().get(f"/c/{number}")
    assert answer.status_code == 200
    for words in ("证书有效", "王*涵", "2023-06-10", number):
        assert words in answer.text
    assert "王子涵" not in answer.text


def test_a_number_is_found_as_people_type_it(pages, number):
    typed = {"number": f" {number.lower().replace('-', ' ')} "}
    answer = pages.browser().get("/c/", query_string=typed, follow_redirects=True)
    assert answer.request.path == f"/c/{number}"
    assert "证书有效" in answer.text


@pytest.mark.parametrize("typed", ["编号：{}", "http://camp.example.org:8000/c/{}?from=timeline", "]Q3{}", "{}。"])
def test_a_number_is_found_in_whatever_stands_around_it(pages, number, typed):
    seen = typed.format(number.replace("0", "O").replace("1", "l"))
    assert "证书有效" in pages.browser().get("/c/", query_string={"number": seen}, follow_redirects=True).text
    assert "证书有效" in pages.browser().post("/c/", data={"text": seen}, headers=OWN, follow_redirects=True).text


def test_a_revoked_one_says_so_with_the_reason(pages, number):
    with pages.store.writing() as w:
        revoke(w, number, "课时有误")
    page = pages.browser().get(f"/c/{number}").text
    assert "证书已收回" in page
    assert "课时有误" in page
    assert "证书有效" not in page


def test_an_unknown_number_and_a_mistyped_one_are_told_apart(pages, number):
    unknown = pages.browser().get(f"/c/{certificate_number('another', 'p', 1)}")
    wrong = pages.browser().get(f"/c/{number[:-1]}{'0' if number[-1] != '0' else '1'}")
    assert (unknown.status_code, wrong.status_code) == (404, 404)
    assert "查不到这个编号" in unknown.text
    assert "编号有误" in wrong.text


@pytest.mark.parametrize("odd", ["<script>alert(1)</script>", "=HYPERLINK(1)", "证书", "a" * 500])
def test_anything_typed_is_answered_in_words(pages, odd):
    answer = pages.browser().get("/c/", query_string={"number": odd}, follow_redirects=True)
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text


def test_an_erased_holder_has_no_name_any_more(pages, number):
    with pages.store.writing() as w:
        erase(w, find_person(w, "001"), "本人要求")
    page = pages.browser().get(f"/c/{number}").text
    assert "已删除" in page
    assert "证书有效" in page


def test_check_characters_are_checked(number):
    assert is_certificate_number(number)
    assert not is_certificate_number(number[:-1])
    assert not is_certificate_number("证" * 16)


@pytest.fixture
def signed(pages, number):
    """What the QR code of the certificate holds."""
    with pages.store.reading() as r:
        (one,) = certificate_prints(r, worlds.load(r), unit_called(r, "3501-X1"), number=number)
    return code_text(one, "https://example.org")


def _send(pages, text):
    return pages.browser().post("/c/", data={"text": text}, headers=OWN)


def test_with_the_signed_text_the_name_is_shown_in_full(pages, signed):
    answer = _send(pages, signed)
    assert answer.status_code == 200
    for words in ("证书有效", "王子涵", "演练小学1", "8.00", "签名有效"):
        assert words in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_copied_text_with_line_breaks_is_understood(pages, signed):
    broken = "\r\n".join(signed[at : at + 40] for at in range(0, len(signed), 40))
    assert "证书有效" in _send(pages, f"  {broken} ").text


def test_an_altered_text_is_not_believed_and_shows_no_name(pages, signed):
    answer = _send(pages, signed[:-9] + "AAAAAAAAA")
    assert answer.status_code == 200
    assert "证书不可信" in answer.text
    assert "王子涵" not in answer.text


@pytest.mark.parametrize(
    ("text", "status"), [("", 422), ("a" * 3000, 422), ("=HYPERLINK(1)", 404), ("𠮷" * 200, 200), ("a" * 1000, 200)]
)
def test_anything_pasted_is_answered_in_words(pages, number, text, status):
    assert _send(pages, text).status_code == status


@pytest.fixture
def photo(signed):
    """The code as a phone takes it: turned, grey, and not the size it was drawn in."""

    def taken(sort="JPEG", text=signed):
        picture = Image.open(BytesIO(qr_png(text, 6))).convert("L")
        paper = Image.new("L", (1400, 1400), 225)
        paper.paste(picture, (300, 260))
        made = BytesIO()
        paper.rotate(7, fillcolor=225).save(made, sort)
        return made.getvalue()

    return taken


def _photo(pages, data, name="IMG_1.jpg"):
    return pages.browser().post("/c/photo", data={"photo": (BytesIO(data), name)}, headers=OWN)


@pytest.mark.parametrize("sort", ["JPEG", "PNG", "WEBP"])
def test_a_photo_of_the_code_is_read(pages, photo, sort):
    answer = _photo(pages, photo(sort))
    assert answer.status_code == 200
    assert "证书有效" in answer.text
    assert "王子涵" in answer.text


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, b"GIF89a"])
def test_what_is_no_photo_is_said(pages, number, data):
    answer = _photo(pages, data)
    assert answer.status_code == 422
    assert "照片" in answer.text


def test_a_photo_cut_short_or_without_a_code_is_said(pages, photo):
    assert _photo(pages, photo()[:3000]).status_code == 422
    blank = BytesIO()
    Image.new("L", (300, 300), 200).save(blank, "PNG")
    answer = _photo(pages, blank.getvalue())
    assert answer.status_code == 422
    assert "没有找到二维码" in answer.text


def test_a_small_file_that_claims_to_be_huge_is_refused(pages, number):
    bomb = BytesIO()
    Image.new("1", (9000, 9000)).save(bomb, "PNG")
    answer = _photo(pages, bomb.getvalue(), "bomb.png")
    assert answer.status_code == 422
    assert "太大了" in answer.text


def test_whoever_tries_many_numbers_is_told_to_wait_also_for_one_that_is_real(pages, number):
    for place in range(60):
        tried = certificate_number_of(10**20 + place)
        assert pages.browser().get(f"/c/{tried}").status_code == 404
    assert pages.browser().get(f"/c/{number}").status_code == 429
    other = {"REMOTE_ADDR": "10.0.0.7"}
    assert pages.browser().get(f"/c/{number}", environ_overrides=other).status_code == 200
    assert pages.browser().get(f"/c/{number}", headers={"X-Forwarded-For": "10.0.0.7"}).status_code == 429
    pages.clock.move(minutes=10)
    assert pages.browser().get(f"/c/{number}").status_code == 200


def test_mistyped_numbers_count_as_no_guess(pages, number):
    for _ in range(80):
        assert pages.browser().get("/c/ABCD-EFGH-JKMN-PQRS").status_code == 404
    assert pages.browser().get(f"/c/{number}").status_code == 200


def test_photos_from_one_address_have_a_rate(pages, photo):
    for _ in range(40):
        assert _photo(pages, b"").status_code == 422
    assert _photo(pages, photo()).status_code == 429
