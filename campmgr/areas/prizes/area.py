"""What this area brings."""

from __future__ import annotations

from campmgr.areas.prizes.kinds import KINDS
from campmgr.facts.area import Area
from campmgr.store.schemas import Schema

AREA = Area(
    name="prizes",
    title="名单",
    uses=("units", "camp", "people", "works"),
    schemas=(Schema("prizes 1", __package__),),
    kinds=KINDS,
    folds="campmgr.areas.prizes.fold.lists:FOLDS",
    world="campmgr.areas.prizes.fold.work_calendar:WORLD",
    settings="campmgr.areas.prizes.settings:SECTIONS",
)
