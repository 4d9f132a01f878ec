"""Weeks, months, quarters and years as spans of days in China time, each by one name: 2022-W10, 2022-03, 2022Q1, 2022.

A week is Monday to Sunday and bears the number of ISO 8601; to which month, quarter or year it belongs is a
setting: the one of its Monday, or the one of its Thursday, where most of its days lie.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from campmgr.clock import later, local_day
from campmgr.errors import BadInput
from campmgr.wording import normal

SpanKind = Literal["week", "month", "quarter", "year"]

HOW_NAMED = "请写成 2022（年）、2022Q1（季度）、2022-03（月）或 2022-W10（周）。"
"""The hint beside a span that cannot be read."""

_NAMES = re.compile(
    r"(?P<year>[0-9]{4})年?度?(?:"
    r"|-?Q(?P<quarter>[1-4])|第?(?P<said_quarter>[一二三四1-4])季度"
    r"|-(?P<month>[0-9]{1,2})|(?P<said_month>[0-9]{1,2})月份?"
    r"|-?W(?P<week>[0-9]{1,2})|第(?P<said_week>[0-9]{1,2})周)",
    re.IGNORECASE,
)
_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class Span:
    """A week, month, quarter or year: its name, its first and its last day."""

    kind: SpanKind
    name: str
    first: str
    last: str

    def holds(self, day: str) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last

    @property
    def words(self) -> str:
        """As people say it: 2022年第一季度; a week by its days, 3月7日至3月13日, since nobody knows its number."""
        year, rest = self.name[:4], self.name[5:]
        if self.kind == "week":
            return f"{self.first[:4]}年{_short(self.first)}至{_short(self.last)}（第{int(rest[1:])}周）"
        if self.kind == "quarter":
            return f"{year}年第{_QUARTERS[int(rest) - 1]}季度"
        return f"{year}年{int(rest)}月" if self.kind == "month" else f"{year}年"


def span_of(kind: SpanKind, day: str) -> Span:
    """The week, month, quarter or year in which a day lies."""
    that = date.fromisoformat(day)
    if kind == "week":
        monday = that - timedelta(days=that.weekday())
        year, week, _ = that.isocalendar()
        return Span("week", f"{year:04d}-W{week:02d}", monday.isoformat(), later(monday.isoformat(), 6))
    if kind == "month":
        return _months("month", day[:7], that.year, that.month, 1)
    if kind == "quarter":
        number = (that.month - 1) // 3
        return _months("quarter", f"{day[:4]}Q{number + 1}", that.year, 3 * number + 1, 3)
    return _months("year", day[:4], that.year, 1, 12)


def span_at(kind: SpanKind, moment: datetime) -> Span:
    """The span in which an instant lies in China time: 16:10 UTC of a Sunday is Monday here."""
    return span_of(kind, local_day(moment))


def named(text: str) -> Span:
    """A span by its name, also as people write it: 2022年第一季度, 2022年3月, 2022年第10周. Raises BadInput."""
    found = _NAMES.fullmatch("".join(normal(text).split()))
    span = _found(found) if found and int(found["year"]) > 0 else None
    if span is None:
        raise BadInput(f"“{text[:40]}”不是年、季度、月或周。", reason="bad_date", hint=HOW_NAMED)
    return span


def next_span(span: Span) -> Span:
    """The one that follows."""
    return span_of(span.kind, later(span.last, 1))


def spans_in(kind: SpanKind, first: str, last: str) -> Iterator[Span]:
    """Every span of a kind in which a day from the first to the last lies, in order."""
    span = span_of(kind, first)
    while span.first <= last:
        yield span
        span = next_span(span)


def owner(week: Span, kind: SpanKind, week_of: str) -> Span:
    """The month, quarter or year to which a week belongs, `week_of` "monday" or "thursday"."""
    return span_of(kind, week.first if week_of == "monday" else later(week.first, 3))


def weeks_of(span: Span, week_of: str) -> tuple[Span, ...]:
    """The weeks that belong to a month, quarter or year."""
    return tuple(each for each in spans_in("week", span.first, span.last) if owner(each, span.kind, week_of) == span)


def counted(kind: SpanKind, moments: Iterable[datetime]) -> dict[str, int]:
    """How many of these instants lie in each span: name -> number."""
    found: dict[str, int] = {}
    for each in moments:
        name = span_at(kind, each).name
        found[name] = found.get(name, 0) + 1
    return found


def _months(kind: SpanKind, name: str, year: int, month: int, length: int) -> Span:
    after = date(year + (month + length > 12), (month + length - 1) % 12 + 1, 1)
    return Span(kind, name, date(year, month, 1).isoformat(), (after - timedelta(days=1)).isoformat())


def _found(match: re.Match[str]) -> Span | None:
    """The span of a match; None for a 13th month or a 53rd week that the year has not."""
    year, quarter = int(match["year"]), match["quarter"] or match["said_quarter"]
    month, week = match["month"] or match["said_month"], match["week"] or match["said_week"]
    try:
        if quarter:
            number = _QUARTERS.find(quarter) + 1 or int(quarter)
            return span_of("quarter", date(year, 3 * number, 1).isoformat())
        if week:
            return span_of("week", date.fromisocalendar(year, int(week), 1).isoformat())
        return span_of("month" if month else "year", date(year, int(month or 1), 1).isoformat())
    except ValueError:
        return None


def _short(day: str) -> str:
    return f"{int(day[5:7])}月{int(day[8:])}日"
