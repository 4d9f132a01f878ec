"""Circulars 通报: the draft of a day to look at, copy and print, and those that were given out, frozen."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.areas.reports.actions import publish
from campmgr.areas.reports.files.circular import circular_paper
from campmgr.areas.reports.files.grid import printed
from campmgr.areas.reports.pages.as_file import CHANGED
from campmgr.areas.reports.pages.asked import is_changed, typed_day
from campmgr.areas.reports.queries.circulars import Circular, circular_of, circulars, draft, silent_units
from campmgr.areas.reports.queries.days import AsOf, as_of_words
from campmgr.areas.reports.rules.circular import CircularContent, CircularTable
from campmgr.clock import minute_text
from campmgr.errors import BadInput
from campmgr.facts.world import World
from campmgr.files.official_book import write_paper
from campmgr.files.official_paper import Paper
from campmgr.files.official_sheet import paper_pdf
from campmgr.store.door import Reader
from campmgr.web import charts, respond
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.charts import Bar, Figure
from campmgr.web.current import me, press, reading, writing
from campmgr.web.done import told
from campmgr.web.downloads import PDF, XLSX, download, written
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.wording import check_code

area = Blueprint("office_circulars", __name__, url_prefix="/office/reports/circulars")


@dataclass(frozen=True, slots=True)
class CircularLine:
    """A circular in the list."""

    fact: str
    title: str
    by: str
    number: int
    as_of: str
    at: str
    whole: bool


@dataclass(frozen=True, slots=True)
class CircularsPage:
    """Those that were given out."""

    lines: tuple[CircularLine, ...]


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table of a circular as it is read."""

    table: CircularTable
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class CircularPage:
    """A circular, or the draft of one (`told` None): its text to paste, its tables and a chart of the first one."""

    content: CircularContent
    told: CircularLine | None
    code: str
    note: str
    text: str
    tables: tuple[ShownTable, ...]
    bars: tuple[Bar, ...]
    day: str = ""
    wrong: str = ""


@area.get("/")
@require("organizer")
def listed() -> Answer:
    """Those that were given out."""
    with reading() as (r, world):
        found = circulars(r, world, me())
    return respond.page("reports/circulars.html", CircularsPage(tuple(map(_line, found))))


@area.get("/draft")
@require("organizer")
def drafted() -> Answer:
    """What one would say now, or of the day in the address (`as_of`)."""
    as_of, wrong = typed_day(request.args.get("as_of", ""))
    with reading() as (r, world):
        content, when = draft(r, world, me(), as_of), as_of_words(r, world, as_of)
    page = _page(content, None, "", when, as_of, wrong)
    return respond.page("reports/circular.html", page, 422 if wrong else 200)


@area.get("/draft.<any(xlsx, pdf):ending>")
@require("organizer")
def draft_file(ending: str) -> Answer:
    """The draft as a file, marked as one. Raises BadInput for no day, Refused for one that is not there yet."""
    with reading() as (r, world):
        content = draft(r, world, me(), _asked(request.args.get("as_of", "")))
    changed = f"；{CHANGED}" if is_changed(content.numbers_code) else ""
    return _file(circular_paper(content, f"草稿，没有发布{changed}"), f"{content.title}-{content.as_of}（草稿）", ending)


@area.get("/publish")
@require("organizer")
def before_publishing() -> Answer:
    """The draft, before it is given out."""
    with reading() as (r, world):
        act = _publishing(r, world, _asked(request.args.get("as_of", "")))
    return respond.before(act, Form())


@area.post("/publish")
@require("organizer")
def published() -> Answer:
    """Give out the draft that was looked at: where its numbers have changed since, or a unit has moved, it is shown again."""
    form = Form.sent()
    as_of = _asked(form.typed("as_of"))
    with writing() as (w, world):
        act = _publishing(w, world, as_of)
        if not act.is_agreed(form):
            return respond.before(act, form)
        fact = publish(w, me(), as_of)
        return told(w, _("已发布通报。"), url_for("office_circulars.one", circular=fact.chain), undo="")


