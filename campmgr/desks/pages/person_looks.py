"""What is looked at of a person and noted (`/desk/looks`): a telephone that is shown whole, a copy of all that is held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from flask import Blueprint

from campmgr.areas.people.actions.plain_reasons import refuse_name_in
from campmgr.areas.people.local import note_look
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.queries.theirs import person_for
from campmgr.desks.files.own_copy import copy_paper
from campmgr.desks.pages.person import person_shown
from campmgr.desks.queries.own_copy import OwnCopy, own_copy
from campmgr.errors import BadInput, Refused
from campmgr.files.official_book import write_paper
from campmgr.files.official_sheet import paper_pdf
from campmgr.masks import mask_phone
from campmgr.web import respond
from campmgr.web.current import me, press, reading, writing
from campmgr.web.downloads import PDF, XLSX, download, written
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("person_looks", __name__, url_prefix="/desk/people/<person>")

CopyShape = Literal["xlsx", "pdf"]
_SHAPES = ("xlsx", "pdf")


@dataclass(frozen=True, slots=True)
class PhonePage:
    """A telephone that has just been shown, whose it is."""

    person: Person
    phone: str


@dataclass(frozen=True, slots=True)
class CopyPage:
    """All that is held about a person, and the form for the file."""

    person: Person
    copy: OwnCopy
    form: Form


@area.post("/phone")
@require("coordinator")
def reveal(person: str) -> Answer:
    """Show somebody's telephone whole, and note who asked. Raises Refused where there is none."""
    form, account = Form.sent(), me()
    why = form.text("why", required=False, most=100)
    with writing() as (w, world):
        who = person_for(w, world, account, person, at_home=True)
        if not who.phone:
            raise Refused("没有登记手机号。", hint="可以在“改资料”里补上。")
        if not form.errors:
            with form.beside("why", BadInput):
                refuse_name_in(w, why, who.person)
                note_look(w, "phone", who.person, who.home, account.actor, why)
                return respond.shown_at("person_looks.revealed", who.phone, person=person)
    return person_shown(person, form, 422)


@area.get("/phone")
@require("coordinator")
def revealed(person: str) -> Answer:
    """The telephone that was asked for just now. Raises NotFound once it is forgotten."""
    phone = respond.shown_again()
    with reading() as (r, world):
        who = person_for(r, world, me(), person, at_home=True)
    return respond.page("desks/phone.html", PhonePage(who, phone))


@area.get("/copy")
@require("coordinator")
def copy(person: str) -> Answer:
    """All that is held about somebody, the telephone masked, and the form for the file."""
    with reading() as (r, world):
        who = person_for(r, world, me(), person, at_home=True)
        found = own_copy(r, world, who, mask_phone)
    return respond.page("desks/own_copy.html", CopyPage(who, found, Form()))


@area.post("/copy")
@require("coordinator")
def take_copy(person: str) -> Answer:
    """The copy as a file, everything whole, to hand to the person; noted."""
    form, account = Form.sent(), me()
    with writing() as (w, world):
        who = person_for(w, world, account, person, at_home=True)
        note_look(w, "copy", who.person, who.home, account.actor)
        found = own_copy(w, world, who, str)
    return copy_file(found, shape_asked(form), account.name)


def shape_asked(form: Form) -> CopyShape:
    """A workbook, unless a PDF is asked for."""
    shape = form.typed("shape")
    return cast("CopyShape", shape) if shape in _SHAPES else "xlsx"


def copy_file(found: OwnCopy, shape: CopyShape, taken_by: str) -> Answer:
    """A copy as workbook or PDF."""
    paper, name = copy_paper(found, taken_by), _("个人信息副本-%(code)s") % {"code": found.code}
    if shape == "pdf":
        return download(paper_pdf(press(), paper), f"{name}.pdf", PDF)
    return download(written(lambda path: write_paper(path, paper)), f"{name}.xlsx", XLSX)
