"""What was last marked for whole classes of a unit: what a teacher chooses next is mostly among it."""

from __future__ import annotations

import json

from campmgr.ledger.envelope import people_scope
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER

_LATELY = """
    select max(seq), body from (
        select seq, batch, body from facts where scope = :scope and writer = :writer
          and kind in ('mark_recorded', 'condition_recorded') order by seq desc limit 1000)
    where batch is not null and body is not null group by batch order by 1 desc limit 24"""


def last_marked(r: Reader, unit: str) -> tuple[str, ...]:
    """Lessons and conditions that this data file marked in a unit, the latest first."""
    found: dict[str, None] = {}
    for _seq, body in r.all(_LATELY, scope=people_scope(unit), writer=r.meta(WRITER)):
        said = json.loads(body)
        found.setdefault(said.get("lesson") or said["condition"])
    return tuple(found)
