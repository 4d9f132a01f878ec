"""The page of an activity's rounds."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from campmgr.accounts.queries import activity_for
from campmgr.facts.activities import Activity
from campmgr.web import respond
from campmgr.web.current import me, reading
from campmgr.web.guard import require
from campmgr.web.inventory_pages import inventory_overview, inventory_pages
from campmgr.web.respond import Answer
from tests.kit.walks.files import WHO
from tests.kit.walks.inventories import CHANNELS, SITES
from tests.kit.walks.queries import walks_of

area = Blueprint("walks", __name__, url_prefix="/office/a/<activity>/walks", template_folder="templates")
sites, channels, all_sites = inventory_pages(SITES, WHO), inventory_pages(CHANNELS), inventory_overview(SITES)


@dataclass(frozen=True, slots=True)
class WalksPage:
    """An activity and its rounds."""

    activity: Activity
    rows: list[tuple[str, str, int, int]]


@area.get("/")
@require("organizer")
def listed(activity: str) -> Answer:
    """Every round. Raises NotFound."""
    with reading() as (r, world):
        found = activity_for(world, me(), activity, "walks")
        page = WalksPage(found, walks_of(r, found.id))
    return respond.page("walks/walks.html", page)
