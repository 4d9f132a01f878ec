"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Command
from campmgr.store.schemas import Schema

AREA = Area(
    name="duties",
    title="职责",
    uses=("people",),
    schemas=(Schema("duties 1", __package__),),
    kinds="campmgr.areas.duties.kinds:KINDS",
    folds="campmgr.areas.duties.fold:FOLDS",
    pages=("campmgr.areas.duties.pages:area",),
    commands=(Command("duty", "职责：登记、结束、列出", "campmgr.areas.duties.commands:duty"),),
)
