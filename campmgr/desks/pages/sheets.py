"""Importing people and marks from a spreadsheet: upload, look at what would happen, import the same bytes, take it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import is_theirs, unit_for
from campmgr.areas.hours.local import waiting_sessions
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.queries.taken_numbers import TAKEN_NUMBER
from campmgr.desks.pages import import_flow
from campmgr.desks.pages.import_flow import layout_of
from campmgr.desks.pages.import_preview import Way
from campmgr.errors import CampError
from campmgr.facts.inventories import inventories_of
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.files.imports.importing import Options
from campmgr.files.imports.layouts import Layout
from campmgr.files.imports.sheets import sheets_of_units
from campmgr.files.official_book import write_paper
from campmgr.files.official_form import blank_form
from campmgr.files.official_sheet import paper_pdf
from campmgr.settings.limits import Limits
from campmgr.web import respond
from campmgr.web.current import frame, has_camp, me, press, reading
from campmgr.web.downloads import PDF, XLSX, download, written
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.respond import Answer

area = Blueprint("sheets", __name__, url_prefix="/desk/units/<code>/import")

KINDS = ("people", "marks", "sessions")
"""What a coordinator may import of a camp, beside what areas of other sorts bring for units (`_of_units`)."""

_BLANK_ROWS = 20


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A kind of file a coordinator imports, its name, and the headings it may have."""

    kind: str
    words: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChooseFilePage:
    """What can be imported, the lessons a log can be of (code, words), how many names of logs wait to be explained; `nothing`: the
    file imported last had no news.
    """

    unit: Unit
    kinds: tuple[SheetKind, ...]
    lessons: tuple[tuple[str, str], ...]
    waiting: int
    nothing: bool
    form: Form


@area.get("")
@require("coordinator")
def choose(code: str) -> Answer:
    """Choose a file."""
    return choose_again(code, Form())


@area.get("/<kind>.<any(xlsx, pdf):ending>")
@require("coordinator")
def blank(code: str, kind: str, ending: str) -> Answer:
    """The form of a kind of file for this unit, with ruled rows to fill in: to type into, or to hand round on paper."""
    with reading() as (_r, world):
        unit = unit_for(world, me(), code)
        many_units = unit.unit in world.tree.uppers
        said = unit.name if len(world.tree.called(unit.name)) == 1 else unit.code
    layout = _layout(kind)
    form, name = blank_form(layout, many_units=many_units), f"{layout.called}-空表.{ending}"
    paper = form.paper(said={"unit": said}, blank=_BLANK_ROWS)
    if ending == "pdf":
        return download(paper_pdf(press(), paper), name, PDF)
    return download(written(lambda path: write_paper(path, paper)), name, XLSX)


@area.post("/preview")
@require("coordinator")
def preview(code: str) -> Answer:
    """Keep the file and show what importing it would do; nothing is written to the ledger."""
    form = Form.sent()
    way = way_of(code, form.typed("kind"))
    try:
        return import_flow.previewed(way, form)
    except CampError as problem:
        return _refused(code, form, way, problem)


@area.get("/preview/<job>")
@require("coordinator")
def preview_again(code: str, job: str) -> Answer:
    """The preview of a large file, once it is there."""
    return import_flow.shown_again(way_of(code, request.args.get("kind", "")), job)


@area.post("/rejects")
@require("coordinator")
def rejects(code: str) -> Answer:
    """The rows that would not be taken as a workbook, each with its reason, to correct and import again."""
    form = Form.sent()
    return import_flow.rejected(way_of(code, form.typed("kind")), form)


@area.post("/commit")
@require("coordinator")
def commit(code: str) -> Answer:
    """Import the very bytes that were previewed, as one batch; the kept file is deleted."""
    form = Form.sent()
    way = way_of(code, form.typed("kind"))
    try:
        return import_flow.committed(way, form)
    except CampError as problem:
        return _refused(code, form, way, problem)


def _refused(code: str, form: Form, way: Way, problem: CampError) -> Answer:
    """What is wrong with a file stands beside the field it came from; anything else is no matter of the form."""
    if problem.status != 422:
        raise problem
    form.refuse(f"file-{way.layout.name}", problem)
    return choose_again(code, form, 422)


def way_of(code: str, kind: str) -> Way:
    """The way in for a kind of file: rows without a unit belong to this one; rows of units that are not theirs are rejected."""
    account, layout = me(), _layout(kind)
    with reading() as (_r, world):
        unit = unit_for(world, account, code)
        theirs = frozenset(each.unit for each in world.tree.units.values() if is_theirs(world, account, each))
        limit = world.rules[Limits].import_bytes
    return Way(
        layout=layout,
        unit=unit,
        options=Options(unit=unit.unit, actor=account.actor, within=theirs, form_first=True),
        limit=limit,
        template="desks/desk_preview.html",
        choose=url_for("sheets.choose", code=unit.address),
        preview=url_for("sheets.preview", code=unit.address),
        again=url_for("sheets.preview_again", code=unit.address, job="JOB", kind=layout.name),
        commit=url_for("sheets.commit", code=unit.address),
        rejects=url_for("sheets.rejects", code=unit.address),
        answers=_answers(unit, layout.name),
    )


def _answers(unit: Unit, kind: str) -> str:
    """Where rows that wait for somebody are answered."""
    if kind == "people":
        return url_for("review.page", code=unit.address, sort=TAKEN_NUMBER)
    return url_for("sessions.names", code=unit.address) if kind == "sessions" else ""


def _layout(text: str) -> Layout:
    """What a coordinator may import; people where the form says something else."""
    known = {*_own_kinds(), *(kind for kind, _sort in _of_units())}
    return layout_of(text if text in known else "people")


def choose_again(code: str, form: Form, status: int = 200) -> Answer:
    """The page on which a file is chosen, with what is wrong with the form beside its fields."""
    with reading() as (r, world):
        unit = unit_for(world, me(), code)
        lessons = tuple((lesson.code, f"{lesson.code} {lesson.name}") for lesson in lessons_of(world).values())
        waiting = len({(each.lesson, each.key) for each in waiting_sessions(r, unit.unit)})
        kinds = tuple(SheetKind(each.name, each.called, each.headings) for each in map(layout_of, _kinds(world)))
    return respond.page("desks/sheets.html", ChooseFilePage(unit, kinds, lessons, waiting, "nothing" in request.args, form), status)


def _kinds(world: World) -> tuple[str, ...]:
    """What can be imported here now: of what belongs to a sort of activity that of those that go on."""
    going_on = {each.sort for each in world.activities.going_on()}
    return (*_own_kinds(), *(kind for kind, sort in _of_units() if sort in going_on))


def _of_units() -> Iterator[tuple[str, str]]:
    """(Kind, sort of activity) of sheets and inventories of units."""
    yield from sheets_of_units(frame().catalogue)
    yield from ((each.table, each.sort) for each in inventories_of(frame().catalogue).values() if each.is_units)


def _own_kinds() -> tuple[str, ...]:
    """Lists of who learned what belong to a camp."""
    return KINDS if has_camp() else ("people",)
