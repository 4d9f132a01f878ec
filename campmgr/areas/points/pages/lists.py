"""The pages of venues and outlets, as their declarations make them."""

from __future__ import annotations

from campmgr.areas.points.kinds.lists import OUTLETS, VENUES
from campmgr.web.inventory_pages import inventory_overview, inventory_pages

venues, outlets, all_venues = inventory_pages(VENUES), inventory_pages(OUTLETS), inventory_overview(VENUES)
