"""Taking in a pack: checked first, appended, folded, in one transaction; all or nothing of a damaged one (docs/ledger.md#packs)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from campmgr.areas.nodes.exchange.giving_up import shed_lost_scopes
from campmgr.areas.nodes.exchange.pack import PackReader, damaged
from campmgr.areas.nodes.exchange.waiting_segments import park, unpark
from campmgr.errors import BadInput, NotAllowed
from campmgr.facts import world as worlds
from campmgr.facts.admission import limit_of
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.folding import Touched, fold
from campmgr.facts.law import unlawful
from campmgr.facts.saying import carry, introduce, see_clocks
from campmgr.ledger.envelope import Fact, Stream, family_of, scope_unit
from campmgr.ledger.seal import writer_of
from campmgr.ledger.segment import Damaged, Segment, check_seal, check_start, fact_of_line
from campmgr.store import ledger
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import PREDECESSOR, WRITER, own_writers

Result = Literal["new", "known", "gap", "not_for_here", "refused"]
"""`refused`: a fact of the segment is against the row of its kind, so nothing of the segment was kept."""

_RUN = 2000


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one segment."""

    stream: Stream
    start: int
    end: int
    result: Result
    forked: bool


@dataclass(slots=True)
class Accepted:
    """What a pack came to: segments, facts new and known, facts kept but not counted for want of a right."""

    segments: list[Taken] = field(default_factory=list)
    new: int = 0
    known: int = 0
    quarantined: int = 0


def accept(w: Writer, path: Path) -> Accepted:
    """Take in a pack, then carry what it has made due. Raises as `take_in` does."""
    taken = take_in(w, path)
    carry(w)
    return taken


def take_in(w: Writer, path: Path) -> Accepted:
    """Take in a pack and say nothing to it.

    Raises BadInput for one that is damaged, newer or of another camp, NotAllowed when it brings no grant.

    The caller's transaction makes it all or nothing.
    """
    reader = PackReader(path)
    _check_campaign(w, reader)
    taking = _Taking(w, reader.header.campaign, path)
    for segment, values in reader.segments():
        taking.take(segment, values, reader.keys)
    taking.finish()
    return taking.result


def _check_campaign(w: Writer, reader: PackReader) -> None:
    own = w.meta("campaign")
    if own and own != reader.header.campaign:
        raise BadInput("数据包属于另一个训练营，没有写入。", reason="wrong_campaign", hint="请核对数据包。")
    if not own:
        if reader.header.made_for not in own_writers(w):
            raise NotAllowed("这个数据包不是上级给这份数据文件的授权。", reason="not_enrolled",
                             hint="请把 campmgr node request 的文件交给上级，再接收上级返回的文件。")  # fmt: skip
        if reader.header.made_for == w.meta(WRITER):  # the grant names today's writer, so it has nobody to succeed
            w.drop_meta(PREDECESSOR)
        w.set_meta("campaign", reader.header.campaign)
        introduce(w)  # a file restored before it was granted anything has a camp to say it in only now


class _Unlawful(Exception):
    """A fact is against the row of its kind: its writer's program is another, or wrong."""


