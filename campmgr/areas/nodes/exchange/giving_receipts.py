"""Giving a receipt: what this file holds of all that the maker of a pack may receive (docs/ledger.md#receipts).

It names the end of every branch, and, so that the maker can tell how far its own branch is held where this file is ahead of it,
the points that the maker has shown to hold. To a laptop below, what its own people wrote is signed line by line, and handed on
with what laptops above have signed: so a school learns that the province has it. It says what is otherwise since an earlier receipt
that the maker has; all of it where there is none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from campmgr.areas.nodes.exchange.knowing import succession
from campmgr.areas.nodes.exchange.receipt import Content, ReceiptHead, held_text, receipt_bytes
from campmgr.areas.nodes.exchange.taking import Accepted
from campmgr.areas.nodes.local.given import Given
from campmgr.areas.nodes.local.incoming import waiting_stretches
from campmgr.areas.nodes.local.receipts import (
    NOTHING_TOLD,
    HeldAbove,
    HeldLine,
    HeldLines,
    PackHeard,
    Point,
    held_above,
    line_text,
    note_heard,
    receipts,
    shown_by,
)  # fmt: skip
from campmgr.areas.nodes.queries.answered import Holdings, holdings
from campmgr.clock import utc_text
from campmgr.facts import world as worlds
from campmgr.facts.laptops import own_node
from campmgr.facts.world import World
from campmgr.ids import sha256
from campmgr.ledger.envelope import Stream
from campmgr.ledger.hpke import is_sealing_key
from campmgr.ledger.seal import KeyPair, sign, writer_of
from campmgr.store.door import Reader, Writer
from campmgr.store.ledger import own_key

_MOST_POINTS = 12
"""Points of one stream: of a file that was copied more often than that, the ends that got furthest."""

_LONG_ENOUGH = 16
"""Hex digits of a hash that tells one line from the next of the same stream; should two be equal, the whole digest is not."""


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


@dataclass(frozen=True, slots=True)
class Due:
    """What a receipt is to tell a laptop, before it has a number: for which keys, line by line, and what others have signed.

    `tells`: of each stream a hash of all that is said of it. `signs`: whether lines are signed one by one, to be passed on.
    """

    node: str
    keys: Sequence[str]
    world: World
    giver: KeyPair
    succeeds: tuple[str, ...]
    lines: HeldLines
    above: Sequence[HeldAbove]
    tells: Mapping[Stream, str]
    state: str
    signs: bool


def receipt_due(r: Reader, pack: str, made_by: str) -> Due | None:
    """What the receipt of a pack is to say; None where nobody is known who could read it: its maker has no grant here."""
    world, giver = worlds.load(r), own_key(r)
    node = world.trust.node_of(writer_of(made_by))
    keys = [key for key in world.trust.sealing_keys(node) if is_sealing_key(key)] if node else []
    if not keys:
        return None
    lines = held_lines(holdings(r), world, node)
    above = list(_passed_on(r, world, node, lines))
    texts, signed = {stream: line_text(stream, line) for stream, line in lines.items()}, defaultdict[Stream, str](str)
    for each in above:
        signed[each.stream] += each.signature
    tells = {stream: sha256(text + signed[stream])[:_LONG_ENOUGH] if stream in signed else sha256(text)[:_LONG_ENOUGH]
             for stream, text in texts.items()}  # fmt: skip
    signs = own_node(r, world) in world.trust.above(node)
    return Due(
        node, keys, world, giver, succession(r, world, giver, pack), lines, above, tells, sha256("".join(texts.values())), signs
    )


def receipt_of(due: Due, given: Given, pack: str, given_at: str, taken: Accepted) -> bytes:
    """The receipt of a pack that was taken in: all lines, or those that are otherwise since the one it goes on from."""
    lines = {stream: due.lines.get(stream, NOTHING_TOLD) for stream in given.changed}
    head = ReceiptHead(due.world.campaign, due.giver.public, given_at, pack, given.number, due.succeeds)
    above = [each for each in due.above if each.stream in lines]
    if due.signs:
        above += _signed(due.world, due.giver, given.number, lines, _people_of(due.world, due.node))
    return receipt_bytes(head, due.giver, due.keys, Content(_told(taken), given.since, due.state, lines, above))


def _told(taken: Accepted) -> dict[str, int]:
    """What became of the pack, in facts."""
    counts = Counter[str]({"new": taken.new, "known": taken.known, "quarantined": taken.quarantined})
    for each in taken.segments:
        if each.result not in {"new", "known"}:
            counts[each.result] += each.end - each.start + 1
    return dict(counts)


def held_lines(held: Holdings, world: World, node: str) -> HeldLines:
    """What is held of every stream that a laptop may receive or has written, and what of it waits; of others what it has shown.

    Who lost a scope lets go of it once it knows that what it wrote there, under an earlier key too, has arrived.
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
        elif points := tuple(sorted({point for point in shown.get(stream, ()) if held.holds(stream, point)})[-_MOST_POINTS:]):
            lines[stream] = HeldLine(points, held.bare.get(stream, 0))
    return lines


def _points(held: Holdings, stream: Stream, shown: Iterable[Point]) -> tuple[Point, ...]:
    """The ends of its branches, and whatever the other has shown of it that is held here too."""
    heads = held.heads(stream)
    more = {point for point in shown if point not in heads and held.holds(stream, point)}
    if len(heads) == 1 and not more:
        return heads
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
