"""A span of times is no zone (docs/formats.md#cells)."""

from __future__ import annotations

import pytest

from campmgr.files.cell_dates import day, instant
from campmgr.files.cells import CellProblem

SPANS = [
    "2023-06-10 19:00-20:30",
    "2023/6/10 19:00-20:30",
    "2023年6月10日19:00—20:30",
    "2023.6.10 19:00～20:30",
    "20230610 19:00至20:30",
    "2023-06-10 (19:00-20:30)",
    "2023-06-10（周六）19:00－20:30",
    "2023-06-10 19:00:00 - 20:30:00",
    "2023-06-10 19:00-2023-06-10 20:30",
    "2023-06-10 19:00 到 次日 00:30",
    "2023-06-10 19:00~2023-06-11 01:00",
    "2023-06-10 晚上7:00-8:30",
    "2023-06-10T19:00-20:30",
    "2023年6月10日 19时00分-20时30分",
    "2023-06-10 19点-21点",
]


@pytest.mark.parametrize("written", SPANS)
def test_of_a_span_the_beginning_counts(written):
    assert day(written) == "2023-06-10"
    assert instant(written) == "2023-06-10T11:00:00Z"


@pytest.mark.parametrize("written", ["2023-06-10 09:00-11:00", "2023-06-10 08:00-08:45", "2023-06-10 00:10-01:10"])
def test_a_span_in_the_morning_is_none_either(written):
    assert day(written) == "2023-06-10"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("2023-06-10T19:00+08:00", "2023-06-10T11:00:00Z"),
        ("2023-06-10 19:00+08:00", "2023-06-10T11:00:00Z"),
        ("2023-06-10T19:00Z", "2023-06-10T19:00:00Z"),
        ("2023-06-10T19:00-05:00", "2023-06-11T00:00:00Z"),
        ("2023-06-10T19:00:00.000Z", "2023-06-10T19:00:00Z"),
    ],
)
def test_a_zone_is_one_behind_t_z_or_plus(written, stored):
    assert instant(written) == stored


@pytest.mark.parametrize(
    "written",
    ["2023-06-10 至 2023-06-12", "2023-06-10 08:00-2023-06-15 17:00", "2023-06-10-12", "6月10日 19:00-20:30", "2023-06-10 19:00-",
     "19:00-20:30",
     "2023-06-10 25:00-26:00", "2023-06-10 19:00+20:30"],
)  # fmt: skip
def test_what_is_no_single_day_is_refused(written):
    with pytest.raises(CellProblem) as problem:
        day(written)
    assert problem.value.reason == "bad_date"
