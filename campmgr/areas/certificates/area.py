"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area

AREA = Area(
    name="certificates",
    title="证书",
    uses=("units", "camp", "people", "hours"),
    folds="campmgr.areas.certificates.fold:FOLDS",
    world="campmgr.areas.certificates.fold:WORLD",
)
