"""Working days with holidays and make-up days; the table of 2023 around its autumn holiday as an example."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campmgr.clock import later, week_day
from campmgr.periods.working_days import WorkCalendar, Year

OFF = frozenset(["2023-06-22", "2023-06-23", "2023-06-24", *(f"2023-10-0{day}" for day in range(1, 7)), "2023-09-29", "2023-09-30"])
CHINA = WorkCalendar({2023: Year(OFF, frozenset(["2023-06-25", "2023-10-07", "2023-10-08"]), "2023年放假安排.xlsx")})
PLAIN = WorkCalendar()


@pytest.mark.parametrize(
    ("starts_on", "days", "counted", "first_counts", "known", "plain"),
    [
        ("2023-06-19", 5, "working", True, "2023-06-26", "2023-06-23"),  # 端午: Thu, Fri off, Sunday made up
        ("2023-06-19", 5, "working", False, "2023-06-27", "2023-06-26"),
        ("2023-07-03", 5, "working", True, "2023-07-07", "2023-07-07"),
        ("2023-07-01", 1, "working", True, "2023-07-03", "2023-07-03"),  # a Saturday
        ("2023-09-28", 2, "working", True, "2023-10-07", "2023-09-29"),
        ("2023-07-03", 7, "calendar", True, "2023-07-09", "2023-07-09"),
        ("2023-07-03", 7, "calendar", False, "2023-07-10", "2023-07-10"),
        ("2023-12-29", 2, "working", True, "2024-01-01", "2024-01-01"),  # no table for 2024: told by `unknown_years`
    ],
)
def test_the_last_day_of_a_period(starts_on, days, counted, first_counts, known, plain):
    assert CHINA.last_day(starts_on, days, counted, first_counts=first_counts) == known
    assert PLAIN.last_day(starts_on, days, counted, first_counts=first_counts) == plain


@given(st.dates(date(2022, 11, 1), date(2024, 2, 1)), st.integers(1, 60), st.booleans())
def test_a_period_holds_as_many_working_days_as_asked(start, days, first_counts):
    first = start.isoformat()
    last = CHINA.last_day(first, days, "working", first_counts=first_counts)
    held, day = 0, first if first_counts else later(first, 1)
    while day <= last:
        held, day = held + CHINA.is_working(day), later(day, 1)
    assert held == days
    assert CHINA.is_working(last)


def test_years_without_a_table_are_named():
    assert CHINA.unknown_years("2023-12-25", "2024-01-03") == (2024,)
    assert CHINA.unknown_years("2023-01-01", "2023-12-31") == ()
    assert PLAIN.unknown_years("2023-07-03", "2023-07-07") == (2023,)


def test_the_next_working_day_and_its_name():
    assert CHINA.next_working("2023-09-29") == "2023-10-07"
    assert [week_day(day) for day in ("2023-06-25", "2023-07-03")] == ["周日", "周一"]
