"""Carrying people of an earlier camp over into the one that is going on: which classes, what comes of it, one press, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import unit_for
from campmgr.areas.people.actions.carrying_over import CarriedLine, ClassChoice, carried_lines, carry_over
from campmgr.areas.people.queries.taking_part import MOST_CARRIED, LeftClass, count_left, left_classes, units_with_left
from campmgr.areas.people.queries.theirs import is_home_theirs
from campmgr.class_order import a_year_later, class_key
from campmgr.errors import Refused
from campmgr.facts.batches import batch_of_press, is_batch
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import Before, Result, ResultLine
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("carrying_over", __name__, url_prefix="/desk/units/<code>/people/carry-over")


@dataclass(frozen=True, slots=True)
class LeftLine:
    """A class of which somebody was left: its key in the form, what it would be called now ("" for one that leaves the school)."""

    key: str
    left: LeftClass
    later: str


@dataclass(frozen=True, slots=True)
class CarryingPage:
    """The classes of a unit to choose from, how many people in all; `below`: units below it that have some, with how many."""

    unit: Unit
    camp: str
    lines: tuple[LeftLine, ...]
    count: int
    below: tuple[tuple[Unit, int], ...]
    form: Form


@area.get("")
@require("coordinator")
def choose(code: str) -> Answer:
    """The classes of which somebody was left, each with the name that it would have a year later."""
    return _choose(code, Form())


@area.post("")
@require("coordinator")
def chosen(code: str) -> Answer:
    """Classes ticked here, or people ticked in the roster: on to what comes of it."""
    form = Form.sent()
    names, picked = request.form.getlist("class")[:200], list(dict.fromkeys(request.form.getlist("picked")))[:MOST_CARRIED]
    classes = [[name[:60], form.text(f"to_{class_key(name)}", required=False, most=60)] for name in names]
    with reading() as (r, world):
        unit = unit_for(world, me(), code)
        if not _lines(r, world, unit, [ClassChoice(*each) for each in classes], picked):
            form.wrong("class", _("先勾选要带入的班级；勾选的人都已经在本届了，或登记在别的单位。"))
    return _choose(code, form) if form.errors else respond.shown_at("carrying_over.look", [classes, picked], code=code)


@area.get("/look")
@require("coordinator")
def look(code: str) -> Answer:
    """Whom these classes and people mean, and what they will be called. Raises NotFound once what was chosen is forgotten."""
    classes, picked = respond.shown_again()
    choices = [ClassChoice(*each) for each in classes]
    with reading() as (r, world):
        lines = _lines(r, world, unit_for(world, me(), code), choices, picked)
        before = _before(world, code, lines, choices, picked)
    return respond.before(before, Form(), "desk")


@area.post("/now")
@require("coordinator")
def carry(code: str) -> Answer:
    """Carry over whom one has looked at, as one batch."""
    form, account = Form.sent(), me()
    names, picked = request.form.getlist("class"), request.form.getlist("picked")
    choices = [ClassChoice(name[:60], form.text(f"to_{class_key(name)}", required=False, most=60)) for name in names[:200]]
    to, back = url_for("roster.people", code=code), url_for("carrying_over.choose", code=code)
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        batch = batch_of_press(w, "carried over", account.account, form.client_id)
        if is_batch(w, batch):  # pressed twice
            return told(w, _("已带入本届。"), to, undo=batch, back=back)
        lines = _lines(w, world, unit, choices, picked[:MOST_CARRIED])
        before = _before(world, code, lines, choices, picked)
        if not lines or not before.is_agreed(form):
            return respond.before(before, form, "desk")
        words = _("已把 %(n)s 人带入本届“%(camp)s”。") % {"n": carry_over(w, lines, batch, account.actor), "camp": world.name}
        return told(w, words, to, undo=batch, back=back)


def _lines(r: Reader, world: World, unit: Unit, choices: Sequence[ClassChoice], picked: Sequence[str]) -> tuple[CarriedLine, ...]:
    """Whom the choices mean, of those who are at home with whoever asks."""
    found = carried_lines(r, unit.unit, choices, picked)
    own = (replace(line, people=tuple(one for one in line.people if is_home_theirs(world, me(), one))) for line in found)
    return tuple(line for line in own if line.people)


def _choose(code: str, form: Form) -> Answer:
    with reading() as (r, world):
        page = _page(r, world, unit_for(world, me(), code), form)
    return respond.page("people/carrying_over.html", page, 422 if form.errors else 200)


def _page(r: Reader, world: World, unit: Unit, form: Form) -> CarryingPage:
    if not world.activity:
        raise Refused("这是第一届训练营，没有上一届的人可以带入。", hint="开了下一届以后，再把人带过去。")
    lines = tuple(LeftLine(class_key(each.name), each, a_year_later(each.name)) for each in left_classes(r, unit.unit))
    below = tuple((world.tree.units[key], count) for key, count in units_with_left(r, unit) if key != unit.unit)
    return CarryingPage(unit, world.name, lines, count_left(r, unit.unit), below, form)


def _before(world: World, code: str, lines: Sequence[CarriedLine], classes: Sequence[ClassChoice], picked: Sequence[str]) -> Before:
    carries = [("class", each.name) for each in classes] + [(f"to_{class_key(each.name)}", each.to) for each in classes]
    carries += [("picked", each) for each in picked]
    shown = tuple(
        ResultLine((
            _("勾选的人") if not each.name and picked and each is lines[-1] else each.name or _("没有班级的人"),
            each.to or _("不改"),
            str(len(each.people)),
            _names(each),
        ))
        for each in lines
    )  # fmt: skip
    count = sum(len(each.people) for each in lines)
    return Before(
        title=_("带入上一届的人"),
        back=(url_for("carrying_over.choose", code=code), _("重新选班级")),
        result=Result(
            _("要带入的人"), shown, ((_("上一届的班级"), ""), (_("本届的班级"), ""), (_("人数"), "n"), (_("姓名"), "wide"))
        ),
        does=(
            _("这 %(n)s 人算作本届“%(camp)s”的人，课时和证书从零开始。") % {"n": count, "camp": world.name},
            _("上一届的课时、证书和名单不变。"),
            _("带错了，可以一键撤销，改过的班级也一起改回去。"),
        ),
        button=_("带入 %(n)s 人") % {"n": count} if count else "",
        carries=tuple(carries),
        action=url_for("carrying_over.carry", code=code),
        is_grave=False,
    )


def _names(line: CarriedLine) -> str:
    """The first few names, and how many more."""
    first = "、".join(each.shown_name for each in line.people[:3])
    return first + (_(" 等") if len(line.people) > 3 else "")
