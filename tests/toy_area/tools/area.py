"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Command, Link
from campmgr.store.schemas import Schema

AREA = Area(
    name="tools",
    title="器材",
    uses=("units",),
    schemas=(Schema("tools 1", __package__),),
    kinds="campmgr.areas.tools.kinds:KINDS",
    folds="campmgr.areas.tools.fold:FOLDS",
    settings="campmgr.areas.tools.settings:SECTIONS",
    sheets="campmgr.areas.tools.files:SHEETS",
    pages=("campmgr.areas.tools.pages:area",),
    links=(Link("office", 95, "office_tools.listed", "器材"),),
    commands=(Command("tool", "器材：领用", "campmgr.areas.tools.commands:tool"),),
    reports=(Command("tools", "各单位领用的器材。", "campmgr.areas.tools.commands:report"),),
)
