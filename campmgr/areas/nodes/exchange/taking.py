"""One segment after another into one transaction, each for itself: a bad one is named and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from campmgr.areas.nodes.exchange.noticing import notice_forks, notice_unknown
from campmgr.areas.nodes.exchange.pack_reader import Opened, Parcel
from campmgr.areas.nodes.exchange.waiting_segments import park, unpark
from campmgr.facts import world as worlds
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.folding import Touched, fold
from campmgr.facts.law import unlawful
from campmgr.facts.saying import see_clocks
from campmgr.ledger.envelope import Fact, Stream, family_of, scope_unit
from campmgr.ledger.seal import writer_of
from campmgr.ledger.segment import Damaged, Segment, check_seal, check_start, fact_of_line, in_runs
from campmgr.store import ledger
from campmgr.store.door import Writer
from campmgr.store.identity import WRITER

Result = Literal["new", "known", "gap", "not_for_here", "damaged", "refused"]
"""`damaged`: the bytes are not what the writer sealed; `refused`: a fact is against the row of its kind. Nothing was kept then."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one segment; `why` says of a bad one what does not fit."""

    stream: Stream
    start: int
    end: int
    result: Result
    forked: bool = False
    why: str = ""


@dataclass(slots=True)
class Accepted:
    """What a pack came to: segments, facts new and known, facts kept but not counted for want of a right.

    `notes`: what this file could not do of its own afterwards, in sentences.
    """

    segments: list[Taken] = field(default_factory=list)
    new: int = 0
    known: int = 0
    quarantined: int = 0
    notes: list[str] = field(default_factory=list)


class _Unlawful(Exception):
    """A fact is against the row of its kind: its writer's program is another, or wrong."""


class Taking:
    """Takes segments; `finish` folds what they touched."""

    def __init__(self, w: Writer, campaign: str, into: Accepted, node: str = "") -> None:
        """`node`: take what this one receives, where that is not yet the node of this file."""
        self._w = w
        self._node = node
        self._campaign = campaign
        self._into = into
        self._kinds = kinds_of(w)
        self._touched = Touched(w)
        self._clock = 0
        self.streams: set[Stream] = set()
        self.rights_changed = False

    def take(self, parcel: Parcel) -> None:
        """Take one segment whole, or leave it whole for the reason its result names."""
        stream, new, clock, why = parcel.row.stream, 0, 0, ""
        result: Result
        try:
            if parcel.key is None or not self._is_for_here(stream):
                result = "not_for_here"
            else:
                with self._w.attempt():
                    result, new, clock = self._keep(parcel.open())
        except Damaged as problem:
            result, why = "damaged", str(problem)
        except _Unlawful as problem:
            result, why = "refused", str(problem)
        self._clock = max(self._clock, clock)
        self._into.new += new
        self._into.known += parcel.row.length - new if result in {"new", "known"} else 0
        self.streams.add(stream)
        self._into.segments.append(Taken(stream, parcel.row.start, parcel.row.end, result, why=why))

    def finish(self) -> None:
        """Fold what was touched, and take in what had waited for it."""
        see_clocks(self._w, [self._clock])
        self._settle_world()
        self._into.new += unpark(self._w, self._touched)
        fold(self._w, self._touched)
        self._tell_forks()

    def _tell_forks(self) -> None:
        """Asked once for each stream: a stream may come as thousands of branches."""
        taken = self._into.segments
        forked = {one for one in {each.stream for each in taken if each.result == "new"} if ledger.is_forked(self._w, one)}
        self._into.segments = [replace(each, forked=each.result == "new" and each.stream in forked) for each in taken]
        notice_forks(self._w, forked)

    def _keep(self, opened: Opened) -> tuple[Result, int, int]:
        """Write a segment and check its seal at the end; result, facts new, the furthest clock. Raises Damaged, _Unlawful."""
        segment, key, values = opened
        check_start(self._campaign, segment)
        if writer_of(key) != segment.stream.writer:
            raise Damaged("不是写入者的公钥")
        facts = _Reading(self._campaign, segment, values)
        lawful = self._lawful(facts)
        new, has_place = 0, segment.start == 1 or ledger.holds(self._w, segment.stream, segment.start - 1, segment.previous)
        if has_place:
            for run in in_runs(lawful):
                notice_unknown(self._w, run)
                new += append_run(self._w, run, self._touched)
        else:
            park(self._w, segment, lawful)
        check_seal(self._campaign, key, segment, facts.last)
        ledger.add_public_keys(self._w, [(segment.stream.writer, key)])
        if has_place:
            ledger.add_seals(self._w, [(segment.stream, segment.seal)])
        return ("new" if new else "known") if has_place else "gap", new, facts.clock

    def _lawful(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        for fact in facts:
            if wrong := unlawful(self._kinds, fact):
                raise _Unlawful(wrong)
            yield fact

    def _is_for_here(self, stream: Stream) -> bool:
        """Personal data never travels sideways: people scopes only where the grant covers them, unknown families not at all."""
        if scope_unit(stream.scope) is None:
            return bool(family_of(stream.scope))
        self._settle_world()
        world = worlds.load(self._w)
        node = self._node or world.trust.node_of(self._w.meta(WRITER))
        return bool(node) and world.trust.receives(node, stream.scope)

    def _settle_world(self) -> None:
        """Rights are decided by public facts: fold those that came before the first people scope."""
        if self._touched.world:
            fold(self._w, self._touched)
            self._touched = Touched(self._w)
            self.rights_changed = True


class _Reading:
    """The facts of a segment's lines, one after another; afterwards the last chain value and the furthest clock."""

    def __init__(self, campaign: str, segment: Segment, values: Iterable[Any]) -> None:
        self._campaign = campaign
        self._segment = segment
        self._values = values
        self.last = segment.previous
        self.clock = 0

    def __iter__(self) -> Iterator[Fact]:
        for seq, value in enumerate(self._values, self._segment.start):
            fact = fact_of_line(self._campaign, self._segment.stream, seq, self.last, value)
            self.last = fact.chain
            self.clock = max(self.clock, fact.clock)
            yield fact


def append_run(w: Writer, run: list[Fact], touched: Touched) -> int:
    """Append facts; those that are there keep what they have, and get back a body that was missing; how many were new."""
    new = ledger.append(w, run)
    restored = ledger.restore_bodies(w, run) if new < len(run) else 0
    if new or restored:
        touched.add(run)
    return new
