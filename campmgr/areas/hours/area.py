"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area

AREA = Area(
    name="hours",
    title="课时",
    uses=("units", "people"),
    folds="campmgr.areas.hours.fold.study:FOLDS",
    world="campmgr.areas.hours.rules.lessons:WORLD",
)
