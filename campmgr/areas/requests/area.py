"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Link
from campmgr.store.schemas import Schema

AREA = Area(
    name="requests",
    title="请上级办",
    uses=("units", "people"),
    schemas=(Schema("requests 1", __package__),),
    kinds="campmgr.areas.requests.kinds:KINDS",
    folds="campmgr.areas.requests.fold:FOLDS",
    matters="campmgr.areas.requests.matters:MATTERS",
    pages=("campmgr.areas.requests.pages:desk",),
    links=(Link("desk", 90, "requests.page", "请上级办", "write", group="核对"),),
)
