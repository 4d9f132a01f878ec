"""What a unit's people ask of a human: the list of cases, and two records side by side before they are merged."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import Account, unit_for
from campmgr.areas.people.actions import people
from campmgr.areas.people.queries.offering import people_offered
from campmgr.areas.people.queries.theirs import find_theirs, person_for
from campmgr.desks.pages import cases
from campmgr.desks.queries.desk_people import DeskPerson, desk_person
from campmgr.desks.queries.review import Span
from campmgr.errors import BadInput, NotFound
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond, working
from campmgr.web.current import me, reading, writing
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("review", __name__, url_prefix="/desk/units/<code>/review")


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The cases of a unit, and the form that puts two records side by side."""

    unit: Unit
    list: cases.CaseList
    form: Form


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Two records side by side before they are merged."""

    unit: Unit
    one: DeskPerson
    other: DeskPerson
    form: Form


@area.get("")
@require("viewer")
def page(code: str) -> Answer:
    """What a human should look at; `sort`, `older` and `after` in the address."""
    return _page(code, Form())


@area.post("/settle")
@require("coordinator")
def settle(code: str) -> Answer:
    """Give one case an answer, or those that were ticked. Raises BadInput, and what the answer's act refuses."""
    account, form = me(), Form.sent()
    to = url_for("review.page", code=code, **cases.filters())
    with reading() as (r, world):
        span = Span(unit_for(world, account, code).unit, account.line)
        task = cases.task(r, world, span, account, to)
    if task:
        return working.answer_of(task)
    with writing() as (w, world):
        done = cases.settled(w, world, span, account, form, to)
    return done or _page(code, form, form.status)


@area.post("/compare")
@require("coordinator")
def compare(code: str) -> Answer:
    """Put two records side by side: those ticked in a roster, or by code, 编号 or id."""
    form, account = Form.sent(), me()
    ticked = request.form.getlist("picked")
    if ticked and len(ticked) != 2:
        form.wrong("one", _("请正好勾选两个人，现在是 %(n)s 个。") % {"n": len(ticked)})
    with reading() as (r, world):
        unit, find = unit_for(world, account, code), people_offered(r, world, account)
        meant = ticked if len(ticked) == 2 or form.errors else [form.pick(name, find) for name in ("one", "other")]
        one, other = (
            _side(r, world, account, form, name, key) for name, key in zip(("one", "other"), (*meant, "", "")[:2], strict=True)
        )
    if one and other and one.page.hours.person == other.page.hours.person:
        form.wrong("other", _("这两条已经是同一个人。"))
    if form.errors or not one or not other:
        return _page(code, form, 422)
    return respond.page("desks/compare.html", ComparePage(unit, one, other, form))


@area.post("/merge")
@require("coordinator")
def merge(code: str) -> Answer:
    """Merge two records; nothing is lost, and it can be undone from the person's page."""
    form, account = Form.sent(), me()
    with writing() as (w, world):
        unit_for(world, account, code)
        one, other = (person_for(w, world, account, form.typed(name), at_home=True) for name in ("one", "other"))
        if one.person == other.person:  # pressed twice: they are one already
            return respond.go(url_for("person.show", person=one.person))
        stands = people.merge(w, one, other, account.actor)
    return respond.go(url_for("person.show", person=stands))


def _side(r: Reader, world: World, account: Account, form: Form, name: str, key: str) -> DeskPerson | None:
    if not key:
        return None
    with form.beside(name, BadInput, NotFound):
        return desk_person(r, world, account, find_theirs(r, world, account, key))
    return None


def _page(code: str, form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        found = cases.case_list(r, world, Span(unit.unit, account.line), account, "review", form, code=code)
    return respond.page("desks/review.html", ReviewPage(unit, found, form), status)
