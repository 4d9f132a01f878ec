"""The folds of this area."""

from __future__ import annotations

from campmgr.areas.points.fold.items import ITEMS_FOLD
from campmgr.areas.points.fold.noted import NOTED_FOLD
from campmgr.areas.points.fold.outlets import OUTLETS_FOLD
from campmgr.areas.points.fold.standings import BULLETINS_FOLD, STANDINGS_FOLD
from campmgr.areas.points.kinds.lists import LEADS, VENUES, VIOLATIONS
from campmgr.facts.inventories import inventory_fold

FOLDS = (
    ITEMS_FOLD,
    NOTED_FOLD,
    OUTLETS_FOLD,
    STANDINGS_FOLD,
    BULLETINS_FOLD,
    inventory_fold(VENUES),
    inventory_fold(VIOLATIONS),
    inventory_fold(LEADS),
)
