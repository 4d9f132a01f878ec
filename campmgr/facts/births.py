"""Units as they were born. `unit_added` fixes a unit's birth path for ever; grants hold by it (docs/ledger.md#scopes).

A unit's id is a hash of the parent, code and name it was added with (docs/ledger.md#ids). Who adds one under an id that does not
fit has added nothing: so no office can say where another's unit was born, and whoever adds it again says the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from sys import intern
from typing import Any, NamedTuple, Protocol

from campmgr.facts.limits import Limit, Ways
from campmgr.facts.units import Unit, line_of
from campmgr.ids import unit_id
from campmgr.ledger.envelope import Fact, Stream, subject_key
from campmgr.ledger.order import ReadFact


class StreamLimits(Protocol):
    """What births ask of trust."""

    def limit(self, stream: Stream, unit: str) -> Limit:
        """How much of a stream counts for facts about a unit."""
        ...

    def is_root(self, writer: str) -> bool:
        """Whether a writer is the camp's root."""
        ...


class Added(NamedTuple):
    """A word that adds a unit, as little of it as is needed: a nation has hundreds of thousands. `parent` is "" for the root."""

    unit: str
    parent: str
    code: str
    name: str
    kind: str
    own_line: str
    expected: int | None
    takes_part: bool
    born_on: str
    stream: Stream
    seq: int
    chain: str


FOLDED = Stream("", "")
"""Stands in place of the stream where nobody has to ask any more whether a word counts: the folded units have its unit."""


class Births:
    """Answers `of(unit)`: the first authorised `unit_added`, in total order, whose parent is born."""

    def __init__(self, campaign: str, born: Mapping[str, Unit] | None = None) -> None:
        """`born`: units that are known to have been born."""
        self._campaign = campaign
        self._born: Mapping[str, Unit] = born or {}
        self._fresh: dict[str, Unit] = {}
        self._waiting: dict[str, list[Sequence[Added]]] = defaultdict(list)

    def of(self, unit: str) -> Unit | None:
        """A unit as it was added, or None when it was not."""
        known = self._born.get(unit) or self._fresh.get(unit)
        return known.at_birth if known else None

    def found(self) -> dict[str, Unit]:
        """What was found to be born, beside what had been known."""
        return self._fresh

    def waited_for(self) -> frozenset[str]:
        """Units that nobody has added with effect, though others were added below them."""
        return frozenset(self._waiting)

    def stand_in(self, units: Mapping[str, Unit]) -> None:
        """All that were born are among these, which remember how they were."""
        self._born, self._fresh, self._waiting = units, {}, defaultdict(list)

    def read(self, fact: Fact, body: Mapping[str, Any]) -> Added | None:
        """What a `unit_added` says; None where its id does not fit."""
        unit, parent = subject_key(fact.subject), body["parent"]
        if unit != unit_id(parent or self._campaign, body["code"], body["name"], body["nonce"]):
            return None
        return Added(unit, parent or "", body["code"], body["name"], intern(body["kind"]), intern(body["line"] or ""),
                     body["expected"], body["participating"], intern(fact.recorded_at[:10]), Stream(fact.scope, fact.writer),
                     fact.seq, fact.chain)  # fmt: skip

    def find(self, trust: StreamLimits, ways: Ways, added: Iterable[Sequence[Added]]) -> None:
        """Find every birth. `added`: for each unit all that adds it, in total order; the units in any order. Each is born after its
        parent: a unit is added by right, and rights reach as far as units.
        """
        for each in added:
            todo = [each]
            while todo:
                words = todo.pop()
                unit, parent = words[0].unit, words[0].parent
                if self.of(unit) is not None:
                    continue
                if parent and self.of(parent) is None:
                    self._waiting[parent].append(words)
                elif born := next((born for one in words if (born := self._birth(trust, ways, one))), None):
                    self._fresh[unit] = born
                    todo += self._waiting.pop(unit, ())

    def is_born_by(self, trust: StreamLimits, ways: Ways, one: ReadFact) -> bool:
        """Whether a unit may have been born by this very word."""
        return bool((added := self.read(one.fact, one.body)) and self._birth(trust, ways, added))

    def _birth(self, trust: StreamLimits, ways: Ways, one: Added) -> Unit | None:
        above = self.of(one.parent) if one.parent else None
        if one.stream is FOLDED:
            return _unit_of(one, above)
        if above is None and not trust.is_root(one.stream.writer):
            return None
        if not ways.counts_at(trust.limit(one.stream, one.parent), one.stream, one.seq, one.chain):
            return None
        return _unit_of(one, above)


def _unit_of(one: Added, above: Unit | None) -> Unit:
    line = line_of(one.own_line, above.line if above else "", one.kind)
    return Unit(one.unit, one.code, one.name, one.kind, above, one.own_line, line, one.expected, one.takes_part, one.born_on)
