"""Segments that came before the one they follow: kept as they came, unfolded, until the gap closes (docs/ledger.md#packs)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from campmgr.areas.nodes.exchange.noticing import notice_unknown
from campmgr.areas.nodes.local.incoming import ParkedSegment, add_parked, drop_parked, lines_of, parked_inside, parked_with_place
from campmgr.facts.folding import Touched
from campmgr.ledger.envelope import Fact
from campmgr.ledger.segment import Damaged, Segment, fact_line, fact_of_line, in_runs
from campmgr.store import ledger
from campmgr.store.door import Writer


def park(w: Writer, segment: Segment, facts: Iterable[Fact]) -> None:
    """Keep a segment that has no place yet."""
    add_parked(w, segment, map(fact_line, facts))


def unpark(w: Writer, touched: Touched) -> int:
    """Append every parked segment whose gap has closed; how many facts were new. They were checked when they came.

    One that this machine's disk has damaged since is let go of: whoever sent it sends it again.
    """
    campaign, new = w.meta("campaign"), 0
    waiting = parked_with_place(w)
    while waiting:
        parked = waiting.pop()
        try:
            with w.attempt():
                new += _append(w, campaign, parked, touched)
        except (Damaged, ValueError):
            drop_parked(w, parked)
        else:
            drop_parked(w, parked)
            waiting += parked_inside(w, parked.segment)
    return new


def _append(w: Writer, campaign: str, parked: ParkedSegment, touched: Touched) -> int:
    new, facts = 0, _facts(w, campaign, parked)
    for run in in_runs(facts):
        notice_unknown(w, run)
        new += ledger.append(w, run)
        touched.add(run)
    ledger.add_seals(w, [(parked.segment.stream, parked.segment.seal)])
    return new


def _facts(w: Writer, campaign: str, parked: ParkedSegment) -> Iterator[Fact]:
    segment, last = parked.segment, parked.segment.previous
    for seq, line in enumerate(lines_of(w, parked), segment.start):
        fact = fact_of_line(campaign, segment.stream, seq, last, json.loads(line))
        last = fact.chain
        yield fact
    if last != segment.seal.chain:
        raise Damaged("记录的链值与封签不符")
