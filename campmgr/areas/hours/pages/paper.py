"""Rosters on paper: print one, then type it in sheet by sheet by row number; saved only when the totals on the paper agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import unit_for
from campmgr.areas.hours.actions.marks import LEAST_MINUTES, MOST_MINUTES, MarkRow
from campmgr.areas.hours.actions.paper import MOST_ROWS, Totals, print_each_class, print_roster, save_sheet
from campmgr.areas.hours.files.roster_sheet import PrintedRoster, roster_frame, roster_pdf
from campmgr.areas.hours.pages.marking_choices import choices_of
from campmgr.areas.hours.queries.paper import ROWS_A_SHEET, PaperSheet, Roster, find_sheet, roster_of, rosters_of, rows_of, sheet_of
from campmgr.areas.hours.rules.readiness import CONDITIONS
from campmgr.areas.people.queries.roster import classes_of
from campmgr.clock import today_of
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.row_numbers import WrongRows, read_rows
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import me, press, reading, writing
from campmgr.web.downloads import PDF, download
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.wording import normal

area = Blueprint("paper", __name__, url_prefix="/desk/units/<code>/paper")

_EACH, _MOST_AT_ONCE = "*", 200
"""Stands for a roster for every class; no more of them at once than a unit's list of classes names."""

_ALL = frozenset("√✓✔vVyY全到是")
"""What people put into the column of minutes for somebody who stayed to the end."""


@dataclass(frozen=True, slots=True)
class RosterLine:
    """A printed roster as listed: what it is for in words."""

    roster: Roster
    what: str


@dataclass(frozen=True, slots=True)
class PaperPage:
    """Printing a roster, the ones printed before (`made`: those just now), and the field for the code of one."""

    unit: Unit
    lines: tuple[RosterLine, ...]
    classes: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, str], ...]
    rows_a_sheet: int
    made: tuple[str, ...]
    form: Form


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One sheet as it is typed in. `by_minutes`: a field for every row, else one for the numbers of the rows; `read` are the rows
    as they were understood (None before anything was sent), `agrees` whether the totals fit.
    """

    unit: Unit
    roster: Roster
    sheet: PaperSheet
    what: str
    choices: tuple[tuple[str, str], ...]
    by_minutes: bool
    read: frozenset[int] | None
    today: str
    form: Form


@area.get("")
@require("coordinator")
def rosters(code: str) -> Answer:
    """Print a roster, or go on with one."""
    return _rosters(code, Form())


@area.post("")
@require("coordinator")
def make(code: str) -> Answer:
    """Freeze a roster's rows, then show where to download and type it in."""
    form, account = Form.sent(), me()
    with suppress(_TakenBack), writing() as (w, world):
        unit = unit_for(world, account, code)
        what = form.choice("what", dict(choices_of(world)), required=False)
        class_name = form.choice("class", (_EACH, *classes_of(w, unit.unit)), required=False)
        day = form.day("day", required=False)
        with_minutes = form.is_ticked("minutes") and what not in CONDITIONS.words
        with _refusals_beside(form, {}, "class"):
            if class_name == _EACH:
                made = print_each_class(w, unit.unit, what, day, with_minutes=with_minutes, actor=account.actor)
            else:
                made = [print_roster(w, unit.unit, class_name, what, day, with_minutes=with_minutes, actor=account.actor)]
        return respond.go(url_for("paper.rosters", code=code, made=made, _anchor="rosters"))
    return _rosters(code, form, 422)


@area.get("/find")
@require("coordinator")
def find(code: str) -> Answer:
    """To the sheet whose code was typed or scanned; the code says nothing about people, so it may stand in the address."""
    form = Form({"roster": request.args.get("roster", "")})
    with reading() as (r, world):
        unit = unit_for(world, me(), code)
        with form.beside("roster", BadInput, NotFound):
            roster, page = find_sheet(r, unit.unit, form.typed("roster"))
            return respond.go(url_for("paper.sheet", code=code, roster=roster.roster, page=page))
    return _rosters(code, form, 422)


@area.get("/<roster>.pdf")
@require("coordinator")
def pdf(code: str, roster: str) -> Answer:
    """The roster to print; again the same rows, with today's names."""
    with reading() as (r, world):
        unit = unit_for(world, me(), code)
        found = roster_of(r, unit.unit, roster)
        printed = _printed(r, world, unit, found)
    return download(roster_pdf(press(), [printed]), f"{unit.name}{printed.frame.class_name}名册-{found.shown}.pdf", PDF)


@area.get("/all.pdf")
@require("coordinator")
def all_pdf(code: str) -> Answer:
    """Several rosters as one file, each on sheets of its own."""
    with reading() as (r, world):
        unit = unit_for(world, me(), code)
        rosters = [roster_of(r, unit.unit, each) for each in request.args.getlist("roster")[:_MOST_AT_ONCE]]
        if not rosters:
            raise NotFound("没有选名册。", reason="unknown_list", hint="请从“名册”页面下载。")
        printed = [_printed(r, world, unit, each) for each in rosters]
    return download(roster_pdf(press(), printed), f"{unit.name}名册.pdf", PDF)


def _printed(r: Reader, world: World, unit: Unit, roster: Roster) -> PrintedRoster:
    return PrintedRoster(roster_frame(world.name, unit.name, _words(world, roster.what), roster), roster, rows_of(r, roster))


