"""Which segments to hand to whom, cut at seals (docs/ledger.md#packs)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from campmgr.facts.world import World
from campmgr.ledger.envelope import Fact, Stream, family_of, genesis
from campmgr.ledger.segment import Segment
from campmgr.store import ledger
from campmgr.store.door import Reader

_RUN = 400

LEAST = 1000
"""Facts after which a stream is cut at its next seal: whoever takes a pack in writes segment by segment, while others wait."""


class Outgoing(NamedTuple):
    """A segment with its facts, read as they are needed."""

    segment: Segment
    facts: Iterator[Fact]


def streams_for(r: Reader, world: World, node: str) -> list[Stream]:
    """The streams a node receives: public, the unit tree, and the people scopes its grant covers; all of them for "".

    Public and the tree come first, since they decide about the rest.
    """
    chosen = [stream for stream in ledger.streams(r) if _goes_to(world, node, stream.scope)]
    return sorted(chosen, key=lambda stream: (_rank(stream.scope), stream))


def _goes_to(world: World, node: str, scope: str) -> bool:
    """Whether a scope is sent; a family that this program does not know is sent to nobody, not even upward."""
    return world.trust.receives(node, scope) if node else bool(family_of(scope))


def _rank(scope: str) -> int:
    return 0 if scope == "public" else 1 if scope.startswith("units/") else 2


def whole_stream(r: Reader, campaign: str, stream: Stream) -> Iterator[Outgoing]:
    """A stream up to its last seal, cut where it is long; of a forked one its longest branch, and each other from its fork on."""
    seals = ledger.seals_of(r, stream)
    if not seals:
        return
    start = genesis(campaign, stream).chain
    if not ledger.is_forked(r, stream):
        yield from pieces(r, campaign, stream, LEAST)
        return
    before = ledger.predecessors(r, stream)
    sent: set[str] = {start}
    for mark in sorted(seals, reverse=True):
        path: list[str] = []
        chain = mark.chain
        while chain not in sent and chain in before:
            path.append(chain)
            chain = before[chain]
        if path and chain in sent:
            sent.update(path)
            yield Outgoing(Segment(stream, mark.seq - len(path) + 1, chain, mark), _facts(r, path[::-1]))


def _facts(r: Reader, chains: Sequence[str]) -> Iterator[Fact]:
    """These facts in this order, some at a time."""
    for at in range(0, len(chains), _RUN):
        run = chains[at : at + _RUN]
        found = ledger.by_chain(r, run)
        yield from (found[chain] for chain in run)


def pieces(r: Reader, campaign: str, stream: Stream, least: int = 1) -> Iterator[Outgoing]:
    """An unforked stream cut at its seals, each piece but the last of so many facts at least."""
    after, previous = 0, genesis(campaign, stream).chain
    seals = ledger.seals_of(r, stream)
    for mark in seals:
        if mark.seq - after >= least or mark is seals[-1]:
            yield Outgoing(Segment(stream, after + 1, previous, mark), ledger.of_stream(r, stream, after=after, upto=mark.seq))
            after, previous = mark.seq, mark.chain
