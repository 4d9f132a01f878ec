"""A day and a time as people write them: a day alone is never lost, 24:00 is understood, full width too."""

from __future__ import annotations

import pytest

from campmgr.clock import at_time, moment_text, parse_day, typed_instant, until_instant, until_words, utc_text
from campmgr.errors import BadInput

_DAYS = ("2023-06-30", "2023/6/30", "2023.06.30", "20230630", "2023年6月30日", "２０２３年６月３０日", "2023 年 6 月 30 号", "2023－06－30",
         "2023-06-30（周五）", " 2023-06-30 ", "2023-06-30\u200b")  # fmt: skip


@pytest.mark.parametrize("text", _DAYS)
def test_a_day_alone_counts_until_its_end(text):
    assert parse_day(text) == "2023-06-30"
    assert utc_text(until_instant(text)) == "2023-06-30T16:00:00Z"
    assert until_words(at_time(text)) == "2023-06-30 24:00（含6月30日全天）"
    with pytest.raises(ValueError, match="without a time"):
        typed_instant(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2023-06-30T18:00", "2023-06-30 18:00"), ("2023-06-30 18:00", "2023-06-30 18:00"), ("2023/6/30 18:30", "2023-06-30 18:30"),
        ("2023年6月30日18时30分", "2023-06-30 18:30"), ("２０２３年６月３０日　１８：００", "2023-06-30 18:00"),
        ("2023年6月30日下午6点", "2023-06-30 18:00"), ("2023年6月30日 晚8点半", "2023-06-30 20:30"),
        ("2023-06-30 24:00", "2023-06-30 24:00"), ("2023年6月30日24时", "2023-06-30 24:00"), ("2023-07-01T00:00", "2023-06-30 24:00"),
        ("2023-06-30T10:00Z", "2023-06-30 18:00"), ("2023-12-31 24:00", "2023-12-31 24:00"),
        ("2023-06-30 0:01", "2023-06-30 00:01"),
        ("2023-06-30 凌晨12:10", "2023-06-30 00:10"), ("2023-06-30 am 12:30", "2023-06-30 00:30"),
        ("2023-06-30 晚上12点", "2023-06-30 24:00"), ("2023-06-30 中午11:30", "2023-06-30 11:30"),
        ("2023-06-30 中午12:30", "2023-06-30 12:30"), ("2023-06-30 下午12:30", "2023-06-30 12:30"),
    ],
)  # fmt: skip
def test_a_time_is_read_and_written_again(text, read):
    told = utc_text(until_instant(text))
    assert moment_text(told) == read
    assert utc_text(until_instant(moment_text(told))) == told == utc_text(typed_instant(text))
    assert utc_text(until_instant(at_time(text))) == told


@pytest.mark.parametrize("text", ["", "6月30日", "2023-06-31", "2023-06-30 24:01", "2023-06-30 25:00", "昨天", "12:00",
                                  "9999-12-31 24:00", "2023年13月1日", "2023-06-30 12:60",
                                  "2023-06-30 上午12:30",
                                  "2023-06-30 上午15:00", "2023-06-30 晚上1:00", "2023-06-30 凌晨9:00"])  # fmt: skip
def test_what_is_no_time_is_not_guessed(text):
    with pytest.raises((ValueError, OverflowError)):
        until_instant(text)
    if text:
        with pytest.raises(BadInput):
            at_time(text)
