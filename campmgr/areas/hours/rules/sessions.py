"""How long somebody was there: what a log of coming and going comes to, however often a connection broke and was made again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from campmgr.clock import CHINA


class Span(NamedTuple):
    """A time of presence, in seconds since 1970; the end is not included."""

    start: int
    end: int

    @property
    def seconds(self) -> int:
        """How long it is."""
        return self.end - self.start


def united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time told once and in order: spans that overlap or touch are one. Empty ones are left out."""
    found: list[Span] = []
    for span in sorted(span for span in spans if span.end > span.start):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def clipped(spans: Iterable[Span], window: Span | None) -> tuple[Span, ...]:
    """What of the spans lies inside a window; all of them where there is none."""
    if window is None:
        return tuple(spans)
    return tuple(
        Span(max(span.start, window.start), min(span.end, window.end))
        for span in spans
        if span.start < window.end and span.end > window.start
    )


def gaps(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The times between united spans."""
    return tuple(Span(before.end, after.start) for before, after in pairwise(spans))


def minutes_by_day(spans: Sequence[Span]) -> dict[str, int]:
    """Whole minutes of united spans on each day in China, days without one left out; a span over midnight counts on both."""
    seconds: dict[str, int] = {}
    for span in spans:
        for day, part in _by_day(span):
            seconds[day] = seconds.get(day, 0) + part
    return {day: told // 60 for day, told in sorted(seconds.items()) if told >= 60}


def _by_day(span: Span) -> Iterable[tuple[str, int]]:
    start = span.start
    while start < span.end:
        here = datetime.fromtimestamp(start, CHINA)
        midnight = datetime(here.year, here.month, here.day, tzinfo=CHINA) + timedelta(days=1)
        end = min(span.end, int(midnight.timestamp()))
        yield here.date().isoformat(), end - start
        start = end


def span_words(spans: Sequence[Span], most: int = 6) -> str:
    """Spans as people read them: 19:02–19:40、19:55–20:30."""
    told = [f"{_clock(span.start)}–{_clock(span.end)}" for span in spans[:most]]
    return "、".join(told) + (f"等 {len(spans)} 段" if len(spans) > most else "")


def _clock(second: int) -> str:
    return f"{datetime.fromtimestamp(second, CHINA):%H:%M}"
