"""Windows of hand-in of notice 000: the three ways to take the last week, and where each instant belongs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from campmgr.clock import parse_instant
from campmgr.periods.settings import HandIns
from campmgr.periods.windows import placed, windows

YEAR_2023 = HandIns(collects_from="2023-04-01", collects_to="2023-12-31", first_due="2023-05-20")


def _windows(way):
    return [(each.span.name, each.opens, each.closes) for each in windows(replace(YEAR_2023, last_week=way))]


def _placed(moment, rules=YEAR_2023, meant=""):
    found = placed(parse_instant(moment), windows(rules), rules, meant)
    return found.window and found.window.span.name, found.missed and found.missed.span.name, found.sentence


@pytest.mark.parametrize(
    ("way", "second", "third"),
    [
        ("last_7_days", ("2023-06-24", "2023-06-30"), ("2023-09-24", "2023-09-30")),
        ("monday_week", ("2023-06-26", "2023-06-30"), ("2023-09-25", "2023-09-30")),
        ("whole_week", ("2023-06-19", "2023-06-25"), ("2023-09-18", "2023-09-24")),
    ],
)
def test_the_last_week_of_a_quarter_in_three_ways(way, second, third):
    assert _windows(way) == [
        ("2023Q1", "2023-04-01", "2023-05-20"),
        ("2023Q2", *second),
        ("2023Q3", *third),
        ("2023Q4", "2023-12-25", "2023-12-31"),
    ]


def test_a_collection_without_a_first_deadline_of_its_own():
    assert [each.span.name for each in windows(replace(YEAR_2023, first_due=""))] == ["2023Q2", "2023Q3", "2023Q4"]


@pytest.mark.parametrize(
    ("moment", "window", "missed"),
    [
        ("2023-05-20T23:59:59+08:00", "2023Q1", None),
        ("2023-05-20T16:00:00Z", "2023Q2", "2023Q1"),  # May 21st here
        ("2023-06-30T23:59:59+08:00", "2023Q2", None),
        ("2023-07-01T00:10:00+08:00", "2023Q3", "2023Q2"),
        ("2023-12-31T23:59:59+08:00", "2023Q4", None),
    ],
)
def test_an_instant_belongs_to_the_next_window_that_is_not_closed(moment, window, missed):
    assert _placed(moment)[:2] == (window, missed)


def test_a_late_hand_in_is_said_and_after_the_last_window_nothing_is_taken():
    assert "晚于2023年第二季度" in _placed("2023-07-01T00:10:00+08:00")[2]
    assert _placed("2024-01-01T00:00:00+08:00") == (None, "2023Q4", "征集已经结束。需要补报的，请由主办单位说明理由后收下。")


@pytest.mark.parametrize(
    ("early", "late", "moment", "meant", "window", "missed"),
    [
        ("take", "mark", "2023-07-01T00:10:00+08:00", "2023Q2", "2023Q2", "2023Q2"),
        ("take", "refuse", "2023-07-01T00:10:00+08:00", "2023Q2", None, "2023Q2"),
        ("take", "refuse", "2023-08-15T09:00:00+08:00", "2023Q3", "2023Q3", "2023Q2"),
        ("take", "mark", "2024-01-01T00:00:00+08:00", "2023Q4", "2023Q4", "2023Q4"),
        ("refuse", "next", "2023-08-15T09:00:00+08:00", "2023Q3", None, None),
        ("refuse", "next", "2023-09-24T09:00:00+08:00", "2023Q3", "2023Q3", None),
        ("take", "next", "2023-06-01T09:00:00+08:00", "", "2023Q2", "2023Q1"),
    ],
)
def test_early_and_late_hand_ins_are_settings(early, late, moment, meant, window, missed):
    assert _placed(moment, replace(YEAR_2023, early=early, late=late), meant)[:2] == (window, missed)
