"""Is this certificate real: each state in words, the name masked."""

from __future__ import annotations

import pytest

from campmgr.actions.camp import describe_lesson
from campmgr.actions.certificates import issue
from campmgr.actions.marks import MarkRow, mark
from campmgr.actions.people import Registration, erase, register
from campmgr.actions.revoking import revoke
from campmgr.ids import certificate_number, is_certificate_number
from campmgr.queries.finding import find_person
from campmgr.rules.hours import Lesson


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
