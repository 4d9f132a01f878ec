"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Sort

AREA = Area(
    name="camp",
    title="训练营",
    uses=("units", "activities"),
    sort="camp",
    declares=Sort("camp", "训练营", "camp.name"),
    settings="campmgr.areas.camp.settings:SECTIONS",
)
