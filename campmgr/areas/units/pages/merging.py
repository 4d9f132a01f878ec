"""Two units that turn out to be one: chosen, looked at side by side, merged; one press parts them again."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import Account, unit_for, unit_name
from campmgr.areas.units.actions import units as actions
from campmgr.areas.units.queries.my_units import units_below
from campmgr.areas.units.queries.offering import units_offered
from campmgr.errors import BadInput, NotFound, Refused
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

area = Blueprint("office_merging", __name__, url_prefix="/office/units/<code>/merge")


@dataclass(frozen=True, slots=True)
class MergingPage:
    """The unit that stays, and the form that asks for the other."""

    unit: Unit
    form: Form


@area.get("")
@require("organizer")
def choose(code: str) -> Answer:
    """Ask which other unit is this one too; `other` in the address shows what merging the two would do."""
    form, account = Form(request.args.to_dict()), me()
    act = None
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        if form.typed("other") and (other := _other(world, account, unit, form)):
            act = _before(r, world, account, unit, other)
    if act:
        return respond.before(act, Form())
    return respond.page("units/merging.html", MergingPage(unit, form), 422 if form.errors else 200)


@area.post("")
@require("organizer")
def merge(code: str) -> Answer:
    """Merge the two that were looked at."""
    form, account = Form.sent(), me()
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        other = _other(world, account, unit, form)
        act = _before(w, world, account, unit, other) if other else None
        if other and act and act.is_agreed(form):
            with form.beside("other", BadInput, Refused, NotFound):
                actions.merge_units(w, unit.unit, other.unit, account.actor)
                words = _("%(other)s 已并入 %(unit)s。") % {"other": other.name, "unit": unit.name}
                return told(w, words, url_for("office_units.unit", code=unit.address))
    if act and not form.error("other"):
        return respond.before(act, form)
    return respond.page("units/merging.html", MergingPage(unit, form), 422)


def _other(world: World, account: Account, unit: Unit, form: Form) -> Unit | None:
    key = form.pick("other", units_offered(world, account))
    other = unit_for(world, account, key) if key else None
    if other is not None and other.unit == unit.unit:
        form.wrong("other", _("这就是本单位，请选另一个。"))
        return None
    if other is not None and other.unit in world.tree.path_on(unit.unit, "9999"):
        form.wrong("other", _("它是本单位的上级，不能并入下级。"))
        return None
    return other


def _before(r: Reader, world: World, account: Account, unit: Unit, other: Unit) -> Before:
    joined = [str(units_below(r, world, account, each.unit).unit.reached.joined) for each in (unit, other)]
    sides = zip(
        (_("名称"), _("代码"), _("上级"), _("类别"), _("已参加（含下级）")),
        *((each.name, each.code or "—", unit_name(world, each.parent), each.kind, count)
          for each, count in zip((unit, other), joined, strict=True)),
        strict=True,
    )  # fmt: skip
    return Before(
        title=_("把 %(other)s 并入 %(unit)s") % {"other": other.name, "unit": unit.name},
        back=(url_for("office_merging.choose", code=unit.address), _("另选一个单位")),
        result=Result(
            _("两个单位"),
            tuple(ResultLine(line) for line in sides),
            ((_("项目"), ""), (_("留下的"), ""), (_("并入的"), "")),
        ),
        does=(
            _("并入单位的人从此算在留下的单位里，名册、登记和报表都在一起；人员和学习记录不改动。"),
            _("两个代码和名称都找得到留下的单位，已经贴出去的加入码继续有效。"),
            _("弄错了可以撤销，两个单位各自恢复。"),
        ),
        carries=(("other", other.unit),),
        button=_("是同一个单位，合并"),
        is_grave=False,
    )
