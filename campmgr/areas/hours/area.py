"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area

AREA = Area(name="hours", title="课时", uses=("units", "people"))
