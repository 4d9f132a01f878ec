"""Which segments to hand to whom, cut at seals (docs/ledger.md#packs)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from campmgr.facts.world import World
from campmgr.ledger.envelope import Fact, Stream, chain_of, envelope_text, family_of, genesis
from campmgr.ledger.seal import Seal
from campmgr.ledger.segment import Segment
from campmgr.store import ledger
from campmgr.store.door import Reader


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
    """A stream as one segment up to its last seal; a forked one as one segment a branch."""
    seals = ledger.seals_of(r, stream)
    if not seals:
        return
    start = genesis(campaign, stream).chain
    held = ledger.count_of(r, stream)
    if held == seals[-1].seq and len({mark.seq for mark in seals}) == len(seals):
        yield Outgoing(Segment(stream, 1, start, seals[-1]), ledger.of_stream(r, stream, upto=seals[-1].seq))
        return
    before, facts = _ancestry(r, campaign, stream)
    passed: set[str] = set()
    for mark in sorted(seals, reverse=True):
        if mark.chain not in passed:
            path = _path(before, facts, mark)
            passed |= {fact.chain for fact in path}
            yield Outgoing(Segment(stream, 1, start, mark), iter(path))


def pieces(r: Reader, campaign: str, stream: Stream) -> Iterator[Outgoing]:
    """An unforked stream cut at every seal."""
    after, previous = 0, genesis(campaign, stream).chain
    for mark in ledger.seals_of(r, stream):
        yield Outgoing(Segment(stream, after + 1, previous, mark), ledger.of_stream(r, stream, after=after, upto=mark.seq))
        after, previous = mark.seq, mark.chain


def _ancestry(r: Reader, campaign: str, stream: Stream) -> tuple[dict[str, str], dict[str, Fact]]:
    """Of a forked stream: each chain value's predecessor, and the facts by chain value."""
    before: dict[str, str] = {}
    facts: dict[str, Fact] = {}
    tips = {genesis(campaign, stream).chain}
    level: set[str] = set()
    seq = 1
    for fact in ledger.of_stream(r, stream):
        if fact.seq != seq:
            tips, level, seq = level, set(), fact.seq
        envelope = envelope_text(campaign, fact)
        before[fact.chain] = next((tip for tip in tips if chain_of(tip, envelope) == fact.chain), "")
        facts[fact.chain] = fact
        level.add(fact.chain)
    return before, facts


def _path(before: dict[str, str], facts: dict[str, Fact], mark: Seal) -> list[Fact]:
    path: list[Fact] = []
    chain = mark.chain
    while chain in facts:
        path.append(facts[chain])
        chain = before[chain]
    return path[::-1]
