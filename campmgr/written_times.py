"""Days and times of the day as people here write them, in a form, on the command line, in a sheet. Nothing is guessed."""

from __future__ import annotations

import re
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
_WRITTEN = re.compile(rf"{DATE}{WEEKDAY}(?:[\sT,]*(?P<time>{TIME}|全天|整天))?", re.IGNORECASE)
_DASHES = re.compile("[‐‑‒–—―−]+")
_LONGEST = 80
"""Characters in which anybody writes a time; blanks without end between its parts would be tried in every way."""

_UNSEEN = frozenset({"Cc", "Cf"})
_AFTERNOON = frozenset("下午 中午 晚上 晚 pm".split())


def written_moment(text: str) -> date | datetime:
    """A day alone as a date, a day with a time as a datetime without zone; 24:00 is the midnight after that day.

    2023-06-30, 2023/6/30, 2023.6.30, 20230630, 2023年6月30日, each with a time behind it or not (18:00, 18时30分, 下午6点), in
    half or full width. Raises ValueError for anything else: a year is never guessed.
    """
    if len(text) > _LONGEST:
        raise ValueError(f"longer than any time: {text[:40]}")
    shown = "".join(each for each in normal(text) if category(each) not in _UNSEEN or each.isspace())
    match = _WRITTEN.fullmatch(_DASHES.sub("-", shown).strip())
    if match is None:
        raise ValueError(f"neither a day nor a time: {text[:40]}")
    packed = match["packed"]
    if not 1900 < int(match["year"]) < 9999:
        raise ValueError(f"outside the calendar: {text[:40]}")
    day = date(int(match["year"]), *map(int, (packed[:2], packed[2:]) if packed else (match["month"], match["day"])))
    return day if match["hour"] is None else _at(day, match)


def _at(day: date, match: re.Match[str]) -> datetime:
    hour, second = int(match["hour"]), int(match["second"] or 0)
    minute = int(match["minute"] or match["minutes"] or (30 if "半" in match["time"] else 0))
    if (match["half"] or "").casefold() in _AFTERNOON and hour < 12:
        hour += 12
    if (hour, minute, second) == (24, 0, 0):
        return datetime.combine(day + timedelta(days=1), time())
    return datetime.combine(day, time(hour, minute, second))
