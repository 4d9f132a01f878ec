"""Joining from a unit's QR code: what will be recorded first, then a name, then one's own page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.areas.people.actions.entering import is_entered
from campmgr.areas.people.actions.joined_before import JoinedBefore, count_joined, joined_before, registered_by, take_part_again
from campmgr.areas.people.actions.joining import JoinedOtherwise, UnknownCode, is_sent_before, join, open_join_code
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.people.local import FAMILY, JoinCode, join_code, new_page, note_device
from campmgr.areas.people.pages.entering import class_sent, family_form, family_sent
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.queries.likely import likely_kind
from campmgr.areas.people.queries.roster import classes_joined
from campmgr.areas.people.settings import People
from campmgr.errors import BadInput, CampError, NotFound, Refused
from campmgr.facts.world import World
from campmgr.files.cells import CellProblem, phone
from campmgr.ids import random_id
from campmgr.masks import mask_phone
from campmgr.settings.limits import Limits
from campmgr.store.door import Reader, Writer
from campmgr.typed_codes import join_code_in, tidied
from campmgr.web import respond
from campmgr.web.current import reading, writing
from campmgr.web.forms import CLIENT_ID, Form
from campmgr.web.guard import anyone
from campmgr.web.i18n import _
from campmgr.web.rates import Rate, address
from campmgr.web.respond import Answer

area = Blueprint("join", __name__)

FIELDS = ("name", "class_name", "phone", "kind", "under14", "guardian", "consent", "consent_version")


@dataclass(frozen=True, slots=True)
class JoinPage:
    """The notice and the form; `way` is where the unit stands, from above down. `agreed` is false once the text has
    changed; `classes`: those of the unit, to choose from while typing; `is_next`: whether a camp went before this one; `of_class`:
    the class whose code this is, where one waits for the teacher's word; "" for a code of the whole unit.
    """

    code: str
    unit: str
    of_class: str
    way: tuple[str, ...]
    rules: People
    kinds: tuple[tuple[str, str], ...]
    likely: str
    name_characters: int
    agreed: bool
    classes: tuple[str, ...]
    is_next: bool
    form: Form


@dataclass(frozen=True, slots=True)
class FormDifference:
    """One field as it was registered and as it was typed now."""

    words: str
    known: str
    typed: str


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """The same form with other values: both, and the fields to register the second as somebody else."""

    code: str
    differences: tuple[FormDifference, ...]
    fields: tuple[tuple[str, str], ...]
    problem: CampError


@dataclass(frozen=True, slots=True)
class JoinedBeforePage:
    """Somebody seems to be registered already; the fields to go on all the same, and to open one's page where the browser may."""

    code: str
    unit: str
    name: str
    before: JoinedBefore
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class JoinedAgainPage:
    """Somebody of an earlier camp was carried over into `camp`; `own`: fields that open their page where the browser may."""

    code: str
    unit: str
    camp: str
    own: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CodePage:
    """The form for a code that could not be scanned, or what is wrong with one."""

    form: Form
    problem: CampError | None = None


@area.get("/j/")
@anyone
def enter() -> Answer:
    """Type a code; `?code=` leads on to its page."""
    typed = request.args.get("code", "")[:400]
    code = join_code_in(typed) or "".join(each for each in tidied(typed) if each.isalnum())[:40]
    code = code or "-" * bool(typed.strip())  # signs alone are a code that never was
    return respond.go(url_for("join.start", code=code)) if code else respond.page("people/join_code.html", CodePage(Form()))


@area.get("/j/<code>")
@anyone
def start(code: str) -> Answer:
    """The notice, and the form below it."""
    try:
        with guessed(code), reading() as (r, world):
            found = open_join_code(r, code)
            answer = family_form(r, world, found, Form()) if found.sort == FAMILY else _form(r, world, found, Form())
    except (NotFound, Refused) as problem:
        return respond.page("people/join_code.html", CodePage(Form({"code": code}), problem), problem.status)
    # Back must bring this very form, so that sending it again is known as such: hence not no-store, not shared, and sent to another
    # address, since a browser forgets its copy of an address to which something was posted
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@area.get("/j/<code>/sent")
@anyone
def again(code: str) -> Answer:
    """Whoever reloads the address of the answer gets the form."""
    return respond.go(url_for("join.start", code=code))


@area.post("/j/<code>/sent")
@anyone
def sent(code: str) -> Answer:
    """Join, and go on to one's own page."""
    form = Form.sent()
    try:
        with guessed(code):
            return _sent(code, form)
    except JoinedOtherwise as problem:
        return respond.page("people/join_conflict.html", _conflict(code, problem, form), problem.status)
    except (NotFound, Refused, BadInput) as problem:
        return respond.page("people/join_code.html", CodePage(Form(), problem), problem.status)


@area.get("/j/<code>/again")
@anyone
def welcome(code: str) -> Answer:
    """That somebody was known from an earlier camp and counts in this one. Raises NotFound once it is forgotten."""
    unit, camp, own = respond.shown_again()
    return respond.page("people/joined_again.html", JoinedAgainPage(code, unit, camp, tuple((name, value) for name, value in own)))


@area.post("/j/<code>/mine")
@anyone
def own(code: str) -> Answer:
    """Open the page of somebody whom this browser registered under the name that it sends; any other is found by other means."""
    form = Form.sent()
    with guessed(code), writing() as (w, _world):
        open_join_code(w, code)
        person = registered_by(w, form.typed("device"), form.person_name("name", required=False))
        token = new_page(w, person, recovered=True) if person else ""
        return respond.go(url_for("me.mine", token=token) if token else url_for("me.find"))


