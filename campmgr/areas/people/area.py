"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area

AREA = Area(
    name="people",
    title="人员",
    uses=("units",),
    folds="campmgr.areas.people.fold.people:FOLDS",
)
