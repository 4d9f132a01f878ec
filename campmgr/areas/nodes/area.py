"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area

AREA = Area(name="nodes", title="节点", uses=("units", "camp", "people", "hours", "certificates", "works", "prizes", "summaries"))
