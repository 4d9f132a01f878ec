"""What an item is worth: its points, each an entry with the rule behind it, the day it counts on, and the column it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from campmgr.areas.points.rules.characters import length_of
from campmgr.areas.points.settings import (
    ARTICLE,
    CLASSES,
    COMMISSIONED,
    SHORT_NEWS,
    SORTS,
    Articles,
    Passing,
    Points,
    Tasks,
    Timely,
)
from campmgr.periods.deadlines import deadline_after
from campmgr.periods.working_days import WorkCalendar
from campmgr.settings.sections import Chosen

REPORTS, ARTICLES = "reports", "articles"
"""The first two columns of the table; the others are the classes, "1" to "5"."""


class Adoption(NamedTuple):
    """An outlet took an item: its fact, the day, the class (0: nobody classed the outlet), whether the host lets it count."""

    id: str
    day: str
    cls: int
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """An item as far as rules ask: its sort, the day it was sent and the day of which it tells ("" for none), whether it is marked
    as urgent, how long it is by the rule in force (None: nobody counted), whether everybody has passed it, and who took it.
    """

    sort: str
    sent_on: str
    event_on: str = ""
    urgent: bool = False
    length: int | None = None
    is_passed: bool = True
    adoptions: Sequence[Adoption] = ()


class Entry(NamedTuple):
    """A line of an item's account. `code` names the rule, `adoption` the fact of the adoption it is about, "" for none; an entry
    without a column explains and counts nothing.
    """

    code: str
    day: str
    column: str = ""
    number: int = 0
    points: int = 0
    adoption: str = ""


class Worth(NamedTuple):
    """What an item comes to: its entries, the last day in time ("" where none is set), whether it is late or short, and for which
    sort of task it counts ("" for none).
    """

    entries: tuple[Entry, ...]
    last_day: str
    late: bool
    short: bool
    task: str

    @property
    def points(self) -> int:
        """The sum."""
        return sum(each.points for each in self.entries)


class Scoring:
    """The rules of one activity, ready to judge items by."""

    def __init__(self, rules: Chosen, calendar: WorkCalendar) -> None:
        self.points, self.timely, self.tasks = rules[Points], rules[Timely], rules[Tasks]
        self.articles, self.passing = rules[Articles], rules[Passing]
        self.by_sort = dict(zip(SORTS, (self.points.news, self.points.opinion, self.points.article, self.points.commissioned),
                                strict=True))  # fmt: skip
        self.by_class = {cls: int(getattr(self.points, f"adopted_{cls}")) for cls in CLASSES}
        self.last_day: Callable[[str], str] = cache(
            lambda day: deadline_after(day, self.timely.days, self.timely.counted, calendar).day
        )

    def must_be_in_time(self, sort: str, *, urgent: bool) -> bool:
        """Whether an item of a sort earns nothing once it is late."""
        return {"news": sort in SHORT_NEWS, "urgent": sort in SHORT_NEWS and urgent, "all": True}[self.timely.sorts]

    def earns_by_adoption(self, sort: str) -> bool:
        """Whether it earns by being adopted."""
        return sort in {"article": (ARTICLE,), "commissioned": (ARTICLE, COMMISSIONED), "all": SORTS}[self.points.adopted_sorts]

    def length(self, characters: dict[str, int]) -> int | None:
        """How long it is by the rule in force."""
        return length_of(characters, self.articles.count)

    def judge(self, item: Item) -> Worth:
        """What an item is worth."""
        asks = bool(item.event_on) and self.must_be_in_time(item.sort, urgent=item.urgent)
        last_day = self.last_day(item.event_on) if asks else ""
        late = asks and item.sent_on > last_day
        short = item.sort == ARTICLE and item.length is not None and item.length < self.articles.least
        waits = not item.is_passed and self.passing.required == "required"
        task = "" if waits else self._task(item.sort, late=late, short=short)
        if waits:
            return Worth((Entry("not_passed", item.sent_on),), last_day, late, short, task)
        return Worth(tuple(self._entries(item, late=late, short=short)), last_day, late, short, task)

    def _task(self, sort: str, *, late: bool, short: bool) -> str:
        if (late and not self.timely.late_in_quota) or (short and not self.articles.short_in_quota):
            return ""
        if sort == COMMISSIONED:
            return ARTICLE if self.tasks.commissioned else ""
        return sort

    def _entries(self, item: Item, *, late: bool, short: bool) -> Iterable[Entry]:
        day, at_report = item.sent_on, self.points.adopted_in == "report"
        chosen, others = self._adopted(item, late=late)
        column = REPORTS if item.sort in SHORT_NEWS else ARTICLES
        worth = self.by_sort[item.sort]
        if late:
            yield Entry("late", day)
        elif short and not self.articles.short_points:
            yield Entry("short", day)
        elif chosen and self.points.no_double:
            first = chosen[0]
            if at_report:
                yield Entry("no_double", day, adoption=first.id)
            else:
                yield Entry("report", day, column, 1, worth)
                yield Entry("no_double", first.day, column, -1, -worth, first.id)
        else:
            yield Entry("report", day, column, 1, worth)
        for one in chosen:
            yield Entry("adopted", day if at_report else one.day, str(one.cls), 1, self.by_class[one.cls], one.id)
        for code, one in others:
            yield Entry(code, one.day, adoption=one.id)

    def _adopted(self, item: Item, *, late: bool) -> tuple[list[Adoption], list[tuple[str, Adoption]]]:
        """The adoptions that earn, in the order of their days, and the others, each with why it does not."""
        others: list[tuple[str, Adoption]] = []
        counting: list[Adoption] = []
        for one in sorted(item.adoptions, key=lambda one: (one.day, one.id)):
            why = self._why_not(item, one, late=late)
            if why:
                others.append((why, one))
            else:
                counting.append(one)
        chosen = _chosen(counting, self.points.several, self.by_class)
        kept = {one.id for one in chosen}
        others += [("several", one) for one in counting if one.id not in kept]
        return chosen, others

    def _why_not(self, item: Item, one: Adoption, *, late: bool) -> str:
        if not one.counts:
            return "refused"
        if not self.earns_by_adoption(item.sort):
            return "sort_not_adopted"
        if late and not self.timely.late_adopted:
            return "late_not_adopted"
        return "" if one.cls else "unclassed"


def _chosen(counting: Sequence[Adoption], several: str, worth: dict[int, int]) -> list[Adoption]:
    if several == "sum" or not counting:
        return list(counting)
    if several == "highest":
        best = max(worth[one.cls] for one in counting)
        return [next(one for one in counting if worth[one.cls] == best)]
    first: dict[int, Adoption] = {}
    for one in counting:
        first.setdefault(one.cls, one)
    return list(first.values())
