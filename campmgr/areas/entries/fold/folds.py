"""The folds of this area."""

from __future__ import annotations

from campmgr.areas.entries.fold.handins import HANDINS_FOLD
from campmgr.areas.entries.fold.ways import WAYS_FOLD
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.facts.inventories import inventory_fold

FOLDS = (inventory_fold(ENTRIES), WAYS_FOLD, HANDINS_FOLD)
