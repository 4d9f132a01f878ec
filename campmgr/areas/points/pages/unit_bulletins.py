"""What the host has published, at a unit's desk: its leader and its correspondent read every bulletin, their own row marked."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from campmgr.areas.points.files.bulletin import bulletin_paper
from campmgr.areas.points.pages.shown_bulletin import ShownBulletin, bulletin_file, shown_bulletin
from campmgr.areas.points.pages.standing import DeskStand, at_desk
from campmgr.areas.points.queries.bulletins import Bulletin, bulletin_of, bulletins_of
from campmgr.areas.points.rules.bulletin import BulletinRow
from campmgr.web import respond
from campmgr.web.current import reading
from campmgr.web.guard import require
from campmgr.web.respond import Answer

area = Blueprint("unit_bulletins", __name__, url_prefix="/desk/units/<code>/a/<activity>/bulletins")


@dataclass(frozen=True, slots=True)
class UnitBulletinsPage:
    """Every bulletin that was published, the newest first, each with the unit's own row, None where it has none."""

    at: DeskStand
    bulletins: tuple[tuple[Bulletin, BulletinRow | None], ...]


@dataclass(frozen=True, slots=True)
class UnitBulletinPage:
    """One bulletin, at a desk."""

    at: DeskStand
    shown: ShownBulletin


@area.get("/")
@require("viewer")
def listed(code: str, activity: str) -> Answer:
    """Every bulletin. Raises as `at_desk`."""
    with reading() as (r, world):
        at = at_desk(r, world, code, activity)
        found = reversed(bulletins_of(r, at.activity))
    own = at.row.unit.unit
    lines = tuple((each, next((row for row in each.unrolled.rows if row.unit == own), None)) for each in found)
    return respond.page("points/unit_bulletins.html", UnitBulletinsPage(at, lines))


@area.get("/<int:number>")
@require("viewer")
def one(code: str, activity: str, number: int) -> Answer:
    """One bulletin. Raises as `at_desk`, NotFound."""
    with reading() as (r, world):
        at = at_desk(r, world, code, activity)
        shown = shown_bulletin(world, bulletin_of(r, at.activity, number), at.row.unit.unit)
    return respond.page("points/unit_bulletin.html", UnitBulletinPage(at, shown))


@area.get("/<int:number>.<any(xlsx, pdf):ending>")
@require("viewer")
def file(code: str, activity: str, number: int, ending: str) -> Answer:
    """A bulletin on the form of the notice's annex. Raises as `at_desk`, NotFound."""
    with reading() as (r, world):
        found = bulletin_of(r, at_desk(r, world, code, activity).activity, number)
        paper = bulletin_paper(r, world, found)
    return bulletin_file(found, paper, ending)
