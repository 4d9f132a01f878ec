"""The log of a unit: who did what, when, what was taken back; what can be is taken back in one press."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from campmgr.accounts.queries import unit_for
from campmgr.desks.queries.unit_log import LOG
from campmgr.facts.units import Unit
from campmgr.web import respond
from campmgr.web.current import me, reading
from campmgr.web.guard import require
from campmgr.web.lists import ShownList, shown_list
from campmgr.web.respond import Answer

area = Blueprint("unit_log", __name__, url_prefix="/desk/units/<code>/log")


@dataclass(frozen=True, slots=True)
class UnitLogPage:
    """A unit, and its log as a list."""

    unit: Unit
    listed: ShownList
    may_write: bool


@area.get("")
@require("viewer")
def shown(code: str) -> Answer:
    """Who did what about a unit and its own people, the newest first."""
    with reading() as (r, world):
        unit = unit_for(world, me(), code)
        listed = shown_list(r, world, LOG, unit=unit.address)
    return respond.page("desks/unit_log.html", UnitLogPage(unit, listed, me().has("coordinator")))
