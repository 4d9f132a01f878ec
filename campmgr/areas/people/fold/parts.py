"""What other areas add to the fold of a person: what they gather of each, and what that says of days, rows and doubts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from campmgr.areas.people.fold.person_days import Days
from campmgr.facts.fold import Part
from campmgr.facts.world import World
from campmgr.ledger.order import ReadFact
from campmgr.store.door import Row, Writer
from campmgr.store.tables import Table

Rows = dict[Table, list[Row]]


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
