"""Segments that came before the one they follow: rows of this data file alone, until the gap closes."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.ledger.envelope import Stream
from campmgr.ledger.seal import Seal
from campmgr.ledger.segment import Segment
from campmgr.store.door import Reader, Writer

_READY = """
    select p.rowid, p.scope, p.writer, p.start, p.previous, p.seq, p.chain, p.suite, p.signature, p.lines from parked p
    where exists (select 1 from facts f where f.scope = p.scope and f.writer = p.writer and f.seq = p.start - 1
                  and f.chain = p.previous)"""


@dataclass(frozen=True, slots=True)
class ParkedSegment:
    """A segment that was kept, its row, and its facts as canonical text."""

    row: int
    segment: Segment
    lines: str


def add_parked(w: Writer, segment: Segment, lines: str) -> None:
    """Keep a segment; one that is there already stays."""
    w.run("insert into parked (scope, writer, start, previous, seq, chain, suite, signature, lines)"
          " values (:scope, :writer, :start, :previous, :seq, :chain, :suite, :signature, :lines)"
          " on conflict (scope, writer, start, previous, chain) do nothing",
          **segment.stream._asdict(), **segment.seal._asdict(), start=segment.start, previous=segment.previous,
          lines=lines)  # fmt: skip


def parked_with_place(r: Reader) -> list[ParkedSegment]:
    """The kept segments of which the fact before is held by now."""
    return [
        ParkedSegment(row, Segment(Stream(scope, writer), start, previous, Seal(seq, chain, suite, signature)), lines)
        for row, scope, writer, start, previous, seq, chain, suite, signature, lines in r.all(_READY)
    ]


def drop_parked(w: Writer, row: int) -> None:
    """Forget a segment that found its place."""
    w.run("delete from parked where rowid = :row", row=row)
