"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area

AREA = Area(
    name="summaries",
    title="总结",
    uses=("units", "people", "hours", "certificates", "works", "prizes"),
    folds="campmgr.areas.summaries.fold:FOLDS",
)
