"""How much of a stream counts: what opens and closes it, and which facts lie before a cut, on which branch.

The rules stand in docs/ledger.md#trust.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from campmgr.ledger.envelope import Fact, Stream

Heads = tuple[tuple[int, str], ...]
"""Places of one stream, (number, chain value): of a forked stream one for each branch."""


class Step(NamedTuple):
    """A grant that covers what the one before did not, or a word that ends it, with what its giver had seen of the stream.

    What was seen when a right ended counts as it did, all else does not. What was seen when a right began stays as it is: it was
    said without the right; all else counts.
    """

    opens: bool
    heads: Heads = ()


class Stretch(NamedTuple):
    """A stretch of one branch that somebody above let count: from one number to another, on the way to a chain value."""

    start: int
    end: int
    chain: str


class Limit(NamedTuple):
    """How much of a stream counts for one unit, step by step, and what counts all the same."""

    steps: tuple[Step, ...] = ()
    admitted: tuple[Stretch, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether what is said next counts."""
        return bool(self.steps) and self.steps[-1].opens


ALL = Limit((Step(opens=True),))
NONE = Limit()


class Reach(NamedTuple):
    """What leads to some heads: all up to a number, of a forked stream just some facts."""

    upto: int
    chains: frozenset[str] | None = None

    def has(self, seq: int, chain: str) -> bool:
        """Whether a fact lies on the way."""
        return seq <= self.upto and (self.chains is None or chain in self.chains)


class Streams(Protocol):
    """What is held of streams."""

    def is_forked(self, stream: Stream) -> bool:
        """Whether two facts of a stream bear one number."""
        ...

    def chain_at(self, stream: Stream, seq: int) -> str | None:
        """The chain value at a place of a stream that is not forked; None where nothing is held."""
        ...

    def predecessors(self, stream: Stream) -> Mapping[str, str]:
        """Of each fact of a stream the chain value before it."""
        ...


class Ways:
    """Answers which held facts lead to which heads. Made for one look at a data file, since what is held changes."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._reaches: dict[tuple[Stream, Heads], Reach] = {}

    def counts(self, limit: Limit, fact: Fact) -> bool:
        """Whether a fact counts within the limit of its stream."""
        return self.counts_at(limit, Stream(fact.scope, fact.writer), fact.seq, fact.chain)

    def counts_at(self, limit: Limit, stream: Stream, seq: int, chain: str) -> bool:
        """Whether what stands at a place of a stream counts within its limit."""
        if limit == ALL:
            return True
        answer = False
        for step in limit.steps:
            seen = self.reach(stream, step.heads).has(seq, chain)
            answer = (answer or not seen) if step.opens else (answer and seen)
        return answer or any(
            stretch.start <= seq and self.reach(stream, ((stretch.end, stretch.chain),)).has(seq, chain)
            for stretch in limit.admitted
        )

    def reach(self, stream: Stream, heads: Heads) -> Reach:
        """What of a stream leads to these heads.

        Of a stream that is not forked, and of which less is held, that is all. A head on a branch that is not held leads nowhere.
        """
        known = self._reaches.get((stream, heads))
        if known is None:
            known = self._reaches[stream, heads] = self._reach(stream, heads) if heads else Reach(0)
        return known

    def _reach(self, stream: Stream, heads: Heads) -> Reach:
        if not self._streams.is_forked(stream):
            fitting = (seq for seq, chain in heads if self._streams.chain_at(stream, seq) in {chain, None})
            return Reach(max(fitting, default=0))
        before, chains = self._streams.predecessors(stream), set[str]()
        for _, chain in heads:
            at = chain
            while at in before and at not in chains:
                chains.add(at)
                at = before[at]
        return Reach(max(seq for seq, _ in heads), frozenset(chains))
