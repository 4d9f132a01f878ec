"""The families of a federation (妇联): its first page's chief part, and the same as a page of its own (F-24)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import Account, unit_for
from campmgr.areas.hours.actions.class_marking import mark_class
from campmgr.areas.hours.actions.marks import MarkRow
from campmgr.areas.people.queries.entrants import WaitingFamily, waiting_families
from campmgr.areas.people.queries.theirs import person_for
from campmgr.clock import today_of
from campmgr.desks.queries.families import FEDERATION, SHOWS, FamilyList, FamilySums, Show, families
from campmgr.facts.saying import may_write as may_speak
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ids import hash_id
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER
from campmgr.web import respond
from campmgr.web.current import frame, me, page_asked, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("families", __name__, url_prefix="/desk/units/<code>/families")


@dataclass(frozen=True, slots=True)
class FamilyPill:
    """A filter: where to, its words, how many it lists, whether one stands there."""

    address: str
    words: str
    count: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class FamiliesPart:
    """Some families of a unit with what narrows them: `show` of `SHOWS`, or what was searched for under a number. `waiting`: who
    entered by the code of a family and for whom nobody has nodded. `asks`: the unit that can ask the office above ("" for none);
    `reaches_schools`: what is said here may be said of the people around the unit too, so that a school is added in one press.
    `is_home`: it stands on the unit's first page.
    """

    unit: Unit
    listed: FamilyList
    show: Show
    query: str
    search: str
    waiting: tuple[WaitingFamily, ...]
    pills: tuple[FamilyPill, ...]
    asks: str
    reaches_schools: bool
    may_write: bool
    is_home: bool
    form: Form

    def at(self, page: int) -> str:
        """The address of another page of the same list."""
        asked: dict[str, Any] = {"search": self.search} if self.query else {"show": self.show if self.show != "all" else ""}
        return _address(self.unit, page=page if page > 1 else "", **asked)


@dataclass(frozen=True, slots=True)
class FamiliesPage:
    """The families of a unit, on a page of their own."""

    families: FamiliesPart


@area.get("")
@require("viewer")
def shown(code: str) -> Answer:
    """The families, by what helps them next, or whom a search found: `?search=` is a number that only who searched can read."""
    return _page(code, request.args.get("search", "")[:32], Form())


@area.post("/search")
@require("viewer")
def search(code: str) -> Answer:
    """Search by name, pinyin, 编号, code or telephone: a POST, since these do not belong into addresses and logs."""
    form = Form.sent()
    query = form.text("query", required=False, most=60)
    if form.errors:
        return _page(code, "", form, 422)
    with reading() as (_r, world):
        unit = unit_for(world, me(), code)
    return respond.go(_address(unit, search=frame().searches.keep(me().account, query) if query else ""))


@area.post("/sign-in")
@require("coordinator")
def sign_in(code: str) -> Answer:
    """Note that one of a family signed in today, and go on to where it was pressed; again changes nothing. Raises NotFound."""
    form, account = Form.sent(), me()
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        who = person_for(w, world, account, form.typed("person"))
        batch = hash_id("person sign-in", account.account, form.client_id)
        mark_class(w, [who.person], MarkRow(today_of(w.clock), condition="sign_in"), batch=batch, actor=account.actor)
        show = form.typed("show") if form.typed("show") in SHOWS and form.typed("show") != "all" else ""
        to = url_for("desk.unit", code=unit.address) if form.typed("home") else _address(unit, show=show)
        return told(w, _("已登记今天签到。"), to)


def families_part(
    r: Reader, world: World, account: Account, unit: Unit, form: Form, *, search: str = "", is_home: bool = False
) -> FamiliesPart:
    """The families of a unit as the address in hand asks for them; on its first page, the first of all."""
    query = frame().searches.typed(account.account, search) if search else ""
    asked = request.args.get("show", "")
    show: Show = next((each for each in SHOWS if each == asked and not query and not is_home), "all")
    listed = families(r, world, account, unit, show=show, text=query, page=1 if is_home else max(1, page_asked()))
    own = world.tree.units.get(account.unit)
    may_write = account.has("coordinator")
    asks = own.address if own and own.parent and may_write else ""
    reaches = bool(unit.parent) and may_speak(world, r.meta(WRITER), unit.parent)
    waiting = waiting_families(r, world, unit.unit) if show == "all" and not query and listed.page == 1 else ()
    return FamiliesPart(unit, listed, show, query, search, waiting, _pills(unit, listed.sums, "" if query else show),
                        asks, reaches, may_write, is_home, form)  # fmt: skip


def _pills(unit: Unit, sums: FamilySums, here: str) -> tuple[FamilyPill, ...]:
    known = (
        ("all", _("全部"), sums.people), ("ready", _("可以发证"), sums.ready), ("unsigned", _("只差签到"), sums.unsigned),
        ("near", _("差 1 课时以内"), sums.near), ("schoolless", _("没写学校"), sums.schoolless),
        ("childless", _("还没有孩子的家庭"), sums.childless),
    )  # fmt: skip
    return tuple(
        FamilyPill(_address(unit, show=key if key != "all" else ""), words, count, key == here)
        for key, words, count in known if count or key in {"all", here}
    )  # fmt: skip


def _address(unit: Unit, **asked: Any) -> str:
    return url_for("families.shown", code=unit.address, **{name: value for name, value in asked.items() if value})


def _page(code: str, search: str, form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        if unit.kind != FEDERATION and not form.errors:  # nobody else counts by families, least of all a whole province
            return respond.go(url_for("roster.people", code=unit.address))
        part = families_part(r, world, account, unit, form, search=search)
    return respond.page("desks/families.html", FamiliesPage(part), status)
