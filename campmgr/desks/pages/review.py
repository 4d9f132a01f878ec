"""Doubts a human settles: two records that may be one person, hours below a certificate, details told in two ways."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.accounts.queries import Account, unit_for
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.doubts import settle_doubt
from campmgr.areas.people.queries.theirs import find_theirs, person_for
from campmgr.desks.queries.desk_people import DeskPerson, desk_person
from campmgr.desks.queries.review import ReviewCase, doubts
from campmgr.errors import BadInput, NotFound
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("review", __name__, url_prefix="/desk/units/<code>/review")


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """The doubts of a unit, and the form that puts two records side by side."""

    unit: Unit
    doubts: tuple[ReviewCase, ...]
    marks: tuple[ReviewCase, ...]
    may_write: bool
    form: Form


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Two records side by side before they are merged; `case` is the doubt that asked, "" for none."""

    unit: Unit
    one: DeskPerson
    other: DeskPerson
    case: str
    form: Form


@area.get("")
@require("viewer")
def page(code: str) -> Answer:
    """What a human should look at."""
    return _page(code, Form())


@area.post("/compare")
@require("coordinator")
def compare(code: str) -> Answer:
    """Put two records side by side, by code, 编号 or id."""
    form, account = Form.sent(), me()
    texts = form.text("one", most=60), form.text("other", most=60)
    if not form.errors:
        with reading() as (r, world):
            unit = unit_for(world, account, code)
            one, other = (_side(r, world, account, form, name, text) for name, text in zip(("one", "other"), texts, strict=True))
            if one and other and one.page.hours.person == other.page.hours.person:
                form.wrong("other", _("这两个编号已经是同一个人。"))
            if one and other and not form.errors:
                return respond.page("desks/compare.html", ComparePage(unit, one, other, form.typed("case"), form))
    return _page(code, form, 422)


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


@area.post("/settle")
@require("coordinator")
def settle(code: str) -> Answer:
    """Note what was found out about a doubt, so that it is not asked again."""
    form, account = Form.sent(), me()
    answer = form.text("answer", most=200)
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        key, case = form.typed("person"), form.typed("case")
        known = any(each.person == key and each.case == case for each in doubts(w, world, unit.unit, account.line))
        if not known:
            raise NotFound("这一条已经处理过，或不在您的范围内。", reason="unknown_fact", hint="请刷新页面。")
        if not form.errors:
            settle_doubt(w, person_for(w, world, account, key), case, answer, account.actor)
            return respond.go(url_for("review.page", code=code))
    return _page(code, form, 422)


@area.post("/settle-marks")
@require("coordinator")
def settle_marks(code: str) -> Answer:
    """Note one result for all doubtful records ticked."""
    form, account = Form.sent(), me()
    answer = form.text("checked", most=200)
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        open_ones = {f"{each.person} {each.case}": each for each in doubts(w, world, unit.unit, account.line) if each.is_of_marks}
        ticked = form.choices("doubt", open_ones)
        if not ticked:
            form.wrong("doubt", _("还没有勾选，或勾选的已经处理过了。"))
        if not form.errors:
            for each in ticked:
                about = open_ones[each]
                settle_doubt(w, person_for(w, world, account, about.person), about.case, answer, account.actor)
            return respond.go(url_for("review.page", code=code))
    return _page(code, form, 422)


def _side(r: Reader, world: World, account: Account, form: Form, name: str, text: str) -> DeskPerson | None:
    with form.beside(name, BadInput, NotFound):
        return desk_person(r, world, account, find_theirs(r, world, account, text))
    return None


def _page(code: str, form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        found = doubts(r, world, unit.unit, account.line)
    of_marks, others = (tuple(each for each in found if each.is_of_marks is sort) for sort in (True, False))
    return respond.page("desks/review.html", ReviewPage(unit, others, of_marks, account.has("coordinator"), form), status)
