"""Which stored facts count: authorised by the grants, and not beyond a cut (docs/ledger.md#trust)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from campmgr.facts.held import HeldStreams
from campmgr.facts.limits import ALL, Limit, Step, Ways
from campmgr.facts.units import units_of_word
from campmgr.facts.world import World
from campmgr.ledger.envelope import PUBLIC, Fact, Stream, scope_unit
from campmgr.ledger.kinds import decoded
from campmgr.store.door import Reader

_BY_FACT = Limit((Step(opens=True),))
"""Stands for the streams of the unit tree: who may say it depends on the unit spoken of."""


class Admission:
    """Lets through what counts. Remembers its answer for every stream, for the length of one fold."""

    def __init__(self, world: World, r: Reader) -> None:
        self._world = world
        self._r = r
        self._limits: dict[tuple[str, str], Limit] = {}

    @cached_property
    def _ways(self) -> Ways:
        return Ways(HeldStreams(self._r))  # made where it is needed: most streams count whole

    def of(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """The facts that count, in the order given."""
        limits = self._limits
        for fact in facts:
            stream = (fact.scope, fact.writer)
            limit = limits.get(stream)
            if limit is None:
                in_tree = fact.scope.startswith("units/")
                limit = limits[stream] = _BY_FACT if in_tree else limit_of(self._world, Stream(*stream))
            if limit is ALL or (self._counts_in_the_tree(fact) if limit is _BY_FACT else self._ways.counts(limit, fact)):
                yield fact

    def _counts_in_the_tree(self, fact: Fact) -> bool:
        """Whether its writer had the right to the units that a word about the tree speaks of."""
        body = decoded(fact.body or "")
        units = units_of_word(fact.kind, fact.subject, body) if body else []
        stream, trust = Stream(fact.scope, fact.writer), self._world.trust
        return all(self._ways.counts(trust.limit(stream, unit), fact) for unit in units)

    def counts_for(self, unit: str, stream: Stream, seq: int, chain: str) -> bool:
        """Whether what stands at a place of a stream counts where it speaks for a unit, be that of another scope."""
        return self._ways.counts_at(self._world.trust.limit(stream, unit), stream, seq, chain)


def limit_of(world: World, stream: Stream) -> Limit:
    """How much of a stream counts: of people scopes for their unit; of the unit tree it is decided fact by fact."""
    unit = scope_unit(stream.scope)
    if unit is not None:
        return world.trust.limit(stream, unit)
    return world.trust.until_revoked(stream) if stream.scope == PUBLIC else ALL
