from __future__ import annotations

import pytest

from campmgr.areas.camp.rules import PHASE_WORDS, phase_of
from campmgr.areas.whole import CATALOGUE

CAMP = CATALOGUE.book.preset("escape-drill-2023")


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        ("2023-05-19", "before"),
        ("2023-05-20", "warm_up"),
        ("2023-05-30", "warm_up"),
        ("2023-05-31", "live"),
        ("2033-05-31", "live"),
    ],
)
def test_first_and_last_days_belong_to_a_phase(day, phase):
    assert phase_of(CAMP, day) == phase
    assert PHASE_WORDS[phase_of(CAMP, day)]


def test_an_end_that_was_set_is_included():
    rules = CAMP.with_change("live.ends_on", "2023-06-30")
    assert [phase_of(rules, day) for day in ("2023-06-30", "2023-07-01")] == ["live", "after"]


def test_a_camp_without_dates_is_always_live():
    assert phase_of(CATALOGUE.book.preset("camp"), "2023-01-01") == "live"


def test_days_between_warm_up_and_start_are_before():
    rules = CAMP.with_change("warm_up.ends_on", "2023-05-25")
    assert phase_of(rules, "2023-05-28") == "before"


def test_the_set_up_page_reminds_until_the_open_dates_are_set():
    assert [each.code for each in CAMP.reminders()] == ["no_end_date", "no_cut_off"]
    rules = CAMP.with_change("live.ends_on", "2023-06-30").with_change("ranking.cut_off", "2023-06-30T18:00")
    assert rules.reminders() == ()


def test_the_set_up_page_reminds_of_last_times_year():
    rules = CAMP.with_change("live.starts_on", "2026-05-31").with_change("live.ends_on", "2026-06-30")
    assert "other_year" in [each.code for each in rules.reminders()]
    assert "other_year" not in [each.code for each in rules.with_change("camp.year", "2026").reminders()]
