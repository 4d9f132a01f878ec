"""How far each neighbour is: last contact, what is outstanding both ways, and whether one's own records have arrived above.

"Arrived" is said of what a receipt proves, and of nothing else (docs/ledger.md#receipts).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from campmgr.areas.nodes.local.receipts import (
    HeardReceipt,
    PackHeard,
    PackMade,
    held_above,
    last_made,
    newest_of,
    packs_heard,
    receipts,
)  # fmt: skip
from campmgr.areas.nodes.queries.answered import Holdings, holdings, outstanding, reached, standing
from campmgr.clock import minute_text
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.laptops import laptop, own_node
from campmgr.facts.world import World
from campmgr.ledger.envelope import Stream
from campmgr.store import ledger
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER

_LOOKED_AT = 200
"""Streams whose first outstanding record is looked at to tell its age; where more lack something, it is told of these."""


class Owed(NamedTuple):
    """So many facts, the oldest recorded at that minute ("" where that cannot be told)."""

    facts: int
    since: str = ""


@dataclass(frozen=True, slots=True)
class NeighbourLine:
    """A laptop that packs are exchanged with. `is_answered`: whether a receipt tells what it holds; else all counts as outstanding.

    `outgoing` is what it does not hold by its receipts, `incoming` what it holds by them and this file does not.
    """

    node: str
    name: str
    is_above: bool
    made: PackMade | None
    receipt: HeardReceipt | None
    heard: PackHeard | None
    is_answered: bool
    outgoing: Owed
    incoming: Owed

    @property
    def last_contact(self) -> str:
        """When anything last came from it, as this machine's clock said: "2023-06-10 09:30"; "" for never."""
        times = [self.receipt.heard_at if self.receipt else "", self.heard.heard_at if self.heard else ""]
        return minute_text(max(times))

    @property
    def made_at(self) -> str:
        """When the last pack for it was made, as "2023-06-10 09:30"; "" for none."""
        return minute_text(self.made.made_at) if self.made else ""


class Arrival(NamedTuple):
    """How much of what this laptop has recorded a laptop above holds, as its receipts prove."""

    node: str
    name: str
    total: int
    arrived: int

    @property
    def is_whole(self) -> bool:
        """Whether all of it has arrived."""
        return self.arrived == self.total


def neighbours(world: World, node: str) -> tuple[str, ...]:
    """Who enrolled a node, and whom it enrolled: those it hands packs to."""
    trust = world.trust
    return (*trust.above(node)[:1], *(each for each in trust.nodes() if trust.above(each)[:1] == [node]))


def neighbour_lines(r: Reader, world: World, nodes: Iterable[str] | None = None) -> tuple[NeighbourLine, ...]:
    """Every neighbour that is not revoked, or these nodes: whoever stands above first."""
    own, held, heard = own_node(r, world), holdings(r), packs_heard(r)
    above = world.trust.above(own)
    chosen = neighbours(world, own) if nodes is None else nodes
    return tuple(
        _line(held, world, node, heard.get(node), is_above=node in above)
        for node in chosen
        if nodes is not None or world.trust.state(node) != "revoked"
    )


_CARRY = "carry_next"


def to_carry_up(r: Reader, world: World) -> NeighbourLine | None:
    """The laptop above, for the desk: what to carry there next; None for the root, and without a grant. Before its first receipt
    what was written up there, and came from there, is no errand of the desk's, though a pack would hold it.

    Kept in memory until something is recorded, or anything comes from there.
    """
    above = world.trust.above(own_node(r, world))[:1]
    if not above:
        return None
    version = (world.version, ledger.heads(r), newest_of(r, above[0]))
    known = r.memory.get(_CARRY)
    if not isinstance(known, tuple) or known[0] != version:
        line, held = neighbour_lines(r, world, above)[0], holdings(r)
        known = r.memory[_CARRY] = (version, replace(line, outgoing=_owed(held, _owed_streams(held, world, above[0]))))
    return known[1]  # type: ignore[no-any-return]


class OwedKind(NamedTuple):
    """How many facts of one kind, as people call it, the laptop above does not hold, and since which minute."""

    called: str
    facts: int
    since: str


