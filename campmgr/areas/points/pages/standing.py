"""Where a page of this sort stands: the activity and, at a desk, the unit with its row; what of them stands in addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from campmgr.accounts.queries import activity_for, activity_run_by, runs_activity, unit_for
from campmgr.areas.points.queries.rows import RowUnit, row_of
from campmgr.facts.activities import Activity
from campmgr.facts.saying import closed
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web.current import me


class DeskStand(NamedTuple):
    """A unit's desk in an activity; `may_write`: whether whoever looks may report there."""

    activity: Activity
    row: RowUnit
    address: Mapping[str, Any]
    may_write: bool


class OfficeStand(NamedTuple):
    """An activity's office; `may_run`: whether whoever looks decides there; `desk`: the host unit in addresses, at whose desk files
    of all units are imported.
    """

    activity: Activity
    address: Mapping[str, Any]
    may_run: bool
    desk: str


def at_desk(r: Reader, world: World, code: str, activity: str, *, writes: bool = False) -> DeskStand:
    """The desk of a unit. Raises as `unit_for` and `activity_for` do, Refused for a unit without a row, or what is over."""
    account = me()
    unit, found = unit_for(world, account, code), activity_for(world, account, activity, "points")
    row = row_of(r, world, found, unit.unit)
    if writes and not found.is_open:
        raise closed(found)
    address = {"code": unit.address, "activity": world.activities.address(found)}
    return DeskStand(found, row, address, found.is_open and account.has("coordinator"))


def at_office(world: World, activity: str, *, runs: bool = False) -> OfficeStand:
    """The office. Raises as `activity_for` does; with `runs` NotAllowed for who only sees it, Refused for one that is over."""
    account = me()
    found = activity_for(world, account, activity, "points")
    if runs:
        activity_run_by(world, account, activity)
        if not found.is_open:
            raise closed(found)
    address = {"activity": world.activities.address(found)}
    return OfficeStand(found, address, found.is_open and runs_activity(world, account, found), world.tree.units[found.host].address)
