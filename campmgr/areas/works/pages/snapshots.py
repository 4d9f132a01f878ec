"""Snapshots of like counts in the office: which files, when, by whom, and what changed since the one before (F-24)."""

from __future__ import annotations

from flask import Blueprint, request

from campmgr.areas.works.queries.snapshots import snapshot_page, snapshots
from campmgr.web import respond
from campmgr.web.current import page_asked, reading
from campmgr.web.guard import require, whole_camp
from campmgr.web.respond import Answer

area = Blueprint("office_snapshots", __name__, url_prefix="/office/works/snapshots")


@area.get("/")
@require("organizer")
def everything() -> Answer:
    """Every snapshot, the latest first."""
    with reading() as (r, world):
        whole_camp(world)
        found = snapshots(r, world)
    return respond.page("works/snapshots.html", found)


@area.get("/<at>")
@require("organizer")
def one(at: str) -> Answer:
    """One snapshot and what changed; `change` and `page` in the address. Raises NotFound."""
    with reading() as (r, world):
        whole_camp(world)
        found = snapshot_page(r, world, at, request.args.get("change", ""), page_asked())
    return respond.page("works/snapshot.html", found)
