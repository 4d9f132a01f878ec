"""The tree of units in the office: look down, add, change, move."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.accounts.queries import Account, holds_all, unit_for, unit_name, visible_unit
from campmgr.areas.units.actions import units as actions
from campmgr.areas.units.actions.units import UnitRow
from campmgr.areas.units.queries.my_units import UnitLine, units_below
from campmgr.areas.units.queries.offering import units_offered
from campmgr.areas.units.queries.unit_list import UNITS
from campmgr.areas.units.settings import LINES, UNIT_KINDS
from campmgr.clock import today_of
from campmgr.errors import BadInput, NotFound
from campmgr.facts.units import Count, Unit
from campmgr.facts.world import World
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form, shown_of
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.lists import ShownList, shown_list
from campmgr.web.respond import Answer

area = Blueprint("office_units", __name__, url_prefix="/office/units")

MOST_EXPECTED = 99_999_999
Words = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit, the way down to it, and the list of those below it."""

    unit: Unit
    line: UnitLine
    way: Words
    listed: ShownList
    has_below: bool
    history: Words
    may_import: bool

    @property
    def count(self) -> Count:
        """How many are expected by its own word, from which day on, and who said so."""
        return self.unit.count_on("")

    @property
    def counts(self) -> tuple[Count, ...]:
        """How many were expected before, and are now."""
        return self.unit.story.counts


@dataclass(frozen=True, slots=True)
class UnitFormPage:
    """A form about a unit: `what` is "add" (below it), "change" or "move"."""

    what: str
    unit: Unit
    form: Form
    kinds: Words
    lines: Words
    today: str
    shown: str

    @property
    def count(self) -> Count:
        """How many are expected by its own word, from which day on, and who said so."""
        return self.unit.count_on("")


@area.get("/")
@require("organizer")
def top() -> Answer:
    """My own unit and what stands below it."""
    return _unit(me().unit)


@area.get("/<code>")
@require("organizer")
def unit(code: str) -> Answer:
    """A unit and what stands below it. Raises NotFound for a hidden one."""
    return _unit(code)


@area.get("/<code>/add")
@require("organizer")
def add(code: str) -> Answer:
    """The form for a unit below this one."""
    return _form("add", code, Form.kept())


@area.post("/<code>/add")
@require("organizer")
def add_sent(code: str) -> Answer:
    """Add a unit below this one; sent twice it is added once."""
    account, form = me(), Form.sent()
    new = form.text("code", required=False, most=40)
    row = _row(form, new, code)
    if not form.errors:
        with writing() as (w, world):
            parent = visible_unit(world, account, code)
            _keep_to_line(form, account, row.line or parent.line)
            if not form.errors:
                with form.beside("code", BadInput):
                    actions.add_unit(w, row, account.actor, form.client_id)
                    return told(
                        w, _("已新增单位 %(name)s。") % {"name": row.name}, url_for("office_units.unit", code=parent.address)
                    )
    return _form("add", code, form, 422)


@area.get("/<code>/change")
@require("organizer")
def change(code: str) -> Answer:
    """The form to describe a unit anew."""
    return _form("change", code, Form.kept())


@area.post("/<code>/change")
@require("organizer")
def change_sent(code: str) -> Answer:
    """Describe a unit anew: name, kind, line, expected number, whether it takes part."""
    account, form = me(), Form.sent()
    row = _row(form, form.text("code", required=False, most=40), "")
    count = Count(form.day("counted_on", required=False), row.expected, form.text("source", required=False, most=60))
    if not form.errors:
        with writing() as (w, world):
            known = unit_for(world, account, code)
            if (row, count.source) != (_as_row(known), known.count_on("").source):  # else it was pressed twice
                form.is_stale(_shown(known), _STALE % {"name": known.name})
            if row.line != known.own_line:
                _keep_to_line(form, account, row.line)
            if not form.errors:
                with form.beside("code", BadInput):
                    actions.describe_unit(w, known.unit, row, account.actor, count)
                    at = known.address if row.code in {"", known.code} else known.unit
                    return told(w, _("已修改单位 %(name)s。") % {"name": row.name}, url_for("office_units.unit", code=at))
    return _form("change", code, form, form.status)


@area.get("/<code>/move")
@require("organizer")
def move(code: str) -> Answer:
    """The form to put a unit below another."""
    return _form("move", code, Form.kept())


@area.post("/<code>/move")
@require("organizer")
def move_sent(code: str) -> Answer:
    """Put a unit below another from a day on; both within one's own units."""
    account, form = me(), Form.sent()
    day = form.day("day", required=False)
    with writing() as (w, world):
        known = unit_for(world, account, code)
        target = form.pick("parent", units_offered(world, account))
        if not form.errors:
            with form.beside("parent", BadInput, NotFound):
                above = visible_unit(world, account, target)
                if above.unit == known.parent or not form.is_stale(shown_of(known.parent), _MOVED % {"name": known.name}):
                    actions.move_unit(w, known.unit, above.unit, day, account.actor)
                    words = _("已把 %(name)s 移到 %(above)s 之下。") % {"name": known.name, "above": above.name}
                    return told(w, words, url_for("office_units.unit", code=known.address))
    return _form("move", code, form, form.status)


_STALE = "刚才有人改过“%(name)s”。下面还是您填的内容，请核对后再按一次。"
_MOVED = "“%(name)s”刚才已经换过上级，还没有再移。请看一眼它现在的位置，再按一次。"


def _as_row(unit: Unit) -> UnitRow:
    """A unit as its form says it."""
    return UnitRow(unit.code, unit.name, "", unit.kind, unit.own_line, unit.expected, participating=unit.participating)


def _shown(unit: Unit) -> str:
    """What the form to describe a unit is drawn for."""
    return shown_of(_as_row(unit), unit.count_on(""))


def _keep_to_line(form: Form, account: Account, line: str) -> None:
    if account.line not in {"", line}:
        form.wrong("line", f"您的账号只办理{account.line}条线的单位。")


def _row(form: Form, code: str, parent: str) -> UnitRow:
    name, kind = form.text("name", most=60), form.choice("kind", UNIT_KINDS.words)
    line = form.choice("line", LINES.words, required=False)
    expected = form.number("expected", 0, MOST_EXPECTED, required=False)
    return UnitRow(code, name, parent, kind, line, expected, participating=not form.is_ticked("away"))


def _unit(code: str) -> Answer:
    account = me()
    with reading() as (r, world):
        known = visible_unit(world, account, code)
        listed = units_below(r, world, account, known.unit)
        below = shown_list(r, world, UNITS, unit=known.unit)
        found = UnitPage(
            known, listed.unit, listed.way, below, bool(listed.below), _history(world, known), holds_all(world, account)
        )
    return respond.page("units/unit.html", found)


def _history(world: World, known: Unit) -> Words:
    """(day, name of the parent) of every place a unit has had; the first day is "" for "from the beginning"."""
    return tuple((day, unit_name(world, parent)) for day, parent in known.parents if parent)


def _form(what: str, code: str, form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        known = visible_unit(world, account, code) if what == "add" else unit_for(world, account, code)
        today = today_of(r.clock)
    lines = tuple((word, word) for word in ((account.line,) if account.line else LINES.words))
    page = UnitFormPage(
        what,
        known,
        form,
        tuple((word, word) for word in UNIT_KINDS.words),
        lines,
        today,
        shown_of(known.parent) if what == "move" else _shown(known),
    )
    return respond.page("units/unit_form.html", page, status)
