"""Days and instants as spreadsheets hold them: date cells, serial numbers, and the ways people here write dates."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from campmgr.clock import CHINA, local_day, parse_instant, utc_text
from campmgr.files.cells import UNSEEN, CellProblem
from campmgr.files.odd_cells import BrokenCell, FormattedNumber
from campmgr.files.read_table import Cell, is_blank
from campmgr.wording import normal
from campmgr.written_times import DATE, MOMENT, TIME, WEEKDAY, day_in, seconds_in

_FIRST_SERIAL_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 a serial number has no zone; CHINA is added at the end
_DASHES = re.compile("[‐‑‒–—―−]+")
_LONGEST = 100
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_WRITTEN = re.compile(MOMENT, re.IGNORECASE)
_SPAN_END = re.compile(rf"(?P<date>{DATE}{WEEKDAY}[\sT(]*|次日|第二天)?(?P<time>{TIME})\)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[-~]+|至|到)\s*")
_WITH_OFFSET = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})| [0-9:.]+(?P<other>Z|\+[0-9]{2}:?[0-9]{2}))"
)
_FARTHEST_ZONE = 14
_SERIAL = re.compile(r"[0-9]{5}(\.[0-9]+)?")
_YEARLESS = re.compile(r"[0-9]{1,2}[-/.月][0-9]{1,2}[日号]?")


def day(cell: Cell) -> str:
    """The calendar day in China, as 2023-06-10.

    Takes date cells, serial numbers (45087), 2023-06-10, 2023/6/10, 2023.6.10, 2023年6月10日, 20230610, each with a time behind it
    or not, or a span of times (19:00-20:30), of which the beginning counts. Raises CellProblem `missing_value`, `broken_cell`,
    `bad_date` (also for 6月10日: a year is never guessed). 2023-06-10 24:00 is the end of that day, and not the next one.
    """
    moment = _moment(cell)
    return local_day(moment - timedelta(seconds=1) if isinstance(cell, str) and _ends_day(cell, moment) else moment)


def instant(cell: Cell) -> str:
    """The instant in its stored form, 2023-06-10T04:00:00Z; without offset it means China time, a day alone its first minute.

    Raises CellProblem as `day`.
    """
    return _stored(cell)


@lru_cache(1_000, typed=True)
def _stored(cell: Cell) -> str:
    return utc_text(_moment(cell))


@lru_cache(1_000, typed=True)  # the rows of a file bear few days
def _moment(cell: Cell) -> datetime:
    if isinstance(cell, BrokenCell):
        raise CellProblem("broken_cell", cell.sentence)
    if isinstance(cell, FormattedNumber):
        return _moment(cell.shown)
    if isinstance(cell, datetime):
        return _in_century(cell if cell.tzinfo else cell.replace(tzinfo=CHINA), cell)
    if isinstance(cell, date):
        return _in_century(datetime(cell.year, cell.month, cell.day, tzinfo=CHINA), cell)
    if isinstance(cell, str | int | float) and not isinstance(cell, bool):
        return _from_text(cell)
    raise _no_date(cell)


def _from_text(cell: str | float) -> datetime:
    if is_blank(cell):
        raise CellProblem("missing_value", "日期是空的。请补上，例如 2023-06-10。")
    value = _plain(cell)
    if len(value) > _LONGEST:
        raise _no_date(cell)
    try:
        if _SERIAL.fullmatch(value):
            return _in_century(_from_serial(float(value)), cell)
        if _has_zone(value):
            return _in_century(parse_instant(value), cell)
        if match := _WRITTEN.fullmatch(value):
            return _in_century(_from_match(match), cell)
        if begin := _begin_of_span(value):
            return _in_century(begin, cell)
    except (ValueError, OverflowError) as error:
        raise _no_date(cell) from error
    if _YEARLESS.fullmatch(value):
        raise CellProblem("bad_date", f"“{value}”没有写年份。请写完整，例如 2023-06-10。")
    raise _no_date(cell)


def _ends_day(cell: str, moment: datetime) -> bool:
    """Whether a text says a day's 24:00, which is the first moment of the next."""
    match = _WRITTEN.fullmatch(_plain(cell))
    return match is not None and day_in(match) < moment.date()


def _plain(cell: object) -> str:
    return _DASHES.sub("-", normal(str(cell).translate(UNSEEN))).strip()


def _begin_of_span(value: str) -> datetime | None:
    """When a span of times begins, 2023-06-10 19:00-20:30; None for one of several days, which is no day."""
    for place in _BETWEEN.finditer(value):
        first, last = _WRITTEN.fullmatch(value[: place.start()].strip()), _SPAN_END.fullmatch(value[place.end() :].strip())
        if first and last and first["hour"]:
            begin = _from_match(first)
            end = _from_match(last).date() if last["year"] else begin.date()
            return begin if 0 <= (end - begin.date()).days <= 1 else None
    return None


def _has_zone(value: str) -> bool:
    """Whether a zone stands behind a time: Z, +hh:mm, or behind T -hh:mm too, as far as zones go. 19:00-20:30 is a span."""
    match = _WITH_OFFSET.fullmatch(value)
    zone = (match["zone"] or match["other"]) if match else ""
    return bool(zone) and (zone == "Z" or int(zone[1:3]) <= _FARTHEST_ZONE)


def _from_serial(serial: float) -> datetime:
    """Days since 1899-12-30, to the second."""
    return (_FIRST_SERIAL_DAY + timedelta(seconds=round(serial * 86_400))).replace(tzinfo=CHINA)


def _from_match(match: re.Match[str]) -> datetime:
    day = day_in(match)
    return datetime(day.year, day.month, day.day, tzinfo=CHINA) + timedelta(seconds=seconds_in(match) if match["hour"] else 0)


def _in_century(moment: datetime, cell: Cell) -> datetime:
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise _no_date(cell)
    return moment


def _no_date(cell: Cell) -> CellProblem:
    return CellProblem("bad_date", f"“{str(cell).strip()[:20]}”不是能看懂的日期。请写成 2023-06-10 这样。")
