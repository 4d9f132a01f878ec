"""The hybrid clock: facts stay in order though clocks lie (docs/ledger.md#clocks)."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from campmgr.clock import AHEAD_LIMIT, LARGEST, next_tick, parse_instant, wall_micros

_WALL = parse_instant("2023-06-10T12:00")
_NOW = wall_micros(_WALL)
_HOUR = 3_600_000_000


@pytest.mark.parametrize(
    ("story", "own_last", "highest_seen", "expected"),
    [
        ("a first fact takes the wall", 0, 0, _NOW),
        ("two in one microsecond", _NOW, 0, _NOW + 1),
        ("our clock was set back an hour", _NOW + _HOUR, 0, _NOW + _HOUR + 1),
        ("a neighbour's clock is a minute ahead", 0, _NOW + 60_000_000, _NOW + 60_000_001),
        ("a neighbour's is an hour ahead: five minutes are believed", 0, _NOW + _HOUR, _NOW + AHEAD_LIMIT),
        ("and our own order still holds after that", _NOW + AHEAD_LIMIT, _NOW + _HOUR, _NOW + AHEAD_LIMIT + 1),
        ("a neighbour's clock is behind", 0, _NOW - _HOUR, _NOW),
        ("somebody claims the year 2255", 0, LARGEST, _NOW + AHEAD_LIMIT),
        ("the field is capped", LARGEST, 0, LARGEST),
    ],
)
def test_the_next_tick(story, own_last, highest_seen, expected):
    assert next_tick(own_last, highest_seen, _NOW) == expected, story


def test_our_own_facts_always_come_in_order():
    dice, last, wall = random.Random(3), 0, _WALL
    for _ in range(500):
        wall += timedelta(seconds=dice.randrange(-90, 120))
        tick = next_tick(last, dice.randrange(_NOW - _HOUR, _NOW + 9 * _HOUR), wall_micros(wall))
        assert tick > last
        assert tick <= max(last + 1, wall_micros(wall) + AHEAD_LIMIT)
        last = tick
