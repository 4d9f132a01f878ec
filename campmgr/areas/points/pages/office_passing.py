"""The host's own stage: what all units have passed on, several passed or returned in one go after a count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.areas.points.actions.passing import LONGEST_REASON, pass_items
from campmgr.areas.points.pages.passing import ANSWERS, MOST, before_passing, ticked_of
from campmgr.areas.points.pages.standing import OfficeStand, at_office
from campmgr.areas.points.queries.items import ItemLine, Wanted, count_of, items_of, known_items
from campmgr.areas.points.queries.rows import rows_of
from campmgr.areas.points.rules.passing import host_stage
from campmgr.areas.points.settings import Passing
from campmgr.errors import NotFound
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import Before
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_passing", __name__, url_prefix="/office/a/<activity>/passing")


@dataclass(frozen=True, slots=True)
class HostPassingPage:
    """What waits for the host, of which unit; how many wait for whom in all; the form."""

    at: OfficeStand
    items: tuple[ItemLine, ...]
    units: Mapping[str, str]
    addresses: Mapping[str, str]
    waiting: tuple[tuple[str, int], ...]
    form: Form


@area.get("")
@require("organizer")
def waiting(activity: str) -> Answer:
    """What waits for the host."""
    return _page(activity, Form())


@area.post("")
@require("organizer")
def chosen(activity: str) -> Answer:
    """What was ticked goes on to be counted; nothing is written."""
    form = Form.sent()
    answer = form.choice("answer", ANSWERS)
    reason = form.text("reason", required=answer == "back", most=LONGEST_REASON)
    with reading() as (r, world):
        at = at_office(world, activity, runs=True)
        ticked = ticked_of(form, [each.item for each in items_of(r, at.activity, _wanted(at))])
    if form.errors:
        return _page(activity, form, 422)
    return respond.shown_at("office_passing.before", [answer, reason, ticked], **at.address)


@area.get("/look")
@require("organizer")
def before(activity: str) -> Answer:
    """How many will be passed or returned, and which. Raises NotFound once it is forgotten."""
    answer, reason, ticked = respond.shown_again()
    with reading() as (r, world):
        at = at_office(world, activity, runs=True)
        act = _looked_at(r, world, at, str(answer), str(reason), ticked)
    return respond.before(act, Form())


@area.post("/decide")
@require("organizer")
def decide(activity: str) -> Answer:
    """Pass or return what was looked at; one press takes it back."""
    form = Form.sent()
    answer, ticked = form.choice("answer", ANSWERS), form.typed("items").split()
    reason = form.text("why", required=False, most=LONGEST_REASON)
    with writing() as (w, world):
        at = at_office(world, activity, runs=True)
        act = _looked_at(w, world, at, answer, reason, ticked)
        if form.errors or not act.is_agreed(form):
            return respond.before(act, form)
        stage = host_stage(at.activity.rules[Passing])
        pass_items(w, at.activity, ticked, stage, accepted=answer == "pass", reason=reason, actor=me().actor)
        words = _("已通过 %(n)s 篇。") if answer == "pass" else _("已退回 %(n)s 篇。")
        return told(w, words % {"n": len(ticked)}, url_for("office_passing.waiting", **at.address))


def _looked_at(r: Reader, world: World, at: OfficeStand, answer: str, reason: str, ticked: Sequence[str]) -> Before:
    """The page before these are passed or returned. Raises NotFound for an item of another activity."""
    known = known_items(r, ticked)
    lines = [known[each] for each in ticked if each in known and known[each].activity == at.activity.id]
    if not lines or len(lines) < len(ticked):
        raise NotFound("有稿件已经撤回，或不是这个活动的。", reason="unknown_fact", hint="请回到待审列表再选。")
    units = world.tree.units
    told_of = [(units[each.unit].name if each.unit in units else "—", each) for each in lines]
    back = (url_for("office_passing.waiting", **at.address), _("待审稿件"))
    carries = (host_stage(at.activity.rules[Passing]), answer, reason)
    return before_passing(at.activity, told_of, carries, back, url_for("office_passing.decide", **at.address))


def _wanted(at: OfficeStand) -> Wanted:
    return Wanted(state="waiting", stage=host_stage(at.activity.rules[Passing]) - 1, most=MOST)


def _page(activity: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        at = at_office(world, activity)
        passing = at.activity.rules[Passing]
        lines = items_of(r, at.activity, _wanted(at)) if host_stage(passing) else ()
        rows = {each.unit.unit: each.unit for each in rows_of(r, world, at.activity)}
        counts = tuple(
            (post, count_of(r, at.activity, Wanted(state="waiting", stage=number))) for number, post in enumerate(passing.stages)
        )
    names, addresses = ({key: getattr(each, name) for key, each in rows.items()} for name in ("name", "address"))
    return respond.page("points/office_passing.html", HostPassingPage(at, lines, names, addresses, counts, form), status)
