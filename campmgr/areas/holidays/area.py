"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Link
from campmgr.store.schemas import Schema

AREA = Area(
    name="holidays",
    title="放假安排",
    schemas=(Schema("holidays 1", __package__),),
    kinds="campmgr.areas.holidays.kinds:KINDS",
    world="campmgr.areas.holidays.world:WORLD",
    pages=("campmgr.areas.holidays.pages:area",),
    links=(Link("office", 102, "office_calendar.years", "放假安排", "whole", group="设置"),),
)