MOST_GUESSES = 100
"""Codes that nobody has given out, asked for from one address within ten minutes; a mistyped one has the wrong check character."""


@contextmanager
def guessed(code: str) -> Iterator[None]:
    """Around whatever looks a code up: counts those that never were. Raises TooMany once somebody has tried too many."""
    rate = Rate("join codes", MOST_GUESSES, 600)
    rate.refuse_if_over()
    try:
        yield
    except UnknownCode:
        if join_code_in(code):
            rate.count()
        raise


def _sent(code: str, form: Form) -> Answer:
    with writing() as (w, world):
        found = join_code(w, join_code_in(code))
        if found is None or not found.waits:
            return _join(w, world, code, form)
        if not is_entered(w, found.code, form.client_id):
            open_join_code(w, found.code)  # one that is over says the same to whatever is sent
        return family_sent(w, world, found, form) if found.sort == FAMILY else _enter(w, world, found, form)


def _enter(w: Writer, world: World, found: JoinCode, form: Form) -> Answer:
    """By the code of a class one waits for the teacher's word."""
    who = _read(form, world)
    if form.errors:
        return _form(w, world, open_join_code(w, found.code), form, 422)
    return class_sent(w, found, who, form)


def _join(w: Writer, world: World, code: str, form: Form) -> Answer:
    who = _read(form, world)
    if form.errors:
        return _form(w, world, open_join_code(w, code), form, 422)
    if form.is_ticked("also"):
        person = count_joined(w, code, form.typed("device"), who.name)
        return respond.go(url_for("me.mine", token=new_page(w, person, recovered=True)))
    if not form.is_ticked("anew") and not is_sent_before(w, code, form.client_id):
        device = form.typed("device")
        if before := joined_before(w, code, who, device=device, address=address()):
            fields = (*_fields(form), ("device", device), (CLIENT_ID, form.client_id))
            unit = world.tree.units[open_join_code(w, code).unit].name
            if before.is_left:
                take_part_again(w, code, before.person, who, world.rules[People].consent_version)
                own = [[name, value] for name, value in fields if name in {"name", "device"}] if before.is_own else []
                return respond.shown_at("join.welcome", [unit, world.name, own], code=code)
            asked = JoinedBeforePage(code, unit, who.name, before, fields)
            return respond.page("people/joined_before.html", asked, 409)
    person, token = join(w, code, who, client_id=form.client_id, consent_version=world.rules[People].consent_version)
    note_device(w, form.typed("device"), person)
    return respond.go(url_for("me.mine", token=token))


def _read(form: Form, world: World) -> Registration:
    """Who joins, with what is wrong noted in the form; the unit is the code's."""
    rules = world.rules[People]
    name = form.person_name("name", most=world.rules[Limits].name_characters)
    class_name = form.text("class_name", required=False, most=40)
    kind = form.choice("kind", rules.kinds)
    if form.is_ticked("under14") and not form.is_ticked("guardian"):
        form.wrong("guardian", _("未满14周岁须由监护人同意；请监护人看过上面的内容后在这里打勾。"))
    if form.typed("consent_version") != rules.consent_version:
        form.wrong("consent", _("告知内容已更新，请重新阅读，同意后再提交。"))
    elif not form.is_ticked("consent"):
        form.wrong("consent", _("请阅读上面的告知内容，同意后在这里打勾。"))
    return Registration("", name, "", class_name, _phone(form), kind, form.is_ticked("guardian"))


def _phone(form: Form) -> str:
    if not (typed := form.text("phone", required=False, most=40)):
        return ""
    try:
        return phone(typed)
    except CellProblem:
        form.wrong("phone", _("请填 11 位手机号，或者留空。"))
        return ""


def _form(r: Reader, world: World, code: JoinCode, form: Form, status: int = 200) -> Answer:
    return respond.page("people/join.html", _page(r, world, code, form), status)


def _page(r: Reader, world: World, code: JoinCode, form: Form) -> JoinPage:
    rules, unit = world.rules[People], world.tree.units[code.unit]
    way = tuple(world.tree.units[each].name for each in reversed(world.tree.path_on(code.unit, "9999")[1:-1]))
    kinds = tuple((each, each) for each in rules.kinds)
    agreed = form.is_ticked("consent") and form.typed("consent_version") == rules.consent_version
    return JoinPage(code.code, unit.name, code.class_name, way, rules, kinds, likely_kind(world, unit),
                    world.rules[Limits].name_characters, agreed, classes_joined(r, code.unit),
                    bool(world.activity), form)  # fmt: skip


def _conflict(code: str, problem: JoinedOtherwise, form: Form) -> ConflictPage:
    known, typed = problem.known, problem.typed
    rows = (
        FormDifference(_("姓名"), known.shown_name, typed.name),
        FormDifference(_("班级"), known.class_name, typed.class_name),
        FormDifference(_("手机号"), mask_phone(known.phone), mask_phone(typed.phone)),
        FormDifference(_("参与者类别"), known.kind, typed.kind),
        FormDifference(_("监护人同意"), _yes(known), _yes(typed)),
    )
    return ConflictPage(code, rows, (*_fields(form), ("device", form.typed("device")), (CLIENT_ID, random_id())), problem)


def _fields(form: Form) -> tuple[tuple[str, str], ...]:
    """What was typed, to be sent again."""
    return tuple((name, form.typed(name)) for name in FIELDS if form.typed(name))


def _yes(who: Person | Registration) -> str:
    return _("是") if who.guardian else _("否")
