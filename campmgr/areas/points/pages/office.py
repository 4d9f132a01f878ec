"""The host's pages: who is short, the table whose cells open their items, and what waits to be settled or classed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.areas.points.actions.adoptions import LONGEST_REASON, settle
from campmgr.areas.points.files.forms import table_paper
from campmgr.areas.points.fold.outlets import dictionary_of
from campmgr.areas.points.kinds.lists import OUTLETS
from campmgr.areas.points.pages.standing import OfficeStand, at_office
from campmgr.areas.points.queries.items import (
    AdoptionLine,
    ItemLine,
    Wanted,
    count_of,
    items_of,
    known_items,
    unclassed_outlets,
    unsettled_adoptions,
    unsettled_count,
)
from campmgr.areas.points.queries.noted import noted_count
from campmgr.areas.points.queries.rows import RowUnit, rows_of
from campmgr.areas.points.queries.table import PointsTable, points_table
from campmgr.areas.points.queries.tasks import (
    by_unit,
    last_week,
    open_of,
    periods_to_ask,
    short_of,
    short_words,
    unit_tasks,
    within_words,
)
from campmgr.areas.points.rules.because import class_word
from campmgr.areas.points.rules.tasks import BLOCKS, GROUPS, TaskLine
from campmgr.areas.points.rules.worth import ARTICLES, REPORTS
from campmgr.areas.points.settings import CLASSES, Passing, Points
from campmgr.clock import later, today_of
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts.activities import Activity
from campmgr.facts.inventory_rows import list_row
from campmgr.files.official_book import write_paper
from campmgr.files.official_sheet import paper_pdf
from campmgr.periods.spans import Span, named, span_of, spans_in
from campmgr.web import respond
from campmgr.web.current import me, press, reading, writing
from campmgr.web.done import told
from campmgr.web.downloads import PDF, XLSX, download, written
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_points", __name__, url_prefix="/office/a/<activity>/points")

EACH = 50
COLUMNS = (REPORTS, ARTICLES, *map(str, CLASSES))


@dataclass(frozen=True, slots=True)
class ShortUnit:
    """A unit and the tasks it has not fulfilled, each with the part of the period it is of, "" for the whole."""

    row: RowUnit
    lines: tuple[tuple[str, TaskLine], ...]


@dataclass(frozen=True, slots=True)
class ShortPage:
    """Who is short in a period, with text to paste for each group's chat; the periods to choose among, the one before this.

    `owed`: whether anything is owed in it; `runs`: whether what is missing can still come in time.
    """

    at: OfficeStand
    period: Span
    choices: tuple[Span, ...]
    before: Span
    units: tuple[ShortUnit, ...]
    texts: tuple[tuple[str, str], ...]
    waiting: int
    owed: bool
    runs: bool


@dataclass(frozen=True, slots=True)
class TablePage:
    """The table of a period and a group, every cell with the column that its items stand in."""

    at: OfficeStand
    table: PointsTable
    group: str
    groups: tuple[str, ...]
    choices: tuple[Span, ...]
    columns: tuple[str, ...]
    figures: Mapping[str, tuple[int, ...]]
    total: tuple[int, ...]
    grades: bool


@dataclass(frozen=True, slots=True)
class ItemsPage:
    """Items as they were asked for: `told` says by what; page by page."""

    at: OfficeStand
    items: tuple[ItemLine, ...]
    units: Mapping[str, str]
    addresses: Mapping[str, str]
    told: tuple[str, ...]
    count: int
    page: int
    pages: int
    more: tuple[tuple[str, str], ...]
    passing: Passing


@dataclass(frozen=True, slots=True)
class WaitingOutletLine:
    """An outlet nobody has classed, how many adoptions wait for it, what it may be."""

    outlet: str
    waiting: int
    since: str
    like: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdoptionsPage:
    """Outlets to class, and the oldest adoptions to settle, each with its item; how many there are of them in all; how many fit no
    item (`noted`).
    """

    at: OfficeStand
    outlets: tuple[WaitingOutletLine, ...]
    adoptions: tuple[tuple[AdoptionLine, ItemLine, str], ...]
    unsettled: int
    classes: tuple[tuple[str, str], ...]
    words: Mapping[int, str]
    noted: int
    form: Form


@area.get("/short")
@require("organizer")
def short(activity: str) -> Answer:
    """Who has not fulfilled a week's, month's or quarter's tasks."""
    with reading() as (r, world):
        at, today = at_office(world, activity), today_of(r.clock)
        period = period_asked(request.args.get("period", ""), last_week(at.activity, today))
        rows = rows_of(r, world, at.activity)
        tasks = unit_tasks(r, world, at.activity, period, rows, today)
        waiting = count_of(r, at.activity, Wanted(state="waiting"))
    missing = short_of(tasks)
    units = tuple(
        ShortUnit(row, tuple((within_words(each, period), each) for each in lines))
        for row, lines in by_unit(missing or open_of(tasks))
    )
    groups = dict.fromkeys(each.group for each in rows)
    texts = tuple((group, short_words(period, [each for each in tasks if each.row.group == group])) for group in groups)
    choices, before = periods_to_ask(at.activity, today), span_of(period.kind, later(period.first, -1))
    page = ShortPage(at, period, choices, before, units, texts if tasks else (), waiting, bool(tasks), not missing)
    return respond.page("points/short.html", page)


