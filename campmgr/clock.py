"""Days and instants: the only place that asks what time it is, and how times are written and read."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Protocol

from campmgr.errors import BadInput
from campmgr.written_times import written_moment

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Times without an offset mean this one (docs/commands.md#times). China has had no summer time since 1991."""

HOW_TO_WRITE = "请写成 2023-06-30（算到当天 24:00）或 2023-06-30 18:00。"
"""The hint beside a cut-off that cannot be read."""

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


def minute_text(instant: str) -> str:
    """A stored time as people read it, to the minute: "2023-06-10 09:30"; "" for none."""
    return local_text(instant)[:16].replace("T", " ") if instant else ""


def local_day(instant: datetime) -> str:
    """The calendar day here, as 2023-06-10."""
    return instant.astimezone(CHINA).date().isoformat()


@lru_cache(1_000)  # the rows of a file bear few
def day_of(instant: str) -> str:
    """The calendar day here of a stored instant."""
    return local_day(parse_instant(instant))


def today_of(clock: Clock) -> str:
    """The calendar day here, now, as 2023-06-10."""
    return local_day(clock.now())


def parse_day(text: str) -> str:
    """A calendar day in its ISO form, from that or from what people write (`written_times`). Raises ValueError."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        written = written_moment(text)
        if isinstance(written, datetime):
            raise
        return written.isoformat()


def typed_instant(text: str) -> datetime:
    """A time as somebody types it, in ISO form or as people write it; 24:00 too. Raises ValueError, for a day alone as well."""
    if is_day(text):
        raise ValueError(f"a day without a time: {text}")
    try:
        return parse_instant(text)
    except ValueError:
        written = written_moment(text)
        return parse_instant(written.isoformat())


def until_instant(text: str) -> datetime:
    """A cut-off as somebody types it: a day alone counts whole, until its 24:00. Raises ValueError."""
    return parse_instant(later(parse_day(text), 1)) if is_day(text) else typed_instant(text)


def is_day(text: str) -> bool:
    """Whether what was typed is a day without a time."""
    try:
        parse_day(text)
    except ValueError:
        return False
    return True


def moment_text(instant: str) -> str:
    """A stored instant as its field shows it, and as `until_instant` reads it: 2023-06-30 18:00; midnight is the day's 24:00."""
    day, time_ = local_text(instant)[:16].split("T")
    return f"{day} {time_}" if time_ != "00:00" else f"{later(day, -1)} 24:00"


def until_words(instant: str) -> str:
    """A stored cut-off in words: 2023-06-30 18:00; at midnight with the day it includes: 2023-06-30 24:00（含6月30日全天）."""
    told = moment_text(instant)
    _, month, day = told[:10].split("-")
    return f"{told}（含{int(month)}月{int(day)}日全天）" if told.endswith(" 24:00") else told


def checked_day(text: str) -> str:
    """A calendar day in its ISO form; "" (not said) stays. Raises BadInput "bad_date": what is in the ledger is there for ever."""
    if not text:
        return ""
    try:
        return parse_day(text)
    except ValueError as problem:
        raise BadInput(f"“{text}”不是日期。", reason="bad_date", hint="请写成 2023-06-10。") from problem


def at_time(text: str) -> str:
    """A cut-off as an ISO time with its offset, a day alone until its 24:00; "" (not said) stays. Raises BadInput "bad_date"."""
    try:
        return until_instant(text).isoformat() if text else ""
    except (ValueError, OverflowError) as problem:
        raise BadInput(f"“{text}”不是时间。", reason="bad_date", hint=HOW_TO_WRITE) from problem


def later(day: str, days: int) -> str:
    """So many days after a day."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def week_day(day: str) -> str:
    """The day of the week in Chinese: 周一 … 周日."""
    return "周" + "一二三四五六日"[date.fromisoformat(day).weekday()]
