"""Roll-ups in the office: a table, the same numbers as bars and tiles, and as a workbook (F-10)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request

from campmgr.areas.reports.files.grid import Grid, rate
from campmgr.areas.reports.files.grids import notes_of
from campmgr.areas.reports.pages.as_file import grid_file
from campmgr.areas.reports.pages.asked import SEEN, is_changed, page_asked, typed_day
from campmgr.areas.reports.queries.days import AsOf, as_of_words
from campmgr.areas.units.queries.report_lines import row_of_no_city
from campmgr.areas.units.queries.reports import Report, ReportRow
from campmgr.areas.units.queries.scoped_reports import report_for, reports_for
from campmgr.areas.units.settings import PARTICIPANT_KINDS
from campmgr.errors import BadInput, NotFound
from campmgr.facts.tables import AMOUNTS
from campmgr.files.report_table import Hours, Value
from campmgr.settings.terms import say
from campmgr.web import charts, respond
from campmgr.web.charts import Bar, Figure, TileMap
from campmgr.web.current import me, reading
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.wording import hours_text

area = Blueprint("office_reports", __name__, url_prefix="/office/reports")

TITLES = {
    "city": "按设区市",
    "county": "按县（市、区）",
    "school": "按学校",
    "federation": "按妇联",
    "line": "按条线",
    "kind": "按参与者类别",
}
COLUMNS = {"joined": "已参加", "learning": "正在学习", "completed": "学满课时", "ready": "达到条件", "certified": "获得证书",
           "hours": "课时", "works": "作品", "likes": "点赞"}  # fmt: skip
MEASURES = {
    "joined": "已参加",
    "rate": "参加率",
    "completed": "学满课时",
    "certified": "获得证书",
    "hours": "课时",
    "likes": "点赞",
}
_MOST_BARS = 30
PER_PAGE = 100
"""Rows of a page; files have them all."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as printed: expected (None: not said), the rate of those who joined ("" where nobody is expected), amounts in words."""

    code: str
    name: str
    expected: int | None
    rate: str
    amounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report: what it is by, what is drawn, its rows and its closing rows, bars and tiles of the same numbers.

    `too_many`: why a row tells more people than it is to have; "" where none does. `others`: the row of all that belongs to no
    city, "" where there is none. `seen`: the code of the whole table, `is_changed`: it is another than a page before it showed.
    """

    by: str
    of: str
    when: AsOf
    titles: tuple[tuple[str, str], ...]
    measures: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    closing: tuple[ShownRow, ...]
    bars: tuple[Bar, ...]
    bars_left: int
    tiles: TileMap | None
    wrong_day: str
    too_many: str
    others: str
    number: int
    pages: int
    address: str
    asked: tuple[tuple[str, str], ...]
    seen: str
    is_changed: bool


@area.get("/")
@require("organizer")
def reports() -> Answer:
    """A report; `by`, `of` (what is drawn) and `as_of` (a day) in the address."""
    of, (as_of, wrong) = request.args.get("of", "joined"), typed_day(request.args.get("as_of", ""))
    of = of if of in MEASURES else "joined"
    with reading() as (r, world):
        account = me()
        known = reports_for(world, account)
        asked = request.args.get("by", known[0])
        by = asked if asked in known else known[0]
        found = report_for(r, world, account, by, as_of)
        when, name = as_of_words(r, world, as_of), world.name
        others = row_of_no_city(world) if by == "city" else ""
    figures = sorted((_figure(row, of) for row in found.rows), key=lambda each: -(each.value or 0))
    drawn = charts.bars([each for each in figures if each.value])
    tiles = charts.tile_map([_figure(row, of) for row in found.rows]) if by == "city" and len(found.rows) > 1 else None
    code = _grid(found, name, when).code
    pages = max(1, -(-len(found.rows) // PER_PAGE))
    number = page_asked(pages)
    page = ReportPage(by, of, when, tuple((each, _(TITLES[each])) for each in known),
                      tuple((each, _(words)) for each, words in MEASURES.items()), tuple(map(_, COLUMNS.values())),
                      tuple(map(_shown, found.rows[(number - 1) * PER_PAGE : number * PER_PAGE])), _closing(found),
                      drawn[:_MOST_BARS], max(0, len(drawn) - _MOST_BARS), tiles, wrong,
                      _why_too_many(found), others if any(row.name == others for row in found.rows) else "",
                      number, pages, request.path,
                      tuple({"by": by, "of": of, "as_of": as_of, SEEN: code}.items()), code, is_changed(code))  # fmt: skip
    return respond.page("reports/roll_up.html", page, 422 if wrong else 200)


@area.get("/<by>.<any(xlsx, pdf):ending>")
@require("organizer")
def table(by: str, ending: str) -> Answer:
    """A report as a file. Raises NotFound for one the account cannot have, BadInput for no day."""
    as_of, wrong = typed_day(request.args.get("as_of", ""))
    if wrong:
        raise BadInput(wrong, reason="bad_date")
    with reading() as (r, world):
        account = me()
        if by not in reports_for(world, account):
            raise NotFound("没有这张报表。", reason="no_such_page", hint="请从报表页下载。")
        found, name, when = report_for(r, world, account, by, as_of), world.name, as_of_words(r, world, as_of)
    return grid_file(_grid(found, name, when), f"参与情况-{TITLES[by]}-{when.shown[:10]}", ending)


def _grid(found: Report, name: str, when: AsOf) -> Grid:
    too_many = _why_too_many(found)
    notes = (f"{TITLES[found.by]}；{when.words}", *notes_of(when, found.heads)[1:], *([too_many] if too_many else []))
    return Grid(f"{name}参与情况", notes, ("代码", "名称", "应参与", "参加率", *COLUMNS.values()),
                tuple(map(_cells, found.rows)), tuple(map(_cells, _closing_rows(found))))  # fmt: skip


def _figure(row: ReportRow, of: str) -> Figure:
    if of == "rate":
        share = rate(row.amounts[0], row.expected)
        return Figure(row.code, _name(row), share.permille if share else None, str(share or "—"))
    value = row.amounts[AMOUNTS.index(of)]
    return Figure(row.code, _name(row), value, _words(of, value))


def _words(name: str, value: int) -> str:
    return hours_text(value) if name == "hours" else f"{value:,}"


def _code(row: ReportRow) -> str:
    """The code of a unit that has one; lines and kinds are called by their words alone."""
    return row.code if row.unit and row.code != row.unit else ""


def _name(row: ReportRow) -> str:
    return say(PARTICIPANT_KINDS, row.name)


def _shown(row: ReportRow) -> ShownRow:
    amounts = tuple(_words(name, value) for name, value in zip(AMOUNTS, row.amounts, strict=True))
    return ShownRow(_code(row), _name(row), row.expected, str(rate(row.amounts[0], row.expected) or ""), amounts)


def _closing_rows(found: Report) -> list[ReportRow]:
    """Who stands in no row, what is counted twice, and the total; the first two only where there is something to tell."""
    rows = []
    if any(found.unassigned.amounts):
        rows.append(ReportRow("", "", _("未归入以上各行"), found.unassigned.expected, found.unassigned.amounts))
    if any(found.overlap.amounts):
        rows.append(ReportRow("", "", _("重复计入"), None, found.overlap.amounts))
    rows.append(ReportRow("", "", _("合计（每人只算一次）"), found.total.expected, found.total.amounts))
    return rows


def _why_too_many(found: Report) -> str:
    """Why a row tells more people than it is to have; "" where none does."""
    if not any(row.expected and row.amounts[0] > row.expected for row in found.rows):
        return ""
    return _("参加率超过 100% 的：已参加里也有登记在别处、同时计入这里的人，应参与里没有他们；合计里每人只算一次。")


def _closing(found: Report) -> tuple[ShownRow, ...]:
    return tuple(map(_shown, _closing_rows(found)))


def _cells(row: ReportRow) -> tuple[Value, ...]:
    """A row for the files: numbers stay numbers, class-hours too."""
    amounts = [Hours(value) if name == "hours" else value for name, value in zip(AMOUNTS, row.amounts, strict=True)]
    return (_code(row), _name(row), row.expected, rate(row.amounts[0], row.expected), *amounts)
