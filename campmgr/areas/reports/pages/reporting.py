"""Who has not reported: region by region, unit by unit, with the text for each group chat (F-26)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, request

from campmgr.areas.reports.files import grids
from campmgr.areas.reports.files.grid import Grid, printed
from campmgr.areas.reports.pages.as_file import grid_file
from campmgr.areas.reports.pages.asked import is_changed, page_asked
from campmgr.areas.reports.queries.days import AsOf, as_of_words
from campmgr.areas.reports.queries.reporting import Region, Reporting, Silent, reporting
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import me, reading
from campmgr.web.guard import require
from campmgr.web.respond import Answer

area = Blueprint("office_reporting", __name__, url_prefix="/office/reports/reporting")

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class ReportingPage:
    """Every region with its reminder; one page of the units in which nobody has joined, of one `region` or (None) of all.

    `seen`: the codes of both tables, for the files of what is shown; `is_changed`: they are others than a page before showed.
    """

    when: AsOf
    grid: Grid
    cells: tuple[tuple[str, ...], ...]
    closing: tuple[str, ...]
    regions: tuple[Region, ...]
    silent: tuple[Silent, ...]
    count: int
    number: int
    pages: int
    region: Region | None
    seen: tuple[str, str]
    is_changed: bool


@area.get("/")
@require("organizer")
def shown() -> Answer:
    """Who has not reported; `page` in the address, and `region`, of which alone the units are listed."""
    with reading() as (r, world):
        found, when, camp = _found(r, world)
    grid = grids.reporting_grid(found, when, camp)
    region = _region(found)
    listed = _of_region(found, region)
    code, silent = grid.code, grids.silent_grid(listed, when, camp).code
    pages = max(1, -(-len(listed.silent) // PER_PAGE))
    number = page_asked(pages)
    page = ReportingPage(
        when, grid, tuple(tuple(map(printed, row)) for row in grid.rows), tuple(map(printed, grid.closing[0])),
        tuple(each for each in found.regions if each.reminder), listed.silent[(number - 1) * PER_PAGE : number * PER_PAGE],
        len(listed.silent), number, pages, region, (code, silent), is_changed(silent),
    )  # fmt: skip
    return respond.page("reports/reporting.html", page)


@area.get("/<any(regions, units):what>.<any(xlsx, pdf):ending>")
@require("organizer")
def file(what: str, ending: str) -> Answer:
    """The regions, or the units in which nobody has joined, of `region` in the address alone, as a file."""
    with reading() as (r, world):
        found, when, camp = _found(r, world)
    listed = _of_region(found, _region(found))
    grid = grids.reporting_grid(found, when, camp) if what == "regions" else grids.silent_grid(listed, when, camp)
    name = f"{'报送情况' if what == 'regions' else '还没有人参加的单位'}-{when.shown[:10]}"
    return grid_file(grid, name, ending)


def _region(found: Reporting) -> Region | None:
    return next((each for each in found.regions if each.unit and each.unit == request.args.get("region")), None)


def _of_region(found: Reporting, region: Region | None) -> Reporting:
    """With the units of one region alone, or of all."""
    return replace(found, silent=tuple(each for each in found.silent if region is None or each.region == region.name))


def _found(r: Reader, world: World) -> tuple[Reporting, AsOf, str]:
    return reporting(r, world, me()), as_of_words(r, world, ""), world.name