@area.get("/table")
@require("organizer")
def table(activity: str) -> Answer:
    """The table of a period, a group at a time."""
    with reading() as (r, world):
        at = at_office(world, activity)
        group, period = _group(), period_asked(request.args.get("period", ""), year_of(at.activity))
        found = points_table(r, world, at.activity, period, group)
    rules = at.activity.rules[Points]
    figures = {each.row.unit.unit: each.printed(rules) for each in found.rows}
    total = tuple(map(sum, zip(*figures.values(), strict=True)))
    page = TablePage(at, found, group, GROUPS, periods_of(at.activity), COLUMNS, figures, total, bool(rules.grades))
    return respond.page("points/table.html", page)


@area.get("/table.<any(xlsx, pdf):ending>")
@require("organizer")
def file(activity: str, ending: str) -> Answer:
    """The table as the notice's annex prints it."""
    with reading() as (r, world):
        at = at_office(world, activity)
        group, period = _group(), period_asked(request.args.get("period", ""), year_of(at.activity))
        paper = table_paper(at.activity, group, points_table(r, world, at.activity, period, group))
    name = f"{at.activity.rules[Points].year}年度信息宣传稿件积分统计表（{group}）{period.words}.{ending}"
    if ending == "pdf":
        return download(paper_pdf(press(), paper), name, PDF)
    return download(written(lambda path: write_paper(path, paper)), name, XLSX)


