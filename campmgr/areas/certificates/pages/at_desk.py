"""Certificates at a desk: issue to a class or one person, print, revoke; by whoever governs the unit (F-19 … F-21)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import unit_for
from campmgr.areas.certificates.actions import issuing as actions
from campmgr.areas.certificates.actions import revoking
from campmgr.areas.certificates.files.sheet import certificates_pdf, look_of
from campmgr.areas.certificates.pages.looked_at import before_issuing, before_revoking
from campmgr.areas.certificates.queries.certificates import (
    ClassCertificates,
    Whom,
    certificates_by_class,
    certificates_in_all,
)
from campmgr.areas.certificates.queries.listed import AT_DESK, certificate_row
from campmgr.areas.certificates.queries.planned import planned
from campmgr.areas.certificates.queries.prints import certificate_prints
from campmgr.areas.people.queries.theirs import person_for
from campmgr.errors import BadInput, Refused
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Reader, Writer
from campmgr.web import respond
from campmgr.web.before import Before
from campmgr.web.current import camps, me, press, reading, writing
from campmgr.web.done import told
from campmgr.web.downloads import PDF, download
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.lists import ShownList, shown_list
from campmgr.web.respond import Answer

area = Blueprint("desk_certificates", __name__, url_prefix="/desk/units/<code>/certificates")

MOST_PRINTED = 300
"""Certificates of one file at a desk, which is set while one waits; the office prints more as a job."""


@dataclass(frozen=True, slots=True)
class DeskCertificatesPage:
    """The sums of a unit, its classes or the units below it, and who holds one."""

    unit: Unit
    whole: ClassCertificates
    lines: tuple[ClassCertificates, ...]
    listed: ShownList


@area.get("")
@require("coordinator")
def page(code: str) -> Answer:
    """Class by class: how many could have a certificate, lack a condition, hold one; then who holds one."""
    account = me()
    with reading() as (r, world):
        unit = unit_for(world, account, code)
        whom = Whom(unit.unit, account.line)
        lines = certificates_by_class(r, world, whom, by_unit=unit.unit in world.tree.uppers)
        without = ("unit", *(() if len(camps()) > 1 else ("camp",)))
        listed = shown_list(r, world, AT_DESK, unit=unit.address, without=without)
        found = DeskCertificatesPage(unit, certificates_in_all(r, world, whom), lines, listed)
    return respond.page("certificates/at_desk.html", found)


@area.get("/issue")
@require("coordinator")
def looked(code: str) -> Answer:
    """Who of a class, of the unit, or the one person would get one, and who would not; nothing is written."""
    with writing() as (w, world):  # it looks at everything that issuing would
        before = _issuing(w, world, code, request.args.to_dict())
    return respond.before(before, Form(), "desk")


@area.post("/issue")
@require("coordinator")
def issue(code: str) -> Answer:
    """Issue to everyone who was shown; again gives nothing new."""
    form, account = Form.sent(), me()
    said = {each: form.typed(each) for each in ("class", "person")}
    with writing() as (w, world):
        before = _issuing(w, world, code, said)
        if before.is_agreed(form):
            result = actions.issue(w, _whom(w, world, code, said), account.actor, on=form.typed("on"))
            return told(w, _("已签发 %(n)s 份证书。") % {"n": result.issued}, url_for("desk_certificates.page", code=code), undo="")
    return respond.before(before, form, "desk")


@area.get("/certificates.pdf")
@require("coordinator")
def pdf(code: str) -> Answer:
    """The valid certificates of a class, of the unit or of one person.

    Raises NotFound without any, Refused for more than MOST_PRINTED.
    """
    with reading() as (r, world):
        unit, whom = unit_for(world, me(), code), _whom(r, world, code, request.args.to_dict())
        found = certificate_prints(
            r, world, whom.unit, whom.line, most=MOST_PRINTED + 1, class_name=whom.class_name, person=whom.person
        )
        look = look_of(r, world, press())
    if len(found) > MOST_PRINTED:
        raise Refused(
            f"这里的证书超过 {MOST_PRINTED} 份，一次印不下。",
            reason="too_large",
            hint="请一个班一个班地印，或请组织方在“证书”里印。",
        )
    return download(certificates_pdf(look, found), f"{unit.name}{whom.class_name}证书.pdf", PDF)


@area.get("/<number>/revoke")
@require("coordinator")
def before_ending(code: str, number: str) -> Answer:
    """What revoking a certificate of the unit's people does. Raises NotFound, Refused for one that is not valid."""
    with reading() as (r, world):
        before = _revoking(r, world, code, number)
    if before is None:
        raise Refused("这份证书现在不是有效的，不用撤销。", reason="conflict", hint="请回到“证书”查看。")
    return respond.before(before, Form(), "desk")


@area.post("/<number>/revoke")
@require("coordinator")
def end(code: str, number: str) -> Answer:
    """Revoke the certificate that was looked at, with the reason; sent twice it is revoked once."""
    form, to = Form.sent(), url_for("desk_certificates.page", code=code)
    with writing() as (w, world):
        before = _revoking(w, world, code, number)
        if before is None:
            return respond.go(to)
        if before.is_agreed(form):
            with form.beside("reason", BadInput):
                revoking.revoke(w, number, form.typed("reason"), me().actor)
                return told(w, _("已撤销证书 %(number)s。") % {"number": number}, to, undo="")
    return respond.before(before, form, "desk")


def _whom(r: Reader, world: World, code: str, said: dict[str, str]) -> Whom:
    """Whom an address or a form means: a class, one person, or the whole unit. Raises NotFound for somebody who is not theirs."""
    account = me()
    unit = unit_for(world, account, code)
    person = person_for(r, world, account, said["person"], at_home=True).person if said.get("person") else ""
    return Whom(unit.unit, account.line, said.get("class", ""), person)


def _issuing(w: Writer, world: World, code: str, said: dict[str, str]) -> Before:
    unit, whom = unit_for(world, me(), code), _whom(w, world, code, said)
    back = url_for("desk_certificates.page", code=code), _("证书")
    carries = tuple((each, said.get(each, "")) for each in ("class", "person"))
    return before_issuing(w, unit, planned(w, world, whom), back, carries, whom.class_name)


def _revoking(r: Reader, world: World, code: str, number: str) -> Before | None:
    """The page before; None for one that is not valid."""
    account = me()
    row = certificate_row(r, world, unit_for(world, account, code).unit, account.line, number)
    return before_revoking(row, (url_for("desk_certificates.page", code=code), _("证书"))) if row.state == "valid" else None
