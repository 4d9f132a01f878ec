"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Command

AREA = Area(
    name="camp",
    title="训练营",
    uses=("units",),
    settings="campmgr.areas.camp.settings:SECTIONS",
    commands=(Command("activity", "活动：再开一个训练营", "campmgr.areas.camp.commands:activity"),),
)
