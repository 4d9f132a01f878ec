"""Days and times of the day as people here write them, in a form, on the command line, in a sheet. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from unicodedata import category

from campmgr.wording import normal

DATE = r"(?P<year>[0-9]{4})(?:\s*[-/.年]\s*(?P<month>[0-9]{1,2})\s*[-/.月]\s*(?P<day>[0-9]{1,2})\s*[日号]?|(?P<packed>[0-9]{4}))"
WEEKDAY = r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"
TIME = (
    r"(?P<half>上午|下午|中午|晚上|晚|早上|早|凌晨|am|pm)?\s*"
    r"(?P<hour>[0-9]{1,2})\s*(?::\s*(?P<minute>[0-9]{1,2})|[时点]\s*(?:(?P<minutes>[0-9]{1,2})\s*分?|[整半])?)"
    r"(?:\s*[:分]?\s*(?P<second>[0-9]{1,2})(?:\.[0-9]+)?\s*秒?)?"
)
MOMENT = rf"{DATE}{WEEKDAY}(?:[\sT,(]*(?P<time>{TIME}|全天|整天)\)?)?"
_WRITTEN, _CLOCK = re.compile(MOMENT, re.IGNORECASE), re.compile(f"(?P<time>{TIME})", re.IGNORECASE)
_DASHES = re.compile("[‐‑‒–—―−]+")
_LONGEST = 80
"""Characters in which anybody writes a time; blanks without end between its parts would be tried in every way."""

_UNSEEN = frozenset({"Cc", "Cf"})


def written_moment(text: str) -> date | datetime:
    """A day alone as a date, a day with a time as a datetime without zone; 24:00 is the midnight after that day.

    2023-06-30, 2023/6/30, 2023.6.30, 20230630, 2023年6月30日, each with a time behind it or not (18:00, 18时30分, 下午6点), in
    half or full width. Raises ValueError for anything else: a year is never guessed.
    """
    match = _WRITTEN.fullmatch(_plain(text))
    if match is None:
        raise ValueError(f"neither a day nor a time: {text[:40]}")
    day = day_in(match)
    return day if match["hour"] is None else datetime.combine(day, time()) + timedelta(seconds=seconds_in(match))


def written_clock(text: str) -> int:
    """Seconds since midnight of a time of the day alone: 18:00, 下午6点半, 24:00. Raises ValueError for anything else."""
    match = _CLOCK.fullmatch(_plain(text))
    if match is None:
        raise ValueError(f"no time of a day: {text[:40]}")
    return seconds_in(match)


def _plain(text: str) -> str:
    if len(text) > _LONGEST:
        raise ValueError(f"longer than any time: {text[:40]}")
    shown = "".join(each for each in normal(text) if category(each) not in _UNSEEN or each.isspace())
    return _DASHES.sub("-", shown).strip()


def day_in(match: re.Match[str]) -> date:
    """The day of a match of `MOMENT`, as it stands there. Raises ValueError for one outside the calendar."""
    packed = match["packed"]
    if not 1900 < int(match["year"]) < 9999:
        raise ValueError(f"outside the calendar: {match[0][:40]}")
    return date(int(match["year"]), *map(int, (packed[:2], packed[2:]) if packed else (match["month"], match["day"])))


def seconds_in(match: re.Match[str]) -> int:
    """Seconds since midnight of a match of `TIME`, called `time` as a whole; 24:00 is the end of the day.

    Raises ValueError for a time that no day has, and for one that may mean two: 上午12:30 is half past midnight to a computer and
    half past noon to a teacher, 晚上1:00 belongs to no day for certain.
    """
    minute = int(match["minute"] or match["minutes"] or (30 if "半" in match["time"] else 0))
    hour, second = _hour((match["half"] or "").casefold(), int(match["hour"])), int(match["second"] or 0)
    if minute > 59 or second > 59 or (hour == 24 and minute + second):
        raise ValueError(f"a time that no day has: {match['time']}")
    return (hour * 60 + minute) * 60 + second


def _hour(half: str, hour: int) -> int:
    """The hour from 0 to 24 that is meant. Raises ValueError."""
    meant = _HOURS[half].get(hour)
    if meant is None:
        raise ValueError(f"an hour that may mean two, or none: {half}{hour}")
    return meant


def _same(first: int, last: int, more: int = 0) -> dict[int, int]:
    return {hour: hour + more for hour in range(first, last + 1)}


_HOURS: Mapping[str, Mapping[int, int]] = {
    "": _same(0, 24),
    "am": {12: 0, **_same(0, 11)},
    "pm": {**_same(12, 23), **_same(1, 11, 12)},
    "凌晨": {12: 0, **_same(0, 6)},
    "早": _same(0, 11),
    "早上": _same(0, 11),
    "上午": _same(0, 11),
    "中午": {**_same(10, 14), **_same(1, 2, 12)},
    "下午": {**_same(12, 23), **_same(1, 11, 12)},
    "晚": {12: 24, 24: 24, **_same(5, 11, 12), **_same(17, 23)},
    "晚上": {12: 24, 24: 24, **_same(5, 11, 12), **_same(17, 23)},
}
"""Of each half of a day, which hour is meant by which number: 12 am is midnight, 中午11 before noon, 晚上12 the end of the day."""
