"""What each unit owes for which week, month and quarter, and how it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from campmgr.areas.points.settings import ARTICLE, NEWS, OPINION, Tasks
from campmgr.periods.quotas import Owed, Standing, owed, standing
from campmgr.periods.spans import Span, SpanKind
from campmgr.periods.working_days import WorkCalendar

BLOCKS, OFFICES = "板块", "科室大队"
"""The two sorts of unit."""
GROUPS = (BLOCKS, OFFICES)


class Task(NamedTuple):
    """What is owed of a sort, for spans of which kind, and how many."""

    sort: str
    kind: SpanKind
    due: int


class TaskLine(NamedTuple):
    """How one task of one unit stands; `excused`: why nothing is owed."""

    period: Span
    sort: str
    due: int
    done: int
    state: Standing
    excused: str

    @property
    def missing(self) -> int:
        """How many are still to come."""
        return max(0, self.due - self.done) if self.state in {"short", "open", "warned"} else 0


def tasks_of(group: str, rules: Tasks, joined: int = 1) -> tuple[Task, ...]:
    """What a unit of a group owes; `joined`: how many offices its row stands for."""
    times = joined if rules.joint_row == "each" else 1
    articles = Task(ARTICLE, "month", rules.office_articles) if group == OFFICES else Task(ARTICLE, "quarter", rules.block_articles)
    every = (Task(NEWS, "week", rules.news), Task(OPINION, "week", rules.opinion), articles)
    return tuple(each._replace(due=each.due * times) for each in every if each.due)


def joined_in(name: str) -> int:
    """How many offices a row stands for by its name: 调查减灾科、火灾防治科 are two."""
    return len([each for each in name.split("、") if each.strip()]) or 1


_LENGTHS: Mapping[SpanKind, int] = {"week": 1, "month": 2, "quarter": 3, "year": 4}


class Owing:
    """The weeks, months and quarters of one stretch of time for which something is owed, worked out once."""

    def __init__(self, within: Span, rules: Tasks, calendar: WorkCalendar) -> None:
        self.rules = rules
        self._of = {kind: self._spans(kind, within, calendar) for kind in _LENGTHS}

    def _spans(self, kind: SpanKind, within: Span, calendar: WorkCalendar) -> tuple[Owed, ...]:
        return owed(kind, within, self.rules, calendar) if _LENGTHS[kind] <= _LENGTHS[within.kind] else ()

    def lines(
        self, group: str, joined: int, done: Callable[[str, Span], int], excused: Mapping[str, str], today: str
    ) -> Iterator[TaskLine]:
        """How each task of a unit stands; `done` counts its items of a sort in a span, `excused`: why it owes nothing, by span."""
        for task in tasks_of(group, self.rules, joined):
            for one in self._of[task.kind]:
                why = excused.get(one.span.name) or one.excused
                count = done(task.sort, one.span)
                state = standing(Owed(one.span, why), today, count, task.due)
                yield TaskLine(one.span, task.sort, task.due, count, state, why)