@area.get("/<circular>")
@require("organizer")
def one(circular: str) -> Answer:
    """One that was given out. Raises NotFound."""
    with reading() as (r, world):
        found = circular_of(r, world, me(), circular)
    return respond.page("reports/circular.html", _page(found.content, _line(found), check_code(found.digest)))


@area.get("/<circular>.<any(xlsx, pdf):ending>")
@require("organizer")
def file(circular: str, ending: str) -> Answer:
    """The same as a file. Raises NotFound."""
    with reading() as (r, world):
        found = circular_of(r, world, me(), circular)
    footer = f"{found.unit_name}第 {found.number} 号通报，校验码 {check_code(found.digest)}"
    return _file(circular_paper(found.content, footer), f"{found.content.title}-第{found.number}号", ending)


def _asked(text: str) -> str:
    as_of, wrong = typed_day(text)
    if wrong:
        raise BadInput(wrong, reason="bad_date")
    return as_of


def _file(paper: Paper, name: str, ending: str) -> Answer:
    if ending == "pdf":
        return download(paper_pdf(press(), paper), f"{name}.pdf", PDF)
    return download(written(lambda path: write_paper(path, paper)), f"{name}.xlsx", XLSX)


def _line(found: Circular) -> CircularLine:
    content = found.content
    return CircularLine(found.fact, content.title, found.unit_name, found.number, content.as_of, minute_text(found.at), found.whole)


def _page(
    content: CircularContent, line: CircularLine | None, code: str, when: AsOf | None = None, day: str = "", wrong: str = ""
) -> CircularPage:
    first = content.tables[0]
    figures = [Figure("", str(row[0]), int(row[2]), printed(row[2])) for row in first.rows[:-1]]
    shown = tuple(ShownTable(each, tuple(tuple(map(printed, row)) for row in each.rows)) for each in content.tables)
    text = "\n".join([content.title, *content.text, *(f"注：{each}" for each in content.definitions)])
    bars = charts.bars(sorted((each for each in figures if each.value), key=lambda each: -(each.value or 0)))
    return CircularPage(content, line, code, when.note if when else "", text, shown, bars, day, wrong)


def _publishing(r: Reader, world: World, as_of: str) -> Before:
    account = me()
    content = draft(r, world, account, as_of)
    silent = silent_units(r, world, account, content)
    first = content.tables[0]
    lines = tuple(ResultLine(tuple(map(printed, row))) for row in first.rows)
    known = circulars(r, world, account)
    same = sum(each.content.unit == account.unit and each.content.as_of == content.as_of for each in known)
    unsaid = sum(row[1] == "—" for row in first.rows)
    head = tuple((_(words), "n" if at else "") for at, words in enumerate(first.headings))
    return Before(
        title=_("发布通报（截至 %(day)s）") % {"day": content.as_of},
        back=(url_for("office_circulars.drafted", as_of=as_of or None), _("通报草稿")),
        open=(
            OpenPoint(silent, _("个单位现在还没有人参加"), "", url_for("office_reporting.shown"), _("去看"), is_open=False),
            OpenPoint(unsaid, _("行没有应参与人数"), _("这几行不列参加率。") if unsaid else "", is_open=False),
            OpenPoint(same, _("份同一天的通报已经发布"), _("再发布一份，会有两个编号。") if same else ""),
        ),
        result=Result(
            _("通报"), lines, head, whole=url_for("office_circulars.drafted", as_of=as_of or None)
        ),
        does=(
            _("按现在所知的数字（核对码 %(code)s）定下，编号，以后不再变；以后登记的、撤回的都不改它。") % {"code": content.numbers_code},
            _("发布不能撤回；数字有误的，请更正以后再发布一份。"),
        ),
        carries=(("as_of", as_of),),
        action=url_for("office_circulars.published"),
        button=_("发布"),
    )  # fmt: skip
