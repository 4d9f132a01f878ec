"""A coordinator asks the office above for what she may not do herself, and sees what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import Account, unit_for
from campmgr.areas.people.queries.offering import people_offered
from campmgr.areas.people.queries.theirs import person_for
from campmgr.areas.requests import actions
from campmgr.areas.requests.actions import LONGEST, Asked
from campmgr.areas.requests.kinds import SORTS
from campmgr.areas.requests.queries import Request, requests_of
from campmgr.areas.units.queries.offering import every_unit_offered
from campmgr.errors import BadInput, CampError, Refused
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

desk = Blueprint("requests", __name__, url_prefix="/desk/units/<code>/requests")


@dataclass(frozen=True, slots=True)
class RequestsPage:
    """What a unit has asked for, and the form for one `sort` of request; `sorts` are all of them (sort, words)."""

    unit: Unit
    requests: tuple[Request, ...]
    sort: str
    sorts: tuple[tuple[str, str], ...]
    most: int
    form: Form


_AT_TARGET = {"circular_parent": "target", "not_participating": "target"}


@desk.get("")
@require("coordinator")
def page(code: str) -> Answer:
    """What was asked for, and the form; `sort` in the address says of what, `person` about whom. Raises as `unit_for` does."""
    account, person = me(), request.args.get("person", "")
    with reading() as (r, world):
        who = _code_of(r, world, account, person) if person else ""
        form = Form.kept({"whom": who} if who else None)
        if who and form.typed("whom") == who:
            form.pick("whom", people_offered(r, world, account))  # whose code it is stands below it
    return _page(code, request.args.get("sort", ""), form)


@desk.post("")
@require("coordinator")
def send(code: str) -> Answer:
    """Ask for something."""
    form, account = Form.sent(), me()
    sort = form.choice("sort", tuple(SORTS))
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        asked = _asked(w, world, account, form, sort)
        if not form.errors:
            with form.beside("text", BadInput, Refused, by_reason=_AT_TARGET):
                actions.ask(w, unit, asked, actor=account.actor, client_id=form.client_id)
                return told(w, _("已请上级办，答复会写在这里。"), url_for("requests.page", code=code))
    return _page(code, sort, form, 422)


@desk.post("/<asked>/take-back")
@require("coordinator")
def take_back(code: str, asked: str) -> Answer:
    """No longer ask. Raises NotFound, Refused."""
    with writing() as (w, world):
        unit = unit_for(world, me(), code)
        actions.take_back(w, asked, unit, me().actor)
        return told(w, _("已收回这件请求。"), url_for("requests.page", code=code))


def _asked(r: Reader, world: World, account: Account, form: Form, sort: str) -> Asked:
    person = target = ""
    if sort in {"person", "also", "correct"}:
        person = form.pick("whom", people_offered(r, world, account), required=sort != "correct")
    if sort in {"person", "also", "unit"}:
        target = form.pick("target", every_unit_offered(world))
    text = form.text("text", required=sort in {"correct", "other"}, most=LONGEST)
    return Asked(sort, person, target, text)


def _page(code: str, sort: str, form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        kept = sort if sort in SORTS else ""
        sorts = tuple((name, _(words)) for name, words in SORTS.items())
        found = RequestsPage(unit, requests_of(r, world, unit), kept, sorts, LONGEST, form)
    return respond.page("requests/requests.html", found, status)


def _code_of(r: Reader, world: World, account: Account, person: str) -> str:
    """What somebody's card says, for the field that asks for whom; "" for somebody who is not theirs."""
    try:
        return person_for(r, world, account, person).code
    except CampError:
        return ""
