"""What this area brings."""

from __future__ import annotations

from campmgr.areas.people.kinds import KINDS
from campmgr.facts.area import Area
from campmgr.store.schemas import Schema

AREA = Area(
    name="people",
    title="人员",
    uses=("units", "camp"),
    schemas=(Schema("people 1", __package__),),
    kinds=KINDS,
    folds="campmgr.areas.people.fold.people:FOLDS",
    settings="campmgr.areas.people.settings:SECTIONS",
)
