"""Where units were born. `unit_added` fixes a unit's birth path for ever; grants hold by it (docs/ledger.md#scopes).

A unit's id is a hash of the parent, code and name it was added with (docs/ledger.md#ids). Who adds one under an id that does not
fit has added nothing: so no office can say where another's unit was born, and whoever adds it again says the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from campmgr.facts.limits import Limit, Ways
from campmgr.ids import unit_id
from campmgr.ledger.envelope import Stream
from campmgr.ledger.order import ReadFact

DEFAULT_LINES = {"学校": "教育", "妇联": "妇联"}
"""A school or a women's federation that names no line and inherits none stands in its own (F-10)."""


class Birth(NamedTuple):
    """A unit as it was added: its path of ids "/…/…/", its line, own or inherited, and the day when."""

    unit: str
    path: str
    line: str
    recorded_on: str


class StreamLimits(Protocol):
    """What births ask of trust."""

    def limit(self, stream: Stream, unit: str) -> Limit:
        """How much of a stream counts for facts about a unit."""
        ...

    def is_root(self, writer: str) -> bool:
        """Whether a writer is the camp's root."""
        ...


class Births:
    """Answers `of(unit)`: the first authorised `unit_added`, in total order, whose parent is born."""

    def __init__(self, campaign: str, added: Mapping[str, Sequence[ReadFact]]) -> None:
        self._campaign = campaign
        self._added = added
        self._born: dict[str, Birth] = {}
        self._told: dict[str, ReadFact] = {}

    def units(self) -> list[str]:
        """Every unit that was born, in order."""
        return sorted(self._born)

    def of(self, unit: str) -> Birth | None:
        """A unit's birth, or None when it has none."""
        return self._born.get(unit)

    def told(self, unit: str) -> ReadFact:
        """The fact by which a unit was born; only until `let_go`."""
        return self._told[unit]

    def let_go(self) -> None:
        """Keep what was found, and no longer the facts: a province has hundreds of thousands."""
        self._added, self._told = {}, {}

    def find(self, trust: StreamLimits, ways: Ways) -> None:
        """Find every birth, from the top down: a unit is added by right, and rights reach as far as units."""
        below: dict[str, set[str]] = defaultdict(set)
        for unit, told in self._added.items():
            for one in told:
                below[one.body["parent"] or ""].add(unit)
        waiting = [""]
        for parent in waiting:  # it grows while it is walked through
            for unit in sorted(below[parent]):
                if unit not in self._born and (birth := self._first(trust, ways, unit)):
                    self._born[unit] = birth
                    waiting.append(unit)

    def _first(self, trust: StreamLimits, ways: Ways, unit: str) -> Birth | None:
        return next((birth for one in self._added[unit] if (birth := self._birth(trust, ways, unit, one))), None)

    def _birth(self, trust: StreamLimits, ways: Ways, unit: str, one: ReadFact) -> Birth | None:
        body, parent, above = one.body, one.body["parent"], None
        if unit != unit_id(parent or self._campaign, body["code"], body["name"], body["nonce"]):
            return None
        if parent is not None and (above := self.of(parent)) is None:
            return None
        if parent is None and not trust.is_root(one.fact.writer):
            return None
        if not ways.counts(trust.limit(Stream(one.fact.scope, one.fact.writer), parent or ""), one.fact):
            return None
        path, line = (above.path, above.line) if above else ("/", "")
        self._told[unit] = one
        return Birth(unit, f"{path}{unit}/", line_of(body["line"] or "", line, body["kind"]), one.fact.recorded_at[:10])


def line_of(own: str, inherited: str, kind: str) -> str:
    """A unit's line: its own, else the one above, else its kind's; "" for none."""
    return own or inherited or DEFAULT_LINES.get(kind, "")
