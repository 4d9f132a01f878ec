"""Days and instants: the only place that asks what time it is, and how times are written and read."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

from campmgr.errors import BadInput

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Times without an offset mean this one (docs/commands.md#times). China has had no summer time since 1991."""

AHEAD_LIMIT = 5 * 60 * 1_000_000
"""How far, in microseconds, a foreign clock may pull ours ahead of the wall (docs/ledger.md#clocks)."""

LARGEST = 2**53 - 1
"""The clock field is capped here: the year 2255 in microseconds, and exact in every language."""


class Clock(Protocol):
    """Where the time comes from: the system, or a test's story."""

    def now(self) -> datetime:
        """The current instant, with its offset."""
        ...


class SystemClock:
    """The machine's own clock, whatever it says."""

    def now(self) -> datetime:
        """The current instant in China time."""
        return datetime.fromtimestamp(time.time(), CHINA)


class FixedClock:
    """A clock for tests and for the made-up camp: stands still until moved."""

    def __init__(self, start: str) -> None:
        self._now = parse_instant(start)

    def now(self) -> datetime:
        """The instant it was set to."""
        return self._now

    def move(self, **delta: float) -> None:
        """Move by days, hours, minutes … as in `timedelta`."""
        self._now += timedelta(**delta)


def seconds_passed() -> float:
    """Seconds that only ever grow, from no particular beginning: for how long something takes, never for when it was."""
    return time.monotonic()


def next_tick(own_last: int, highest_seen: int, wall: int) -> int:
    """The hybrid logical clock of the next fact; all in microseconds (docs/ledger.md#clocks)."""
    return min(max(own_last + 1, wall, min(highest_seen + 1, wall + AHEAD_LIMIT)), LARGEST)


def wall_micros(wall: datetime) -> int:
    """Microseconds since 1970."""
    return int(wall.timestamp() * 1_000_000)


def parse_instant(text: str) -> datetime:
    """An ISO 8601 time; without offset it means China time; a date alone means its first minute. Raises ValueError."""
    parsed = datetime.fromisoformat(text.strip())
    if not 1 < parsed.year < 9999:  # at the edges of the calendar another offset is another year, and there is none
        raise ValueError(f"outside the calendar: {text}")
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=CHINA)


def utc_text(instant: datetime) -> str:
    """The stored form of an instant, second-exact, in UTC, so that text order is time order: 2023-06-10T04:00:00Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local_text(instant: str) -> str:
    """A stored instant as people here read it: 2023-06-10T12:00:00+08:00."""
    return parse_instant(instant).astimezone(CHINA).isoformat(timespec="seconds")


def local_day(instant: datetime) -> str:
    """The calendar day here, as 2023-06-10."""
    return instant.astimezone(CHINA).date().isoformat()


def today_of(clock: Clock) -> str:
    """The calendar day here, now, as 2023-06-10."""
    return local_day(clock.now())


def parse_day(text: str) -> str:
    """A calendar day in its ISO form. Raises ValueError."""
    return date.fromisoformat(text.strip()).isoformat()


def checked_day(text: str) -> str:
    """A calendar day in its ISO form; "" (not said) stays. Raises BadInput "bad_date": what is in the ledger is there for ever."""
    if not text:
        return ""
    try:
        return parse_day(text)
    except ValueError as problem:
        raise BadInput(f"“{text}”不是日期。", reason="bad_date", hint="请写成 2023-06-10。") from problem


def at_time(text: str) -> str:
    """An ISO time with its offset; "" (not said) stays. Raises BadInput "bad_date"."""
    try:
        return parse_instant(text).isoformat() if text else ""
    except ValueError as problem:
        raise BadInput(f"“{text}”不是时间。", reason="bad_date", hint="请写成 2023-07-01T00:00。") from problem


def later(day: str, days: int) -> str:
    """So many days after a day."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def week_day(day: str) -> str:
    """The day of the week in Chinese: 周一 … 周日."""
    return "周" + "一二三四五六日"[date.fromisoformat(day).weekday()]