class _Taking:
    """Takes segment after segment into one transaction."""

    def __init__(self, w: Writer, campaign: str, path: Path) -> None:
        self._w = w
        self._campaign = campaign
        self._path = path
        self._kinds = kinds_of(w)
        self._touched = Touched(self._w)
        self._clock = 0
        self._streams: set[Stream] = set()
        self._rights_changed = False
        self.result = Accepted()

    def take(self, segment: Segment, values: Iterable[Any], keys: dict[str, str]) -> None:
        """Take one segment, or leave it for the reason its result names. Raises BadInput "damaged_pack"."""
        try:
            check_start(self._campaign, segment)
            facts = self._facts(segment, values)
            is_for_here = self._is_for_here(segment.stream)
            try:
                with self._w.attempt():
                    result = self._keep(segment, facts) if is_for_here else "not_for_here"
            except _Unlawful:
                result = "refused"
            for _ in facts:  # what was not kept is still read to its end: the seal over it tells whether the pack is whole
                pass
            check_seal(self._campaign, self._key(segment, keys), segment, self._last)
        except Damaged as problem:
            raise damaged(self._path, str(problem)) from problem
        self._note(segment, result)

    def _keep(self, segment: Segment, facts: Iterator[Fact]) -> Result:
        lawful = self._lawful(facts)
        if self._follows(segment):
            return self._append(segment, lawful)
        park(self._w, segment, list(lawful))
        return "gap"

    def _lawful(self, facts: Iterator[Fact]) -> Iterator[Fact]:
        for fact in facts:
            if wrong := unlawful(self._kinds, fact):
                raise _Unlawful(wrong)
            yield fact

    def _facts(self, segment: Segment, values: Iterable[Any]) -> Iterator[Fact]:
        self._last = segment.previous
        for seq, value in enumerate(values, segment.start):
            fact = fact_of_line(self._campaign, segment.stream, seq, self._last, value)
            self._last = fact.chain
            self._clock = max(self._clock, fact.clock)
            yield fact

    def _key(self, segment: Segment, keys: dict[str, str]) -> str:
        writer = segment.stream.writer
        key = keys.get(writer, "")
        if writer_of(key) != writer:
            raise Damaged("缺少写入者的公钥")
        ledger.add_public_keys(self._w, [(writer, key)])
        return key

    def _is_for_here(self, stream: Stream) -> bool:
        """Personal data never travels sideways: people scopes only where the grant covers them, unknown families not at all."""
        if scope_unit(stream.scope) is None:
            return bool(family_of(stream.scope))
        self._settle_world()
        world = worlds.load(self._w)
        node = world.trust.node_of(self._w.meta(WRITER))
        return bool(node) and world.trust.receives(node, stream.scope)

    def _settle_world(self) -> None:
        """Rights are decided by public facts: fold those that came before the first people scope."""
        if self._touched.world:
            fold(self._w, self._touched)
            self._touched = Touched(self._w)
            self._rights_changed = True

    def _follows(self, segment: Segment) -> bool:
        if segment.start == 1:
            return True
        return has_place(self._w, segment)

    def _append(self, segment: Segment, facts: Iterator[Fact]) -> Result:
        new = 0
        while run := list(islice(facts, _RUN)):
            new += append_run(self._w, run, self._touched)
        ledger.add_seals(self._w, [(segment.stream, segment.seal)])
        self.result.new += new
        self.result.known += segment.length - new
        return "new" if new else "known"

    def _note(self, segment: Segment, result: Result) -> None:
        forked = result == "new" and ledger.is_forked(self._w, segment.stream)
        self._streams.add(segment.stream)
        self.result.segments.append(Taken(segment.stream, segment.start, segment.seal.seq, result, forked))

    def finish(self) -> None:
        """Fold what was touched, take in what had waited for it, and let go of what this node no longer holds."""
        see_clocks(self._w, [self._clock])
        self._settle_world()
        self.result.new += unpark(self._w, self._touched)
        fold(self._w, self._touched)
        self._check_enrolled()
        shed_lost_scopes(self._w)
        streams = ledger.streams(self._w) if self._rights_changed else self._streams
        self.result.quarantined = quarantined(self._w, streams)

    def _check_enrolled(self) -> None:
        trust = worlds.load(self._w).trust
        if not trust.root:
            raise damaged(self._path, "没有本营的开营记录")
        if not trust.node_of(self._w.meta(WRITER)):
            raise NotAllowed(
                "这个数据包里没有给这份数据文件的授权。", reason="not_enrolled", hint="请上级重新办理 campmgr node enrol。"
            )


def append_run(w: Writer, run: list[Fact], touched: Touched) -> int:
    """Append facts; those that are there keep what they have, and get back a body that was missing; how many were new."""
    new = ledger.append(w, run)
    restored = ledger.restore_bodies(w, run) if new < len(run) else 0
    if new or restored:
        touched.add(run)
    return new


def has_place(r: Reader, segment: Segment) -> bool:
    """Whether the fact a segment follows is held."""
    return ledger.holds(r, segment.stream, segment.start - 1, segment.previous)


def quarantined(r: Reader, streams: Iterable[Stream]) -> int:
    """How many facts of these streams are kept but not counted: beyond a cut, or never granted."""
    world, count = worlds.load(r), 0
    for stream in streams:
        count += ledger.count_of(r, stream, after=limit_of(world, stream).seq)
    return count
