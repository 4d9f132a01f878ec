"""Every unit's venues, whether each is what its class asks, and which unit has listed too few or too many."""

from __future__ import annotations

from typing import NamedTuple

from campmgr.areas.points.kinds.lists import VENUES
from campmgr.areas.points.queries.rows import RowUnit, rows_of
from campmgr.areas.points.rules.tasks import BLOCKS
from campmgr.areas.points.rules.venues import Venue, listed_state, unfit
from campmgr.areas.points.settings import Venues
from campmgr.facts.activities import Activity
from campmgr.facts.inventory_rows import InventoryRow, inventory_rows
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.wording import Reason


class JudgedVenue(NamedTuple):
    """A venue, and why it is not what its class asks (None: it is)."""

    row: InventoryRow
    why_not: Reason | None


class UnitVenues(NamedTuple):
    """A block and its venues against how many it should list."""

    row: RowUnit
    venues: tuple[JudgedVenue, ...]
    state: Reason


def judged_venues(r: Reader, activity: Activity, unit: str = "") -> tuple[JudgedVenue, ...]:
    """The venues of an activity, of one unit where it is named."""
    rules = activity.rules[Venues]
    return tuple(
        JudgedVenue(row, unfit(Venue(row.values["class"], row.values["area"], bool(row.values["usable"])), rules))
        for row in inventory_rows(r, VENUES, activity.id, unit)
    )


def unit_venues(r: Reader, world: World, activity: Activity) -> tuple[UnitVenues, ...]:
    """Every block with its venues: offices are not asked for any."""
    every, rules = judged_venues(r, activity), activity.rules[Venues]
    found: list[UnitVenues] = []
    for row in rows_of(r, world, activity, BLOCKS):
        own = tuple(each for each in every if each.row.unit == row.unit.unit)
        found.append(UnitVenues(row, own, listed_state(len(own), rules)))
    return tuple(found)
