"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Command, Sort

AREA = Area(
    name="entries",
    title="作品征集",
    sort="entries",
    declares=Sort("entries", "作品征集", "entries.name"),
    settings="campmgr.areas.entries.settings:SECTIONS",
    commands=(Command("entry", "作品征集：体检、登记、初筛、撤销", "campmgr.areas.entries.commands.entry:entry"),),
)
