"""What is owed for which week, month and quarter: the examples of notices 001 and 002 with the right answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from campmgr.clock import parse_instant
from campmgr.periods.published import published
from campmgr.periods.quotas import STANDING_WORDS, first_owed, owed, standing
from campmgr.periods.settings import Quotas
from campmgr.periods.spans import counted, named

YEAR = named("2022")
WHOLE = Quotas()
FROM_ISSUE = Quotas(starts_on="2022-02-28")


def _owed(kind, rules, within=YEAR):
    return owed(kind, within, rules, published())


def _due(kind, rules, within=YEAR):
    return [each.span.name for each in _owed(kind, rules, within) if not each.excused]


@pytest.mark.parametrize("week_of", ["monday", "thursday"])
def test_the_due_weeks_of_a_year(week_of):
    assert len(_due("week", replace(WHOLE, week_of=week_of))) == 52
    assert len(_due("week", replace(FROM_ISSUE, week_of=week_of))) == 44


def test_the_due_weeks_of_a_month_are_a_setting():
    by_thursday = replace(WHOLE, week_of="thursday")
    assert [len(_due("week", WHOLE, named(month))) for month in ("2022-01", "2022-03")] == [5, 4]
    assert [len(_due("week", by_thursday, named(month))) for month in ("2022-01", "2022-03")] == [4, 5]


def test_a_week_of_seven_days_off_may_be_excused_and_one_with_make_up_days_never_is():
    excused = replace(WHOLE, holiday_weeks="excused")
    assert {each.span.name: each.excused for each in _owed("week", excused) if each.excused} == {"2022-W05": "整周放假"}
    assert named("2022-W05").first == "2022-01-31"
    assert named("2022-W40").first == "2022-10-03"
    assert "2022-W40" in _due("week", excused)
    assert "2022-W05" in _due("week", WHOLE)


@pytest.mark.parametrize(
    ("kind", "partial", "excused_first", "due_first"),
    [
        ("week", "2022-W09", "2022-W10", "2022-W09"),
        ("month", "2022-03", "2022-04", "2022-03"),
        ("quarter", "2022Q1", "2022Q2", "2022Q1"),
    ],
)
def test_what_had_begun_before_anything_was_owed(kind, partial, excused_first, due_first):
    late = Quotas(starts_on="2022-03-02")
    assert _owed(kind, late)[0].span.name == partial
    assert _owed(kind, late)[0].excused == "2022-03-02 起才考核"
    assert _due(kind, late)[0] == excused_first
    assert _due(kind, replace(late, partial_first="due"))[0] == due_first


def test_an_article_on_the_last_day_fills_the_quarter_and_none_makes_the_next_short_from_its_end():
    first, second = _owed("quarter", FROM_ISSUE)[:2]
    done = counted("quarter", [parse_instant("2022-03-31T18:00")])
    assert standing(first, "2022-04-01", done["2022Q1"]) == "done"  # also where it had been excused
    assert [standing(second, day, done.get("2022Q2", 0)) for day in ("2022-06-30", "2022-07-01")] == ["open", "short"]


def test_three_of_a_week_are_needed_and_two_are_not_enough():
    week = _owed("week", WHOLE, named("2022-03"))[0]
    assert [standing(week, "2022-03-13", done, 3) for done in (2, 3, 4)] == ["open", "done", "done"]
    assert standing(week, "2022-03-14", 2, 3) == "short"


def test_quarterly_meetings_from_the_quarter_after_the_plan():
    """Issued 2020-03-16: nothing for Q1, Q2 held, Q3 overdue with a warning before, Q4 held twice; Q3 stays overdue."""
    meetings = [parse_instant(each) for each in ("2020-04-20T14:00", "2020-11-05T14:00", "2020-12-01T14:00")]
    held, first = counted("quarter", meetings), first_owed("quarter", "2020-03-16", "next")
    quarters = owed("quarter", named("2020"), Quotas(starts_on=first.first), published())
    assert [each.span.name for each in quarters] == ["2020Q2", "2020Q3", "2020Q4"]

    def on(day):
        return {each.span.name: standing(each, day, held.get(each.span.name, 0), warn_days=30) for each in quarters}

    assert on("2020-08-31")["2020Q3"] == "open"
    assert on("2020-09-01")["2020Q3"] == "warned"
    assert on("2020-09-30")["2020Q3"] == "warned"
    assert on("2020-10-01")["2020Q3"] == "short"
    assert on("2020-12-31") == {"2020Q2": "done", "2020Q3": "short", "2020Q4": "done"}
    assert first_owed("quarter", "2020-03-16", "same").name == "2020Q1"
    assert set(STANDING_WORDS) == {"done", "open", "warned", "short", "excused"}


def test_a_cancelled_or_an_extra_meeting_that_does_not_count_closes_no_quarter():
    quarter = owed("quarter", named("2020"), Quotas(starts_on="2020-07-01"), published())[0]
    assert standing(quarter, "2020-10-01", counted("quarter", []).get("2020Q3", 0)) == "short"