@area.get("/<roster>")
@require("coordinator")
def sheet(code: str, roster: str) -> Answer:
    """A sheet to type in; `by` may be "numbers" or "minutes"."""
    number = request.args.get("page", 1, type=int)
    return _sheet(code, roster, number, Form(), read=None)


@area.post("/<roster>")
@require("coordinator")
def save(code: str, roster: str) -> Answer:
    """Save a sheet as one batch; while rows or totals are wrong nothing is written, and what was typed stands again."""
    form, account = Form.sent(), me()
    number = form.number("sheet", 1, MOST_ROWS) or 1
    read: frozenset[int] | None = None
    with suppress(_TakenBack), writing() as (w, world):
        unit = unit_for(world, account, code)
        found = roster_of(w, unit.unit, roster)
        here = sheet_of(w, found, number)
        row = _what_and_when(form, world)
        typed = _typed(form, here, row)
        told = _told(form, typed)
        read = frozenset(typed)
        with _refusals_beside(form, _FIELDS, "rows"):
            marked = save_sheet(w, found, here, typed, row, told, client_id=form.client_id, actor=account.actor)
        return respond.go(url_for("batches.show", batch=marked.batch, unit=unit.address))
    return _sheet(code, roster, number, form, read=read, status=422)


class _TakenBack(Exception):
    """Leaves a transaction, so that nothing of it is kept; what was wrong stands in the form."""


@contextmanager
def _refusals_beside(form: Form, fields: Mapping[str, str], otherwise: str) -> Iterator[None]:
    """Run an action on a form that is right so far; a refusal stands beside the field of its reason. Raises _TakenBack."""
    if not form.errors:
        with form.beside(otherwise, BadInput, NotFound, Refused, by_reason=fields):
            yield
    if form.errors:
        raise _TakenBack


_FIELDS = {"conflict": "people", "outside_camp": "day", "bad_date": "day", "unknown_lesson": "what"}
"""Beside which field a refusal stands, by its reason; others are about the rows."""


def _what_and_when(form: Form, world: World) -> MarkRow:
    what, day = form.choice("what", dict(choices_of(world))), form.day("day")
    return MarkRow(day, condition=what) if what in CONDITIONS.words else MarkRow(day, lesson=what)


def _typed(form: Form, here: PaperSheet, row: MarkRow) -> dict[int, int | None]:
    """The rows that came, with their minutes: from a field for every row, or from the numbers and the minutes of all."""
    if form.typed("by") == "minutes" and not row.condition:
        return _grid(form, here)
    minutes = None if row.condition else form.minutes("minutes", LEAST_MINUTES, MOST_MINUTES, required=False)
    try:
        return dict.fromkeys(read_rows(form.typed("rows"), here.first, here.last), minutes)
    except WrongRows as problem:
        form.wrong("rows", str(problem))
        return {}


def _grid(form: Form, here: PaperSheet) -> dict[int, int | None]:
    typed: dict[int, int | None] = {}
    for row in here.rows:
        name = f"m{row.number}"
        text = normal(form.typed(name)).strip()
        if text and set(text) <= _ALL:
            typed[row.number] = None
        elif text and text != "0":
            minutes = form.minutes(name, LEAST_MINUTES, MOST_MINUTES)
            if form.error(name):
                form.wrong("rows", f"第 {row.number} 行：{form.error(name)}看完全部的写“全”，没来的空着。")
            typed[row.number] = minutes
    return typed


def _told(form: Form, typed: dict[int, int | None]) -> Totals:
    """The totals at the foot of the paper; those of minutes only where some were typed row by row."""
    people = form.number("people", 0, ROWS_A_SHEET) or 0
    if form.typed("by") != "minutes" or not (any(typed.values()) or form.typed("sum")):
        return Totals(people)
    return Totals(people, form.number("sum", 0, ROWS_A_SHEET * MOST_MINUTES) or 0)


def _rosters(code: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        unit = unit_for(world, me(), code)
        lines = tuple(RosterLine(each, _words(world, each.what)) for each in rosters_of(r, unit.unit))
        known = classes_of(r, unit.unit)
        classes = (*([(_EACH, _("每个班各一份"))] if len(known) > 1 else []), *((each, each) for each in known))
        page = PaperPage(unit, lines, classes, choices_of(world), ROWS_A_SHEET, tuple(request.args.getlist("made")), form)
    return respond.page("hours/paper.html", page, status)


def _sheet(code: str, roster: str, number: int, form: Form, *, read: frozenset[int] | None, status: int = 200) -> Answer:
    with reading() as (r, world):
        page = _sheet_page(r, world, unit_for(world, me(), code), roster, number, form, read)
    return respond.page("hours/paper_sheet.html", page, status)


def _sheet_page(
    r: Reader, world: World, unit: Unit, roster: str, number: int, form: Form, read: frozenset[int] | None
) -> SheetPage:
    found = roster_of(r, unit.unit, roster)
    by = form.typed("by") or request.args.get("by") or ("minutes" if found.with_minutes else "numbers")
    return SheetPage(unit, found, sheet_of(r, found, number), _words(world, found.what), choices_of(world),
                     by == "minutes" and found.what not in CONDITIONS.words, read, today_of(r.clock), form)  # fmt: skip


def _words(world: World, what: str) -> str:
    """A lesson or condition in words; "" for a roster that leaves it blank."""
    return dict(choices_of(world)).get(what, what)
