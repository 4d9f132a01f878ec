"""Objections 异议 to a list in the office: logged and answered. Neither can be taken back, so each is looked at before it is said."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.areas.prizes.actions import publicity as actions
from campmgr.areas.prizes.actions.freezing import is_said
from campmgr.areas.prizes.pages import before_lists
from campmgr.areas.prizes.pages.publicity import WAYS, publicity_page
from campmgr.areas.prizes.queries.prizes import prize_list
from campmgr.areas.prizes.queries.publicity import Objection, publicity
from campmgr.errors import BadInput, CampError, NotFound
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import SEEN, Before
from campmgr.web.current import reading, writing
from campmgr.web.done import told
from campmgr.web.forms import CLIENT_ID, Form
from campmgr.web.guard import require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_objections", __name__, url_prefix="/office/prizes/<int:number>/objections")


@dataclass(frozen=True, slots=True)
class ObjectionPage:
    """One objection and the form for its answer."""

    number: int
    objection: Objection
    form: Form


@area.post("")
@require("organizer")
def log(number: int) -> Answer:
    """Log an objection that was looked at, the matter, not who brought it; one that was just typed is looked at first."""
    form = Form.sent()
    with writing() as (w, world):
        account = whole_camp(world)
        if is_said(w, form.client_id, "objection_raised"):  # pressed twice
            return respond.go(url_for("office_publicity.shown", number=number))
        before, said = _logging(w, world, number, form), _typed(form, "on", "way", "work", "matter")
        if before and not form.typed(SEEN):
            return respond.shown_at("office_objections.before_logging", [*said, form.client_id], number=number)
        if before and before.is_agreed(form):
            on, way, work, matter = said
            actions.object_to(w, number, matter, work=work, way=way, on=on, actor=account.actor, client_id=form.client_id)
            return told(w, _("已登记异议，请核实后答复。"), url_for("office_publicity.shown", number=number), undo="")
    return respond.before(before, form) if before else publicity_page(number, form, 422)


@area.get("/before")
@require("organizer")
def before_logging(number: int) -> Answer:
    """The objection as it would stand. Raises NotFound once what was typed is forgotten."""
    on, way, work, matter, once = respond.shown_again()
    form = Form({"on": on, "way": way, "work": work, "matter": matter, CLIENT_ID: once})
    with reading() as (r, world):
        before = _logging(r, world, number, form)
    return respond.before(before, form) if before else publicity_page(number, form, 422)


@area.get("/<fact>")
@require("organizer")
def objection(number: int, fact: str) -> Answer:
    """One objection, and the form for its answer. Raises NotFound."""
    with reading() as (r, world):
        found = _found(r, world, number, fact)
    return respond.page("prizes/objection.html", ObjectionPage(number, found, Form()))


@area.post("/<fact>")
@require("organizer")
def answer(number: int, fact: str) -> Answer:
    """Give the answer that was looked at, and one that was just typed is looked at first; the last answer stands."""
    form, to = Form.sent(), url_for("office_publicity.shown", number=number)
    with writing() as (w, world):
        account, found = whole_camp(world), _found(w, world, number, fact)
        if is_said(w, form.client_id, "objection_answered"):  # pressed twice
            return respond.go(to)
        before, said = _answering(number, found, form), _typed(form, "upheld", "words")
        if before and not form.typed(SEEN):
            return respond.shown_at("office_objections.before_answering", [*said, form.client_id], number=number, fact=fact)
        if before and before.is_agreed(form):
            actions.answer(w, number, fact, upheld=said[0] == "yes", words=said[1], actor=account.actor, client_id=form.client_id)
            return told(w, _("已答复这条异议。"), to, undo="")
    if before:
        return respond.before(before, form)
    return respond.page("prizes/objection.html", ObjectionPage(number, found, form), 422)


@area.get("/<fact>/before")
@require("organizer")
def before_answering(number: int, fact: str) -> Answer:
    """The answer as it would stand. Raises NotFound once what was typed is forgotten."""
    upheld, words, once = respond.shown_again()
    form = Form({"upheld": upheld, "words": words, CLIENT_ID: once})
    with reading() as (r, world):
        found = _found(r, world, number, fact)
        before = _answering(number, found, form)
    if before:
        return respond.before(before, form)
    return respond.page("prizes/objection.html", ObjectionPage(number, found, form), 422)


def _logging(r: Reader, world: World, number: int, form: Form) -> Before | None:
    """The page before an objection is logged; None where it cannot be, and the form says why. Raises NotFound, NotAllowed."""
    whole_camp(world)
    listed = prize_list(r, world, number)
    on, way = form.day("on"), form.choice("way", WAYS)
    work, matter = form.typed("work"), form.typed("matter").strip()
    if not form.errors:
        with form.beside("matter", CampError, by_reason={"bad_date": "on", "unknown_work": "work"}):
            actions.check_objection(r, world, number, matter, work=work, on=on)
            said = (("on", on), ("way", way), ("work", work), ("matter", matter))
            return before_lists.before_objection(listed, publicity(r, number), said)
    return None


def _answering(number: int, found: Objection, form: Form) -> Before | None:
    """The page before an objection is answered; None where it cannot be, and the form says why."""
    upheld, words = form.choice("upheld", ("yes", "no")), form.typed("words").strip()
    with form.beside("words", BadInput):
        actions.check_answer(words)
    return None if form.errors else before_lists.before_answer(number, found, words, upheld=upheld == "yes")


def _found(r: Reader, world: World, number: int, fact: str) -> Objection:
    whole_camp(world)
    prize_list(r, world, number)
    found = next((each for each in publicity(r, number).objections if each.fact == fact), None)
    if found is None:
        raise NotFound("没有这条异议。", reason="unknown_fact", hint="请从公示与异议页进入。")
    return found


def _typed(form: Form, *names: str) -> list[str]:
    return [form.typed(name).strip() for name in names]
