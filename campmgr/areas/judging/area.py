"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area
from campmgr.store.schemas import Schema

AREA = Area(
    name="judging",
    title="评审",
    sort="entries",
    schemas=(Schema("judging 1", __package__), Schema("awards 1", __package__, "awards.sql")),
    kinds="campmgr.areas.judging.kinds:KINDS",
    folds="campmgr.areas.judging.fold.folds:FOLDS",
    settings="campmgr.areas.judging.settings:SECTIONS",
)
