"""Giving a receipt: what this file holds of all that the maker of a pack may receive (docs/ledger.md#receipts).

It names the end of every branch, and, so that the maker can tell how far its own branch is held where this file is ahead of it,
the points that the maker has shown to hold. To a laptop below, what its own people wrote is signed line by line, and handed on
with what laptops above have signed: so a school learns that the province has it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from campmgr.areas.nodes.exchange.knowing import succession
from campmgr.areas.nodes.exchange.receipt import Content, ReceiptHead, held_text, receipt_bytes
from campmgr.areas.nodes.exchange.taking import Accepted
from campmgr.areas.nodes.local.incoming import waiting_stretches
from campmgr.areas.nodes.local.receipts import (
    HeldAbove,
    HeldLine,
    HeldLines,
    PackHeard,
    Point,
    held_above,
    last_given,
    lines_text,
    next_number,
    note_given,
    note_heard,
    receipts,
    shown_by,
)  # fmt: skip
from campmgr.areas.nodes.queries.answered import Holdings, holdings
from campmgr.clock import local_text, utc_text
from campmgr.facts import world as worlds
from campmgr.facts.laptops import own_node
from campmgr.facts.world import World
from campmgr.ids import canonical, sha256
from campmgr.ledger.envelope import Stream
from campmgr.ledger.hpke import is_sealing_key
from campmgr.ledger.seal import KeyPair, sign, writer_of
from campmgr.store.door import Reader, Writer
from campmgr.store.ledger import own_key

_MOST_POINTS = 12
"""Points of one stream: of a file that was copied more often than that, the ends that got furthest."""


def note_pack(w: Writer, made_by: str, made_at: str, taken: Accepted) -> None:
    """Remember when a neighbour's pack came, and what it has shown to hold."""
    node = worlds.load(w).trust.node_of(writer_of(made_by))
    if not node:
        return
    shown: dict[Stream, Point] = {}
    for each in taken.segments:
        if each.chain:
            shown[each.stream] = max(shown.get(each.stream, (0, "")), (each.end, each.chain))
    facts = sum(each.end - each.start + 1 for each in taken.segments)
    note_heard(w, node, PackHeard(made_at, utc_text(w.clock.now()), facts, taken.new), shown)


def receipt_for(w: Writer, pack: str, made_by: str, taken: Accepted, known: int = 0) -> bytes:
    """The receipt of a pack that was taken in; b"" where nobody is known who could read it: its maker has no grant here.

    `known`: the number of the receipt that the maker holds already; b"" too where another would say the same.
    """
    world, giver = worlds.load(w), own_key(w)
    node = world.trust.node_of(writer_of(made_by))
    keys = [key for key in world.trust.sealing_keys(node) if is_sealing_key(key)] if node else []
    if not keys:
        return b""
    held = holdings(w)
    lines = held_lines(held, world, node)
    passed_on = list(_passed_on(w, world, node, lines))
    says = _says(lines, passed_on)
    if known and last_given(w, node) == (known, says):
        return b""
    number, succeeds = next_number(w), succession(w, world, giver, pack)
    note_given(w, node, number, says)
    head = ReceiptHead(world.campaign, giver.public, local_text(utc_text(w.clock.now())), pack, number, succeeds)
    own = _signed(world, giver, number, lines, _people_of(world, node)) if own_node(w, world) in world.trust.above(node) else []
    return receipt_bytes(head, giver, keys, Content(_told(taken), lines, [*own, *passed_on]))


def _says(lines: HeldLines, passed_on: Iterable[HeldAbove]) -> str:
    """A digest of what a receipt says, whatever its number."""
    return sha256(canonical([lines_text(lines), [[*each.stream, each.node, each.points] for each in passed_on]]))


def _told(taken: Accepted) -> dict[str, int]:
    """What became of the pack, in facts."""
    counts = Counter[str]({"new": taken.new, "known": taken.known, "quarantined": taken.quarantined})
    for each in taken.segments:
        if each.result not in {"new", "known"}:
            counts[each.result] += each.end - each.start + 1
    return dict(counts)


def held_lines(held: Holdings, world: World, node: str) -> HeldLines:
    """What is held of every stream that a laptop may receive or has written itself, and what of it waits.

    Who lost a scope lets go of it once it knows that what it wrote there has arrived.
    """
    own = {*world.trust.writers_of(node)}
    shown = defaultdict(list, {stream: [point] for stream, point in shown_by(held.r, node).items()})
    for one in receipts(held.r, node)[:1]:
        for stream, line in one.lines.items():
            shown[stream] += line.points
    waiting = waiting_stretches(held.r)
    lines: dict[Stream, HeldLine] = {}
    may = {scope: world.trust.receives(node, scope) for scope in {stream.scope for stream in (*held.ends, *waiting)}}
    for stream in sorted({*held.ends, *waiting}):
        if may[stream.scope] or stream.writer in own:
            points = _points(held, stream, shown[stream]) if stream in held.ends else ()
            lines[stream] = HeldLine(points, held.bare.get(stream, 0), waiting.get(stream, ()))
    return lines


def _points(held: Holdings, stream: Stream, shown: Iterable[Point]) -> tuple[Point, ...]:
    """The ends of its branches, and whatever the other has shown of it that is held here too."""
    heads = held.heads(stream)
    more = {point for point in shown if point not in heads and held.holds(stream, point)}
    return (*sorted(heads, reverse=True)[:_MOST_POINTS], *sorted(more, reverse=True)[:_MOST_POINTS])


def _people_of(world: World, node: str) -> set[str]:
    """The writers of a laptop and of those below it."""
    return {writer for each in (node, *world.trust.below(node)) for writer in world.trust.writers_of(each)}


def _signed(world: World, giver: KeyPair, number: int, lines: HeldLines, writers: set[str]) -> Iterator[HeldAbove]:
    for stream, line in lines.items():
        if stream.writer in writers and line.points:
            text = held_text(world.campaign, giver.public, number, stream, line.points)
            yield HeldAbove(stream, "", giver.public, number, line.points, sign(giver, text))


def _passed_on(r: Reader, world: World, node: str, lines: HeldLines) -> Iterator[HeldAbove]:
    """What laptops above have signed about what the laptop and those below it wrote."""
    writers, above = _people_of(world, node), set(world.trust.above(node))
    for each in held_above(r):
        if each.node in above and each.stream.writer in writers and each.stream in lines:
            yield each
