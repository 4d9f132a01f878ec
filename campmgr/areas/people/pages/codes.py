"""Join codes of a unit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, url_for

from campmgr.accounts.queries import Account, unit_for
from campmgr.areas.camp.pages import AddressNote, printed
from campmgr.areas.people.actions.joining import (
    MOST_FAMILIES,
    MOST_IN_CLASS,
    MOST_IN_FAMILY,
    booklets,
    is_open,
    join_code_of,
    make_codes_below,
    make_family_codes,
    make_join_code,
    units_to_join,
)
from campmgr.areas.people.files.slips import Slip, slips_pdf
from campmgr.areas.people.local import CLASS, FAMILY, UNIT, JoinCode, join_codes_of, set_join_code
from campmgr.areas.people.queries.entrants import count_entrants
from campmgr.areas.people.queries.roster import classes_joined
from campmgr.clock import today_of
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.files.qr import qr_picture
from campmgr.store.door import Writer
from campmgr.web import respond
from campmgr.web.current import me, press, reading, writing
from campmgr.web.done import told
from campmgr.web.downloads import PDF, download
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("codes", __name__, url_prefix="/desk/units/<code>/codes")

_MOST = {UNIT: 100_000, CLASS: MOST_IN_CLASS, FAMILY: MOST_IN_FAMILY}
_CHILDREN = 3
"""Children of a family, where nobody says how many."""


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A join code with its QR picture, and whether it works today."""

    code: JoinCode
    address: str
    qr: str
    works: bool


@dataclass(frozen=True, slots=True)
class CodesPage:
    """The codes of a unit, those that work first, those of families apart; `warning` is about the address they lead to; how many
    units below people join, and how many of those have no code that works; `booklets`: the first and last poster of each that can
    be printed; `classes` to choose from; how many wait for a word.
    """

    unit: Unit
    working: tuple[CodeLine, ...]
    families: tuple[CodeLine, ...]
    ended: tuple[CodeLine, ...]
    warning: AddressNote
    below: int
    lacking: int
    booklets: tuple[tuple[int, int], ...]
    classes: tuple[str, ...]
    waiting: int
    form: Form

    @property
    def sorts(self) -> tuple[tuple[str, str], ...]:
        """What a code can be for, in words."""
        return (
            (UNIT, _("全单位：扫了就加入")),
            (CLASS, _("一个班：扫了等您点头")),
            (FAMILY, _("一户人家：家长给孩子报名，等您点头")),
        )


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
    sort = form.choice("sort", (UNIT, CLASS, FAMILY), required=False) or UNIT
    ends_on = form.day("ends_on", required=False)
    most = form.number("most", 1, _MOST[sort], required=False) or {UNIT: 0, CLASS: MOST_IN_CLASS, FAMILY: _CHILDREN}[sort]
    class_name = form.text("class_name", most=40) if sort == CLASS else ""
    families = (form.number("families", 1, MOST_FAMILIES) or 1) if sort == FAMILY else 0
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        if ends_on and ends_on < today_of(w.clock):
            form.wrong("ends_on", _("截止日期已经过去了。"))
        if not form.errors:
            with form.beside("ends_on", BadInput, Refused):
                if sort == FAMILY:
                    made = make_family_codes(w, unit.unit, families, ends_on, most, account.actor, form.client_id)
                    words = _("已做好 %(n)s 个家庭码。") % {"n": len(made)}
                else:
                    wanted = JoinCode("", unit.unit, ends_on, most, 0, active=True, sort=sort, class_name=class_name)
                    made, words = [_one(w, account, wanted)], _("已做好一个加入码。")
                undo = " ".join(f"{unit.unit} {each.code}" for each in made)
                return told(w, words, url_for("codes.codes", code=code), undo=undo, way="end_code")
    return _codes(code, form, 422)


def _one(w: Writer, account: Account, wanted: JoinCode) -> JoinCode:
    """The newest code that is just this one and that nobody has used, else a new one."""
    equal = [each for each in join_codes_of(w, [wanted.unit]) if replace(each, code="") == wanted]
    if equal:
        return equal[0]
    return make_join_code(w, wanted.unit, wanted.ends_on, wanted.most, account.actor, wanted.sort, wanted.class_name)


@area.get("/families.pdf")
@require("coordinator")
def slips(code: str) -> Answer:
    """The codes of families that work, ten on a sheet, to be cut and handed out. Raises NotFound for none."""
    with reading() as (r, world):
        unit = unit_for(world, me(), code)
        found = [each for each in join_codes_of(r, [unit.unit]) if each.sort == FAMILY and is_open(each, today_of(r.clock))]
        made = [Slip(unit.name, each.code, printed(world, url_for("join.start", code=each.code)).address, each.most - each.used,
                     each.ends_on) for each in found]  # fmt: skip
        camp = world.name
    if not made:
        raise NotFound("还没有能用的家庭码。", reason="unknown_join_code", hint="请先在“加入码与海报”里做几个。")
    return download(slips_pdf(press(), camp, made), f"{unit.name}家庭码.pdf", PDF)


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
        classes, waiting = classes_joined(r, unit.unit), count_entrants(r, world, unit.unit, me().line)
        warning = printed(world, "").warning
        joined = units_to_join(world, me(), unit)
        have = {each.unit for each in join_codes_of(r, [each.unit for each in joined]) if is_open(each, today) and not each.waits}
    below = [each for each in joined if each.unit != unit.unit]
    bound = booklets(len(have)) if below else ()
    working = tuple(line for line in lines if line.works and line.code.sort != FAMILY)
    families = tuple(line for line in lines if line.works and line.code.sort == FAMILY)
    ended = tuple(line for line in lines if not line.works)
    lacking = len({each.unit for each in below} - have)
    page = CodesPage(unit, working, families, ended, warning, len(below), lacking, bound, classes, waiting, form)
    return respond.page("people/codes.html", page, status)


def _line(world: World, code: JoinCode, today: str) -> CodeLine:
    link = printed(world, url_for("join.start", code=code.code))
    works = is_open(code, today)
    return CodeLine(code, link.address, qr_picture(link.address) if works and code.sort != FAMILY else "", works)
