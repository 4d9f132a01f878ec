"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area

AREA = Area(name="camp", title="训练营", uses=("units",), settings="campmgr.areas.camp.settings:SECTIONS")
