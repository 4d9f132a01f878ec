"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area
from campmgr.store.plan import Schema

AREA = Area(
    name="hours",
    title="课时",
    uses=("units", "camp", "people"),
    schemas=(Schema("hours 1", __package__),),
    folds="campmgr.areas.hours.fold.study:FOLDS",
    world="campmgr.areas.hours.rules.lessons:WORLD",
    settings="campmgr.areas.hours.settings:SECTIONS",
)
