"""What other areas add to the fold of a person: what they gather of each, and what that says of days, rows and doubts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from campmgr.clock import LARGEST
from campmgr.facts.fold import Part
from campmgr.facts.totals import Amounts
from campmgr.facts.world import World
from campmgr.ledger.order import ReadFact
from campmgr.store.door import Row, Writer
from campmgr.store.tables import Table

NEVER = "\uffff"
"""Later than every day."""


Rows = dict[Table, list[Row]]


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


class Share(Protocol):
    """What a part gathers of one person; its methods that take facts are named in the part's `kinds`."""

    def add_days(self, days: Days) -> None:
        """Add to what happened on which day. Not asked of somebody whose progress only another scope tells."""
        ...

    def add_rows(self, person: str, rows: Rows) -> None:
        """Add the rows of the part's tables."""
        ...

    def doubts(self, days: Days) -> Iterable[tuple[str, object]]:
        """(matter, detail) of what a human should look at."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPart(Part):
    """A part of the fold of people."""

    fold: str = "people"
    kinds: Mapping[str, Callable[[Any, ReadFact], None]]
    """Kind -> the method of the share that takes such a fact. They are taken in total order, save what `ends` says."""
    begin: Callable[[World], Callable[[], Share]]
    """Called once for a run of people: what makes an empty share, under the rules of this world."""
    ends: frozenset[str] = frozenset()
    """Kinds that end something by its id: they are taken last, since a clock that runs ahead must not put an end before its
    beginning."""
    says_of_everyone: bool = False
    """Whether it says something even of people of whom it took no fact."""
    write: Callable[[Writer, Sequence[str], Mapping[Table, list[Row]]], None] | None = None
    """How these people's rows are written, where that is more than keeping each table by its owner; the rows of `people` are
    there by then."""


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
