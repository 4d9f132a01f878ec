"""The platform's own certificate of somebody, recorded by their coordinator (F-19)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.areas.certificates.actions.issuing import LONGEST_NUMBER, record_platform_certificate
from campmgr.areas.certificates.queries.certificates import PlatformCertificate, platform_certificates
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.queries.theirs import person_for
from campmgr.clock import today_of
from campmgr.errors import BadInput
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("platform_certificates", __name__, url_prefix="/desk/people/<person>/platform-certificate")


@dataclass(frozen=True, slots=True)
class PlatformPage:
    """Those recorded so far, and the form for another."""

    person: Person
    known: tuple[PlatformCertificate, ...]
    today: str
    form: Form


@area.get("")
@require("coordinator")
def form(person: str) -> Answer:
    """The form for number and day."""
    return _page(person, Form.kept())


@area.post("")
@require("coordinator")
def record(person: str) -> Answer:
    """Record it; pressed twice, it stands once."""
    account, sent = me(), Form.sent()
    number, day = sent.text("number", most=LONGEST_NUMBER), sent.day("day")
    with writing() as (w, world):
        who = person_for(w, world, account, person)
        if not sent.errors:
            try:
                record_platform_certificate(w, who, number, day, account.actor)
            except BadInput as problem:
                sent.refuse("number", problem)
            else:
                return told(w, _("已登记平台证书。"), url_for("person.show", person=person))
    return _page(person, sent, 422)


def _page(person: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        who = person_for(r, world, me(), person)
        page = PlatformPage(who, platform_certificates(r, who.person), today_of(r.clock), form)
    return respond.page("desks/platform_certificate.html", page, status)
