"""Is this certificate real? For everyone: by number with a masked name, by its QR code with the name in full."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from flask import Blueprint, request, url_for

from campmgr.areas.certificates.actions.taken_lists import TakenPart, is_list, proved_list, take_list
from campmgr.areas.certificates.files.checker_file import checker_file
from campmgr.areas.certificates.proof.statement import scanned
from campmgr.areas.certificates.queries.checks import Verified, verify_certificate, verify_text
from campmgr.areas.certificates.queries.words import NOTES, STATES, TITLES
from campmgr.areas.certificates.settings import Certificate
from campmgr.areas.people.queries.finding import masked_name
from campmgr.clock import local_text, minute_text, utc_text
from campmgr.errors import BadInput
from campmgr.facts.world import World
from campmgr.files.qr_reading import read_qr
from campmgr.ids import is_certificate_number
from campmgr.store import ledger
from campmgr.typed_codes import certificate_number_in
from campmgr.web import respond
from campmgr.web.current import reading, writing
from campmgr.web.downloads import HTML, download
from campmgr.web.forms import Form
from campmgr.web.guard import anyone
from campmgr.web.i18n import _
from campmgr.web.rates import Rate
from campmgr.web.remade import Remade
from campmgr.web.respond import Answer

area = Blueprint("certificate", __name__)

_CHECKER: Remade[bytes] = Remade("checker file", seconds=60)
_MISSES = Rate("certificates that are none", most=60, seconds=600)
"""Numbers and texts that lead to nothing: whoever tries many is told to wait, also for one that is real."""

_PHOTOS = Rate("photos of certificates", most=40, seconds=600)

_LONGEST = 2000
"""Characters of a pasted text: an address with a statement has some 250."""


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The forms, and what was found; `found` is None before anything was asked. `name` is masked unless a good signature came."""

    number: str
    form: Form
    found: Verified | None = None
    name: str = ""
    certificate: str = ""
    look: str = ""
    title: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class RevokedListPage:
    """A part of a signed list that was scanned."""

    until: str
    taken: TakenPart
    form: Form


@area.get("/c/")
@anyone
def check() -> Answer:
    """Type a number, paste a text or send a photo; `?number=` leads on to its page."""
    number = certificate_number_in(request.args.get("number", "").strip()[:400])[:60]
    number = "".join(each for each in number if each.isalnum() or each == "-")
    if number:
        return respond.go(url_for("certificate.shown", number=number))
    if "shown" not in request.args:
        return _page(Form())
    told = respond.shown_again()
    if isinstance(told, str):
        answer = _checked(told)
    else:
        taken = TakenPart(**told)
        page = RevokedListPage(minute_text(taken.as_of), taken, Form())
        answer = respond.page("certificates/ended_here.html", page)
    answer.headers["Cache-Control"] = "no-store"  # it may hold a name
    return answer


@area.get("/c/<number>")
@anyone
def shown(number: str) -> Answer:
    """What is known of a certificate's number, in words; a script sends on what stands behind the # of the address."""
    _MISSES.refuse_if_over()
    with reading() as (r, world):
        found = verify_certificate(r, number)
    return _found(found, world)


@area.post("/c/")
@anyone
def sent() -> Answer:
    """What somebody scanned or pasted: posted, since a name stands in it."""
    form = Form.sent()
    text = form.text("text", most=_LONGEST)
    return _page(form, 422) if form.errors else _seen(text)


@area.post("/c/photo")
@anyone
def photo_sent() -> Answer:
    """A photo of the QR code, read here for browsers that could not read it themselves."""
    form, upload = Form.sent(), request.files.get("photo")
    if upload is None or not upload.filename:
        form.wrong("photo", "还没有选择照片。请拍下或选好证书上二维码的照片，再查验。")
        return _page(form, 422)
    _PHOTOS.refuse_if_over()
    _PHOTOS.count()
    try:
        text = read_qr(upload.stream.read())
    except BadInput as problem:
        form.refuse("photo", problem)
        return _page(form, 422)
    return _seen(text)


def _seen(text: str) -> Answer:
    """On to what is known of it, by GET: a plain number stands in the address, what may hold a name does not."""
    _MISSES.refuse_if_over()
    number, statement = scanned(text)
    if number and not statement:
        return respond.go(
            url_for("certificate.shown", number="".join(each for each in number[:60] if each.isalnum() or each == "-"))
        )
    if not is_list(text):
        return respond.shown_at("certificate.check", text)
    with reading() as (_r, world):
        proved_list(world, text)  # anyone may send anything here: only what is signed gets as far as a transaction
    with writing() as (w, world):
        taken = take_list(w, world, text)
    return respond.shown_at("certificate.check", asdict(taken))


@area.get("/c/checker.html")
@anyone
def checker() -> Answer:
    """The checker file, for whoever checks with no network. What ended a minute ago may not stand in it yet. Raises NotAllowed."""
    with reading() as (r, world):
        now = r.clock.now()
        version = ledger.heads(r), local_text(utc_text(now))[:13]
        page = _CHECKER.get(r.memory, version, now, lambda: checker_file(r, world))
    return download(page, f"{world.name}证书核验.html", HTML)


def _checked(text: str) -> Answer:
    with reading() as (r, world):
        found = verify_text(r, world, text)
    return _found(found, world)


def _found(found: Verified, world: World) -> Answer:
    if found.state in {"unknown", "forged"} and is_certificate_number(found.number):  # one that was mistyped guesses nothing
        _MISSES.count()
    look, title, meaning = STATES[found.state]
    if found.note:
        title, meaning = TITLES.get(found.note, title), NOTES[found.note]
    elif found.state == "unknown" and not is_certificate_number(found.number):
        title, meaning = "编号有误", "编号共 16 位，末位是校验位，这个编号对不上；请照证书重新输入。"
    name = found.name if found.is_signed else masked_name(found.name)
    page = CheckPage(found.number, Form(), found, name, world.rules[Certificate].name, look, _(title), _(meaning))
    return respond.page("certificates/check.html", page, 404 if found.state == "unknown" else 200)


def _page(form: Form, status: int = 200) -> Answer:
    return respond.page("certificates/check.html", CheckPage("", form), status)
