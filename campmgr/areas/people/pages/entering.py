"""The code of a family: a parent enrols children with one consent; and what became of whoever entered by a code and waits."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, request, url_for

from campmgr.areas.people.actions.entering import enter
from campmgr.areas.people.actions.joining import MOST_IN_FAMILY
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.people.local import Entrant, JoinCode, entrants_of_page, new_page
from campmgr.areas.people.queries.entrants import own_id, schools_for, what_became
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.people.queries.likely import likely_kind
from campmgr.areas.people.settings import People
from campmgr.errors import NotFound, Refused
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.files.cells import CellProblem, phone
from campmgr.settings.limits import Limits
from campmgr.store.door import Reader, Writer
from campmgr.web import respond
from campmgr.web.current import reading, writing
from campmgr.web.forms import Form
from campmgr.web.guard import anyone
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("entering", __name__, url_prefix="/e/<token>")


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """The notice and a form with a part for each child; `schools`: where a child can be at home, none where only the code's own
    unit is; `places` are free; `agreed` is false once the text has changed.
    """

    code: str
    unit: str
    rules: People
    schools: tuple[Unit, ...]
    places: int
    name_characters: int
    agreed: bool
    form: Form


@dataclass(frozen=True, slots=True)
class EnteredChild:
    """Somebody who entered: the name, where they would be or are, and what became of them ("waiting", "in", "out")."""

    entrant: str
    name: str
    where: str
    state: str


@dataclass(frozen=True, slots=True)
class EnteredPage:
    """What became of everybody on one form."""

    token: str
    children: tuple[EnteredChild, ...]

    @property
    def waiting(self) -> int:
        """How many nobody has decided about."""
        return sum(each.state == "waiting" for each in self.children)


def class_sent(w: Writer, code: JoinCode, who: Registration, form: Form) -> Answer:
    """Somebody of a class waits for the teacher's word."""
    one = replace(who, unit=code.unit, class_name=code.class_name)
    token = enter(w, code.code, [one], client_id=form.client_id, consent_version=form.typed("consent_version"))
    return respond.go(url_for("entering.waits", token=token))


def family_form(r: Reader, world: World, code: JoinCode, form: Form, status: int = 200) -> Answer:
    """The form of a family."""
    rules, unit = world.rules[People], world.tree.units[code.unit]
    agreed = form.is_ticked("consent") and form.typed("consent_version") == rules.consent_version
    places = min(MOST_IN_FAMILY, max(1, code.most - code.used))
    page = FamilyPage(code.code, unit.name, rules, schools_for(r, world, unit), places,
                      world.rules[Limits].name_characters, agreed, form)  # fmt: skip
    return respond.page("people/family.html", page, status)


def family_sent(w: Writer, world: World, code: JoinCode, form: Form) -> Answer:
    """Everybody on the form waits; on to the page that tells what becomes of them."""
    who = _children(w, world, code, form)
    if not form.errors:
        with form.beside("name0", Refused):
            token = enter(w, code.code, who, client_id=form.client_id, consent_version=form.typed("consent_version"))
            return respond.go(url_for("entering.waits", token=token))
    return family_form(w, world, code, form, 422)


def _children(r: Reader, world: World, code: JoinCode, form: Form) -> list[Registration]:
    rules, unit = world.rules[People], world.tree.units[code.unit]
    schools, most = {each.unit: each for each in schools_for(r, world, unit)}, world.rules[Limits].name_characters
    told = _phone(form)
    who = []
    for place in range(MOST_IN_FAMILY):
        name = form.person_name(f"name{place}", required=place == 0, most=most)
        class_name = form.text(f"class_name{place}", required=False, most=40)
        school = form.choice(f"school{place}", tuple(schools), required=bool(name)) if schools else unit.unit
        if name:
            kind = likely_kind(world, schools.get(school, unit)) or rules.kinds[0]
            who.append(Registration(school, name, "", class_name, told, kind, guardian=True))
    if form.typed("consent_version") != rules.consent_version:
        form.wrong("consent", _("告知内容已更新，请重新阅读，同意后再提交。"))
    elif not form.is_ticked("consent"):
        form.wrong("consent", _("请阅读上面的告知内容，同意后在这里打勾。"))
    return who


def _phone(form: Form) -> str:
    if not (typed := form.text("phone", required=False, most=40)):
        return ""
    try:
        return phone(typed)
    except CellProblem:
        form.wrong("phone", _("请填 11 位手机号，或者留空。"))
        return ""


@area.get("")
@anyone
def waits(token: str) -> Answer:
    """What became of whom: they wait, are in, or were not taken. Raises NotFound."""
    with reading() as (r, world):
        rows = _rows(r, token)
        state = what_became(r, rows)
        people = people_by_id(r, [row.person for row in rows if row.person])
        children = []
        for row in rows:
            one = people.get(row.person) if state[row.entrant] == "in" else None
            home = world.tree.units.get(one.home if one else row.unit)
            class_name = one.class_name if one else row.class_name
            where = " ".join(filter(None, (home.name if home else "", class_name)))
            children.append(EnteredChild(row.entrant, one.shown_name if one else row.name, where, state[row.entrant]))
    return respond.page("people/entered.html", EnteredPage(token, tuple(children)))


@area.post("/open")
@anyone
def opened(token: str) -> Answer:
    """Open the page of somebody who is in; of one whom the roster had before it may but look, as one that was found by code.

    Raises NotFound.
    """
    with writing() as (w, world):
        rows = _rows(w, token)
        state = what_became(w, rows)
        row = next((one for one in rows if one.entrant == request.form.get("entrant") and state[one.entrant] == "in"), None)
        if row is None:
            raise NotFound("现在还打不开。", reason="no_such_page", hint="等老师收下以后，再来打开。")
        return respond.go(url_for("me.mine", token=new_page(w, row.person, recovered=row.person != own_id(world, row))))


def _rows(r: Reader, token: str) -> list[Entrant]:
    rows = entrants_of_page(r, token)
    if not rows:
        raise NotFound("这个链接打不开任何页面。", reason="no_such_page", hint="请重新扫码，或请老师帮您找回。")
    return rows
