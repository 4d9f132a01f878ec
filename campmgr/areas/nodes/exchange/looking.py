"""What a pack would change, before it does: its new facts by kind, in the words of their kinds' rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from campmgr.areas.nodes.exchange.accept import check_campaign
from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.areas.nodes.exchange.taking import Incoming, Unlawful
from campmgr.areas.nodes.queries.nodes import known_among
from campmgr.facts import world as worlds
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.importing import Progress, nobody_watches
from campmgr.facts.laptops import laptop, own_node
from campmgr.ledger.envelope import Fact, Stream
from campmgr.ledger.kinds import Kinds
from campmgr.ledger.seal import writer_of
from campmgr.ledger.segment import Damaged, in_runs
from campmgr.store import ledger
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class PackLook:
    """A pack unopened by the ledger: who made it and when, how many facts it has for here and of them new ones, what these say.

    `bad`: facts of segments that are damaged or unlawful, which would be left out. `newer`: new facts that a newer program reads.
    """

    maker: str
    made_at: str
    is_whole: bool
    facts: int
    new: int
    bad: int
    newer: int
    brings: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        told = f"{self.maker} {self.made_at} 做的数据包，给本机的有 {self.facts:,} 条"
        if not self.new:
            return f"{told}，本机都有了，收下不会有变化。" + self._warnings
        return f"{told}，其中 {self.new:,} 条是新的：{'，'.join(self.brings)}。" + self._warnings

    @property
    def _warnings(self) -> str:
        bad = f"有 {self.bad:,} 条所在的段已损坏，收的时候会留在外面：请把回执带回，对方的下一个包会再带一次。" if self.bad else ""
        return bad + (f"有 {self.newer:,} 条是较新版本的程序记的，原样保存和转交，升级以后自动入账。" if self.newer else "")


def look_into(r: Reader, reader: PackReader, told: Progress = nobody_watches) -> PackLook:
    """Read a pack and write nothing. `told` hears how far it is. Raises as accepting does."""
    check_campaign(r, reader)
    world, kinds, counts = worlds.load(r), kinds_of(r), Counter[str]()
    own = own_node(r, world)
    whole, done, facts, new, bad = sum(row.length for row in reader.rows()), 0, 0, 0, 0
    for parcel in reader.segments():
        told(done, whole)
        done += parcel.row.length
        if parcel.key is None or not world.trust.receives(own, parcel.row.stream.scope):
            continue
        try:
            fresh = list(_fresh(r, Incoming(reader.head.campaign, kinds, parcel)))
        except (Damaged, Unlawful):
            bad += parcel.row.length
            continue
        facts += parcel.row.length
        new += sum(count for _, count in fresh)
        for kind, count in fresh:
            counts[kind] += count
    newer = sum(count for kind, count in counts.items() if kind not in kinds)
    return PackLook(laptop(world, writer_of(reader.head.made_by)), reader.head.made_at[:16].replace("T", " "),
                    reader.head.answers is None, facts, new, bad, newer, _words(kinds, counts))  # fmt: skip


def _fresh(r: Reader, incoming: Incoming) -> Iterator[tuple[str, int]]:
    """Kinds and counts of a segment's facts that are not held. Raises Damaged, Unlawful."""
    incoming.open()
    stream, seal = incoming.row.stream, incoming.segment.seal
    if ledger.holds(r, stream, seal.seq, seal.chain):  # whoever holds the last one holds all
        return
    counts = Counter[str]()
    for run in in_runs(incoming.facts()):
        counts.update(_kinds_of_new(r, stream, run))
    yield from counts.items()


def _kinds_of_new(r: Reader, stream: Stream, run: Iterable[Fact]) -> Iterator[str]:
    some = list(run)
    known = known_among(r, stream, [fact.chain for fact in some])
    return (fact.kind for fact in some if fact.chain not in known)


def _words(kinds: Kinds, counts: Counter[str]) -> tuple[str, ...]:
    """Counts in the words of the kinds' rows; what has none of its own is added up."""
    told = [(kinds[kind].brings, count) for kind, count in counts.most_common() if kind in kinds and kinds[kind].brings]
    rest = sum(counts.values()) - sum(count for _, count in told)
    words = [brings.format(n=f"{count:,}") for brings, count in told]
    return (*words, *([f"另有 {rest:,} 条其他记录" if words else f"{rest:,} 条其他记录"] if rest else []))
