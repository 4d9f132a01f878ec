"""For which weeks, months and quarters something is owed, and how each stands on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from campmgr.clock import later
from campmgr.periods.settings import Quotas
from campmgr.periods.spans import Span, SpanKind, next_span, span_of, spans_in, weeks_of
from campmgr.periods.working_days import WorkCalendar

Standing = Literal["done", "open", "warned", "short", "excused"]

STANDING_WORDS = {"done": "已完成", "open": "进行中", "warned": "快到期", "short": "没有完成", "excused": "不考核"}
"""How a period stands, in words."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A span and why nothing is owed for it; "" where it is due."""

    span: Span
    excused: str = ""


def owed(kind: SpanKind, within: Span, rules: Quotas, calendar: WorkCalendar) -> tuple[Owed, ...]:
    """The spans of a kind that belong to a longer one, from the day on from which anything is owed; earlier ones are not there."""
    spans: Iterable[Span] = weeks_of(within, rules.week_of) if kind == "week" else spans_in(kind, within.first, within.last)
    return tuple(Owed(each, _excused(each, rules, calendar)) for each in spans if each.last >= rules.starts_on)


def standing(one: Owed, today: str, done: int, needed: int = 1, warn_days: int = 0) -> Standing:
    """How a span stands: what is done is done, also where nothing was owed; what is not is short from the day after its last."""
    if done >= needed:
        return "done"
    if one.excused:
        return "excused"
    if today > one.span.last:
        return "short"
    return "warned" if today > later(one.span.last, -warn_days) else "open"


def first_owed(kind: SpanKind, issued_on: str, first_due: str) -> Span:
    """From which span on something is owed that was asked for on a day: the "next", or the "same"."""
    span = span_of(kind, issued_on)
    return next_span(span) if first_due == "next" else span


def _excused(span: Span, rules: Quotas, calendar: WorkCalendar) -> str:
    if span.first < rules.starts_on and rules.partial_first == "excused":
        return f"{rules.starts_on} 起才考核"
    if span.kind == "week" and rules.holiday_weeks == "excused":
        days = [later(span.first, number) for number in range(7)]
        if not any(map(calendar.is_working, days)):
            return "整周放假"
    return ""
