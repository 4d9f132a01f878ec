"""The people of a unit: filters, search, pages; adding one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import unit_for
from campmgr.areas.people.actions import people as actions
from campmgr.areas.people.actions.doubts import keep_apart
from campmgr.areas.people.actions.joined_before import added_before
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.people.queries.class_sums import joined
from campmgr.areas.people.queries.elsewhere import known_elsewhere
from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.areas.people.queries.likely import ANYBODY, likely_kind
from campmgr.areas.people.queries.people_list import OFFERED_CLASSES_OF, PEOPLE, STATES, counts_others
from campmgr.areas.people.queries.roster import FILTERS, MOST_CARDS, Filter, classes_below, printed_count
from campmgr.areas.people.queries.taking_part import units_with_left
from campmgr.areas.people.queries.theirs import person_for
from campmgr.areas.people.queries.twins import count_doubles
from campmgr.areas.people.settings import People
from campmgr.areas.units.settings import PARTICIPANT_KINDS
from campmgr.errors import BadInput, Refused
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.files.cells import CellProblem, phone
from campmgr.masks import family_mark, mask_phone
from campmgr.settings.limits import Limits
from campmgr.settings.terms import say
from campmgr.store.door import Reader
from campmgr.typed_codes import person_code_alone_in
from campmgr.web import respond
from campmgr.web.current import frame, me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import CLIENT_ID, Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.lists import ShownList, shown_list
from campmgr.web.respond import Answer

area = Blueprint("roster", __name__, url_prefix="/desk/units/<code>/people")

_FIELDS = ("name", "number", "class_name", "phone", "kind", "guardian", "family")


@dataclass(frozen=True, slots=True)
class NewPersonStep:
    """A link of a filter or of the pages: where to, what it says, whether one stands there."""

    address: str
    words: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class RosterPart:
    """Which part of a roster: its filter, its class, the classes to choose from; or what was searched for, "" for nothing."""

    filter: Filter
    class_name: str
    classes: tuple[str, ...]
    query: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of the roster (`whose`: the filter and class it is of, and what was searched for), its filters, and where
    its people are printed: cards, of `printed` people, passes, the list ("" after a search: there one ticks), or how many are
    `too_many` for one print, and are. `left`: how many were in an earlier camp and are not in this one. `doubles`: how many pairs
    of its people wait to be told apart.
    """

    unit: Unit
    whose: RosterPart
    listed: ShownList
    filters: tuple[NewPersonStep, ...]
    cards: str
    passes: str
    list_: str
    printed: int
    too_many: int
    may_write: bool
    left: int
    doubles: int
    form: Form


@dataclass(frozen=True, slots=True)
class NewPersonPage:
    """The form for one more person; `counts_others`: the unit may count pupils of schools too. `family`: one of the family to which
    they belong ("" for none), `member` their name; `mark`: the end of the telephone that is theirs where none is typed.
    """

    unit: Unit
    kinds: tuple[tuple[str, str], ...]
    counts_others: bool
    family: str
    member: str
    mark: str
    form: Form


@dataclass(frozen=True, slots=True)
class AddedBeforePage:
    """Whom the unit has already and who seems to be the one typed in, and whom others have (ids: nothing of them is shown); the
    fields to count one of those here too, or to register another all the same.
    """

    unit: Unit
    before: tuple[AddedBefore, ...]
    elsewhere: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AddedBefore:
    """Somebody of the unit, and what tells them apart."""

    person: str
    name: str
    more: str


@area.get("")
@require("viewer")
def people(code: str) -> Answer:
    """The roster, by state and class, or whom a search found: `?search=` is a number that only who searched can read."""
    number, account = request.args.get("search", ""), me()
    if number and (text := frame().searches.typed(account.account, number)):
        return respond.page("people/roster.html", _searched(code, text, number, Form({"query": text})))
    return _people(code, state_asked(), request.args.get("class", "")[:60])


