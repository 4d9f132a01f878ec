"""Windows in which a quarter's collection is handed in, and to which an instant belongs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from campmgr.clock import later, local_day
from campmgr.periods.deadlines import end_of
from campmgr.periods.settings import HandIns
from campmgr.periods.spans import Span, span_of, spans_in


@dataclass(frozen=True, slots=True)
class Window:
    """A quarter, and from which to which day it is handed in, both whole."""

    span: Span
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a hand-in belongs: its window (None: it is not taken), the window it came too late for, if any, and why in a sentence;
    "" where there is nothing to say.
    """

    window: Window | None
    missed: Window | None = None
    sentence: str = ""


def windows(rules: HandIns) -> tuple[Window, ...]:
    """The windows of a collection, one for each quarter in which it collects.

    Where a first deadline is set of its own, the quarter that had ended before it is handed in until then: 第一季度作品请于5月20日前报送.
    """
    found = tuple(
        _window(each, rules)
        for each in spans_in("quarter", max(rules.collects_from, _quarter_of(rules.first_due)), rules.collects_to)
    )
    if not rules.first_due:
        return found
    ended = span_of("quarter", later(_quarter_of(rules.first_due), -1))
    return (Window(ended, rules.collects_from, rules.first_due), *found)


def placed(moment: datetime, known: tuple[Window, ...], rules: HandIns, meant: str = "") -> Placed:
    """To which window an instant belongs; `meant`: the name of the quarter that whoever hands in says it is for."""
    coming = next((each for each in known if end_of(each.closes).holds(moment)), None)
    day = local_day(moment)
    passed = [each for each in known if not end_of(each.closes).holds(moment)]
    asked = next((each for each in passed if each.span.name == meant), None)
    if asked and rules.late == "mark":
        return Placed(asked, asked, f"晚于{asked.span.words}的窗口（{asked.closes} 止），仍计入该季度。")
    if asked and rules.late == "refuse":
        return Placed(None, asked, f"{asked.span.words}的窗口已于 {asked.closes} 关闭。")
    if coming is None:
        return Placed(None, passed[-1] if passed else None, "征集已经结束。需要补报的，请由主办单位说明理由后收下。")
    if day >= coming.opens:
        return Placed(coming)
    if rules.early == "refuse":
        return Placed(None, asked, f"{coming.span.words}的窗口 {coming.opens} 才打开。")
    missed = passed[-1] if passed else None
    return Placed(coming, missed, f"晚于{missed.span.words}（{missed.closes} 止），计入{coming.span.words}。" if missed else "")


def _window(span: Span, rules: HandIns) -> Window:
    week = span_of("week", span.last)
    if rules.last_week == "last_7_days":
        return Window(span, later(span.last, -6), span.last)
    if rules.last_week == "monday_week":
        return Window(span, week.first, span.last)
    whole = week if week.last == span.last else span_of("week", later(week.first, -1))
    return Window(span, whole.first, whole.last)


def _quarter_of(day: str) -> str:
    """The first day of the quarter of a day; "" for none."""
    return span_of("quarter", day).first if day else ""
