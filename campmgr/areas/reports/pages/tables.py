"""Lines by region, the way people go, and units in order: each as a page with its chart, as a workbook, and to print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import Account
from campmgr.areas.reports.files import grids
from campmgr.areas.reports.files.grid import Grid, printed, rate
from campmgr.areas.reports.pages.as_file import grid_file
from campmgr.areas.reports.pages.asked import SEEN, is_changed, page_asked, typed_day
from campmgr.areas.reports.queries.cross import Cross, cross, regions_for
from campmgr.areas.reports.queries.days import AsOf, as_of_words
from campmgr.areas.reports.queries.fields import Fields, fields
from campmgr.areas.reports.queries.progress import Progress, progress
from campmgr.areas.reports.queries.ranking import MEASURES, Ranking, kinds_for, ranking
from campmgr.errors import BadInput, NotFound
from campmgr.facts.tables import AMOUNTS
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import charts, respond
from campmgr.web.charts import Bar, Curve, Figure
from campmgr.web.current import me, reading
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.wording import normal, permille

area = Blueprint("office_tables", __name__, url_prefix="/office/reports")

PER_PAGE = 100
MOST_BARS, MOST_BARS_EACH = 15, 11


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose in the form above a table: its name in the address, its label, (value, words) and what is chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart: what it is of, and its bars."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class TablePage:
    """A report. `grid` holds the rows of this page alone; `address` is that of the report, `asked` what else stands in it.

    `least`: the least size, None where there is none to choose; `is_changed`: it is another than a page before it showed.
    """

    title: str
    when: AsOf
    wrong: str
    choices: tuple[Choice, ...]
    grid: Grid
    cells: tuple[tuple[str, ...], ...]
    closing: tuple[tuple[str, ...], ...]
    panels: tuple[Panel, ...]
    curve: Curve | None
    curve_words: str
    files: tuple[str, str]
    number: int
    pages: int
    address: str
    asked: tuple[tuple[str, str], ...]
    is_changed: bool
    least: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address, as far as it can be meant."""

    account: Account
    by: str
    of: str
    as_of: str
    wrong: str
    least: int = 0
    is_rate: bool = False

    @property
    def address(self) -> dict[str, Any]:
        """As it stands in an address again."""
        told = {
            "by": self.by,
            "of": self.of,
            "as_of": self.as_of,
            "least": str(self.least or ""),
            "way": "rate" if self.is_rate else "",
        }
        return {name: value for name, value in told.items() if value}


@area.get("/cross")
@require("organizer")
def cross_page() -> Answer:
    """Lines by region; `by`, `of` and `as_of` in the address."""
    with reading() as (r, world):
        asked, found, when = _cross(r, world)
        grid = grids.cross_grid(found, asked.of, when, world.name)
        regions = regions_for(world, asked.account)
    choices = (
        Choice("by", _("地区"), tuple((by, _(grids.REGIONS[by])) for by in regions), asked.by),
        Choice("of", _("看"), tuple((of, _(words)) for of, words in grids.MEASURES.items()), asked.of),
    )
    panels = _line_panels(found, asked.of)
    return _page(_("条线"), asked, when, grid, choices, panels=panels)


@area.get("/cross.<any(xlsx, pdf):ending>")
@require("organizer")
def cross_file(ending: str) -> Answer:
    """The same as a file. Raises BadInput for no day."""
    with reading() as (r, world):
        asked, found, when = _cross(r, world)
        grid = grids.cross_grid(found, asked.of, when, world.name)
    return _file(grid, asked, when, ending, f"条线-{grids.MEASURES[asked.of]}")


@area.get("/fields")
@require("organizer")
def fields_page() -> Answer:
    """Fields of life; `of` (what is drawn) and `as_of` in the address."""
    with reading() as (r, world):
        asked, found, when, grid = _fields(r, world)
    choices = (Choice("of", _("看"), tuple((of, _(words)) for of, words in grids.FIELD_MEASURES.items()), asked.of),)
    figures = [Figure("", each.field, count := getattr(each, asked.of), f"{count:,}") for each in found.rows]
    panels = (Panel(_(grids.FIELD_MEASURES[asked.of]), charts.bars(figures)),) if any(each.value for each in figures) else ()
    return _page(_("领域"), asked, when, grid, choices, panels=panels)


