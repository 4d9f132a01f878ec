"""Every round of inspection, and whether it counts by its activity's rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from campmgr.facts.batches import BATCHES, spoken_of, standing_of
from campmgr.facts.fold import Fold, Folding
from campmgr.facts.inventories import inventory_fold
from campmgr.facts.world import World
from campmgr.ledger.envelope import people_scope
from campmgr.store.door import Row
from campmgr.store.tables import Table, sync_rows
from tests.kit.walks.inventories import INVENTORIES
from tests.kit.walks.settings import Walks

WALKS = Table("walks", ("walk", "activity", "unit", "place", "minutes", "counts"), 1, "walk")


def _fold(folding: Folding, walks: Sequence[str]) -> tuple[()]:
    rows: list[Row] = []
    for walk, told in standing_of(folding, "walk", walks).items():
        own = [one for one in told if one.fact.scope == people_scope(one.body.get("unit", ""))]
        for one in own[-1:]:
            body = one.body
            counts = body["minutes"] >= _least(folding.world, body["activity"])
            rows.append((walk, body["activity"], body["unit"], body["place"], body["minutes"], int(counts)))
    sync_rows(folding.w, WALKS, walks, rows)
    return ()


def _least(world: World, activity: str) -> int:
    known = world.activities.get(activity)
    return known.rules[Walks].least_minutes if known and known.sort == "walks" else 1441


def _of_activities(folding: Folding, activities: Collection[str]) -> Iterable[str]:
    return (walk for (walk,) in folding.w.among("select walk from walks where activity in (:keys)", activities))


FOLDS = (
    Fold(name="walks", sort="walk", run=_fold, tables=(WALKS,), reads={BATCHES: spoken_of("walk"), "activities": _of_activities}),
    *map(inventory_fold, INVENTORIES),
)
