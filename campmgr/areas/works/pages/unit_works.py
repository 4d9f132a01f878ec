"""A unit's works: who handed in what, with what they agreed to; and the form by which its coordinator hands one in (F-17)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.accounts.queries import unit_for
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.people.queries.offering import people_offered
from campmgr.areas.works.actions.hand_in import hand_in_work
from campmgr.areas.works.pages.hand_in_form import BESIDE, WorkForm, read_work, work_form
from campmgr.areas.works.queries.handed_in import HandedWork, works_of_unit
from campmgr.errors import BadInput, Refused
from campmgr.facts.batches import batch_of_press
from campmgr.facts.units import Unit
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("unit_works", __name__, url_prefix="/desk/units/<code>/works")


@dataclass(frozen=True, slots=True)
class UnitWorksPage:
    """The works of a unit's people, how many there are, and the form for one more."""

    unit: Unit
    works: tuple[HandedWork, ...]
    count: int
    asked: WorkForm
    may_write: bool


@area.get("")
@require("viewer")
def listed(code: str) -> Answer:
    """The works of the unit and those below."""
    return _page(code, Form())


@area.post("")
@require("coordinator")
def hand_in(code: str) -> Answer:
    """Hand in a work of somebody, who agreed to what was ticked; of a known work only that they agreed."""
    form, account = Form.sent(), me()
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        author = form.pick("author", people_offered(w, world, account))
        work, agreed = read_work(form, world.rules)
        if not form.errors:
            with form.beside("link", BadInput, Refused, by_reason=BESIDE):
                batch = batch_of_press(w, "work", account.account, form.client_id)
                person = people_by_id(w, [author])[author]
                hand_in_work(w, work, person, agreed=agreed, batch=batch, actor=account.actor)
                return told(w, _("已登记作品和承诺。"), url_for("unit_works.listed", code=unit.address))
    return _page(code, form, form.status)


def _page(code: str, form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        works, count = works_of_unit(r, world, unit.unit, account.line)
        asked = work_form(world.rules, form)
    return respond.page("works/unit.html", UnitWorksPage(unit, works, count, asked, account.has("coordinator")), status)
