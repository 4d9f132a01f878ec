"""Drafts of a laptop that was taken in: where they belong, what becomes of each, and then they are facts of the camp."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.areas.drafts import actions
from campmgr.areas.drafts.actions import Plan
from campmgr.areas.drafts.pages.held import held_lines
from campmgr.areas.drafts.queries import Drafts, drafts_in
from campmgr.areas.units.queries.offering import units_offered
from campmgr.errors import NotFound
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.facts.laptops import own_place
from campmgr.facts.world import World
from campmgr.store import data_file
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.current import frame, me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_laptop
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_drafts", __name__, url_prefix="/office/drafts")


@dataclass(frozen=True, slots=True)
class ChoosePage:
    """What was recorded before the laptop was taken in, and the form that says which unit it is about."""

    drafts: Drafts
    form: Form


@area.get("/")
@require("organizer")
def choose() -> Answer:
    """What was recorded, and for which unit. Raises NotFound where there are no drafts."""
    with reading() as (r, world):
        whole_laptop(r, world)
        unit = world.tree.units[own_place(r, world)[0]]
    return respond.page("drafts/choose.html", ChoosePage(_drafts(), Form({"unit": unit.name})))


@area.post("/")
@require("organizer")
def chosen() -> Answer:
    """On to what will become of them."""
    form = Form.sent()
    with reading() as (r, world):
        whole_laptop(r, world)
        unit = form.pick("unit", units_offered(world, me()))
    if form.errors:
        return respond.page("drafts/choose.html", ChoosePage(_drafts(), form), 422)
    return respond.go(url_for("office_drafts.look", unit=unit))


@area.get("/look")
@require("organizer")
def look() -> Answer:
    """What will become of each. Raises NotFound for an unknown unit."""
    drafts = _drafts()
    with reading() as (r, world):
        whole_laptop(r, world)
        before = _bringing(r, world, drafts, request.args.get("unit", ""))
    return respond.before(before, Form())


@area.post("/look")
@require("organizer")
def bring() -> Answer:
    """Make them facts; the drafts' own data file is let go, since all of it is in or waits in the review."""
    form, drafts = Form.sent(), _drafts()
    with writing() as (w, world):
        account, text = whole_laptop(w, world), form.typed("unit")
        before = _bringing(w, world, drafts, text)
        if not before.is_agreed(form):
            return respond.before(before, form)
        unit = find_unit(world, text)
        plan = actions.bring(w, drafts, unit.unit, account.actor)
        done = told(w, _words(plan), url_for("desk.unit", code=unit.address), undo="")
    _let_go()
    return done


@area.get("/drop")
@require("organizer")
def dropping() -> Answer:
    """What letting the drafts go does."""
    with reading() as (r, world):
        whole_laptop(r, world)
    return respond.before(_dropping(_drafts()), Form())


@area.post("/drop")
@require("organizer")
def drop() -> Answer:
    """Let the drafts go."""
    with reading() as (r, world):
        whole_laptop(r, world)
    form, before = Form.sent(), _dropping(_drafts())
    if not before.is_agreed(form):
        return respond.before(before, form)
    _let_go()
    return respond.go(url_for("office.overview"))


def _drafts() -> Drafts:
    store = frame().drafts
    if store is None:
        raise NotFound("没有等着带进来的草稿。", reason="link_ended", hint="带进来的在人员名单里；没有记入的在“待核对”里。")
    with store.reading() as r:
        return drafts_in(r, worlds.load(r))


def _let_go() -> None:
    with frame().lock:
        store = frame().drafts
        if store is not None:
            frame().drafts = None
            data_file.discard(store)


def _bringing(r: Reader, world: World, drafts: Drafts, text: str) -> Before:
    unit = find_unit(world, text)
    plan = actions.plan(r, drafts, unit.unit)
    return Before(
        title=_("把草稿带进训练营：%(unit)s") % {"unit": unit.name},
        back=(url_for("office_drafts.choose"), _("草稿")),
        open=tuple(_open(plan)),
        result=Result(_("会怎样"), tuple(ResultLine(each) for each in _results(plan, drafts))),
        does=(
            _("这些草稿成为训练营的记录，日期照草稿上的算；带错了的，在人员的历史里整批撤回。"),
            _("已经发出去的胸卡、海报和个人页链接照常用。"),
            _("没有记入的留在“待核对”里，办好了再试一次；草稿文件随后删掉。"),
            *(_("不带进来：%(what)s %(n)s 条。") % {"what": what, "n": count} for what, count in drafts.stays_behind),
        ),
        button=_("带进来"),
        carries=(("unit", unit.unit),),
        is_grave=False,
        sure=_("我看过了：没有记入的以后在“待核对”里办"),
    )


def _words(plan: Plan) -> str:
    words = _("草稿带进来了：新加入 %(new)s 人，%(marks)s 条学习记录和签到。") % {
        "new": len(plan.new), "marks": len(plan.marks) + len(plan.scans)}  # fmt: skip
    return words + (_("%(n)s 条没有记入，在“待核对”里。") % {"n": len(plan.left)} if plan.left else "")


def _open(plan: Plan) -> Iterator[OpenPoint]:
    for reason, count in plan.reasons.items():
        yield OpenPoint(count, _("条不能记入"), reason)


def _results(plan: Plan, drafts: Drafts) -> Iterator[tuple[str, str]]:
    yield _("新加入"), _("%(n)s 人") % {"n": len(plan.new)}
    yield _("已经在册"), _("%(n)s 人（不重复登记，记录记到他们名下）") % {"n": len(plan.same)}
    yield _("学习和签到"), _("%(n)s 条") % {"n": len(plan.marks) + len(plan.scans)}
    yield _("加入码"), _("%(n)s 个") % {"n": len(drafts.codes)}
    yield _("不能记入"), _("%(n)s 条") % {"n": len(plan.left)}
    yield _("草稿里一共"), _("%(people)s 人，%(marks)s 条") % {"people": len(drafts.people), "marks": len(drafts.marks)}


def _dropping(drafts: Drafts) -> Before:
    return Before(
        title=_("不要这些草稿"),
        back=(url_for("office_drafts.choose"), _("草稿")),
        result=Result(_("要丢掉的"), held_lines(drafts)),
        does=(_("草稿文件删掉，找不回来；凭草稿打印的胸卡、海报不再能用。"),),
        button=_("删掉草稿"),
    )
