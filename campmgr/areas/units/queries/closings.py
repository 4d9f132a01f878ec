"""The words by which a unit was closed."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.ledger.envelope import subject
from campmgr.store.door import Reader

_CLOSINGS = """select f.chain from facts f where f.subject = :about and f.kind = 'unit_closed'
    and not exists (select 1 from facts g where g.subject = f.subject and g.kind = 'fact_withdrawn'
        and json_extract(g.body, '$.fact') = f.chain)
    and not exists (select 1 from withdrawn d where d.batch = f.batch) order by f.clock desc"""


def closings_of(r: Reader, unit: str) -> Sequence[str]:
    """The facts that closed a unit and were not withdrawn, the last first."""
    return [row[0] for row in r.all(_CLOSINGS, about=subject("unit", unit))]
