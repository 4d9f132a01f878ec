"""One segment after another, each for itself: a bad one is named and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from campmgr.areas.nodes.exchange.noticing import notice_forks, notice_unknown
from campmgr.areas.nodes.exchange.pack_reader import Parcel
from campmgr.areas.nodes.exchange.waiting_segments import park, unpark
from campmgr.facts import world as worlds
from campmgr.facts.folding import Touched, fold
from campmgr.facts.law import unlawful
from campmgr.facts.saying import see_clocks
from campmgr.ledger.envelope import Fact, Stream, family_of, scope_unit
from campmgr.ledger.kinds import Kinds
from campmgr.ledger.seal import writer_of
from campmgr.ledger.segment import MOST_FACTS, Damaged, Segment, check_seal, check_start, fact_of_line, in_runs
from campmgr.store import ledger
from campmgr.store.door import Writer
from campmgr.store.identity import WRITER

Result = Literal["new", "known", "gap", "not_for_here", "damaged", "refused"]
"""`damaged`: the bytes are not what the writer sealed; `refused`: a fact is against the row of its kind. Nothing was kept then."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one segment; `why` says of a bad one what does not fit. `chain`: the value proven at its end, or ""."""

    stream: Stream
    start: int
    end: int
    result: Result
    forked: bool = False
    why: str = ""
    chain: str = ""


@dataclass(slots=True)
class Accepted:
    """What a pack came to: segments, facts new and known, facts kept but not counted for want of a right.

    `rights_changed`: whether it brought words about who may say what. `notes`: what this file could not do of its own afterwards,
    in sentences. `receipt`: the file that goes back to whoever made the pack; b"" where it cannot be given.
    """

    segments: list[Taken] = field(default_factory=list)
    new: int = 0
    known: int = 0
    quarantined: int = 0
    rights_changed: bool = False
    notes: list[str] = field(default_factory=list)
    receipt: bytes = b""


class Unlawful(Exception):
    """A fact is against the row of its kind: its writer's program is another, or wrong."""


class Incoming:
    """A segment on its way in: opened and checked when its turn comes, or before that, while nobody has to wait for it."""

    def __init__(self, campaign: str, kinds: Kinds, parcel: Parcel) -> None:
        self.row = parcel.row
        self.is_readable = parcel.key is not None
        self.clock = 0
        self._campaign = campaign
        self._kinds = kinds
        self._parcel = parcel
        self._ahead: list[Fact] | Damaged | Unlawful | None = None

    def read_ahead(self) -> None:
        """Read all of it now, where it fits into memory."""
        if not self.is_readable or self.row.length > MOST_FACTS:
            return
        try:
            self.open()
            runs = in_runs(self._read())
            first, more = next(runs, []), next(runs, None)
            self._ahead = first if more is None else None
        except (Damaged, Unlawful) as problem:
            self._ahead = problem

    def open(self) -> None:
        """Learn its `segment` and its writer's public `key`. Raises Damaged."""
        if self._ahead is None:
            self.segment, self.key, self._values = self._parcel.open()
            check_start(self._campaign, self.segment)
            if writer_of(self.key) != self.segment.stream.writer:
                raise Damaged("不是写入者的公钥")
        elif not isinstance(self._ahead, list):
            raise self._ahead

    def facts(self) -> Iterator[Fact]:
        """Its facts, once it is open; behind the last one its seal is checked. Raises Damaged, Unlawful."""
        return iter(self._ahead) if isinstance(self._ahead, list) else self._read()

    def _read(self) -> Iterator[Fact]:
        campaign, segment, last = self._campaign, self.segment, self.segment.previous
        for seq, value in enumerate(self._values, segment.start):
            fact = fact_of_line(campaign, segment.stream, seq, last, value)
            if wrong := unlawful(self._kinds, fact):
                raise Unlawful(wrong)
            last = fact.chain
            self.clock = max(self.clock, fact.clock)
            yield fact
        check_seal(campaign, self.key, segment, last)


class Taking:
    """Takes segments in one transaction; `finish` folds what they touched."""

    def __init__(self, w: Writer, into: Accepted, node: str = "") -> None:
        """`node`: take what this one receives, where that is not yet the node of this file."""
        self._w = w
        self._node = node
        self._into = into
        self._touched = Touched(w)
        self._clock = 0
        self._taken: list[Taken] = []

    def take(self, incoming: Incoming) -> None:
        """Take one segment whole, or leave it whole for the reason its result names."""
        row, new, why, chain = incoming.row, 0, "", ""
        result: Result
        try:
            if not incoming.is_readable or not self._is_for_here(row.stream):
                result = "not_for_here"
            else:
                with self._w.attempt():
                    result, new = self._keep(incoming)
                self._clock, chain = max(self._clock, incoming.clock), incoming.segment.seal.chain
        except Damaged as problem:
            result, why = "damaged", str(problem)
        except Unlawful as problem:
            result, why = "refused", str(problem)
        self._into.new += new
        self._into.known += row.length - new if result in {"new", "known"} else 0
        self._taken.append(Taken(row.stream, row.start, row.end, result, why=why, chain=chain))

    def finish(self) -> None:
        """Fold what was touched, and take in what had waited for it."""
        see_clocks(self._w, [self._clock])
        self._settle_world()
        self._into.new += unpark(self._w, self._touched)
        fold(self._w, self._touched)
        self._tell_forks()

    def _tell_forks(self) -> None:
        """Asked once for each stream: a stream may come as thousands of branches."""
        taken = self._taken
        forked = {one for one in {each.stream for each in taken if each.result == "new"} if ledger.is_forked(self._w, one)}
        self._into.segments += [replace(each, forked=each.result == "new" and each.stream in forked) for each in taken]
        notice_forks(self._w, forked)

    def _keep(self, incoming: Incoming) -> tuple[Result, int]:
        """Write a segment, whose seal is checked at its end; result, facts new. Raises Damaged, Unlawful."""
        incoming.open()
        segment, facts = incoming.segment, incoming.facts()
        new, has_place = 0, self._has_place(segment)
        if has_place:
            for run in in_runs(facts):
                notice_unknown(self._w, run)
                new += append_run(self._w, run, self._touched)
        else:
            park(self._w, segment, facts)
        ledger.add_public_keys(self._w, [(segment.stream.writer, incoming.key)])
        if has_place:
            ledger.add_seals(self._w, [(segment.stream, segment.seal)])
        return ("new" if new else "known") if has_place else "gap", new

    def _has_place(self, segment: Segment) -> bool:
        """Whether it is a stream's first, or what it follows is held."""
        return segment.start == 1 or ledger.holds(self._w, segment.stream, segment.start - 1, segment.previous)

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
            self._into.rights_changed = True


def append_run(w: Writer, run: list[Fact], touched: Touched) -> int:
    """Append facts; those that are there keep what they have, and get back a body that was missing; how many were new."""
    new = ledger.append(w, run)
    restored = ledger.restore_bodies(w, run) if new < len(run) else 0
    if new or restored:
        touched.add(run)
    return new
