"""A person's days: from when on they joined, learned, completed, were ready and certified, and where they counted then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import sub
from typing import Any

from campmgr.clock import LARGEST
from campmgr.facts.tables import NOTHING
from campmgr.facts.totals import Amounts, Steps

NEVER = "\uffff"
"""Later than every day."""


@dataclass(slots=True)
class Days:
    """What happened to a person on which day, as the parts add it one after another. ISO days; NEVER for what has not happened."""

    registered: Sequence[str] = ()
    """On which days the person, or somebody merged with them, was registered."""
    seen: list[str] = field(default_factory=list)
    """Days on which anything says that they had joined."""
    credited: Sequence[tuple[str, int]] = ()
    """The running total in hundredths after each day with marks."""
    complete_on: str = NEVER
    ready_on: str = NEVER
    certified: Sequence[tuple[str, str]] = ()
    """Each certificate: from, until (NEVER while valid)."""
    signed_in: bool = False

    @property
    def joined_on(self) -> str:
        """The first day of all; "" while nothing says one."""
        return min(self.seen, default="")

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


def days_told(told: Mapping[str, Any]) -> Days | None:
    """A person's days as they were told; None when the telling has not their form."""
    try:
        credited = [(str(day), int(total)) for day, total in told["credited"]]
        if any(not 0 <= total <= LARGEST for _, total in credited):
            return None
        return Days(
            seen=[str(told["joined_on"])],
            credited=credited,
            complete_on=str(told["complete_on"]),
            ready_on=str(told["ready_on"]),
            certified=[(str(since), str(until)) for since, until in told["certified"]],
            signed_in=bool(told["signed_in"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def states_of(person: Days) -> list[tuple[str, Amounts]]:
    """(day, all that counts from that day on), in order."""
    days = {person.joined_on, person.complete_on, person.ready_on}
    days.update(day for day, _ in person.credited)
    days.update(day for span in person.certified for day in span)
    days.discard(NEVER)
    states: list[tuple[str, Amounts]] = []
    hours, place, credited = 0, 0, person.credited
    for day in sorted(days):
        while place < len(credited) and credited[place][0] <= day:
            hours = credited[place][1]
            place += 1
        certified = any(since <= day < until for since, until in person.certified)
        states.append(
            (day, (1, int(hours > 0), int(person.complete_on <= day), int(person.ready_on <= day), int(certified), hours, 0, 0))
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
