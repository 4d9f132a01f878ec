"""Where units were born. `unit_added` fixes a unit's birth path for ever; grants hold by it (docs/ledger.md#scopes)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from campmgr.ledger.envelope import Stream
from campmgr.ledger.order import ReadFact

DEFAULT_LINES = {"学校": "教育", "妇联": "妇联"}
"""A school or a women's federation that names no line and inherits none stands in its own (F-10)."""


class Birth(NamedTuple):
    """A unit as it was added: the fact, its path "/35/3501/…/" and its line, own or inherited."""

    unit: str
    path: str
    line: str
    told: ReadFact


class StreamLimits(Protocol):
    """What births ask of trust."""

    @property
    def settled(self) -> bool:
        """Whether answers may be remembered."""
        ...

    def limit(self, stream: Stream, unit: str) -> tuple[int, str]:
        """How far a stream counts for facts about a unit."""
        ...

    def is_root(self, writer: str) -> bool:
        """Whether a writer is the camp's root."""
        ...


class Births:
    """Answers `of(unit)`: the first authorised `unit_added`, in total order, whose parent is born."""

    def __init__(self, added: Mapping[str, Sequence[ReadFact]]) -> None:
        self._added = added
        self._born: dict[str, Birth | None] = {}
        self._deciding: set[str] = set()
        self._trust: StreamLimits | None = None

    def bind(self, trust: StreamLimits) -> None:
        """Trust and births need each other: a unit is added by right, and rights reach as far as units."""
        self._trust = trust

    def units(self) -> list[str]:
        """Every unit somebody added, born or not."""
        return sorted(self._added)

    def of(self, unit: str) -> Birth | None:
        """A unit's birth, or None when it has none; a unit that is being decided is not born yet (no circles)."""
        if unit in self._born:
            return self._born[unit]
        if unit in self._deciding:
            return None
        self._deciding.add(unit)
        found = next((birth for one in self._added.get(unit, ()) if (birth := self._birth(unit, one))), None)
        self._deciding.discard(unit)
        if self._trust is not None and self._trust.settled:
            self._born[unit] = found
        return found

    def _birth(self, unit: str, one: ReadFact) -> Birth | None:
        trust, parent = self._trust, one.body["parent"]
        if trust is None:
            return None
        own = one.body["line"] or ""
        if parent is None:
            if not trust.is_root(one.fact.writer):
                return None
            return Birth(unit, f"/{unit}/", line_of(own, "", one.body["kind"]), one)
        above = self.of(parent)
        if above is None or one.fact.seq > trust.limit(Stream(one.fact.scope, one.fact.writer), parent)[0]:
            return None
        return Birth(unit, f"{above.path}{unit}/", line_of(own, above.line, one.body["kind"]), one)


def line_of(own: str, inherited: str, kind: str) -> str:
    """A unit's line: its own, else the one above, else its kind's; "" for none."""
    return own or inherited or DEFAULT_LINES.get(kind, "")
