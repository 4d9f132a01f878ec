"""The duties of one person on the desk: what they have, a form for another, and the end of one."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.accounts.queries import activity_for, sees_activity
from campmgr.areas.duties.actions import LONGEST_REASON, end_duty, give_duty
from campmgr.areas.duties.queries import DutyLine, duties_of, words_for
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.queries.theirs import person_for
from campmgr.clock import today_of
from campmgr.errors import BadInput, Refused
from campmgr.facts.catalogue import catalogue
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("duties", __name__, url_prefix="/desk/people/<person>/duties")


@dataclass(frozen=True, slots=True)
class DutiesPage:
    """A person's duties, what can be given in which activity that goes on ("activity duty", words), and the form."""

    person: Person
    lines: tuple[DutyLine, ...]
    choices: tuple[tuple[str, str], ...]
    today: str
    form: Form


@area.get("")
@require("coordinator")
def listed(person: str) -> Answer:
    """What somebody does in which activity, and the form for another duty."""
    return _page(person, Form.kept())


@area.post("")
@require("coordinator")
def give(person: str) -> Answer:
    """Give a duty; the same once more with other days changes it."""
    form, account = Form.sent(), me()
    since, until = form.day("from_on"), form.day("until_on", required=False)
    address, _between, duty = form.text("duty").partition(" ")
    with writing() as (w, world):
        who = person_for(w, world, account, person, at_home=True)
        if not form.errors:
            found = activity_for(world, account, address)
            with form.beside("duty", BadInput, Refused, by_reason={"bad_date": "until_on"}):
                give_duty(w, who, found, duty, from_on=since, until_on=until, actor=account.actor)
                return told(w, _("已登记职责：%(duty)s。") % {"duty": duty}, url_for("duties.listed", person=person))
    return _page(person, form, 422)


@area.post("/end")
@require("coordinator")
def end(person: str) -> Answer:
    """End a duty, with the reason."""
    form, account = Form.sent(), me()
    on, reason = form.day("on"), form.text("reason", most=LONGEST_REASON)
    address, _between, duty = form.text("ended").partition(" ")
    with writing() as (w, world):
        who = person_for(w, world, account, person, at_home=True)
        if not form.errors:
            found = activity_for(world, account, address)
            with form.beside("ended", BadInput, Refused):
                end_duty(w, who, found, duty, on, reason, account.actor)
                return told(w, _("已结束职责：%(duty)s。") % {"duty": duty}, url_for("duties.listed", person=person))
    return _page(person, form, 422)


def _page(person: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        who = person_for(r, world, me(), person, at_home=True)
        shown = [each for each in world.activities.going_on() if sees_activity(world, me(), each)]
        choices = [
            (f"{world.activities.address(each)} {word}", f"{each.name}：{_(word)}")
            for each in shown
            for word in words_for(catalogue(r), each)
        ]
        page = DutiesPage(who, duties_of(r, world, who.person, today_of(r.clock)), tuple(choices), today_of(r.clock), form)
    return respond.page("duties/duties.html", page, status)
