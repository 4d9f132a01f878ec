"""Which stored facts count: authorised by the grants, and not beyond a cut (docs/ledger.md#trust)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from campmgr.facts.trust import WITHOUT_END, Limit
from campmgr.facts.world import World
from campmgr.ledger.envelope import Fact, Stream, scope_unit
from campmgr.store import ledger
from campmgr.store.door import Reader


class Admission:
    """Lets through what counts. Remembers its answer for every stream, for the length of one fold."""

    def __init__(self, world: World, r: Reader) -> None:
        self._world = world
        self._r = r
        self._limits: dict[tuple[str, str], int] = {}
        self._branches: dict[tuple[str, str], frozenset[str] | None] = {}

    def of(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """The facts that count, in the order given."""
        limits = self._limits
        for fact in facts:
            stream = (fact.scope, fact.writer)
            limit = limits.get(stream)
            if limit is None:
                limit = self._limit(Stream(*stream))
            if fact.seq <= limit and (limit == WITHOUT_END or self._on_branch(stream, fact)):
                yield fact

    def _limit(self, stream: Stream) -> int:
        answer = limit_of(self._world, stream)
        self._limits[stream] = answer.seq
        if answer.seq != WITHOUT_END:
            self._branches[stream] = self._branch(stream, answer)
        return answer.seq

    def _on_branch(self, stream: tuple[str, str], fact: Fact) -> bool:
        branch = self._branches[stream]
        return branch is None or fact.chain in branch

    def _branch(self, stream: Stream, limit: Limit) -> frozenset[str] | None:
        """Of a forked and cut stream, the facts that lead to the cut; None when it is not forked below it."""
        facts = list(ledger.of_stream(self._r, stream, upto=limit.seq))
        if len(facts) == len({fact.seq for fact in facts}) and (not facts or facts[-1].chain == limit.chain):
            return None
        return frozenset(_leading_to(facts, limit.chain))


def limit_of(world: World, stream: Stream) -> Limit:
    """How far a stream of a people scope counts."""
    unit = scope_unit(stream.scope)
    return world.trust.limit(stream, unit) if unit is not None else Limit(WITHOUT_END)


def _leading_to(facts: Iterable[Fact], chain: str) -> Iterator[str]:
    """The chain values on the way from the stream's beginning to `chain`."""
    before = {fact.chain: fact.previous for fact in facts}
    while chain in before:
        yield chain
        chain = before[chain]
