"""Segments that came before the one they follow: rows of this data file alone, until the gap closes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from campmgr.ledger.envelope import Stream
from campmgr.ledger.seal import Seal
from campmgr.ledger.segment import Segment
from campmgr.store.door import Reader, Row, Writer

_WITH_PLACE = """
    select p.id, p.scope, p.writer, p.start, p.previous, p.seq, p.chain, p.suite, p.signature from parked p
    where exists (select 1 from facts f where f.scope = p.scope and f.writer = p.writer and f.seq = p.start - 1
                  and f.chain = p.previous)"""
_INSIDE = _WITH_PLACE + " and p.scope = :scope and p.writer = :writer and p.start > :start and p.start <= :after order by p.start"


@dataclass(frozen=True, slots=True)
class ParkedSegment:
    """A segment that was kept, and the number of its row."""

    row: int
    segment: Segment


def add_parked(w: Writer, segment: Segment, lines: Iterable[str]) -> None:
    """Keep a segment with its facts, a line each; one that is there already stays. All lines are read in any case."""
    w.run("insert into parked (scope, writer, start, previous, seq, chain, suite, signature)"
          " values (:scope, :writer, :start, :previous, :seq, :chain, :suite, :signature)"
          " on conflict (scope, writer, start, previous, chain) do nothing",
          **segment.stream._asdict(), **segment.seal._asdict(), start=segment.start, previous=segment.previous)  # fmt: skip
    row = w.value("select id from parked where scope = :scope and writer = :writer and start = :start and previous = :previous"
                  " and chain = :chain", **segment.stream._asdict(), start=segment.start, previous=segment.previous,
                  chain=segment.seal.chain)  # fmt: skip
    w.many("insert into parked_facts (parked, seq, line) values (?, ?, ?) on conflict (parked, seq) do nothing",
           ((row, seq, line) for seq, line in enumerate(lines, segment.start)))  # fmt: skip


def parked_with_place(r: Reader) -> list[ParkedSegment]:
    """The kept segments of which the fact before is held by now."""
    return _segments(r.all(_WITH_PLACE))


def parked_inside(r: Reader, segment: Segment) -> list[ParkedSegment]:
    """The kept segments that follow a fact of this one: they have their place with it."""
    stream, after = segment.stream._asdict(), segment.seal.seq + 1
    return _segments(r.all(_INSIDE, **stream, start=segment.start, after=after))


def lines_of(r: Reader, parked: ParkedSegment) -> Iterator[str]:
    """The facts of a kept segment, a line each."""
    return (line for (line,) in r.each("select line from parked_facts where parked = :row order by seq", row=parked.row))


def drop_parked(w: Writer, parked: ParkedSegment) -> None:
    """Forget a segment that found its place."""
    w.run("delete from parked where id = :row", row=parked.row)


def _segments(rows: Iterable[Row]) -> list[ParkedSegment]:
    return [
        ParkedSegment(row, Segment(Stream(scope, writer), start, previous, Seal(seq, chain, suite, signature)))
        for row, scope, writer, start, previous, seq, chain, suite, signature in rows
    ]
