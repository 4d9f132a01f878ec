"""The pages of the lists with fields, as their declarations make them."""

from __future__ import annotations

from campmgr.areas.points.kinds.lists import LEADS, OUTLETS, VENUES, VIOLATIONS
from campmgr.web.inventory_pages import inventory_overview, inventory_pages

venues, outlets, all_venues = inventory_pages(VENUES), inventory_pages(OUTLETS), inventory_overview(VENUES)
violations, all_violations = inventory_pages(VIOLATIONS), inventory_overview(VIOLATIONS)
leads, all_leads = inventory_pages(LEADS), inventory_overview(LEADS)
