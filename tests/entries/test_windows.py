"""Windows of hand-in, by the worked examples and against a script of our own over three years and every reading."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import product
from random import Random

import pytest

from campmgr.areas.entries.rules.windows import coming, place_hand_in, windows_of
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import parse_instant
from tests.entries.calendar_script import belongs

COLLECTION = CATALOGUE.activity_rules("works-collection-2023")
CONTEST = CATALOGUE.activity_rules("video-contest-2024")
READINGS = ("last_7_days", "monday_week", "whole_week")


def placed(moment: str, rules=COLLECTION, *, to_relay: bool = False, meant: str = "") -> tuple[str, str, str]:
    found = place_hand_in(parse_instant(moment), rules, to_relay=to_relay, meant=meant)
    return found.window.name if found.window else "", found.late, found.sentence


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2023-05-20T23:59:59+08:00", "2023Q1"),
        ("2023-05-20T16:00:00Z", "2023Q2"),
        ("2023-07-01T00:10:00+08:00", "2023Q3"),
        ("2024-01-01T00:00:00+08:00", ""),
    ],
)
def test_where_an_instant_belongs(moment, expected):
    assert placed(moment)[0] == expected


def test_what_is_late_for_a_quarter_says_so():
    moment = "2023-07-01T00:10:00+08:00"
    assert placed(moment)[1] == "2023Q2"
    assert "晚于2023年第二季度" in placed(moment)[2]
    assert placed(moment, COLLECTION.with_change("handins.late", "refuse"), meant="2023Q2")[0] == ""


@pytest.mark.parametrize("reading", READINGS)
def test_windows_equal_a_calendar_of_our_own_over_three_years(reading):
    dice = Random(f"windows {reading}")
    for year, late, early in product((2023, 2024, 2025), ("next", "refuse", "mark"), ("take", "refuse")):
        rules = COLLECTION
        for key, value in (("collects_from", f"{year}-04-01"), ("collects_to", f"{year}-12-31"), ("first_due", f"{year}-05-20"),
                           ("last_week", reading), ("late", late), ("early", early)):  # fmt: skip
            rules = rules.with_change(f"handins.{key}", value)
        for _ in range(60):
            moment = datetime(year, 4, 1, tzinfo=timezone(timedelta(hours=8))) + timedelta(minutes=dice.randrange(285 * 1440))
            if dice.random() < 0.5:  # on the edge of a day
                moment = moment.replace(hour=0, minute=0) - timedelta(seconds=dice.choice((0, 1)))
            meant = dice.choice(("", f"{year}Q{dice.randint(1, 4)}"))
            name, is_late = belongs(moment, year, reading, late, early, meant)
            found = place_hand_in(moment, rules, to_relay=False, meant=meant)
            assert (found.window.name if found.window else "", bool(found.late)) == (name, is_late), (moment, meant, late, early)


@pytest.mark.parametrize(
    ("moment", "to_relay", "is_in_time"),
    [
        ("2024-05-29T17:30:00+08:00", True, True),
        ("2024-05-29T17:30:01+08:00", True, False),
        ("2024-05-29T09:30:00Z", True, True),
        ("2024-07-31T15:59:59Z", False, True),
        ("2024-07-31T16:00:00Z", False, False),
    ],
)
def test_the_two_deadlines_of_the_contest(moment, to_relay, is_in_time):
    name, late, sentence = placed(moment, CONTEST, to_relay=to_relay)
    assert bool(name) is is_in_time
    if not is_in_time:
        assert "不再收" in sentence
        open_ = CONTEST.with_change("due.locked", "否")
        assert placed(moment, open_, to_relay=to_relay)[:2] == ("全部", late)


def test_the_hour_of_closing_is_a_decision():
    rules = CONTEST.with_change("deadlines.off_work", "18:00")
    assert placed("2024-05-29T18:00:00+08:00", rules, to_relay=True)[0] == "全部"


def test_the_window_that_is_open_or_comes_next():
    known = windows_of(COLLECTION, to_relay=False)
    assert [each.name for each in known] == ["2023Q1", "2023Q2", "2023Q3", "2023Q4"]
    found = coming(known, parse_instant("2023-06-21T09:00:00+08:00"))
    assert found
    assert (found.name, found.opens, found.until and found.until.left_words(parse_instant("2023-06-21T09:00:00+08:00"))) == (
        "2023Q2", "2023-06-24", "还有 9 天")  # fmt: skip
    assert coming(known, parse_instant("2024-02-01T00:00:00+08:00")) is None
