"""What a neighbour is known to hold, by its receipts: whatever they do not prove is sent (docs/ledger.md#receipts)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from campmgr.areas.nodes.local.incoming import FORKED, noticed_subjects
from campmgr.areas.nodes.local.receipts import NOTHING_TOLD, HeardReceipt, HeldLine, PackMade, Point, made, receipts
from campmgr.facts.quarantine import heads_of
from campmgr.facts.world import World
from campmgr.ledger.envelope import Stream
from campmgr.store import ledger
from campmgr.store.door import Reader


@dataclass(slots=True)
class Holdings:
    """What this file holds: the end of each stream, those that are forked, and how many facts stand without body."""

    r: Reader
    ends: Mapping[Stream, Point]
    forked: frozenset[Stream]
    bare: Mapping[Stream, int]
    _known: dict[tuple[Stream, Point], bool] = field(default_factory=dict)

    def heads(self, stream: Stream) -> tuple[Point, ...]:
        """The end of each branch, as far as it is sealed."""
        return heads_of(self.r, stream) if stream in self.forked else (self.ends[stream],)

    def holds(self, stream: Stream, point: Point) -> bool:
        """Whether this very fact is held."""
        if self.ends.get(stream) == point:
            return True
        key = (stream, point)
        if key not in self._known:
            self._known[key] = ledger.holds(self.r, stream, *point)
        return self._known[key]


def holdings(r: Reader) -> Holdings:
    """What this file holds at this moment."""
    forked = frozenset(Stream(*subject.split(" ")) for subject in noticed_subjects(r, FORKED))
    return Holdings(r, ledger.ends(r), forked, ledger.without_body(r))


def standing(r: Reader, world: World, node: str) -> list[HeardReceipt]:
    """The receipts that say together what a laptop holds, the least of them counting; () for one of which that is not known.

    Each of its writers that nobody has succeeded must have answered; of one whose words are forked, or that has said less than
    before, the last few count: its file was copied, and nobody knows which copy has answered.
    """
    counting = by_writer(r, world, node)
    return [one for some in counting.values() for one in some] if all(counting.values()) else []


def by_writer(r: Reader, world: World, node: str) -> dict[str, list[HeardReceipt]]:
    """What each file of a laptop says it holds: a laptop that was copied unnoticed is several; [] for one that should answer still.

    Of each writer the receipt of the latest answered pack, or the last few (`standing`). One that was succeeded since is heard no
    longer, until it answers a later pack.
    """
    heard: dict[str, list[HeardReceipt]] = {}
    for one in receipts(r, node):
        heard.setdefault(one.writer, []).append(one)
    successors = _successors(world, node, heard)
    forked = {Stream(*subject.split(" ")).writer for subject in noticed_subjects(r, FORKED)}
    found: dict[str, list[HeardReceipt]] = {}
    for writer in {*heard, *(one for one in world.trust.writers_of(node) if world.trust.speaks(one))}:
        some = [one for one in heard.get(writer, ()) if not _is_cancelled(made(r, one.pack), node, successors.get(writer, ()))]
        if some or not successors.get(writer):
            found[writer] = some if writer in forked or _wavers(some) else some[:1]
    return found


def _wavers(some: Sequence[HeardReceipt]) -> bool:
    """Whether a later receipt of a writer says less than an earlier one: its disk was put back, or two machines answer in turn."""
    return any(
        line.end > line_of(later, stream).end
        for later, earlier in pairwise(some)
        if later.state != earlier.state
        for stream, line in earlier.lines.items()
    )


def _successors(world: World, node: str, heard: Iterable[str]) -> dict[str, set[str]]:
    """Writer -> those of the same laptop that came after it, as far as they are known here."""
    found: dict[str, set[str]] = {}
    for writer in {*world.trust.writers_of(node), *heard}:
        for before in world.trust.lineage(writer)[1:]:
            found.setdefault(before, set()).add(writer)
    return found


def _is_cancelled(answered: PackMade | None, node: str, successors: Iterable[str]) -> bool:
    """Whether somebody has taken a writer's place since the pack was made that its receipt answers."""
    return answered is None or not set(successors) <= set(answered.made_for.get(node, ()))


def line_of(receipt: HeardReceipt, stream: Stream) -> HeldLine:
    """What a receipt says of a stream."""
    return receipt.lines.get(stream, NOTHING_TOLD)


def proven(held: Holdings, receipt: HeardReceipt, stream: Stream) -> tuple[Point, ...]:
    """The points of a stream that its giver holds and this file too; none where bodies are lacking there that are here."""
    line = line_of(receipt, stream)
    if line.bare > held.bare.get(stream, 0):
        return ()
    return tuple(point for point in line.points if held.holds(stream, point))


def outstanding(
    held: Holdings, receipts_of: Sequence[HeardReceipt], streams: Iterable[Stream]
) -> Iterator[tuple[Stream, int, int]]:
    """Streams that a laptop does not hold to the end by its receipts: which, the number up to which it does, how many lack."""
    for stream in streams:
        end = held.ends.get(stream)
        if end is None:
            continue
        after = min((reached(held, one, stream) for one in receipts_of), default=0)
        if after < end[0]:
            yield stream, after, end[0] - after


def reached(held: Holdings, receipt: HeardReceipt, stream: Stream) -> int:
    """How far this file's longest branch of a stream is held by the giver of a receipt."""
    return max((seq for seq, _ in proven(held, receipt, stream)), default=0)


def has_all(held: Holdings, receipts_of: Sequence[HeardReceipt], stream: Stream) -> bool:
    """Whether a laptop holds a stream to the end of every branch, by each of its receipts."""
    return bool(receipts_of) and all({*held.heads(stream)} <= {*proven(held, one, stream)} for one in receipts_of)
