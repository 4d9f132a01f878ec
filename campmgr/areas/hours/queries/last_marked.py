"""What was last marked for whole classes of a unit, and for which: what a teacher chooses next is mostly among it."""

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


_LAST = """
    select f.body, p.class_name from facts f join people p on p.person = substr(f.subject, 8)
    where f.chain = (select chain from facts where scope = :scope and writer = :writer and batch is not null and body is not null
        and kind in ('mark_recorded', 'condition_recorded') order by seq desc limit 1)"""


def marked_last(r: Reader, unit: str) -> tuple[str, str]:
    """The lesson or condition that this data file marked last in a unit with several at once, and the class; "" for none."""
    row = r.one(_LAST, scope=people_scope(unit), writer=r.meta(WRITER))
    said = json.loads(row[0]) if row else {}
    return said.get("lesson") or said.get("condition", ""), row[1] if row else ""
