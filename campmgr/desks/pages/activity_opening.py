"""Opening an activity on a page: a preset to start from, then each open point as a decision, as for a camp."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import Account, may_give
from campmgr.areas.activities import actions
from campmgr.areas.activities.actions import Opening
from campmgr.areas.units.queries.offering import units_offered
from campmgr.desks.pages.decisions import Decisions, changes_of, decisions_of
from campmgr.desks.pages.setup import Choice, choice_of
from campmgr.errors import BadInput, NotAllowed, Refused
from campmgr.facts.activities import SEATS
from campmgr.facts.catalogue import CAMP
from campmgr.web import respond
from campmgr.web.current import frame, me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("activity_opening", __name__, url_prefix="/office/a/open")


@dataclass(frozen=True, slots=True)
class ChooseActivityPage:
    """The presets, as the first step."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class OpenActivityPage:
    """The second step: code, host, seat, and the decisions; `host`: what the field of the host begins with."""

    choice: Choice
    is_camp: bool
    host: str
    seats: tuple[tuple[str, str], ...]
    decided: Decisions
    form: Form


@area.get("")
@require("organizer")
def choose() -> Answer:
    """Choose a preset, then decide."""
    _every_line()
    preset, presets = request.args.get("preset", ""), frame().catalogue.presets
    if preset not in presets:
        return respond.page("desks/choose_activity_preset.html", ChooseActivityPage(tuple(map(choice_of, presets))))
    return _form(preset, Form.kept())


@area.post("")
@require("organizer")
def begin() -> Answer:
    """Open the activity; nothing is written before everything typed is right."""
    form, plan = Form.sent(), frame().catalogue
    preset = form.choice("preset", plan.presets)
    if form.errors:
        return respond.page("desks/choose_activity_preset.html", ChooseActivityPage(tuple(map(choice_of, plan.presets))), 422)
    is_camp = plan.sort_of(preset) == CAMP
    seat = "host" if is_camp else form.choice("seat", SEATS)
    code, changes = form.text("code", most=actions.LONGEST_CODE), changes_of(form, plan.activity_rules(preset))
    with writing() as (w, world):
        account = whole_camp(world) if is_camp else _every_line()
        host = world.root_unit if is_camp else form.pick("host", units_offered(world, account))
        if host and not may_give(world, account, host, ""):
            form.wrong("host", _("主办单位要在您的范围以内。"))
        if not form.errors:
            with form.beside("code", BadInput, Refused), form.beside("host", NotAllowed):
                opened = actions.begin(w, Opening(preset, code, host, seat, changes), account.actor)
                to = url_for("office_activities.shown", activity=opened)
                return told(w, _("已开始这个活动。"), to, undo="")
    return _form(preset, form, 422)


def _every_line() -> Account:
    """Who is logged in, for what concerns a unit whole. Raises NotAllowed for an organizer of one line."""
    account = me()
    if account.line:
        raise NotAllowed("活动由单位的组织方开始，一个条线的账号不能办。", hint="请联系给您账号的组织方。")
    return account


def _form(preset: str, form: Form, status: int = 200) -> Answer:
    plan, choice = frame().catalogue, choice_of(preset)
    with reading() as (_r, world):
        host = world.tree.units[me().unit].address
    seats = tuple((seat, _(words)) for seat, words in SEATS.items())
    page = OpenActivityPage(choice, plan.sort_of(preset) == CAMP, host, seats, decisions_of(plan.activity_rules(preset)), form)
    return respond.page("desks/open_activity.html", page, status)
