"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area
from campmgr.store.schemas import Schema

AREA = Area(
    name="drafts",
    title="草稿",
    uses=("units", "camp", "people", "hours", "nodes"),
    schemas=(Schema("drafts 1", __package__),),
    forgets="campmgr.areas.drafts.local:forget_names",
    matters="campmgr.areas.drafts.matters:MATTERS",
    pages=("campmgr.areas.drafts.pages.waiting:area", "campmgr.areas.drafts.pages.bringing:area"),
)