@area.post("/search")
@require("viewer")
def search(code: str) -> Answer:
    """Search by name, pinyin, 编号, code or telephone: a POST, since these do not belong into addresses and logs.

    A script swaps what was found into the page as it is typed; a form that is sent goes on to it, and one find is opened.
    """
    form, account = Form.sent(), me()
    query = form.text("query", required=False, most=60)
    if form.errors:
        return _people(code, "all", "", form=form)
    if not query and not respond.is_htmx():
        with reading() as (_r, world):
            unit_for(world, account, code)
        return respond.go(url_for("roster.people", code=code))
    if not query:
        answer = _people(code, "all", "")
        answer.headers["HX-Replace-Url"] = url_for("roster.people", code=code)
        return answer
    number = frame().searches.keep(account.account, query)
    page, address = _searched(code, query, number, form), url_for("roster.people", code=code, search=number)
    if not respond.is_htmx():
        return respond.go(page.listed.lines[0].address if page.listed.count == 1 else address)
    answer = respond.fragment("people/_people.html", page=page)
    answer.headers["HX-Replace-Url"] = address
    return answer


@area.get("/new")
@require("coordinator")
def new(code: str) -> Answer:
    """The form for one more person."""
    family = request.args.get("family", "")[:32]
    with reading() as (_r, world):
        likely = "学校师生" if family else likely_kind(world, unit_for(world, me(), code))
    return _new(code, Form.kept({"kind": likely, "family": family}))


@area.post("/new")
@require("coordinator")
def add(code: str) -> Answer:
    """Register one person; the same 编号 again opens the person who has it."""
    form, account = Form.sent(), me()
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        who = read_person(form, world, unit.unit)
        if (family := form.typed("family")) and not who.phone:
            who = replace(who, phone=person_for(w, world, account, family, at_home=True).phone)
        if not form.errors:
            elsewhere = [each.person for each in known_elsewhere(w, world, who.name, who.number, who.phone, unit.unit)]
            if (also := form.typed("also")) in elsewhere:
                actions.add_membership(w, people_by_id(w, [also])[also], unit.unit, account.actor)
                words = _("同时计入 %(unit)s。") % {"unit": unit.name}
                return told(w, words, url_for("person.show", person=also), back=url_for("roster.people", code=code))
            before = added_before(w, who, form.client_id)
            if (before or elsewhere) and not form.is_ticked("anew"):
                return respond.page("people/added_before.html", _added_before(unit, before, elsewhere, form), 409)
            if person_code_alone_in(who.number):  # of somebody's card: as a 编号 it would mean two people
                form.wrong("number", _("这是胸卡上的 16 位编码，不是编号，与这个姓名对不上。请核对姓名，或把这一格清空。"))
                return _new(code, form, 422)
            with form.beside("name", BadInput, Refused):
                person = actions.register(w, who, account.actor, form.client_id)
                keep_apart(w, person, [each.person for each in before], account.actor)
                return told(w, _("已登记这个人。"), url_for("person.show", person=person), back=url_for("roster.people", code=code))
    return _new(code, form, 422)


def state_asked() -> Filter:
    """The filter by state that the address asks for."""
    asked = request.args.get("filter", "all")
    return asked if asked in FILTERS else "all"


def read_person(form: Form, world: World, unit: str) -> Registration:
    """The fields that say who somebody is."""
    kind = form.choice("kind", world.rules[People].kinds, required=False) or ANYBODY
    name = form.person_name("name", most=world.rules[Limits].name_characters)
    number, class_name = form.text("number", required=False, most=60), form.text("class_name", required=False, most=60)
    telephone = form.text("phone", required=False, most=40)
    try:
        telephone = phone(telephone) if telephone else ""
    except CellProblem as problem:
        form.wrong("phone", problem.sentence)
    return Registration(unit, name, number, class_name, telephone, kind, form.is_ticked("guardian"))


