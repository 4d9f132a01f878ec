"""What this area brings."""

from __future__ import annotations

from campmgr.areas.summaries.kinds import KINDS
from campmgr.facts.area import Area
from campmgr.store.schemas import Schema

AREA = Area(
    name="summaries",
    title="总结",
    uses=("units", "camp", "people", "hours", "certificates", "works", "prizes"),
    schemas=(Schema("summaries 1", __package__),),
    kinds=KINDS,
    folds="campmgr.areas.summaries.fold:FOLDS",
    settings="campmgr.areas.summaries.settings:SECTIONS",
)
