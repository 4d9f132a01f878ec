"""Where a person belongs: moved to another unit, counted in a second one too, there no longer; or left altogether."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.accounts.queries import unit_name
from campmgr.areas.people.actions import people as actions
from campmgr.areas.people.actions.leaving import leave as leave_camp
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.queries.ids import memberships_of
from campmgr.areas.people.queries.theirs import person_for
from campmgr.areas.units.queries.offering import counting_units_offered, units_offered
from campmgr.clock import today_of
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts.finding import unit_address
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

WHY_LEFT = ("转学", "毕业", "离职", "不再参加", "其他")

area = Blueprint("person_homes", __name__, url_prefix="/desk/people/<person>/homes")


@dataclass(frozen=True, slots=True)
class HomesPage:
    """A person, where they are at home (the name, and `at` for addresses), where they count `also` (id and name), and the forms: to
    move, to count elsewhere too, or no longer. `moves_here`: whether there is another unit of the account's to move somebody to.
    """

    person: Person
    home: str
    at: str
    also: tuple[tuple[str, str], ...]
    today: str
    moves_here: bool
    reasons: tuple[tuple[str, str], ...]
    form: Form


@area.get("")
@require("coordinator")
def page(person: str) -> Answer:
    """Where somebody belongs, and the forms to change it."""
    return _page(person, Form())


@area.post("/move")
@require("coordinator")
def move(person: str) -> Answer:
    """Move somebody's home, history and all, from a day on."""
    form, account = Form.sent(), me()
    day = form.day("day", required=False)
    with writing() as (w, world):
        who = person_for(w, world, account, person, at_home=True)
        unit = form.pick("target", units_offered(world, account))
        if not form.errors:
            with form.beside("target", BadInput, Refused, NotFound):
                actions.move(w, who, unit, day, account.actor)
                words = _("已转到 %(unit)s。") % {"unit": unit_name(world, unit)}
                return told(w, words, url_for("person.show", person=who.person))
    return _page(person, form, 422)


@area.post("/join")
@require("coordinator")
def join(person: str) -> Answer:
    """Count somebody in another unit too, of whatever place where it is of another line; the hours stay at home."""
    form, account = Form.sent(), me()
    with writing() as (w, world):
        who = person_for(w, world, account, person, at_home=True)
        unit = form.pick("also", counting_units_offered(world, account))
        if unit == who.home:
            form.wrong("also", _("已经是这个单位的人。"))
        if not form.errors:
            with form.beside("also", BadInput, Refused, NotFound):
                actions.add_membership(w, who, unit, account.actor)
                words = _("同时计入 %(unit)s。") % {"unit": unit_name(world, unit)}
                return told(w, words, url_for("person.show", person=who.person))
    return _page(person, form, 422)


@area.post("/leave")
@require("coordinator")
def leave(person: str) -> Answer:
    """Count somebody in another unit no longer, from today on. Raises NotFound where they are no member of it."""
    form, account = Form.sent(), me()
    with writing() as (w, world):
        who = person_for(w, world, account, person, at_home=True)
        unit = form.typed("unit")[:64]
        actions.end_membership(w, who, unit, actor=account.actor)
        words = _("不再计入 %(unit)s。") % {"unit": unit_name(world, unit)}
        return told(w, words, url_for("person_homes.page", person=who.person))


@area.post("/gone")
@require("coordinator")
def gone(person: str) -> Answer:
    """Say that somebody has left altogether, from a day on, and why."""
    form, account = Form.sent(), me()
    day = form.day("since", required=False)
    with writing() as (w, world):
        who = person_for(w, world, account, person, at_home=True)
        why = form.choice("why", WHY_LEFT)
        if not form.errors:
            with form.beside("since", BadInput, Refused):
                leave_camp(w, who, why, day, account.actor)
                return told(w, _("已登记离开。"), url_for("person.show", person=who.person))
    return _page(person, form, 422)


def _page(person: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        who = person_for(r, world, me(), person, at_home=True)
        also = tuple((unit, unit_name(world, unit)) for _who, unit in sorted(memberships_of(r, [who.person])))
        reasons = tuple((each, _(each)) for each in WHY_LEFT)
        home, moves_here = unit_name(world, who.home), me().unit in world.tree.uppers
        found = HomesPage(who, home, unit_address(world, who.home), also, today_of(r.clock), moves_here, reasons, form)
    return respond.page("desks/homes.html", found, status)
