"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Command

AREA = Area(
    name="activities",
    title="活动",
    uses=(),
    matters="campmgr.areas.activities.matters:MATTERS",
    commands=(Command("activity", "活动：开始、列出、查看、改规则、结束", "campmgr.areas.activities.commands:activity"),),
)
