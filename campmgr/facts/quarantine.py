"""What is held and does not count: kept, passed on, and listed until somebody above lets it count (docs/ledger.md#trust)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from campmgr.facts.admission import limit_of
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.held import HeldStreams
from campmgr.facts.limits import ALL, Limit, Step, Ways
from campmgr.facts.units import units_of_word
from campmgr.facts.world import World
from campmgr.ledger.envelope import Fact, Stream, family_of
from campmgr.ledger.kinds import read_body
from campmgr.store import ledger
from campmgr.store.door import Reader

Reason = Literal["revoked", "never_granted", "between_grants"]
"""Why facts do not count: their node was revoked before they were known above; it never had the right; it had lost it."""


@dataclass(frozen=True, slots=True)
class QuarantinedStretch:
    """Facts of one branch of a stream that stand next to each other and do not count, all for one reason.

    `node` is "" where nobody ever enrolled the writer. `since`: when the first of them was recorded, as its machine's clock said.
    `chain` is the id of the last: with it the stretch can be let count.
    """

    scope: str
    writer: str
    node: str
    start: int
    end: int
    chain: str
    count: int
    reason: Reason
    since: str


def stretches_out(r: Reader, world: World, stream: Stream) -> Iterator[QuarantinedStretch]:
    """What of one stream is held and does not count, branch by branch."""
    counting = _Counting(r, world, stream)
    if counting.counts_all:
        return
    node, runs = world.trust.node_of(stream.writer), dict[tuple[str, Reason], tuple[Fact, Fact]]()
    for fact in ledger.of_stream(r, stream, after=counting.certain()):
        if not counting.counts(fact):
            reason = counting.reason(fact)
            first, _ = runs.pop((fact.previous, reason), (fact, fact))
            runs[fact.chain, reason] = first, fact
    for (_, reason), (first, last) in runs.items():
        yield QuarantinedStretch(
            *stream, node, first.seq, last.seq, last.chain, last.seq - first.seq + 1, reason, first.recorded_at
        )


class _Counting:
    """Which facts of a stream count: of people scopes and `public` by the stream's limit, of the tree each by its units."""

    def __init__(self, r: Reader, world: World, stream: Stream) -> None:
        self._r, self._world, self._stream = r, world, stream
        self._ways = Ways(HeldStreams(r))
        self._is_tree = family_of(stream.scope) == "units"
        self._limit = world.trust.until_revoked(stream) if self._is_tree else limit_of(world, stream)
        self._kinds = kinds_of(r)
        self.counts_all = self._limit == ALL and (not self._is_tree or world.trust.is_root(stream.writer))

    def certain(self) -> int:
        """Up to this number all counts, so that a long stream need not be read from its beginning."""
        steps = self._limit.steps
        if self._is_tree or not steps or steps[0] != Step(opens=True) or ledger.is_forked(self._r, self._stream):
            return 0
        return min((self._ways.reach(self._stream, step.heads).upto for step in steps if not step.opens), default=0)

    def counts(self, fact: Fact) -> bool:
        """Whether one fact does."""
        if not self._ways.counts(self._limit, fact):
            return False
        units = self._units(fact) if self._is_tree else []
        return all(self._ways.counts(self._world.trust.limit(self._stream, unit), fact) for unit in units)

    def _units(self, fact: Fact) -> list[str]:
        body = read_body(self._kinds, fact)
        return [] if body is None else units_of_word(fact.kind, fact.subject, body)

    def reason(self, fact: Fact) -> Reason:
        """Why one that does not count does not."""
        trust, steps = self._world.trust, self._limit.steps
        ends = len(trust.ends(trust.node_of(self._stream.writer)))
        if trust.is_root(self._stream.writer) or (ends and self._ways.counts(Limit(steps[:-ends]), fact)):
            return "revoked"
        return "between_grants" if len(steps) - ends > 1 else "never_granted"


def heads_of(r: Reader, stream: Stream) -> tuple[tuple[int, str], ...]:
    """The end of each branch of a stream that is held: (number, chain value)."""
    if not ledger.is_forked(r, stream):
        return tuple((fact.seq, fact.chain) for fact in ledger.last_of(r, stream))
    before = ledger.predecessors(r, stream)
    ends = ledger.by_chain(r, before.keys() - set(before.values()))
    return tuple(sorted((fact.seq, fact.chain) for fact in ends.values()))