@area.get("/fields.<any(xlsx, pdf):ending>")
@require("organizer")
def fields_file(ending: str) -> Answer:
    """The same as a file. Raises BadInput for no day."""
    with reading() as (r, world):
        asked, _found, when, grid = _fields(r, world)
    return _file(grid, asked, when, ending, "领域")


@area.get("/progress")
@require("organizer")
def progress_page() -> Answer:
    """How far people have come; `as_of` in the address."""
    with reading() as (r, world):
        asked, found, when, grid = _progress(r, world)
    way = Panel(_("走到哪一步"), charts.bars([_stage(found, at) for at in range(len(grids.STAGES))]))
    series = [(float(date.fromisoformat(each.day).toordinal()), each.reached[0]) for each in found.days]
    curve = charts.curve(series)
    words = f"{found.days[0].day} — {found.days[-1].day}" if curve else ""
    shown = (way,) if found.reached[0] else ()
    return _page(_("进度"), asked, when, grid, (), panels=shown, curve=curve, curve_words=words, newest_first=True)


@area.get("/progress.<any(xlsx, pdf):ending>")
@require("organizer")
def progress_file(ending: str) -> Answer:
    """The same as a file. Raises BadInput for no day."""
    with reading() as (r, world):
        asked, _found, when, grid = _progress(r, world)
    return _file(grid, asked, when, ending, "进度")


@area.get("/ranking")
@require("organizer")
def ranking_page() -> Answer:
    """Units in order; `by` (their kind), `of`, `way` ("rate"), `least` and `as_of` in the address."""
    with reading() as (r, world):
        asked, found, when = _ranking(r, world)
        grid = grids.ranking_grid(found, when, world.name)
        kinds = kinds_for(world, asked.account)
    choices = (
        Choice("by", _("单位"), tuple((by, _(grids.KINDS[by])) for by in kinds), asked.by),
        Choice("of", _("看"), tuple((of, _(grids.MEASURES[of])) for of in MEASURES), asked.of),
        Choice("way", _("按"), (("", _("人数")), ("rate", _("率"))), "rate" if asked.is_rate else ""),
    )
    panels = (Panel(_("前 %(n)s 名") % {"n": MOST_BARS}, _first(found)),) if found.rows else ()
    return _page(_("排名"), asked, when, grid, choices, panels=panels, least=asked.least)


@area.get("/ranking.<any(xlsx, pdf):ending>")
@require("organizer")
def ranking_file(ending: str) -> Answer:
    """The same as a file. Raises BadInput for no day."""
    with reading() as (r, world):
        asked, found, when = _ranking(r, world)
        grid = grids.ranking_grid(found, when, world.name)
    return _file(grid, asked, when, ending, f"{grids.KINDS[asked.by]}排名")


def _cross(r: Reader, world: World) -> tuple[Asked, Cross, AsOf]:
    asked = _asked(world, regions_for, tuple(grids.MEASURES))
    return asked, cross(r, world, asked.account, asked.by, asked.as_of), as_of_words(r, world, asked.as_of)


def _fields(r: Reader, world: World) -> tuple[Asked, Fields, AsOf, Grid]:
    asked = _asked(world, lambda _world, _account: ("",), tuple(grids.FIELD_MEASURES))
    found, when = fields(r, world, asked.account, asked.as_of), as_of_words(r, world, asked.as_of)
    return asked, found, when, grids.fields_grid(found, when, world.name, _scope(world, asked.account))


def _scope(world: World, account: Account) -> str:
    unit = world.tree.units[account.unit].name
    return f"{unit}（{account.line}）" if account.line else unit


def _progress(r: Reader, world: World) -> tuple[Asked, Progress, AsOf, Grid]:
    asked = _asked(world, lambda _world, _account: ("",), ("",))
    found, when = progress(r, asked.account, asked.as_of), as_of_words(r, world, asked.as_of)
    return asked, found, when, grids.progress_grid(found, when, world.name, _scope(world, asked.account))


