"""Segments that came before the one they follow: kept as they came, unfolded, until the gap closes (docs/ledger.md#packs)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from campmgr.facts.folding import Touched
from campmgr.ids import canonical
from campmgr.ledger.envelope import Fact, Stream
from campmgr.ledger.seal import Seal
from campmgr.ledger.segment import Segment, fact_line, fact_of_line
from campmgr.store import ledger
from campmgr.store.door import Writer


def park(w: Writer, segment: Segment, facts: Sequence[Fact]) -> None:
    """Keep a segment that has no place yet."""
    lines = canonical([json.loads(fact_line(fact)) for fact in facts])
    w.run("insert into parked (scope, writer, start, previous, seq, chain, suite, signature, lines)"
          " values (:scope, :writer, :start, :previous, :seq, :chain, :suite, :signature, :lines)"
          " on conflict (scope, writer, start, previous, chain) do nothing",
          **segment.stream._asdict(), **segment.seal._asdict(), start=segment.start, previous=segment.previous,
          lines=lines)  # fmt: skip


_READY = """
    select p.rowid, p.scope, p.writer, p.start, p.previous, p.seq, p.chain, p.suite, p.signature, p.lines from parked p
    where exists (select 1 from facts f where f.scope = p.scope and f.writer = p.writer and f.seq = p.start - 1
                  and f.chain = p.previous)"""


def unpark(w: Writer, touched: Touched) -> int:
    """Append every parked segment whose gap has closed; how many facts were new. They were checked when they came."""
    campaign, new = w.meta("campaign"), 0
    while ready := w.all(_READY):
        for rowid, scope, writer, start, previous, seq, chain, suite, signature, lines in ready:
            segment = Segment(Stream(scope, writer), start, previous, Seal(seq, chain, suite, signature))
            facts, last = [], previous
            for place, values in enumerate(json.loads(lines), start):
                facts.append(fact_of_line(campaign, segment.stream, place, last, values))
                last = facts[-1].chain
            new += ledger.append(w, facts)
            touched.add(facts)
            ledger.add_seals(w, [(segment.stream, segment.seal)])
            w.run("delete from parked where rowid = :rowid", rowid=rowid)
    return new
