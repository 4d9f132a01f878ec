"""Names in the logs of meetings that nobody knows yet: who is meant by each."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import is_theirs, unit_for
from campmgr.areas.hours.actions.session_matching import match_session, names_said
from campmgr.areas.hours.local import put_session_aside
from campmgr.areas.hours.queries.sessions import PAGE, SessionNames, session_names_page
from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.areas.people.queries.offering import people_offered
from campmgr.errors import BadInput, NotFound
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import me, page_asked, reading, writing
from campmgr.web.done import said_now, told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("sessions", __name__, url_prefix="/desk/units/<code>/sessions")

_ASIDE = ("aside", "back")


@dataclass(frozen=True, slots=True)
class SessionsPage:
    """The names of a unit that wait, and the form."""

    unit: Unit
    found: SessionNames
    form: Form


@area.get("")
@require("coordinator")
def names(code: str) -> Answer:
    """The names that wait; with `aside=1` in the address those that were put aside."""
    return _page(code, Form())


@area.post("")
@require("coordinator")
def decide(code: str) -> Answer:
    """For each name on the page: a person, `aside`, `back`, or nothing yet; or a 编号 typed beside it."""
    form, account = Form.sent(), me()
    with writing() as (w, world):
        unit, find = unit_for(world, account, code), people_offered(w, world, account)
        people = {}
        for place, key, means, other in _said(form):
            chosen = form.pick(_field(place), find, most=64) if other else means
            if chosen and chosen not in _ASIDE:
                with form.beside(_field(place) if other else f"means-{place}", BadInput, NotFound):
                    people[key] = _person(w, world, chosen)
        for _place, key, means, _other in () if form.errors else _said(form):
            if key in people:
                match_session(w, unit.unit, key, people[key], account.actor)
            else:
                put_session_aside(w, unit.unit, key, aside=means == "aside")
        if not form.errors:
            to = url_for("sessions.names", code=code, aside="1" if _aside() else None, page=page_asked())
            aside, back = ([key for _, key, means, _ in _said(form) if means == word and key not in people] for word in _ASIDE)
            undo = f"{unit.unit} {names_said(w, unit.unit, people, aside, back)} {said_now(w, by_fact=True)}".rstrip()
            words = _("已处理 %(n)s 个姓名。") % {"n": len(_said(form))}
            return told(w, words, to, undo=undo if _said(form) else "", way="unname")
    return _page(code, form, 422)


def _said(form: Form) -> list[tuple[int, str, str, str]]:
    """(place on the page, the name's key, what was chosen, what was typed) of each name of which anything was said."""
    said = [
        (place, form.typed(f"key-{place}"), form.typed(f"means-{place}"), form.typed(_field(place)).strip())
        for place in range(PAGE)
    ]
    return [one for one in said if one[1] and (one[2] or one[3])]


def _field(place: int) -> str:
    """The field for somebody who is not among those suggested."""
    return f"other_{place}"


def _person(r: Reader, world: World, means: str) -> Person:
    """Somebody of the account's own units, by id. Raises NotFound."""
    person = people_by_id(r, [means]).get(means)
    home = world.tree.units.get(person.home) if person else None
    if person is None or home is None or not is_theirs(world, me(), home):
        raise NotFound("没有这个人，或不在您的范围内。", reason="unknown_person", hint="请核对编号，或先登记此人。")
    return person


def _aside() -> bool:
    return request.args.get("aside") == "1"


def _page(code: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        unit = unit_for(world, me(), code)
        found = session_names_page(r, world, unit.unit, page_asked(), aside=_aside())
    return respond.page("hours/sessions.html", SessionsPage(unit, found, form), status)
