"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area

AREA = Area(name="units", title="单位", uses=(), settings="campmgr.areas.units.settings:SECTIONS")
