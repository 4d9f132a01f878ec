"""A unit's own page: what it owes this week, month and quarter, where it stands, and what it has reported."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request

from campmgr.areas.points.pages.standing import DeskStand, at_desk
from campmgr.areas.points.queries.items import ItemLine, Wanted, count_of, items_of
from campmgr.areas.points.queries.table import PointsRow, points_table
from campmgr.areas.points.queries.tasks import day_within, lines_around, this_week
from campmgr.areas.points.rules.tasks import TaskLine
from campmgr.areas.points.settings import Passing, Points, Tasks
from campmgr.clock import later, today_of
from campmgr.errors import BadInput
from campmgr.periods.deadlines import end_of
from campmgr.periods.spans import Span, named, next_span, owner, span_of
from campmgr.web import respond
from campmgr.web.current import reading
from campmgr.web.guard import require
from campmgr.web.respond import Answer

area = Blueprint("reporting_week", __name__, url_prefix="/desk/units/<code>/a/<activity>/week")

EACH = 20


@dataclass(frozen=True, slots=True)
class OwnTask:
    """A task in words: how it stands, what is missing, until when."""

    line: TaskLine
    until: str
    left: str


@dataclass(frozen=True, slots=True)
class WeekPage:
    """The unit's tasks of a week, its points and place of the year, its items page by page, and what waits for somebody.

    `beside`: the weeks before and after it, as far as they belong to the year.
    """

    at: DeskStand
    week: Span
    beside: tuple[Span | None, Span | None]
    year: str
    tasks: tuple[OwnTask, ...]
    row: PointsRow
    among: int
    items: tuple[ItemLine, ...]
    page: int
    pages: int
    passing: Passing
    waiting: int
    returned: int


@area.get("")
@require("viewer")
def week(code: str, activity: str) -> Answer:
    """What a unit owes in a week, this one or another, and what it has reported. Raises as `at_desk`."""
    number = max(1, int(request.args.get("page", "1")) if request.args.get("page", "1").isdecimal() else 1)
    with reading() as (r, world):
        at = at_desk(r, world, code, activity)
        now = r.clock.now()
        today, unit = today_of(r.clock), at.row.unit.unit
        week = _asked(request.args.get("period", "")) or this_week(at.activity, today)
        looked_at = week.last if week.last < today else today if week.holds(today) else week.first
        lines = lines_around(r, world, at.activity, at.row, week, day_within(at.activity, looked_at), today)
        table = points_table(r, world, at.activity, named(str(at.activity.rules[Points].year)), at.row.group)
        own = next(each for each in table.rows if each.row.unit.unit == unit)
        count = count_of(r, at.activity, Wanted(unit=unit))
        items = items_of(r, at.activity, Wanted(unit=unit, most=EACH, start=(number - 1) * EACH))
        waiting, returned = (count_of(r, at.activity, Wanted(unit=unit, state=state)) for state in ("waiting", "returned"))
    tasks = tuple(OwnTask(line, end_of(line.period.last).words, end_of(line.period.last).left_words(now)) for line in lines)
    year, of = str(at.activity.rules[Points].year), at.activity.rules[Tasks].week_of
    around = (span_of("week", later(week.first, -1)), next_span(week))
    before, after = (each if owner(each, "year", of).name == year else None for each in around)
    page = WeekPage(
        at,
        week,
        (before, after),
        year,
        tasks,
        own,
        len(table.rows),
        items,
        number,
        -(-count // EACH),
        at.activity.rules[Passing],
        waiting,
        returned,
    )
    return respond.page("points/week.html", page)


def _asked(text: str) -> Span | None:
    """The week of an address; None where it names none."""
    try:
        found = named(text) if text else None
    except BadInput:
        return None
    return found if found is not None and found.kind == "week" else None
