"""Segments that came before the one they follow: kept as they came, unfolded, until the gap closes (docs/ledger.md#packs)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from campmgr.areas.nodes.local import add_parked, drop_parked, parked_with_place
from campmgr.facts.folding import Touched
from campmgr.ids import canonical
from campmgr.ledger.envelope import Fact
from campmgr.ledger.segment import Segment, fact_line, fact_of_line
from campmgr.store import ledger
from campmgr.store.door import Writer


def park(w: Writer, segment: Segment, facts: Sequence[Fact]) -> None:
    """Keep a segment that has no place yet."""
    lines = canonical([json.loads(fact_line(fact)) for fact in facts])
    add_parked(w, segment, lines)


def unpark(w: Writer, touched: Touched) -> int:
    """Append every parked segment whose gap has closed; how many facts were new. They were checked when they came."""
    campaign, new = w.meta("campaign"), 0
    while ready := parked_with_place(w):
        for row, segment, lines in ((each.row, each.segment, each.lines) for each in ready):
            facts, last = [], segment.previous
            for place, values in enumerate(json.loads(lines), segment.start):
                facts.append(fact_of_line(campaign, segment.stream, place, last, values))
                last = facts[-1].chain
            new += ledger.append(w, facts)
            touched.add(facts)
            ledger.add_seals(w, [(segment.stream, segment.seal)])
            drop_parked(w, row)
    return new
