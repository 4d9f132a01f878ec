"""Days and instants as spreadsheets hold them: date cells, serial numbers, and the ways people here write dates."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from campmgr.clock import CHINA, local_day, parse_instant, utc_text
from campmgr.files.cells import UNSEEN, CellProblem
from campmgr.files.odd_cells import BrokenCell, FormattedNumber
from campmgr.files.read_table import Cell, is_blank
from campmgr.wording import normal

_FIRST_SERIAL_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 a serial number has no zone; CHINA is added at the end
_DASHES = re.compile("[‐‑‒–—―−]+")
_LONGEST = 100
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_DATE = r"(?P<year>[0-9]{4})(?:[-/.年](?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})[日号]?|(?P<packed>[0-9]{4}))"
_WEEKDAY = r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"
_TIME = (
    r"(?P<half>上午|下午|中午|晚上|晚|早上|早|凌晨|am|pm)?\s*"
    r"(?P<hour>[0-9]{1,2})(?:[:时点](?P<minute>[0-9]{1,2})分?(?::?(?P<second>[0-9]{1,2})(?:\.[0-9]+)?秒?)?|[点时]整?)"
)
_WRITTEN = re.compile(rf"{_DATE}{_WEEKDAY}(?:[\sT(]*{_TIME})?\)?", re.IGNORECASE)
_SPAN_END = re.compile(rf"(?P<date>{_DATE}{_WEEKDAY}[\sT(]*|次日|第二天)?{_TIME}\)?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[-~]+|至|到)\s*")
_WITH_OFFSET = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})| [0-9:.]+(?P<other>Z|\+[0-9]{2}:?[0-9]{2}))"
)
_FARTHEST_ZONE = 14
_AFTERNOON = frozenset("下午 中午 晚上 晚 pm".split())
_SERIAL = re.compile(r"[0-9]{5}(\.[0-9]+)?")
_YEARLESS = re.compile(r"[0-9]{1,2}[-/.月][0-9]{1,2}[日号]?")


def day(cell: Cell) -> str:
    """The calendar day in China, as 2023-06-10.

    Takes date cells, serial numbers (45087), 2023-06-10, 2023/6/10, 2023.6.10, 2023年6月10日, 20230610, each with a time behind it
    or not, or a span of times (19:00-20:30), of which the beginning counts. Raises CellProblem `missing_value`, `broken_cell`,
    `bad_date` (also for 6月10日: a year is never guessed).
    """
    return local_day(_moment(cell))


def instant(cell: Cell) -> str:
    """The instant in its stored form, 2023-06-10T04:00:00Z; without offset it means China time, a day alone its first minute.

    Raises CellProblem as `day`.
    """
    return utc_text(_moment(cell))


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
    value = _DASHES.sub("-", normal(str(cell).translate(UNSEEN))).strip()
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
    packed = match["packed"]
    month, dom = (packed[:2], packed[2:]) if packed else (match["month"], match["day"])
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    if (match["half"] or "").casefold() in _AFTERNOON and hour < 12:
        hour += 12
    return datetime(int(match["year"]), int(month), int(dom), hour, minute, second, tzinfo=CHINA)


def _in_century(moment: datetime, cell: Cell) -> datetime:
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise _no_date(cell)
    return moment


def _no_date(cell: Cell) -> CellProblem:
    return CellProblem("bad_date", f"“{str(cell).strip()[:20]}”不是能看懂的日期。请写成 2023-06-10 这样。")