def _ranking(r: Reader, world: World) -> tuple[Asked, Ranking, AsOf]:
    asked = _asked(world, kinds_for, MEASURES)
    least = normal(request.args.get("least", ""))
    is_number = least.isascii() and least.isdigit() and len(least) < 8
    asked = replace(
        asked,
        least=int(least) if is_number else 0,
        wrong=asked.wrong or ("" if is_number or not least else _("“应参与至少”请只填数字，例如 30。")),
        is_rate=request.args.get("way") == "rate",
    )
    found = ranking(r, world, asked.account, asked.by, asked.of, is_rate=asked.is_rate, least=asked.least, as_of=asked.as_of)
    return asked, found, as_of_words(r, world, asked.as_of)


def _asked(world: World, kinds: Callable[[World, Account], tuple[str, ...]], measures: tuple[str, ...]) -> Asked:
    account = me()
    known = kinds(world, account)
    if not known:
        raise NotFound("您的单位下面没有可以列的行。", reason="no_such_page", hint="请看报表的其他几页。")
    by, of = request.args.get("by", ""), request.args.get("of", "")
    as_of, wrong = typed_day(request.args.get("as_of", ""))
    return Asked(account, by if by in known else known[0], of if of in measures else measures[0], as_of, wrong)


def _page(
    title: str, asked: Asked, when: AsOf, grid: Grid, choices: tuple[Choice, ...], *, panels: tuple[Panel, ...] = (),
    curve: Curve | None = None, curve_words: str = "", least: int | None = None, newest_first: bool = False,
) -> Answer:  # fmt: skip
    pages = max(1, -(-len(grid.rows) // PER_PAGE))
    number = page_asked(pages)
    ordered = grid.rows[::-1] if newest_first else grid.rows  # files begin with the first day
    rows = ordered[(number - 1) * PER_PAGE : number * PER_PAGE]
    endpoint = (request.endpoint or "").removesuffix("_page")
    address = {**asked.address, SEEN: grid.code}
    files = tuple(url_for(f"{endpoint}_file", ending=ending, **address) for ending in ("xlsx", "pdf"))
    page = TablePage(
        title, when, asked.wrong, choices, grid, tuple(tuple(map(printed, row)) for row in rows),
        tuple(tuple(map(printed, row)) for row in grid.closing), panels, curve, curve_words, (files[0], files[1]), number, pages,
        request.path, tuple(address.items()), is_changed(grid.code), least,
    )  # fmt: skip
    return respond.page("reports/table.html", page, 422 if asked.wrong else 200)


def _file(grid: Grid, asked: Asked, when: AsOf, ending: str, name: str) -> Answer:
    if asked.wrong:
        raise BadInput(asked.wrong, reason="bad_date")
    return grid_file(grid, f"{name}-{when.shown[:10]}", ending)


def _line_panels(found: Cross, of: str) -> tuple[Panel, ...]:
    """A small chart for each line, and one of everybody, of the largest regions first."""
    panels = []
    for at, title in enumerate((_("合计"), *found.lines)):
        figures = []
        for row in found.rows:
            cell = (row.whole, *row.cells)[at]
            told = grids.measured(cell, of)
            amount = cell.amounts[AMOUNTS.index({"rate": "joined", "certified_rate": "certified"}.get(of, of))]
            share = permille(amount, cell.expected)
            figures.append(Figure(row.code, row.name, share if of.endswith("rate") else amount, printed(told)))
        known = sorted((each for each in figures if each.value), key=lambda each: -(each.value or 0))
        if known:
            panels.append(Panel(title, charts.bars(known[:MOST_BARS_EACH])))
    return tuple(panels)


def _stage(found: Progress, at: int) -> Figure:
    count = found.reached[at]
    share = rate(count, found.reached[0]) if at else None
    return Figure("", _(grids.STAGES[at]), count, f"{count:,}" + (f" · {share}" if share else ""))


def _first(found: Ranking) -> tuple[Bar, ...]:
    at = AMOUNTS.index(found.of)
    return charts.bars([
        Figure(each.code, each.name,
               permille(each.amounts[at], each.expected) if found.is_rate else each.amounts[at],
               str(rate(each.amounts[at], each.expected) or "") if found.is_rate else f"{each.amounts[at]:,}")
        for each in found.rows[:MOST_BARS]
    ])  # fmt: skip
