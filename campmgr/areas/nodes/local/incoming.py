"""Rows of this data file alone: segments that came before the one they follow, and what was noticed while packs came in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from campmgr.ids import canonical
from campmgr.ledger.envelope import Stream
from campmgr.ledger.seal import Seal
from campmgr.ledger.segment import Segment
from campmgr.store.door import Reader, Row, Writer

FORKED, UNKNOWN_KIND, UNDONE, BEHIND = "forked", "unknown_kind", "undone", "behind"
"""What can be noticed while packs are taken in."""

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


class Noticed(NamedTuple):
    """What was noticed while a pack came in: about what, in whose unit ("" for this file's own), since which day, how often."""

    matter: str
    subject: str
    unit: str
    since: str
    many: int
    words: str


def notice(w: Writer, what: Noticed) -> None:
    """Keep what was noticed; noticed again, it was noticed as often more, and in the last words."""
    w.run("insert into local_noticed (matter, subject, unit, since, many, words, seen)"
          " values (:matter, :subject, :unit, :since, :many, :words, 0) on conflict (matter, subject) do update"
          " set many = local_noticed.many + excluded.many, words = excluded.words", **what._asdict())  # fmt: skip


def drop_noticed(w: Writer, matter: str, subject: str) -> None:
    """Its cause is gone."""
    w.run("delete from local_noticed where matter = :matter and subject = :subject", matter=matter, subject=subject)


def see_noticed(w: Writer, matter: str, subject: str) -> None:
    """Somebody has looked at it: it is not shown again, however often it is noticed."""
    w.run("insert into local_noticed (matter, subject, unit, since, many, words, seen) values (:matter, :subject, '', '', 0, '', 1)"
          " on conflict (matter, subject) do update set seen = 1", matter=matter, subject=subject)  # fmt: skip


def behind_words(r: Reader) -> str:
    """That others hold words of this file which it lacked, until somebody has looked at it; "" where none do."""
    return str(r.value("select words from local_noticed where matter = :matter and seen = 0", matter=BEHIND) or "")


def let_go(r: Reader) -> dict[Stream, int]:
    """Streams of this file's own that it let go of with their scope, and how far each went."""
    return {Stream(scope, writer): int(end) for scope, writer, end in json.loads(r.meta("let_go", "[]"))}


def note_let_go(w: Writer, ends: Mapping[Stream, int]) -> None:
    """Remember how far streams went that are about to be let go of."""
    w.set_meta("let_go", canonical([[*stream, end] for stream, end in sorted((let_go(w) | dict(ends)).items())]))


def seen(r: Reader, matter: str) -> set[str]:
    """The subjects of a matter that somebody has looked at."""
    return {row[0] for row in r.all("select subject from local_noticed where matter = :matter and seen = 1", matter=matter)}


def noticed(r: Reader) -> list[Noticed]:
    """What nobody has looked at yet."""
    rows = r.all("select matter, subject, unit, since, many, words from local_noticed where seen = 0 order by since, subject")
    return [Noticed(*row) for row in rows]


def noticed_subjects(r: Reader, matter: str) -> list[str]:
    """What was ever noticed of a matter, looked at or not."""
    return [row[0] for row in r.all("select subject from local_noticed where matter = :matter order by subject", matter=matter)]


class Gap(NamedTuple):
    """What of a stream waits for what comes before it: how many facts, the first of them, the last."""

    stream: Stream
    facts: int
    first: int
    last: int


def gaps(r: Reader) -> list[Gap]:
    """The streams of which something waits."""
    rows = r.all("select scope, writer, sum(seq - start + 1), min(start), max(seq) from parked group by scope, writer"
                 " order by scope, writer")  # fmt: skip
    return [Gap(Stream(scope, writer), facts, first, last) for scope, writer, facts, first, last in rows]


def waiting_stretches(r: Reader) -> dict[Stream, tuple[tuple[int, int], ...]]:
    """What of each stream waits for what comes before it: from which number to which."""
    found: dict[Stream, tuple[tuple[int, int], ...]] = {}
    for scope, writer, start, end in r.all("select scope, writer, start, seq from parked order by scope, writer, start, seq"):
        found[Stream(scope, writer)] = (*found.get(Stream(scope, writer), ()), (start, end))
    return found


_PACKS = "packs_taken"


def packs_taken(r: Reader) -> int:
    """How many packs this file has taken in."""
    return int(r.meta(_PACKS, "0"))


def count_pack(w: Writer) -> None:
    """One more."""
    w.set_meta(_PACKS, str(packs_taken(w) + 1))
