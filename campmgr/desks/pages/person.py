"""One person on the desk: hours with reasons, history, and everything that can be put right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Blueprint, request, url_for

from campmgr.areas.duties.queries import DutyLine, duties_of
from campmgr.areas.hours.actions import corrections
from campmgr.areas.hours.actions.class_marking import mark_class
from campmgr.areas.hours.actions.marks import LEAST_MINUTES, MOST_MINUTES, MarkRow
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.actions import people as actions
from campmgr.areas.people.actions.doubts import keep_apart
from campmgr.areas.people.local import recovered_pages
from campmgr.areas.people.pages.roster import read_person
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.queries.theirs import person_for
from campmgr.clock import today_of
from campmgr.desks.actions import withdrawing
from campmgr.desks.queries.batches import openable
from campmgr.desks.queries.desk_people import DeskPerson, desk_person
from campmgr.desks.queries.histories import HistoryLine
from campmgr.errors import BadInput, NotAllowed, NotFound, Refused
from campmgr.facts.world import World
from campmgr.ids import hash_id
from campmgr.ledger.envelope import subject
from campmgr.masks import mask_phone
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import Before, Result, ResultLine
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told, without_done
from campmgr.web.forms import Form, shown_of
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.wording import hours_text

_LISTS = re.compile(r"/desk/(?:units/[^/]+(?:/(?:people|review|behind|families))?)?")

area = Blueprint("person", __name__, url_prefix="/desk/people/<person>")


@dataclass(frozen=True, slots=True)
class ShowPage:
    """A person, the lessons a mark can name, links they found again by themselves, batches that can be opened, the list one came
    from ("" for none), `asks`: the unit that can ask the office above about them ("" for none), the telephone masked, whether
    a child can be added to their family, and the form of a mark.
    """

    found: DeskPerson
    lessons: tuple[tuple[str, str], ...]
    names: dict[str, str]
    doubtful: frozenset[str]
    may_write: bool
    recovered: int
    batches: frozenset[str]
    back: str
    duties: tuple[DutyLine, ...]
    asks: str
    phone: str
    has_family: bool
    form: Form


@dataclass(frozen=True, slots=True)
class FactPage:
    """One record of a person, to be corrected or withdrawn."""

    person: Person
    line: HistoryLine
    form: Form


@dataclass(frozen=True, slots=True)
class AboutPage:
    """A person and the form for their details, the telephone masked; `shown` what it was drawn for."""

    person: Person
    phone: str
    shown: str
    form: Form


@area.get("")
@require("viewer")
def show(person: str) -> Answer:
    """Everything about one person."""
    return person_shown(person, Form())


@area.post("/mark")
@require("coordinator")
def mark(person: str) -> Answer:
    """Record one lesson for one person."""
    form, account = Form.sent(), me()
    with writing(subject("person", person)) as (w, world):
        who = person_for(w, world, account, person)
        row = MarkRow(form.day("day"), lesson=form.choice("lesson", lessons_of(world)), source="hand",
                      minutes=form.minutes("minutes", LEAST_MINUTES, MOST_MINUTES, required=False))  # fmt: skip
        if not form.errors:
            with form.beside("lesson", BadInput, NotFound, Refused, by_reason={"outside_camp": "day"}):
                batch = hash_id("person marking", account.account, form.client_id)
                mark_class(w, [who.person], row, batch=batch, actor=account.actor)
                return told(w, _("已登记 %(lesson)s。") % {"lesson": row.lesson}, url_for("person.show", person=person))
    return person_shown(person, form, 422)


@area.post("/sign-in")
@require("coordinator")
def sign_in(person: str) -> Answer:
    """Note that somebody signed in today; again changes nothing."""
    account = me()
    with writing(subject("person", person)) as (w, world):
        who = person_for(w, world, account, person)
        day = today_of(w.clock)
        row = MarkRow(day, condition="sign_in")
        mark_class(
            w, [who.person], row, batch=hash_id("person sign-in", account.account, Form.sent().client_id), actor=account.actor
        )
        return told(w, _("已登记今天签到。"), url_for("person.show", person=person))


@area.get("/facts/<fact>")
@require("coordinator")
def fact(person: str, fact: str) -> Answer:
    """One record, with the forms that correct or withdraw it."""
    return _fact(person, fact, Form())


@area.post("/facts/<fact>/correct")
@require("coordinator")
def correct(person: str, fact: str) -> Answer:
    """Say the right minutes, and why."""
    form, account = Form.sent(), me()
    minutes, reason = form.minutes("minutes", LEAST_MINUTES, MOST_MINUTES, required=False), form.text("reason", most=200)
    with writing() as (w, world):
        who = person_for(w, world, account, person)
        _line(w, world, who, fact)
        if not form.errors:
            with form.beside("minutes", BadInput, NotFound, Refused):
                corrections.correct_mark(w, who, fact, minutes, reason, account.actor)
                return told(w, _("已更正这条记录。"), url_for("person.show", person=person))
    return _fact(person, fact, form, 422)


@area.post("/facts/<fact>/withdraw")
@require("coordinator")
def withdraw(person: str, fact: str) -> Answer:
    """Withdraw one record, with a reason. It stays in the history, struck out."""
    form, account = Form.sent(), me()
    reason = form.text("why", most=200)
    with writing() as (w, world):
        line = _line(w, world, person_for(w, world, account, person), fact)
        if line.stands and not line.may_withdraw:
            raise Refused("这种记录不能在这里撤回。", hint="如有错误，请用“改资料”或联系组织方。")
        if not form.errors:
            withdrawing.withdraw(w, fact, reason, account.actor)
            return told(w, _("已撤回这条记录；它仍在历史里。"), url_for("person.show", person=person))
    return _fact(person, fact, form, 422)


@area.post("/facts/<fact>/restore")
@require("coordinator")
def restore(person: str, fact: str) -> Answer:
    """Say a record again that was withdrawn, by the person themselves or by somebody else. Raises NotFound, Refused."""
    account = me()
    with writing() as (w, world):
        who = person_for(w, world, account, person)
        line = next((each for each in desk_person(w, world, account, who).history if each.fact == fact), None)
        if line is None or line.stands or not line.may_restore:
            raise NotFound("没有这条撤回过的记录，或已经恢复。", reason="unknown_fact", hint="请从人员页的记录里选。")
        corrections.say_again(w, fact, account.actor)
        return told(w, _("已恢复这条记录。"), url_for("person.show", person=person))


@area.get("/details")
@require("coordinator")
def details(person: str) -> Answer:
    """The form for name, 编号, class, telephone."""
    return _about("desks/details.html", person, None)


@area.post("/details")
@require("coordinator")
def change_details(person: str) -> Answer:
    """Change details; the earlier ones stay in the history."""
    form, account = Form.sent(), me()
    with writing() as (w, world):
        who = person_for(w, world, account, person, at_home=True)
        typed = read_person(form, world, who.home)
        phone = "" if form.is_ticked("no_phone") else typed.phone or who.phone  # it is not shown, so a blank leaves it
        if _details(who) != (typed.name, typed.number, typed.class_name, phone, typed.guardian):  # else it was pressed twice
            form.is_stale(shown_of(*_details(who)), _("这些资料刚才有人改过。下面还是您填的，还没有保存；请核对后再按一次。"))
        if not form.errors:
            actions.change_details(w, who, account.actor, name=typed.name, number=typed.number, class_name=typed.class_name,
                                   phone=phone, guardian=typed.guardian)  # fmt: skip
            return told(w, _("已保存资料。"), url_for("person.show", person=person))
    return _about("desks/details.html", person, form, form.status)


@area.get("/part")
@require("coordinator")
def parting(person: str) -> Answer:
    """What undoing the merges of a person does. Raises NotFound for somebody who is not merged."""
    with reading() as (r, world):
        before = _parting(r, world, person)
    return respond.before(before, Form(), "desk")


@area.post("/part")
@require("coordinator")
def part(person: str) -> Answer:
    """Undo the merges of a person."""
    account, form = me(), Form.sent()
    with writing() as (w, world):
        before = _parting(w, world, person)
        if not before.is_agreed(form):
            return respond.before(before, form, "desk")
        who = person_for(w, world, account, person, at_home=True)
        first, *others = actions.part(w, who.person, who, account.actor)
        keep_apart(w, first, others, account.actor)
        return told(w, _("已拆开，各是各的人了；另一份在人员名单里。"), url_for("person.show", person=person), undo="")


def _parting(r: Reader, world: World, key: str) -> Before:
    who = person_for(r, world, me(), key, at_home=True)
    found = desk_person(r, world, me(), who)
    if not found.page.same_as:
        raise NotFound("此人没有与他人合并过。", hint="请从人员页面进入。")
    lines = (
        (_("姓名"), who.shown_name), (_("单位"), found.unit_name), (_("合在一起的"), _("%(n)s 份登记") % {"n": len(found.page.same_as) + 1}),
        (_("合并后的课时"), hours_text(found.page.hours.credit.total)),
    )  # fmt: skip
    return Before(
        title=_("拆开合并"),
        back=(url_for("person.show", person=who.person), who.shown_name),
        result=Result(_("要拆开的人"), tuple(ResultLine(each) for each in lines)),
        does=(
            _("每份登记恢复成单独一个人，各有各的姓名、编号和学习记录；课时分开算，可能有人不够数。"),
            _("已经发出的证书留在原来那份登记上。"),
            _("拆开的两个人，以后不会再自动合在一起；弄错了可以再合并。"),
        ),
        button=_("拆开"),
    )


def _list_before(found: DeskPerson, own: str) -> str:
    """The list one came from, as it was narrowed; else the roster of the person's unit, of one's own where that is another."""
    before = urlsplit(request.referrer or "")
    if before.netloc == request.host and _LISTS.fullmatch(before.path):
        return without_done(before._replace(scheme="", netloc="", fragment="").geturl())
    if found.is_home:
        return url_for("roster.people", code=found.unit_address)
    return url_for("roster.people", code=own) if own else ""


def person_shown(key: str, form: Form, status: int = 200) -> Answer:
    """The page of a person, with a form of it as it stands."""
    account = me()
    with reading() as (r, world):
        found = desk_person(r, world, account, person_for(r, world, account, key))
        recovered = recovered_pages(r, found.page.hours.person.person)
        duties = duties_of(r, world, found.page.hours.person.person, today_of(r.clock))
        batches = openable(r, world, account, {line.batch for line in found.history if line.batch})
        form = Form({"day": today_of(r.clock)}) if status == 200 else form
    own = world.tree.units.get(account.unit)
    asks = own.address if own and own.parent and account.has("coordinator") else ""
    names = {lesson.code: lesson.name for lesson in lessons_of(world).values()}
    lessons = tuple((code, f"{code} {name}") for code, name in names.items())
    doubtful = frozenset(each.about for each in found.page.hours.doubts)
    may_write = account.has("coordinator")
    has_family = may_write and found.is_home and found.has_family
    page = ShowPage(found, lessons, names, doubtful, may_write, recovered, batches if may_write else frozenset(),
                    _list_before(found, own.address if own else ""), duties, asks, mask_phone(found.page.hours.person.phone),
                    has_family, form)  # fmt: skip
    return respond.page("desks/person.html", page, status)


def _fact(key: str, fact: str, form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        who = person_for(r, world, account, key)
        line = _line(r, world, who, fact)
    if status == 200 and line.minutes is not None:
        form = Form({"minutes": str(line.minutes)})
    return respond.page("desks/fact.html", FactPage(who, line, form), status)


def _line(r: Reader, world: World, who: Person, fact: str) -> HistoryLine:
    """The line of a person's history a fact is. Raises NotFound for a fact that is not theirs, NotAllowed for one that others
    recorded of somebody whose home is theirs.
    """
    found = desk_person(r, world, me(), who)
    for line in found.history:
        if line.fact == fact and not line.is_theirs:
            words = f"这条记录不是您这里登记的，要由{found.unit_name}的联络员来改。"
            raise NotAllowed(words, hint="有不对的，请打开这个人，点“请上级更正”。")
        if line.fact == fact:
            return line
    raise NotFound("这条记录不是此人的。", reason="unknown_fact", hint="请从人员页面的历史里进入。")


def _about(template: str, key: str, form: Form | None, status: int = 200) -> Answer:
    with reading() as (r, world):
        who = person_for(r, world, me(), key, at_home=True)
    typed = {"name": who.name, "number": who.number, "class_name": who.class_name, "kind": who.kind}
    ticked = {"guardian": ["1"]} if who.guardian else {}
    return respond.page(
        template, AboutPage(who, mask_phone(who.phone), shown_of(*_details(who)), form or Form.kept(typed, ticked)), status
    )


def _details(who: Person) -> tuple[str, str, str, str, bool]:
    """What a form about somebody's details changes."""
    return who.name, who.number, who.class_name, who.phone, bool(who.guardian)
