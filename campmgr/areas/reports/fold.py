"""Circulars that stand. Two laptops that gave one number have two: both are shown."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.facts.batches import BATCHES, spoken_of, standing_of
from campmgr.facts.fold import Fold, Folding
from campmgr.ids import canonical
from campmgr.ledger.envelope import people_scope
from campmgr.store.door import Row
from campmgr.store.tables import Table, sync_rows

CIRCULARS = Table(
    "circulars", ("circular", "fact", "activity", "unit", "number", "as_of", "at", "digest", "content"), 2, "circular"
)


def fold_circulars(folding: Folding, keys: Sequence[str]) -> tuple[()]:
    """Fold these circulars again. Only what stands in the scope of the unit that it names is that unit's."""
    rows: list[Row] = []
    for key, told in standing_of(folding, "circular", keys).items():
        for one in told:
            body = one.body
            is_own = key == f"{body.get('activity')}/{body.get('unit')}/{body.get('number')}"
            if one.fact.kind == "circular_published" and is_own and one.fact.scope == people_scope(body["unit"]):
                rows.append((key, one.id, body["activity"], body["unit"], body["number"], body["as_of"], body["at"], body["digest"],
                             canonical(body)))  # fmt: skip
    sync_rows(folding.w, CIRCULARS, keys, rows)
    return ()


FOLDS = (Fold(name="circulars", sort="circular", run=fold_circulars, tables=(CIRCULARS,), reads={BATCHES: spoken_of("circular")}),)
