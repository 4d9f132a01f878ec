"""Certificates in the office: who would get one, issue, list, look up, revoke (F-19 … F-21)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import Account, unit_for
from campmgr.areas.certificates.actions import issuing as actions
from campmgr.areas.certificates.actions import revoking
from campmgr.areas.certificates.files.sheet import certificates_pdf, look_of
from campmgr.areas.certificates.pages import looked_at
from campmgr.areas.certificates.queries.camps import as_of_certificate
from campmgr.areas.certificates.queries.certificates import Whom
from campmgr.areas.certificates.queries.listed import (
    CERTIFICATES,
    STATES,
    CertificateRow,
    certificate_row,
    changed_since,
    valid_certificates,
)
from campmgr.areas.certificates.queries.planned import planned
from campmgr.areas.certificates.queries.prints import certificate_prints
from campmgr.areas.units.queries.offering import units_offered
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Writer
from campmgr.web import respond
from campmgr.web.before import Before
from campmgr.web.current import camps, frame, me, press, reading, writing
from campmgr.web.done import told
from campmgr.web.downloads import PDF, download
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.lists import ShownList, shown_list
from campmgr.web.respond import Answer

area = Blueprint("office_certificates", __name__, url_prefix="/office/certificates")


@dataclass(frozen=True, slots=True)
class CertificatesPage:
    """A page of certificates, how many of all hold, what was searched for, and the forms."""

    listed: ShownList
    valid: int
    query: str
    form: Form


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """One certificate, what of it is no longer so, and the forms to reissue and revoke it."""

    row: CertificateRow
    states: dict[str, str]
    changed: tuple[str, ...]
    form: Form


@area.get("/")
@require("organizer")
def certificates() -> Answer:
    """The certificates of my unit's people, page by page, or those that a search found: `?search=` is a number."""
    text = frame().searches.typed(me().account, request.args.get("search", ""))
    return listed(Form({"query": text}), query=text)


@area.post("/search")
@require("organizer")
def search() -> Answer:
    """Look one up by number, name, 编号 or code; posted, since names do not belong into addresses."""
    form = Form.sent()
    query = form.text("query", required=False, most=60)
    if form.errors:
        return listed(form, 422)
    number = frame().searches.keep(me().account, query) if query else None
    return respond.go(url_for("office_certificates.certificates", search=number))


@area.get("/issue")
@require("organizer")
def before_issuing() -> Answer:
    """Who would get one, and who would not; nothing is written. The unit stands in the address."""
    form = Form(request.args.to_dict())
    with writing() as (w, world):  # it looks at everything that issuing would
        before = _issuing(w, world, form)
    return respond.before(before, Form()) if before else listed(form, 422)


@area.post("/issue")
@require("organizer")
def issue() -> Answer:
    """Issue to everyone who was shown; again gives nothing new."""
    form, account = Form.sent(), me()
    with writing() as (w, world):
        before = _issuing(w, world, form)
        if before and before.is_agreed(form):
            result = actions.issue(w, Whom(_unit(world, form).unit), account.actor, on=form.typed("on"))
            return told(w, _("已签发 %(n)s 份证书。") % {"n": result.issued}, url_for("office_certificates.certificates"), undo="")
    return respond.before(before, form) if before else listed(form, 422)


@area.get("/<number>/certificate.pdf")
@require("organizer")
def print_one(number: str) -> Answer:
    """One valid certificate as PDF. Raises NotFound, also for one of people elsewhere; Refused "missing_glyph"."""
    account = me()
    with reading() as (r, world):
        row = certificate_row(r, world, account.unit, account.line, number)
        found = certificate_prints(r, world, account.unit, account.line, row.number)
        look = look_of(r, as_of_certificate(r, world, row.number), press())
    return download(certificates_pdf(look, found), f"{row.name}证书.pdf", PDF)


@area.get("/<number>")
@require("organizer")
def certificate(number: str) -> Answer:
    """One certificate of my unit's people. Raises NotFound."""
    return _one(number, Form())


@area.get("/<number>/revoke")
@require("organizer")
def before_revoking(number: str) -> Answer:
    """What revoking a certificate does. Raises NotFound, Refused for one that is not valid."""
    account = me()
    with reading() as (r, world):
        row = certificate_row(r, world, account.unit, account.line, number)
    if row.state != "valid":
        raise Refused("这份证书现在不是有效的，不用撤销。", reason="conflict", hint="请打开证书页查看。")
    return respond.before(_revoking(row), Form())


@area.post("/<number>/revoke")
@require("organizer")
def revoke(number: str) -> Answer:
    """Revoke the certificate that was looked at, with the reason; sent twice it is revoked once."""
    account, form = me(), Form.sent()
    with writing() as (w, world):
        row = certificate_row(w, world, account.unit, account.line, number)
        if row.state != "valid":
            return respond.go(url_for("office_certificates.certificate", number=row.number))
        before = _revoking(row)
        if before.is_agreed(form):
            with form.beside("reason", BadInput):
                revoking.revoke(w, row.number, form.typed("reason"), account.actor)
                return respond.go(url_for("office_certificates.certificate", number=row.number))
    return respond.before(before, form)


def listed(form: Form, status: int = 200, query: str = "") -> Answer:
    """The certificates of my unit's people, or those that a search finds, with the forms to issue and print."""
    account = me()
    with reading() as (r, world):
        found = shown_list(r, world, CERTIFICATES, without=() if len(camps()) > 1 else ("camp",))
        valid = valid_certificates(r, world, account.unit, account.line)
    return respond.page("certificates/certificates.html", CertificatesPage(found, valid, query, form), status)


def _unit(world: World, form: Form) -> Unit:
    return asked_unit(world, me(), form.pick("unit", units_offered(world, me()), required=False) or me().unit)


def _issuing(w: Writer, world: World, form: Form) -> Before | None:
    """The page before certificates are issued; None where the unit is none, and the form says so."""
    with form.beside("unit", NotFound):
        unit = _unit(world, form)
        if not form.error("unit"):
            back = url_for("office_certificates.certificates"), _("证书")
            return looked_at.before_issuing(w, unit, planned(w, world, Whom(unit.unit)), back, (("unit", unit.address),))
    return None


def _revoking(row: CertificateRow) -> Before:
    return looked_at.before_revoking(row, (url_for("office_certificates.certificate", number=row.number), row.number))


def asked_unit(world: World, account: Account, code: str) -> Unit:
    """A unit to issue for: one's own or below, with everyone in it. Raises NotFound, NotAllowed."""
    if not world.tree.called(code):
        raise NotFound("没有这个单位。", reason="unknown_unit", hint="请填写单位代码，或留空表示本单位全部。")
    return unit_for(world, account, code)


def _one(number: str, form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        row = certificate_row(r, world, account.unit, account.line, number)
        changed = changed_since(r, row)
    return respond.page("certificates/certificate.html", CertificatePage(row, STATES, changed, form), status)
