"""A unit's correspondents: who it is, who is proposed and has to be agreed to by which post, and what is handed over."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.areas.points.actions.handover import (
    LONGEST_NAME,
    LONGEST_POST,
    LONGEST_REASON,
    Proposal,
    agree,
    propose,
    refuse_proposal,
)
from campmgr.areas.points.pages.standing import DeskStand, at_desk
from campmgr.areas.points.queries.items import ItemLine, Wanted, items_of
from campmgr.areas.points.queries.roster import Correspondent, agreeing, correspondents_of, handed_over_words
from campmgr.areas.points.queries.tasks import UnitTask, open_of, periods_to_ask, unit_tasks
from campmgr.areas.points.settings import Passing
from campmgr.clock import today_of
from campmgr.errors import BadInput, Refused
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("handover", __name__, url_prefix="/desk/units/<code>/a/<activity>/correspondents")


@dataclass(frozen=True, slots=True)
class HandoverPage:
    """Who is the correspondent, who was, who is proposed and waits for which posts; what is open, and that as text."""

    at: DeskStand
    now: tuple[Correspondent, ...]
    former: tuple[Correspondent, ...]
    proposed: tuple[tuple[Correspondent, tuple[str, ...]], ...]
    names: dict[str, str]
    items: tuple[ItemLine, ...]
    tasks: tuple[UnitTask, ...]
    text: str
    passing: Passing
    choices: tuple[tuple[str, str], ...]
    today: str
    form: Form


@area.get("")
@require("coordinator")
def listed(code: str, activity: str) -> Answer:
    """Who it is, and what would be handed over."""
    return _page(code, activity, Form.kept())


@area.post("")
@require("coordinator")
def proposed(code: str, activity: str) -> Answer:
    """Propose another."""
    form = Form.sent()
    name, post = form.person_name("name", most=LONGEST_NAME), form.text("post", required=False, most=LONGEST_POST)
    phone, day = form.text("phone", required=False, most=20), form.day("from_on")
    with writing() as (w, world):
        at = at_desk(w, world, code, activity, writes=True)
        now = {each.person for each in correspondents_of(w, at.activity, at.row.unit.unit) if not each.until_on}
        follows = form.choice("follows", now, required=False)
        if not form.errors:
            with form.beside("name", BadInput, Refused):
                proposal = Proposal(name, post, phone, day, follows, form.is_ticked("full_time"))
                propose(w, at.activity, at.row.unit.unit, proposal, me().actor)
                return told(w, _("已提出，等领导同意。"), url_for("handover.listed", **at.address))
    return _page(code, activity, form, 422)


@area.post("/agree")
@require("coordinator")
def agreed(code: str, activity: str) -> Answer:
    """A post agrees, or does not, with the reason."""
    form = Form.sent()
    person, answer = form.text("person", most=64), form.choice("answer", ("agree", "refuse"))
    reason = form.text("reason", required=answer == "refuse", most=LONGEST_REASON)
    with writing() as (w, world):
        at = at_desk(w, world, code, activity, writes=True)
        post = form.choice("by", agreeing(at.activity)) if answer == "agree" else ""
        if not form.errors:
            with form.beside("reason" if answer == "refuse" else "by", BadInput, Refused):
                unit, here = at.row.unit.unit, url_for("handover.listed", **at.address)
                if answer == "refuse":
                    refuse_proposal(w, at.activity, unit, person, reason, me().actor)
                    return told(w, _("已注明不同意。"), here)
                left = agree(w, at.activity, unit, person, post, me().actor)
                words = _("已同意，还等%(posts)s。") % {"posts": "、".join(left)} if left else _("都已同意，已换人。")
                return told(w, words, here)
    return _page(code, activity, form, 422)


def _page(code: str, activity: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        at = at_desk(r, world, code, activity)
        unit, today, posts = at.row.unit.unit, today_of(r.clock), agreeing(at.activity)
        every = correspondents_of(r, at.activity, unit)
        items = tuple(
            line for state in ("returned", "waiting") for line in items_of(r, at.activity, Wanted(unit=unit, state=state))
        )
        spans = [span for span in periods_to_ask(at.activity, today) if span.kind == "week" or span.holds(today)]
        tasks = dict.fromkeys(
            each for span in spans for each in open_of(unit_tasks(r, world, at.activity, span, [at.row], today))
        )  # fmt: skip
    proposals = tuple((each, waits) for each in every if (waits := each.waits_for(posts)))
    now = tuple(each for each in every if not each.until_on and not each.waits_for(posts))
    former = tuple(each for each in every if each.until_on and not each.lacks(posts))
    text = handed_over_words(at.row.unit.name, items, tasks, at.activity.rules[Passing])
    page = HandoverPage(
        at, now, former, proposals, {each.person: each.name for each in every}, items, tuple(tasks), text,
        at.activity.rules[Passing], tuple((each.person, each.name) for each in now), today, form,
    )  # fmt: skip
    return respond.page("points/handover.html", page, status)
