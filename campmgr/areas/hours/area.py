"""What this area brings."""

from __future__ import annotations

from campmgr.areas.hours.kinds import KINDS
from campmgr.facts.area import Area
from campmgr.store.schemas import Schema

AREA = Area(
    name="hours",
    title="课时",
    uses=("units", "camp", "people"),
    schemas=(Schema("hours 1", __package__),),
    kinds=KINDS,
    folds="campmgr.areas.hours.fold.study:FOLDS",
    world="campmgr.areas.hours.rules.lessons:WORLD",
    settings="campmgr.areas.hours.settings:SECTIONS",
)
