"""The office's list of cases: everything that was set aside in the units below, and what is of the whole camp."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import Account, unit_for
from campmgr.areas.units.queries.offering import units_offered
from campmgr.desks.pages import cases
from campmgr.desks.queries.review import Span
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.web import respond, working
from campmgr.web.current import me, reading, writing
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.respond import Answer

area = Blueprint("office_review", __name__, url_prefix="/office/review")


@dataclass(frozen=True, slots=True)
class OfficeReviewPage:
    """The cases of a unit and all below it; `chosen` is false while nothing narrower than one's own scope is asked for."""

    unit: Unit
    chosen: bool
    list: cases.CaseList
    form: Form


@area.get("")
@require("organizer")
def page() -> Answer:
    """What a human should look at; `unit` (code or name), `sort`, `older` and `after` in the address."""
    return _page(Form(request.args.to_dict()))


@area.post("/settle")
@require("organizer")
def settle() -> Answer:
    """Give one case an answer, or those that were ticked. Raises BadInput, and what the answer's act refuses."""
    account, form = me(), Form.sent()
    with reading() as (r, world):
        unit = _unit(world, account, form)
        to, span = url_for("office_review.page", **_narrowed(unit, account), **cases.filters()), Span(unit.unit, account.line)
        task = cases.task(r, world, span, account, to)
    if task:
        return working.answer_of(task)
    with writing() as (w, world):
        done = cases.settled(w, world, span, account, form, to)
    return done or _page(form, form.status)


def _page(form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        unit = _unit(world, account, form)
        status = 422 if form.error("unit") else status
        found = cases.case_list(r, world, Span(unit.unit, account.line), account, "office_review", form, **_narrowed(unit, account))
    return respond.page("desks/office_review.html", OfficeReviewPage(unit, unit.unit != account.unit, found, form), status)


def _unit(world: World, account: Account, form: Form) -> Unit:
    """The unit that the address asks for, within the account's scope; the account's own, with what is wrong in the form."""
    asked = Form(request.args.to_dict())
    unit = asked.pick("unit", units_offered(world, account), required=False)
    form.errors |= asked.errors
    form.offered |= asked.offered
    return unit_for(world, account, unit or account.unit)


def _narrowed(unit: Unit, account: Account) -> dict[str, Any]:
    return {"unit": unit.address} if unit.unit != account.unit else {}
