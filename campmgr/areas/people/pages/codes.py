"""Join codes of a unit."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.accounts.queries import unit_for
from campmgr.areas.camp.pages import AddressNote, printed
from campmgr.areas.people.actions.joining import is_open, join_code_of, make_codes_below, make_join_code, units_to_join
from campmgr.areas.people.local import JoinCode, join_codes_of, set_join_code
from campmgr.clock import today_of
from campmgr.errors import BadInput, Refused
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.files.qr import qr_picture
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("codes", __name__, url_prefix="/desk/units/<code>/codes")


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A join code with its QR picture, and whether it works today."""

    code: JoinCode
    address: str
    qr: str
    works: bool


@dataclass(frozen=True, slots=True)
class CodesPage:
    """The codes of a unit, those that work first; `warning` is about the address they lead to; how many units below
    people join, and how many of those have no code that works.
    """

    unit: Unit
    working: tuple[CodeLine, ...]
    ended: tuple[CodeLine, ...]
    warning: AddressNote
    below: int
    lacking: int
    form: Form


@area.get("")
@require("coordinator")
def codes(code: str) -> Answer:
    """The unit's codes: until when, how many came, revoke, poster."""
    return _codes(code, Form())


@area.post("")
@require("coordinator")
def make(code: str) -> Answer:
    """Make a code. One that is just the same and that nobody has used yet serves again, so pressing twice makes one."""
    form, account = Form.sent(), me()
    ends_on, most = form.day("ends_on", required=False), form.number("most", 1, 100_000, required=False) or 0
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        if ends_on and ends_on < today_of(w.clock):
            form.wrong("ends_on", _("截止日期已经过去了。"))
        if not form.errors:
            equal = [each for each in join_codes_of(w, [unit.unit])
                     if (each.ends_on, each.most, each.used, each.active) == (ends_on, most, 0, True)]  # fmt: skip
            with form.beside("ends_on", BadInput, Refused):
                made = equal[0] if equal else make_join_code(w, unit.unit, ends_on, most, account.actor)
                undo = f"{unit.unit} {made.code}"
                return told(w, _("已做好一个加入码。"), url_for("codes.codes", code=code), undo=undo, way="end_code")
    return _codes(code, form, 422)


@area.post("/<join>/revoke")
@require("coordinator")
def revoke(code: str, join: str) -> Answer:
    """Stop a code at once; who joined by it stays."""
    with writing() as (w, world):
        unit = unit_for(world, me(), code).unit
        stopped = join_code_of(w, unit, join).code
        set_join_code(w, stopped, works=False)
        words = _("已停用这个加入码，凭它加入的人不受影响。")
        return told(w, words, url_for("codes.codes", code=code), undo=f"{unit} {stopped}", way="start_code")


@area.post("/below")
@require("coordinator")
def make_below(code: str) -> Answer:
    """Make a code for each unit below that has none which works, so that the booklet holds them all."""
    account = me()
    with writing() as (w, world):
        made = make_codes_below(w, units_to_join(world, account, unit_for(world, account, code)), account.actor)
        undo = " ".join(f"{each.unit} {each.code}" for each in made)
        return told(
            w, _("已做好 %(n)s 个加入码。") % {"n": len(made)}, url_for("codes.codes", code=code), undo=undo, way="end_code"
        )


def _codes(code: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        unit = unit_for(world, me(), code)
        today = today_of(r.clock)
        lines = [_line(world, each, today) for each in reversed(join_codes_of(r, [unit.unit]))]
        warning = printed(world, "").warning
        below = [each for each in units_to_join(world, me(), unit) if each.unit != unit.unit]
        have = {each.unit for each in join_codes_of(r, [each.unit for each in below]) if is_open(each, today)}
    working, ended = (tuple(line for line in lines if line.works == wanted) for wanted in (True, False))
    return respond.page(
        "people/codes.html", CodesPage(unit, working, ended, warning, len(below), len(below) - len(have), form), status
    )


def _line(world: World, code: JoinCode, today: str) -> CodeLine:
    link = printed(world, url_for("join.start", code=code.code))
    works = is_open(code, today)
    return CodeLine(code, link.address, qr_picture(link.address) if works else "", works)
