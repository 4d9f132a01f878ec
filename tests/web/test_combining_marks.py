"""A form field full of combining marks, which the library orders in a time that grows with the square, stops nobody."""

from __future__ import annotations

import unicodedata

import pytest

from campmgr.web.guard import _FORM_BYTES
from campmgr.wording import normal

MARKS = "\u0315\u0300"


def test_a_million_marks_are_put_into_order():
    assert len(normal("a" + MARKS * 500_000)) >= 1_000_000


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
@pytest.mark.parametrize("text", ["", "张三", "e\u0301" * 200, "\u1100\u1161" * 250, "ﬁ⑽" * 100, "ascii" * 1000])
def test_what_people_write_is_normalised_as_ever(form, text):
    assert normal(text, form) == unicodedata.normalize(form, text)


@pytest.mark.parametrize(
    ("path", "names"),
    [("/login", ("login", "password")), ("/p/", ("code", "phone_end")), ("/c/", ("text",)), ("/j/none/sent", ("name",))],
)
def test_whoever_sends_a_field_full_of_them_is_told_that_it_is_too_long(pages, path, names):
    for name in names:
        sent = dict.fromkeys(names, "1") | {name: "a" + MARKS * (_FORM_BYTES // 5)}
        answer = pages.browser("nobody").post(path, data=sent, headers={"Origin": "http://localhost"})
        assert answer.status_code in {404, 413, 422}
