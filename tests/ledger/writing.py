"""One fact written at the end of a stream, for tests that tell of single facts."""

from __future__ import annotations

from campmgr.ids import random_ids
from campmgr.ledger.envelope import Draft, Fact, Head, Pen, Stream


def write_fact(campaign: str, stream: Stream, v: int, head: Head, clock: int, recorded_at: str, draft: Draft) -> Fact:
    """The fact a draft becomes at the end of its stream, in version `v` of its kind."""
    return Pen(campaign, stream, recorded_at, random_ids()).write(draft, v, head, clock)
