"""Certificates in the office: who would get one, issue, list, look up, revoke (F-19 … F-21)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.accounts.queries import Account, unit_for
from campmgr.areas.certificates.actions import issuing as actions
from campmgr.areas.certificates.actions import revoking
from campmgr.areas.certificates.actions.issuing import Issued
from campmgr.areas.certificates.files.sheet import certificates_pdf, look_of
from campmgr.areas.certificates.queries.certificates import UnitOutcome, outcome_by_unit
from campmgr.areas.certificates.queries.listed import (
    STATES,
    CertificateList,
    CertificateRow,
    certificate_list,
    certificate_row,
    changed_since,
)
from campmgr.areas.certificates.queries.prints import certificate_prints
from campmgr.areas.units.queries.offering import units_offered
from campmgr.errors import NotFound, Refused
from campmgr.facts.units import Unit
from campmgr.facts.wall import LONG_PAUSE, clock_doubt
from campmgr.facts.world import World
from campmgr.web import respond
from campmgr.web.current import me, page_asked, press, reading, writing
from campmgr.web.downloads import PDF, download
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.respond import Answer

area = Blueprint("office_certificates", __name__, url_prefix="/office/certificates")

_UNITS_SHOWN = 300
"""Units a page lists; of a whole province the command line tells all."""


@dataclass(frozen=True, slots=True)
class CertificatesPage:
    """A page of certificates and the form to look one up."""

    certificates: CertificateList
    states: dict[str, str]
    form: Form


@dataclass(frozen=True, slots=True)
class IssuePage:
    """What issuing to a unit comes to: tried, or `done`. `more`: how many units with people in question are not listed;
    `doubt`: why the day must be said, "" where it need not.
    """

    unit: Unit
    result: Issued
    units: tuple[UnitOutcome, ...]
    more: int
    done: bool
    doubt: str
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
    """The certificates of my unit's people, page by page."""
    return listed(Form())


@area.post("/search")
@require("organizer")
def search() -> Answer:
    """Look one up by number, name, 编号 or code; posted, since names do not belong into addresses."""
    form = Form.sent()
    return listed(form, query=form.text("query", required=False, most=60))


@area.post("/try")
@require("organizer")
def tried() -> Answer:
    """What issuing would come to; nothing is written."""
    return _issue(Form.sent(), done=False)


@area.post("/issue")
@require("organizer")
def issue() -> Answer:
    """Issue to everyone who is ready and has none; again gives nothing new."""
    return _issue(Form.sent(), done=True)


@area.get("/<number>/certificate.pdf")
@require("organizer")
def print_one(number: str) -> Answer:
    """One valid certificate as PDF. Raises NotFound, also for one of people elsewhere; Refused "missing_glyph"."""
    account = me()
    with reading() as (r, world):
        row = certificate_row(r, world, account.unit, account.line, number)
        found = certificate_prints(r, world, account.unit, account.line, row.number)
        look = look_of(r, world, press())
    return download(certificates_pdf(look, found), f"{row.name}证书.pdf", PDF)


@area.get("/<number>")
@require("organizer")
def certificate(number: str) -> Answer:
    """One certificate of my unit's people. Raises NotFound."""
    return _one(number, Form())


@area.post("/<number>/revoke")
@require("organizer")
def revoke(number: str) -> Answer:
    """Revoke a certificate, with the reason; sent twice it is revoked once."""
    account, form = me(), Form.sent()
    reason = form.text("reason", most=200)
    if not form.errors:
        with writing() as (w, world):
            row = certificate_row(w, world, account.unit, account.line, number)
            if row.state == "revoked" and row.reason != reason:
                raise Refused("这份证书已经撤销。", reason="conflict", hint="请打开证书页查看当时写的原因。")
            revoking.revoke(w, row.number, reason, account.actor)
            return respond.go(url_for("office_certificates.certificate", number=row.number))
    return _one(number, form, 422)


def listed(form: Form, status: int = 200, query: str = "") -> Answer:
    """The certificates of my unit's people, or those that a search finds, with the forms to issue and print."""
    account = me()
    with reading() as (r, world):
        found = certificate_list(r, world, account.unit, account.line, query, page_asked())
    return respond.page("certificates/certificates.html", CertificatesPage(found, STATES, form), status)


def _issue(form: Form, *, done: bool) -> Answer:
    """Try or issue. A try is a transaction too, since it looks at everything an issue would; it writes nothing."""
    account = me()
    with reading() as (_r, world):
        code = form.pick("unit", units_offered(world, account), required=False) or account.unit
    if form.error("unit"):
        return listed(form, 422)
    with writing() as (w, world):
        doubt = clock_doubt(w, LONG_PAUSE)
        on = form.day("on") if done and (doubt or form.typed("on")) else ""
        done = done and not form.errors
        unit = asked_unit(world, account, code)
        result = actions.issue(w, unit.unit, account.actor, on=on, dry_run=not done)
        units = outcome_by_unit(w, world, result.holders, result.refused)
    page = IssuePage(unit, result, units[:_UNITS_SHOWN], max(0, len(units) - _UNITS_SHOWN), done, doubt, form)
    return respond.page("certificates/issue.html", page, 422 if form.errors else 200)


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
