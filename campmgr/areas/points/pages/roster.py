"""The correspondents of all units, and each unit's list on the notice's form."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from campmgr.areas.points.files.roster import roster_paper
from campmgr.areas.points.pages.standing import OfficeStand, at_office
from campmgr.areas.points.queries.roster import UnitRoster, agreeing, correspondents_of, unit_rosters
from campmgr.areas.points.queries.rows import rows_of
from campmgr.clock import today_of
from campmgr.errors import NotFound
from campmgr.files.official_book import write_paper
from campmgr.web import respond
from campmgr.web.current import reading
from campmgr.web.downloads import XLSX, download, written
from campmgr.web.guard import require
from campmgr.web.respond import Answer

area = Blueprint("office_roster", __name__, url_prefix="/office/a/<activity>/roster")


@dataclass(frozen=True, slots=True)
class RosterPage:
    """The correspondents of every unit."""

    at: OfficeStand
    units: tuple[UnitRoster, ...]
    overdue: int


@area.get("/")
@require("organizer")
def listed(activity: str) -> Answer:
    """The correspondents of every unit, and who has handed in none."""
    with reading() as (r, world):
        at = at_office(world, activity)
        units = unit_rosters(r, world, at.activity, today_of(r.clock))
    return respond.page("points/roster.html", RosterPage(at, units, sum(each.overdue for each in units)))


@area.get("/<code>.xlsx")
@require("organizer")
def form(activity: str, code: str) -> Answer:
    """A unit's list on the notice's form, to be filled in and sent back."""
    with reading() as (r, world):
        at = at_office(world, activity)
        row = next((each for each in rows_of(r, world, at.activity) if each.unit.address == code), None)
        if row is None:
            raise NotFound("统计表里没有这个单位。", reason="unknown_unit", hint="请从名单里选。")
        now = [
            each
            for each in correspondents_of(r, at.activity, row.unit.unit)
            if not each.until_on and not each.waits_for(agreeing(at.activity))
        ]
        paper = roster_paper(at.activity, row.unit.name, now)
    return download(written(lambda path: write_paper(path, paper)), f"宣传员名单（{row.unit.name}）.xlsx", XLSX)
