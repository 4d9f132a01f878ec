"""A unit's own page: what it owes this week, month and quarter, where it stands, and what it has reported."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request

from campmgr.areas.points.pages.standing import DeskStand, at_desk
from campmgr.areas.points.queries.items import ItemLine, Wanted, count_of, items_of
from campmgr.areas.points.queries.table import PointsRow, points_table
from campmgr.areas.points.queries.tasks import unit_tasks
from campmgr.areas.points.rules.tasks import OFFICES, TaskLine
from campmgr.areas.points.settings import ARTICLE, Passing, Points
from campmgr.clock import today_of
from campmgr.periods.deadlines import end_of
from campmgr.periods.spans import SpanKind, named, span_of
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
    """The unit's tasks now, its points and place of the year, its items page by page, and what waits for somebody."""

    at: DeskStand
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
    """What a unit owes now and what it has reported. Raises as `at_desk`."""
    number = max(1, int(request.args.get("page", "1")) if request.args.get("page", "1").isdecimal() else 1)
    with reading() as (r, world):
        at = at_desk(r, world, code, activity)
        now = r.clock.now()
        today, unit = today_of(r.clock), at.row.unit.unit
        kinds: tuple[SpanKind, ...] = ("week", "month" if at.row.group == OFFICES else "quarter")
        lines = [
            each.line for kind in kinds for each in unit_tasks(r, world, at.activity, span_of(kind, today), [at.row], today)
            if (each.line.sort == ARTICLE) == (kind != "week")
        ]  # fmt: skip
        table = points_table(r, world, at.activity, named(str(at.activity.rules[Points].year)), at.row.group)
        own = next(each for each in table.rows if each.row.unit.unit == unit)
        count = count_of(r, at.activity, Wanted(unit=unit))
        items = items_of(r, at.activity, Wanted(unit=unit, most=EACH, start=(number - 1) * EACH))
        waiting, returned = (count_of(r, at.activity, Wanted(unit=unit, state=state)) for state in ("waiting", "returned"))
    tasks = tuple(OwnTask(line, end_of(line.period.last).words, end_of(line.period.last).left_words(now)) for line in lines)
    page = WeekPage(
        at, tasks, own, len(table.rows), items, number, -(-count // EACH), at.activity.rules[Passing], waiting, returned
    )
    return respond.page("points/week.html", page)
