"""Numbers and lists as people read them."""

from __future__ import annotations

import pytest

from campmgr.wording import hours_text, list_words


@pytest.mark.parametrize(
    ("hundredths", "text"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (10, "0.10"),
        (750, "7.50"),
        (799, "7.99"),
        (800, "8.00"),
        (123456, "1234.56"),
        (-5, "-0.05"),
        (-750, "-7.50"),
    ],
)
def test_hours_have_two_decimals(hundredths, text):
    assert hours_text(hundredths) == text


@pytest.mark.parametrize(("words", "text"), [([], ""), (["签到"], "签到"), (["签到", "关注", "每日扫码"], "签到、关注、每日扫码")])
def test_words_stand_in_one_row(words, text):
    assert list_words(words) == text
