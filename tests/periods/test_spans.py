"""Weeks, months, quarters and years: the examples of notices 001 and 002, and what holds for all days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campmgr.clock import later, parse_instant
from campmgr.errors import BadInput
from campmgr.periods.spans import counted, named, next_span, owner, span_at, span_of, spans_in, weeks_of

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31)).map(date.isoformat)
KINDS = ("week", "month", "quarter", "year")


@pytest.mark.parametrize(
    ("moment", "kind", "first", "name"),
    [
        ("2022-03-06T15:30:00Z", "week", "2022-02-28", "2022-W09"),  # Sunday 23:30 here
        ("2022-03-06T16:10:00Z", "week", "2022-03-07", "2022-W10"),  # Monday 00:10 here; both are the 6th in UTC
        ("2022-03-31T15:59:59Z", "month", "2022-03-01", "2022-03"),
        ("2022-03-31T15:59:59Z", "quarter", "2022-01-01", "2022Q1"),
        ("2022-03-31T16:00:00Z", "month", "2022-04-01", "2022-04"),
        ("2022-03-31T16:00:00Z", "quarter", "2022-04-01", "2022Q2"),
        ("2022-12-31T16:10:00Z", "year", "2023-01-01", "2023"),
        ("2022-12-31T16:10:00Z", "week", "2022-12-26", "2022-W52"),  # the week is still 2022's
        ("2020-06-30T23:30:00+08:00", "quarter", "2020-04-01", "2020Q2"),
        ("2020-06-30T16:10:00Z", "quarter", "2020-07-01", "2020Q3"),
    ],
)
def test_an_instant_lies_in_the_span_of_its_day_in_china(moment, kind, first, name):
    span = span_at(kind, parse_instant(moment))
    assert (span.first, span.name) == (first, name)


@pytest.mark.parametrize(
    ("monday", "week_of", "month", "year"),
    [
        ("2022-01-31", "monday", "2022-01", "2022"),
        ("2022-01-31", "thursday", "2022-02", "2022"),
        ("2022-12-26", "monday", "2022-12", "2022"),
        ("2022-12-26", "thursday", "2022-12", "2022"),
        ("2024-12-30", "monday", "2024-12", "2024"),
        ("2024-12-30", "thursday", "2025-01", "2025"),
    ],
)
def test_a_week_over_two_months_belongs_to_one_by_the_setting(monday, week_of, month, year):
    week = span_of("week", monday)
    assert (owner(week, "month", week_of).name, owner(week, "year", week_of).name) == (month, year)


@pytest.mark.parametrize(
    ("name", "by_monday", "by_thursday"),
    [("2022", 52, 52), ("2022-01", 5, 4), ("2022-03", 4, 5), ("2020", 52, 53), ("2022Q1", 13, 13)],
)
def test_how_many_weeks_a_span_has(name, by_monday, by_thursday):
    assert (len(weeks_of(named(name), "monday")), len(weeks_of(named(name), "thursday"))) == (by_monday, by_thursday)


@given(DAYS, st.sampled_from(["monday", "thursday"]), st.sampled_from(KINDS[1:]))
def test_each_week_belongs_to_exactly_one_month_quarter_and_year(day, week_of, kind):
    week = span_of("week", day)
    holding = [span for span in spans_in(kind, week.first, week.last) if week in weeks_of(span, week_of)]
    assert holding == [owner(week, kind, week_of)]


@given(DAYS, st.sampled_from(KINDS))
def test_spans_follow_each_other_without_gaps_and_bear_their_own_name(day, kind):
    span = span_of(kind, day)
    assert span.holds(day)
    assert named(span.name) == span
    assert next_span(span).first == later(span.last, 1)
    assert span_of(kind, span.first) == span_of(kind, span.last) == span
    if kind == "week":
        first = date.fromisoformat(span.first)
        assert (first.weekday(), span.last) == (0, (first + timedelta(6)).isoformat())
        assert span.name == f"{first.isocalendar()[0]}-W{first.isocalendar()[1]:02d}"


@pytest.mark.parametrize(
    ("said", "name", "words"),
    [
        ("2022年第一季度", "2022Q1", "2022年第一季度"), ("2022年2季度", "2022Q2", "2022年第二季度"), ("2022-Q3", "2022Q3", "2022年第三季度"),
        ("2022年3月", "2022-03", "2022年3月"), ("2022-3", "2022-03", "2022年3月"), ("２０２２", "2022", "2022年"), ("2022年度", "2022", "2022年"),
        ("2022年第10周", "2022-W10", "2022年3月7日至3月13日（第10周）"), ("2022-w52", "2022-W52", "2022年12月26日至1月1日（第52周）"),
    ],
)  # fmt: skip
def test_names_as_people_write_them(said, name, words):
    assert (named(said).name, named(said).words) == (name, words)


@pytest.mark.parametrize("said", ["2022-13", "2022Q5", "2022-W53", "第一季度", "0000", "上个月", "2022-03-01", ""])
def test_what_is_no_span_is_refused_with_how_to_write_it(said):
    with pytest.raises(BadInput) as raised:
        named(said)
    assert "2022Q1" in raised.value.hint


def test_instants_are_counted_by_the_span_they_lie_in():
    moments = [parse_instant(each) for each in ("2020-04-20T10:00", "2020-06-30T23:30:00+08:00", "2020-06-30T16:10:00Z")]
    assert counted("quarter", moments) == {"2020Q2": 2, "2020Q3": 1}
