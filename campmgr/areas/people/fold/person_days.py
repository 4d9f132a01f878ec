"""A person's days: from when on they joined, learned, completed, were ready and certified, and where they counted then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import sub
from typing import Any, NamedTuple

from campmgr.clock import LARGEST
from campmgr.facts.tables import NOTHING
from campmgr.facts.totals import Amounts, Steps

NEVER = "\uffff"
"""Later than every day."""


class Course(NamedTuple):
    """What happened on which day. Days are ISO texts; NEVER for what has not happened."""

    joined_on: str
    credited: Sequence[tuple[str, int]]
    """The running total in hundredths after each day with marks."""
    complete_on: str
    ready_on: str
    certified: Sequence[tuple[str, str]]
    """Each certificate: from, until (NEVER while valid)."""
    signed_in: bool

    @property
    def total(self) -> int:
        """The hundredths earned so far."""
        return self.credited[-1][1] if self.credited else 0

    @property
    def is_certified(self) -> bool:
        """Whether a certificate is valid."""
        return any(until == NEVER for _, until in self.certified)

    def told(self) -> dict[str, Any]:
        """As another scope is told: only days and numbers."""
        return {
            "joined_on": self.joined_on,
            "credited": [list(each) for each in self.credited],
            "complete_on": self.complete_on,
            "ready_on": self.ready_on,
            "certified": [list(each) for each in self.certified],
            "signed_in": self.signed_in,
        }


def course_told(told: Mapping[str, Any]) -> Course | None:
    """A course as it was told; None when the telling has not its form."""
    try:
        credited = [(str(day), int(total)) for day, total in told["credited"]]
        if any(not 0 <= total <= LARGEST for _, total in credited):
            return None
        return Course(
            str(told["joined_on"]),
            credited,
            str(told["complete_on"]),
            str(told["ready_on"]),
            [(str(since), str(until)) for since, until in told["certified"]],
            bool(told["signed_in"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def states_of(course: Course) -> list[tuple[str, Amounts]]:
    """(day, all that counts from that day on), in order."""
    days = {course.joined_on, course.complete_on, course.ready_on}
    days.update(day for day, _ in course.credited)
    days.update(day for span in course.certified for day in span)
    days.discard(NEVER)
    states: list[tuple[str, Amounts]] = []
    hours, place, credited = 0, 0, course.credited
    for day in sorted(days):
        while place < len(credited) and credited[place][0] <= day:
            hours = credited[place][1]
            place += 1
        certified = any(since <= day < until for since, until in course.certified)
        states.append(
            (day, (1, int(hours > 0), int(course.complete_on <= day), int(course.ready_on <= day), int(certified), hours, 0, 0))
        )
    return states


def steps_along(placements: Sequence[tuple[str, str]], states: Sequence[tuple[str, Amounts]]) -> Steps:
    """States as differences, each on its day under the placement of that day; a new placement takes everything along.

    `placements`: (day, placement) in order, the first day "". `states`: (day, amounts) in order.
    """
    if len(placements) == 1:
        return _differences(placements[0][1], states)
    steps: Steps = []
    where, amounts = "", NOTHING
    for day in sorted({*(day for day, _ in states), *(day for day, _ in placements[1:])}):
        now = next((each for since, each in reversed(states) if since <= day), NOTHING)
        here = next(placement for since, placement in reversed(placements) if since <= day)
        if here != where and amounts != NOTHING:
            steps.append((where, day, tuple(-amount for amount in amounts)))
            amounts = NOTHING
        if now != amounts:
            steps.append((here, day, tuple(a - b for a, b in zip(now, amounts, strict=True))))
        where, amounts = here, now
    return steps


def _differences(placement: str, states: Iterable[tuple[str, Amounts]]) -> Steps:
    steps: Steps = []
    before = NOTHING
    for day, now in states:
        if now != before:
            steps.append((placement, day, tuple(map(sub, now, before))))
            before = now
    return steps
