"""Coming and going, united: against a list of every single minute; order and repetition change nothing."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone

import pytest

from campmgr.areas.hours.rules.sessions import Span, clipped, gaps, minutes_by_day, span_words, united

_BEIJING = timezone(timedelta(hours=8))
_EVENING = int(datetime(2023, 6, 10, 23, 0, tzinfo=_BEIJING).timestamp())


def _drawn(dice: random.Random) -> list[Span]:
    """Some minutes around midnight; touching, empty, backward and repeated ones among them."""
    spans = []
    for _ in range(dice.randrange(0, 9)):
        start = dice.randrange(-30, 150)
        spans.append(Span(_EVENING + 60 * start, _EVENING + 60 * (start + dice.randrange(-3, 50))))
    return spans + dice.sample(spans, min(len(spans), 2))


def _minute_by_minute(spans: list[Span], window: Span | None) -> dict[str, int]:
    """Each minute of two days is looked at by itself: is anybody there?"""
    found: dict[str, int] = {}
    for minute in range(-200, 400):
        at = _EVENING + 60 * minute
        there = any(start <= at < end for start, end in spans)
        if there and (window is None or window.start <= at < window.end):
            day = datetime.fromtimestamp(at, _BEIJING).strftime("%Y-%m-%d")
            found[day] = found.get(day, 0) + 1
    return found


def _minutes(spans: list[Span], window: Span | None) -> dict[str, int]:
    return minutes_by_day(united(clipped(spans, window)))


@pytest.mark.drawn(whole=5000, usual=400)
def test_minutes_are_those_of_a_list_of_every_minute(draws):
    dice = random.Random(83)
    for _ in range(draws):
        spans = _drawn(dice)
        length = dice.randrange(1, 120)
        begin = _EVENING + 60 * dice.randrange(-20, 90)
        window = dice.choice([None, Span(begin, begin + 60 * length)])
        assert _minutes(spans, window) == _minute_by_minute(spans, window), (spans, window)
        mixed = [*spans, *dice.choices(spans, k=3)] if spans else []
        dice.shuffle(mixed)
        assert _minutes(mixed, window) == _minutes(spans, window)


@pytest.mark.drawn(whole=2000, usual=200)
def test_presence_and_gaps_fill_the_time_from_first_to_last(draws):
    dice = random.Random(84)
    for _ in range(draws):
        there = united(_drawn(dice))
        if there:
            whole = sum(span.seconds for span in (*there, *gaps(there)))
            assert whole == there[-1].end - there[0].start
            assert all(gap.seconds > 0 for gap in gaps(there))


def test_seconds_are_summed_before_they_are_floored():
    halves = [Span(_EVENING, _EVENING + 90), Span(_EVENING + 300, _EVENING + 390)]
    assert minutes_by_day(united(halves)) == {"2023-06-10": 3}
    assert minutes_by_day(united([Span(_EVENING, _EVENING + 59)])) == {}


def test_spans_are_said_by_the_clock():
    assert span_words([Span(_EVENING, _EVENING + 600), Span(_EVENING + 3600, _EVENING + 3660)]) == "23:00–23:10、00:00–00:01"
    assert span_words([Span(_EVENING, _EVENING + 60)] * 9, 2) == "23:00–23:01、23:00–23:01等 9 段"
