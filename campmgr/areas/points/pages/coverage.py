"""What of the year's plan and of the account's sections was reported, each number with its items."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request

from campmgr.areas.points.pages.office import period_asked, periods_of, year_of
from campmgr.areas.points.pages.standing import OfficeStand, at_office
from campmgr.areas.points.queries.coverage import COLUMNS, DAYS, PLAN, Covered, coverage
from campmgr.periods.spans import Span
from campmgr.web import respond
from campmgr.web.current import reading
from campmgr.web.guard import require
from campmgr.web.respond import Answer

area = Blueprint("office_coverage", __name__, url_prefix="/office/a/<activity>/coverage")


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """The words of each list, in a period; the periods to choose among."""

    at: OfficeStand
    period: Span
    choices: tuple[Span, ...]
    lists: tuple[tuple[str, tuple[Covered, ...]], ...]
    columns: str


@area.get("/")
@require("organizer")
def shown(activity: str) -> Answer:
    """Sums by tag and by section."""
    with reading() as (r, world):
        at = at_office(world, activity)
        period = period_asked(request.args.get("period", ""), year_of(at.activity))
        found = coverage(r, world, at.activity, period)
    lists = tuple((sort, tuple(each for each in found if each.sort == sort)) for sort in (PLAN, DAYS, COLUMNS))
    return respond.page("points/coverage.html", CoveragePage(at, period, periods_of(at.activity), lists, COLUMNS))