@area.get("/items")
@require("organizer")
def items(activity: str) -> Answer:
    """Items: of a unit, of a period, of a cell of the table, of a state."""
    asked = {name: request.args.get(name, "")[:40] for name in ("unit", "period", "column", "state", "tag", "section")}
    number = int(request.args["page"]) if request.args.get("page", "").isdecimal() else 1
    with reading() as (r, world):
        at = at_office(world, activity)
        rows = {each.unit.unit: each for each in rows_of(r, world, at.activity)}
        of = next((each for each in rows.values() if each.unit.address == asked["unit"]), None)
        if asked["unit"] and of is None:
            raise NotFound("统计表里没有这个单位。", reason="unknown_unit", hint="请从统计表里选。")
        column = asked["column"] if asked["column"] in COLUMNS else ""
        period = period_asked(asked["period"], year_of(at.activity)) if asked["period"] or column else None
        wanted = Wanted(of.unit.unit if of else "", period, column, state=asked["state"] if asked["state"] in _STATES else "",
                        tag=asked["tag"], section=asked["section"], most=EACH, start=(max(number, 1) - 1) * EACH)  # fmt: skip
        found, count = items_of(r, at.activity, wanted), count_of(r, at.activity, wanted)
    words = (
        of.unit.name if of else "",
        period.words if period else "",
        _column_word(column),
        _STATES.get(asked["state"], ""),
        asked["tag"],
        asked["section"],
    )
    page = ItemsPage(
        at, found, {key: each.unit.name for key, each in rows.items()}, {key: each.unit.address for key, each in rows.items()},
        tuple(filter(None, words)), count, number, -(-count // EACH), tuple(each for each in asked.items() if each[1]),
        at.activity.rules[Passing],
    )  # fmt: skip
    return respond.page("points/items.html", page)


@area.get("/adoptions")
@require("organizer")
def adoptions(activity: str) -> Answer:
    """Outlets that nobody has classed, and adoptions that nobody has settled."""
    return _adoptions(activity, Form())


@area.post("/adoptions/class")
@require("organizer")
def class_outlet(activity: str) -> Answer:
    """Class an outlet from a day on; the adoptions that wait for it count from that day on."""
    form = Form.sent()
    name, cls = form.text("outlet", most=80), form.choice("class", tuple(map(str, CLASSES)))
    on = form.day("from_on")
    with writing() as (w, world):
        at = at_office(world, activity, runs=True)
        if not form.errors:
            with form.beside("outlet", BadInput, Refused):
                list_row(w, OUTLETS, at.activity, "", {"name": name, "class": int(cls), "from_on": on}, me().actor)
                return told(w, _("已归类。"), url_for("office_points.adoptions", **at.address))
    return _adoptions(activity, form, 422)


@area.post("/adoptions/settle")
@require("organizer")
def settle_one(activity: str) -> Answer:
    """Let an adoption count, or not, with the reason."""
    form = Form.sent()
    answer = form.choice("answer", ("counts", "refused"))
    item, adoption = form.text("of", most=64), form.text("adoption", most=64)
    reason = form.text("reason", required=answer == "refused", most=LONGEST_REASON)
    with writing() as (w, world):
        at = at_office(world, activity, runs=True)
        if not form.errors:
            line = known_items(w, [item]).get(item)
            if line is None or line.activity != at.activity.id:
                raise NotFound("没有这篇稿件。", reason="unknown_fact", hint="请刷新页面再核定。")
            with form.beside("reason", BadInput, Refused):
                settle(w, at.activity, line, adoption, counts=answer == "counts", reason=reason, actor=me().actor)
                words = _("已核定：计分。") if answer == "counts" else _("已核定：不计分。")
                return told(w, words, url_for("office_points.adoptions", **at.address))
    return _adoptions(activity, form, 422)


def _adoptions(activity: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        at = at_office(world, activity)
        noted = noted_count(r, at.activity)
        known, lines = dictionary_of(r, at.activity), unsettled_adoptions(r, at.activity, EACH)
        unsettled = unsettled_count(r, at.activity)
        waiting = tuple(WaitingOutletLine(*each, known.like(each.outlet)) for each in unclassed_outlets(r, at.activity))
        found = known_items(r, {each.item for each in lines})
        units = world.tree.units
        told_of = tuple(
            (each, found[each.item], units[found[each.item].unit].name) for each in lines if found[each.item].unit in units
        )
    pairs = tuple((str(cls), class_word(cls)) for cls in CLASSES)
    words = {cls: class_word(cls) for cls in range(6)}
    return respond.page("points/adoptions.html", AdoptionsPage(at, waiting, told_of, unsettled, pairs, words, noted, form), status)


_STATES = {"waiting": "待审", "returned": "已退回", "passed": "已审完"}


def _column_word(column: str) -> str:
    return {REPORTS: "工作动态/舆情", ARTICLES: "综合性文章/约稿"}.get(column) or (class_word(int(column)) if column else "")


def _group() -> str:
    asked = request.args.get("group", "")
    return asked if asked in GROUPS else BLOCKS


def year_of(activity: Activity) -> Span:
    """The year of the table."""
    return named(str(activity.rules[Points].year))


def period_asked(text: str, otherwise: Span) -> Span:
    """The period of an address; another where it names none."""
    try:
        return named(text) if text else otherwise
    except BadInput:
        return otherwise


def periods_of(activity: Activity) -> tuple[Span, ...]:
    """The year and its quarters."""
    year = year_of(activity)
    return (year, *spans_in("quarter", year.first, year.last))