def _added_before(unit: Unit, before: Sequence[Person], elsewhere: Sequence[str], form: Form) -> AddedBeforePage:
    rows = tuple(
        AddedBefore(each.person, each.shown_name, " · ".join(filter(None, (each.class_name, each.number, mask_phone(each.phone)))))
        for each in before
    )
    fields = ((name, form.typed(name)) for name in _FIELDS if form.typed(name))
    return AddedBeforePage(unit, rows, tuple(elsewhere), (*fields, (CLIENT_ID, form.client_id)))


def kinds_of(world: World) -> tuple[tuple[str, str], ...]:
    """The participant kinds of this camp, as a list to choose from."""
    return tuple((word, say(PARTICIPANT_KINDS, word)) for word in world.rules[People].kinds)


def _new(code: str, form: Form, status: int = 200) -> Answer:
    family = form.typed("family")
    with reading() as (r, world):
        unit = unit_for(world, me(), code)
        member = person_for(r, world, me(), family, at_home=True) if family else None
        name, mark = (member.shown_name, family_mark(member.phone)) if member else ("", "")
        found = NewPersonPage(unit, kinds_of(world), unit.kind == "妇联", family, name, mark, form)
    return respond.page("people/new_person.html", found, status)


def _people(code: str, state: Filter, class_name: str, form: Form | None = None) -> Answer:
    account = me()
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        is_few = unit.unit not in world.tree.uppers or joined(r, unit, account.line) <= OFFERED_CLASSES_OF
        classes = classes_below(r, world, unit.unit, filter_by=state, line=account.line) if is_few else ()
        shown = _page(r, world, unit, RosterPart(state, class_name, classes, ""), form or Form())
    return respond.page("people/roster.html", shown, 422 if form and form.errors else 200)


def _searched(code: str, text: str, number: str, form: Form) -> PeoplePage:
    with reading() as (r, world):
        return _page(r, world, unit_for(world, me(), code), RosterPart("all", "", (), text), form, number)


def _page(r: Reader, world: World, unit: Unit, whose: RosterPart, form: Form, search: str = "") -> PeoplePage:
    own = "1" if request.args.get("own") else ""

    def address(state: str, at: str = "roster.people", size: str = "") -> str:
        told = {"size": size, "filter": "" if state == "all" else state, "class": whose.class_name, "own": own}
        asked = urlencode({name: value for name, value in told.items() if value})
        return url_for(at, code=unit.address) + (f"?{asked}" if asked else "")

    below = unit.unit in world.tree.uppers
    others = counts_others(r, unit.unit)
    without = () if others else ("family",) if below else ("unit", "family")
    here = url_for("roster.people", code=unit.address)
    listed = shown_list(r, world, PEOPLE, unit=unit.address, without=without, here=here, search=search)
    left = sum(count for _unit, count in units_with_left(r, unit)) if world.activity else 0
    filters = tuple(
        NewPersonStep(address(key), _(words), key == whose.filter and not whose.query)
        for key, words in STATES if key != "earlier" or left
    )  # fmt: skip
    doubles = 0 if whose.query or respond.is_htmx() else count_doubles(r, unit.path, me().line)  # a fragment does not show them
    listed_on, printed = 0, 0
    if 0 < listed.count <= MOST_CARDS and not whose.query:
        listed_on, printed = printed_count(
            r, world, unit.unit, filter_by=whose.filter, class_name=whose.class_name, line=me().line, own=own
        )
    cards, passes = (address(whose.filter, "cards.pdf", size) if printed else "" for size in ("", "pass"))
    list_ = address(whose.filter, "cards.class_list") if listed_on else ""
    too_many = MOST_CARDS if listed.count > MOST_CARDS and not whose.query else 0
    return PeoplePage(
        unit, whose, listed, filters, cards, passes, list_, printed, too_many, me().has("coordinator"), left, doubles, form
    )
