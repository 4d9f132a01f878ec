"""What a number looks like under its format; the right answers are what Excel shows."""

from __future__ import annotations

import pytest

from campmgr.files.number_formats import displayed, formatted, may_show_more


@pytest.mark.parametrize(
    ("value", "code", "shown", "said"),
    [
        (123, "000000", "000123", "123"),
        (123, '"S"000000', "S000123", "S123"),
        (3, '"三年级"0"班"', "三年级3班", "三年级3班"),
        (3, '"三年级"General"班"', "三年级3班", "三年级3班"),
        (3, 'G/通用格式"班"', "3班", "3班"),
        (45, '0"分钟"', "45分钟", "45分钟"),
        (2, "0\\班", "2班", "2班"),
        (2, "0!班", "2班", "2班"),
        (301, '0"年"00"班"', "3年01班", "301班"),
        (20230001, "0000-0000", "2023-0001", "20230001"),
        (1.25, '0.0"万"', "1.3万", "1.25万"),
        (0.5, "0%", "50%", "50%"),
        (7, "[$-804]00;-00", "07", "7"),
        (7, "[Red]000_ ", "007", "7"),
        (0, "000", "000", "0"),
        (123456, "000", "123456", "123456"),
    ],
)  # fmt: skip
def test_a_format_that_says_more_is_read(value, code, shown, said):
    found = formatted(value, code)
    if shown == said and shown == str(value):
        assert found is None
    else:
        assert found is not None
        assert (found.shown, found.said) == (shown, said)


@pytest.mark.parametrize(
    "code",
    ["General", "0", "0.00", "#,##0", "#,##0.00", "0_ ", "0_);(0)", "@", "yyyy-mm-dd",
     'm"月"d"日"', '0!.0,"万"', '0.0,,"百万"', "h:mm", "[h]:mm",
     '[>=100]"多"0;0', "_ ¥* #,##0.00_ ", "0.00E+00", "# ?/?"],
)  # fmt: skip
def test_a_format_of_digits_dates_or_scaled_numbers_says_nothing_more(code):
    assert not may_show_more(code)
    assert formatted(12, code) is None


@pytest.mark.parametrize(
    ("value", "shown", "said"),
    [(5.0, "005", "5"), (45.0, "45分钟", "45分钟"), (1.25, "1.3万", "1.25万"), (12500.0, "1.3万", "12500"), (0.5, "50%", "50%")],
)
def test_a_displayed_text_beside_a_number(value, shown, said):
    found = displayed(value, shown)
    assert (found.shown, found.said) == (shown, said)