def owed_above(r: Reader, world: World) -> tuple[OwedKind, ...]:
    """What `to_carry_up` counts, kind by kind, the most first; nothing for the root, and without a grant."""
    above = world.trust.above(own_node(r, world))[:1]
    if not above:
        return ()
    held, kinds = holdings(r), kinds_of(r)
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for stream, after, _count in _owed_streams(held, world, above[0]):
        for kind, count, since in r.all(_OWED, **stream._asdict(), after=after, last=held.ends[stream][0]):
            found[(kinds[kind].called if kind in kinds else kind) or "其他记录"].append((count, since))
    told = (OwedKind(called, sum(n for n, _ in each), minute_text(min(at for _, at in each))) for called, each in found.items())
    return tuple(sorted(told, key=lambda each: (-each.facts, each.called)))


def _owed_streams(held: Holdings, world: World, node: str) -> list[tuple[Stream, int, int]]:
    """What the desk owes the laptop above, as `outstanding` has it."""
    some = standing(held.r, world, node)
    theirs = set() if some else {w for each in (node, *world.trust.above(node)) for w in world.trust.writers_of(each)}
    may = {scope: world.trust.receives(node, scope) for scope in {stream.scope for stream in held.ends}}
    return list(outstanding(held, some, (each for each in held.ends if may[each.scope] and each.writer not in theirs)))


_OWED = """select kind, count(distinct seq), min(recorded_at) from facts
    where scope = :scope and writer = :writer and seq > :after and seq <= :last group by kind"""


def _line(held: Holdings, world: World, node: str, heard: PackHeard | None, *, is_above: bool) -> NeighbourLine:
    newest, some = next(iter(receipts(held.r, node)), None), standing(held.r, world, node)
    may = {scope: world.trust.receives(node, scope) for scope in {stream.scope for stream in held.ends}}
    lacks = list(outstanding(held, some, (stream for stream in held.ends if may[stream.scope])))
    incoming = Owed(_more_there(held, some), minute_text(newest.heard_at) if newest else "")
    return NeighbourLine(node, laptop(world, node), is_above, last_made(held.r, node), newest, heard, bool(some),
                         _owed(held, lacks), incoming)  # fmt: skip


def _owed(held: Holdings, lacks: Sequence[tuple[Stream, int, int]]) -> Owed:
    return Owed(sum(count for _, _, count in lacks), _since(held.r, [(stream, after) for stream, after, _ in lacks]))


def _since(r: Reader, behind: Sequence[tuple[Stream, int]]) -> str:
    """The minute at which the oldest of the facts next to these was recorded."""
    sql = "select recorded_at from facts where scope = :scope and writer = :writer and seq > :after order by seq limit 1"
    times = (r.value(sql, **stream._asdict(), after=after) for stream, after in islice(behind, _LOOKED_AT))
    return minute_text(min(filter(None, times), default=""))


def _more_there(held: Holdings, some: Sequence[HeardReceipt]) -> int:
    """How many facts a laptop holds that are not here, by its receipts."""
    ends: dict[Stream, int] = {}
    for one in some:
        for stream, line in one.lines.items():
            ends[stream] = max(line.end, ends.get(stream, 0))
    return sum(max(0, end - held.ends[stream][0] if stream in held.ends else end) for stream, end in ends.items())


def arrivals(r: Reader, world: World) -> tuple[Arrival, ...]:
    """Each laptop above, the nearest first: how much of what was recorded here has arrived there."""
    own, held = own_node(r, world), holdings(r)
    writers = {*world.trust.writers_of(own), r.meta(WRITER)}
    streams = [stream for stream in held.ends if stream.writer in writers]
    told = held_above(r)
    found = []
    for node in world.trust.above(own):
        mine = [stream for stream in streams if world.trust.receives(node, stream.scope)]
        by_receipt = {stream: min((reached(held, one, stream) for one in standing(r, world, node)), default=0) for stream in mine}
        for each in told:
            if each.node == node and each.stream in by_receipt:
                known = max((seq for seq, chain in each.points if held.holds(each.stream, (seq, chain))), default=0)
                by_receipt[each.stream] = max(known, by_receipt[each.stream])
        total = sum(held.ends[stream][0] for stream in mine)
        found.append(Arrival(node, laptop(world, node), total, sum(by_receipt.values())))
    return tuple(found)
