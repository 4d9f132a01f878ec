"""Which segments to hand to whom, cut at seals (docs/ledger.md#packs)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from campmgr.areas.nodes.local.receipts import Point
from campmgr.areas.nodes.queries.answered import Holdings
from campmgr.facts.world import World
from campmgr.ledger.envelope import PUBLIC, Fact, Stream, family_of, genesis
from campmgr.ledger.segment import Segment
from campmgr.store import ledger
from campmgr.store.door import Reader

_RUN = 400

LEAST = 400
"""Facts after which a stream is cut at its next seal: whoever takes a pack in writes segment by segment, while others wait."""


class Outgoing(NamedTuple):
    """A segment with its facts, read as they are needed."""

    segment: Segment
    facts: Iterator[Fact]


def streams_for(held: Holdings, world: World, node: str) -> list[Stream]:
    """The streams a node receives: public, the unit tree, and the people scopes its grant covers; all of them for "".

    Public and the tree come first, since they decide about the rest.
    """
    chosen = [stream for stream in held.ends if _goes_to(world, node, stream.scope)]
    return sorted(chosen, key=lambda stream: (_rank(stream.scope), stream))


def _goes_to(world: World, node: str, scope: str) -> bool:
    """Whether a scope is sent; a family that this program does not know is sent to nobody, not even upward."""
    return world.trust.receives(node, scope) if node else bool(family_of(scope))


def _rank(scope: str) -> int:
    return 0 if scope == "public" else 1 if scope.startswith("units/") else 2


def lacking(held: Holdings, campaign: str, stream: Stream, held_by: Sequence[Collection[Point]]) -> Iterator[Outgoing]:
    """What of a stream, up to its last seal, somebody lacks; cut where it is long.

    `held_by`: points of this file's own that each receiver holds, and everything before them; () for one that has nothing. What all
    of them hold is left out. Of a forked stream the longest branch comes first, then each other from its fork on.
    """
    end = held.ends.get(stream)
    if end is None or (all(end in points and stream not in held.forked for points in held_by) and held_by):
        return
    if ledger.is_forked(held.r, stream):
        yield from _branches(held.r, campaign, stream, held_by)
        return
    start = (0, genesis(campaign, stream).chain)
    after, previous = min((max(points, default=start) for points in held_by), default=start)
    yield from pieces(held.r, campaign, stream, LEAST, after, previous)


def introductions(world: World, writer: str) -> list[Stream]:
    """The streams in which a laptop's present writer, and those before it, said whose place they take; the newest first, a few."""
    return [Stream(PUBLIC, each) for each in world.trust.lineage(writer) if each != world.trust.node_of(each)][:_INTRODUCED]


def introduced(held: Holdings, campaign: str, stream: Stream, some: Iterator[Outgoing]) -> Iterator[Outgoing]:
    """These pieces of a stream, and before them its beginning, where they do not have it.

    A receipt may say that it is held, and be another's: a copy of the receiver that never heard of the maker's new key could not
    close a receipt for it, and would never say what it lacks.
    """
    first = next(some, None)
    if (first is None or first.segment.start > 1) and not ledger.is_forked(held.r, stream):
        yield from islice(pieces(held.r, campaign, stream), 1)
    if first is not None:
        yield first
        yield from some


_INTRODUCED = 8
"""How many keys back: whoever missed more is helped by a whole pack."""


def _branches(r: Reader, campaign: str, stream: Stream, held_by: Sequence[Collection[Point]]) -> Iterator[Outgoing]:
    before = ledger.predecessors(r, stream)
    sent = {genesis(campaign, stream).chain}
    sent |= set.intersection(*(_up_to(before, points) for points in held_by)) if held_by else set()
    for mark in sorted(ledger.seals_of(r, stream), reverse=True):
        path: list[str] = []
        chain = mark.chain
        while chain not in sent and chain in before:
            path.append(chain)
            chain = before[chain]
        if path and chain in sent:
            sent.update(path)
            yield Outgoing(Segment(stream, mark.seq - len(path) + 1, chain, mark), _facts(r, path[::-1]))


def _up_to(before: Mapping[str, str], points: Iterable[Point]) -> set[str]:
    """These facts of a stream and all before them."""
    found: set[str] = set()
    for _, end in points:
        chain = end
        while chain in before and chain not in found:
            found.add(chain)
            chain = before[chain]
    return found


def _facts(r: Reader, chains: Sequence[str]) -> Iterator[Fact]:
    """These facts in this order, some at a time."""
    for at in range(0, len(chains), _RUN):
        run = chains[at : at + _RUN]
        found = ledger.by_chain(r, run)
        yield from (found[chain] for chain in run)


def pieces(r: Reader, campaign: str, stream: Stream, least: int = 1, after: int = 0, previous: str = "") -> Iterator[Outgoing]:
    """An unforked stream behind a fact, cut at its seals, each piece but the last of so many facts at least."""
    previous = previous or genesis(campaign, stream).chain
    seals = ledger.seals_of(r, stream, after)
    for mark in seals:
        if mark.seq - after >= least or mark is seals[-1]:
            yield Outgoing(Segment(stream, after + 1, previous, mark), ledger.of_stream(r, stream, after=after, upto=mark.seq))
            after, previous = mark.seq, mark.chain
