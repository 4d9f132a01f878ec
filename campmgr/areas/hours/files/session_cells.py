"""When somebody came and went, as logs of meetings and live platforms write it: instants, times of a day, spans, durations."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from campmgr.clock import parse_instant
from campmgr.files import cell_dates
from campmgr.files.cells import UNSEEN, CellProblem, shown
from campmgr.files.read_table import Cell
from campmgr.wording import normal
from campmgr.written_times import written_clock

DAY_SECONDS = 86_400

_CLOCK = re.compile(r"[0-9]{1,2}(?::[0-5]?[0-9]|[时点])")
"""What looks like a time of the day; `written_clock` reads it."""
_DASH = re.compile(r"\s*(?:[-~—–−]|至|到)+\s*")
_WORDS = re.compile(
    r"(?:([0-9]{1,9})(?:小时|时|hours?|hrs?|h))?(?:([0-9]{1,9})(?:分钟|分|minutes?|mins?|min|m|'))?"
    r"(?:([0-9]{1,9})(?:秒钟|秒|seconds?|secs?|sec|s|\"))?"
)
_COLONS = re.compile(r"([0-9]{1,3}):([0-5]?[0-9])(?::([0-5]?[0-9]))?")
_MINUTES = re.compile(r"[0-9]{1,4}(?:\.[0-9]+)?")
_LONGEST = 7 * DAY_SECONDS
_LONGEST_TEXT = 100
"""Characters of a cell that can say a time or a length; more is neither."""


class Moment(int):
    """An instant in seconds since 1970."""


class TimeOfDay(int):
    """Seconds since midnight of a day that stands elsewhere."""


def moment(cell: Cell) -> Moment | TimeOfDay:
    """When: a date with a time, a serial number, or a time alone, whose day stands elsewhere.

    Raises CellProblem `missing_value`, `bad_date` (also for a day without a time).
    """
    if isinstance(cell, time):
        return TimeOfDay(cell.hour * 3600 + cell.minute * 60 + cell.second)
    if isinstance(cell, timedelta) and timedelta() <= cell <= timedelta(days=1):  # 24:00 too, the end of the day
        return TimeOfDay(int(cell.total_seconds()))
    if isinstance(cell, float) and 0 <= cell < 1:  # how a spreadsheet keeps a time alone
        return TimeOfDay(round(cell * DAY_SECONDS))
    text = _tidy(cell)
    with suppress(ValueError):
        return TimeOfDay(written_clock(text))
    if _is_day_alone(cell, text):
        raise CellProblem("bad_date", f"“{shown(cell)}”只有日期，没有几点几分。请写成 2023-06-10 19:00 这样。")
    return _instant(text if isinstance(cell, str) else cell)


def span(cell: Cell) -> tuple[Moment | TimeOfDay, Moment | TimeOfDay] | None:
    """From when to when, where one cell says both (2023-06-10 19:00-20:30, 19:00~20:30); None where it says one moment.

    An end without a day is on the day of the start, or on the next one where it would come before it. Raises CellProblem.
    """
    text = _tidy(cell)
    for cut in _DASH.finditer(text):
        before, after = text[: cut.start()], text[cut.end() :]
        if _CLOCK.search(before) and _CLOCK.search(after):
            start = moment(before)
            return start, _end(before, start, after)
    return None


def _end(before: str, start: Moment | TimeOfDay, text: str) -> Moment | TimeOfDay:
    """When what began ends: in 晚上7:00-8:30 the half of the day is said once, and meant of both where that comes after."""
    half = _HALF.search(before)
    if half and not _HALF.search(text):
        with suppress(ValueError):
            alike = TimeOfDay(written_clock(half[0] + text))
            if (on_day(start, alike) if isinstance(start, Moment) else alike) > start:
                return _after(start, alike)
    return _after(start, moment(text))


_HALF = re.compile("上午|下午|中午|晚上|晚|早上|早|凌晨|[ap]m", re.IGNORECASE)


def _after(start: Moment | TimeOfDay, end: Moment | TimeOfDay) -> Moment | TimeOfDay:
    if isinstance(start, Moment) and isinstance(end, TimeOfDay):
        first = on_day(start, end)
        return first if first >= start else Moment(first + DAY_SECONDS)
    return end


def on_day(near: int, at: TimeOfDay) -> Moment:
    """A time of the day in China on which another instant lies."""
    midnight = near - (near + 8 * 3600) % DAY_SECONDS  # China has had no summer time since 1991
    return Moment(midnight + at)


def midnight_of(day: str) -> Moment:
    """The first second of a day in China."""
    return Moment(int(parse_instant(day).timestamp()))


def duration(cell: Cell) -> int:
    """How long, in seconds: 1:23:45, 83分钟, 1小时23分, a time or a span of the spreadsheet's own, or a plain number of minutes.

    Raises CellProblem `missing_value`, `bad_number` (also for 12:30, which may be hours or minutes), `out_of_range`.
    """
    if isinstance(cell, timedelta):
        return _in_reach(int(cell.total_seconds()), cell)
    if isinstance(cell, time):
        return _in_reach(cell.hour * 3600 + cell.minute * 60 + cell.second, cell)
    if isinstance(cell, date):
        raise CellProblem("bad_number", f"“{shown(cell)}”是日期，不是时长。请把这一格设为常规格式。")
    text = _tidy(cell).replace(" ", "").lower()
    if not text:
        raise CellProblem("missing_value", "时长是空的。")
    if _MINUTES.fullmatch(text):
        return _in_reach(round(float(text) * 60), cell)
    if match := _COLONS.fullmatch(text):
        return _in_reach(_of_colons(match, cell), cell)
    if (match := _WORDS.fullmatch(text)) and any(match.groups()):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return _in_reach(hours * 3600 + minutes * 60 + seconds, cell)
    raise CellProblem("bad_number", f"“{shown(cell)}”不是看得懂的时长。请写成 83分钟 或 1:23:45。")


def _of_colons(match: re.Match[str], cell: Cell) -> int:
    first, second, third = match.groups()
    if third is None:
        raise CellProblem("bad_number", f"“{shown(cell)}”可能是几时几分，也可能是几分几秒。请写成 1:23:45 或 83分钟。")
    return int(first) * 3600 + int(second) * 60 + int(third)


def _in_reach(seconds: int, cell: Cell) -> int:
    if not 0 <= seconds <= _LONGEST:
        raise CellProblem("out_of_range", f"“{shown(cell)}”不像是时长。请检查是不是填错了列。")
    return seconds


def _tidy(cell: Cell) -> str:
    text = cell if isinstance(cell, str) else str(cell)
    tidy = normal(text.translate(UNSEEN)).strip()
    return tidy if len(tidy) <= _LONGEST_TEXT else "…"


def _is_day_alone(cell: Cell, text: str) -> bool:
    if isinstance(cell, datetime):
        return False
    return isinstance(cell, int | date) or (isinstance(cell, str) and not _CLOCK.search(text) and "." not in text)


def _instant(cell: Cell) -> Moment:
    return Moment(int(parse_instant(cell_dates.instant(cell)).timestamp()))
