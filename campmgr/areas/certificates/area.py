"""What this area brings."""

from __future__ import annotations

from campmgr.areas.certificates.kinds import KINDS
from campmgr.facts.area import Area
from campmgr.store.schemas import Schema

AREA = Area(
    name="certificates",
    title="证书",
    uses=("units", "camp", "people", "hours"),
    schemas=(Schema("certificates 1", __package__),),
    kinds=KINDS,
    folds="campmgr.areas.certificates.fold:FOLDS",
    world="campmgr.areas.certificates.fold:WORLD",
    settings="campmgr.areas.certificates.settings:SECTIONS",
)
