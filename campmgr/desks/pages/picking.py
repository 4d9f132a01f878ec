"""What a text may mean, while it is typed into a field of `pick.field`: one fragment for all forms. `Form.pick` reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, request

from campmgr.accounts.queries import Account
from campmgr.areas.people.queries.offering import people_offered
from campmgr.areas.units.queries.offering import counting_units_offered, every_unit_offered, units_offered
from campmgr.areas.works.queries.offering import works_offered
from campmgr.errors import NotFound
from campmgr.facts.finding import Offer, Offering
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import me, reading
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.respond import Answer

area = Blueprint("picker", __name__, url_prefix="/desk/pick")

SORTS: dict[str, Callable[[Reader, World, Account], Offering]] = {
    "unit": lambda _r, world, account: units_offered(world, account),
    "counting": lambda _r, world, account: counting_units_offered(world, account),
    "everywhere": lambda _r, world, _account: every_unit_offered(world),
    "person": people_offered,
    "work": works_offered,
}
"""What can be picked, each as far as it is the account's to see."""


@dataclass(frozen=True, slots=True)
class OffersPart:
    """What may be meant by what was typed into the field of this name; `at` tells fields of one name on a page apart."""

    name: str
    typed: str
    found: Sequence[Offer]
    at: str = ""


@area.post("/<sort>/<name>")
@require("viewer")
def offers(sort: str, name: str) -> Answer:
    """What was typed may be somebody's name: it comes by POST, and stands in no address. Raises NotFound for an unknown sort."""
    if sort not in SORTS or not name.isidentifier():
        raise NotFound("没有这种列表。", reason="no_such_page", hint="请刷新页面。")
    form = Form.sent()
    text, at = form.text(name, required=False, most=500), request.args.get("at", "")
    with reading() as (r, world):
        found = SORTS[sort](r, world, me())(text) if text and not form.errors else ()
    return respond.fragment("_offers.html", part=OffersPart(name, form.typed(name), found, at if at.isalnum() else ""))
