"""Taking another laptop in: its request comes as picture, figures or file; who asks is looked at; unit and line are signed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, request, url_for
from werkzeug.datastructures import FileStorage

from campmgr.areas.nodes import actions
from campmgr.areas.nodes.actions import Grant, find_node
from campmgr.areas.nodes.exchange.enrolment import read_request
from campmgr.areas.nodes.exchange.spoken_answer import answer_code, answer_words
from campmgr.areas.nodes.exchange.spoken_request import check_code, request_told
from campmgr.areas.nodes.files.packs import send_pack
from campmgr.areas.nodes.pages.told import code_in, is_picture
from campmgr.areas.nodes.queries.nodes import Request, calls
from campmgr.areas.units.queries.offering import likely_units, units_offered
from campmgr.areas.units.settings import LINES
from campmgr.errors import BadInput, CampError
from campmgr.files.qr import qr_picture
from campmgr.ledger.seal import writer_of
from campmgr.web import respond
from campmgr.web.current import frame, me, reading, writing
from campmgr.web.downloads import download, written
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_laptop
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.web.uploads import passing_upload

area = Blueprint("office_enrolling", __name__, url_prefix="/office/nodes/join")

_LONGEST = 1 << 24
_OTHERWISE = "或改填对方屏幕上的十组数字。"


@dataclass(frozen=True, slots=True)
class RequestPage:
    """Where a request is given: typed, pasted, or as a file or picture."""

    form: Form


@dataclass(frozen=True, slots=True)
class AskedPage:
    """Who asks, and the form that says for which unit and line; `known`: what the laptop is called where it was taken in before."""

    asked: Request
    check: str
    known: str
    lines: tuple[tuple[str, str], ...]
    form: Form


@dataclass(frozen=True, slots=True)
class TakenInPage:
    """A laptop that was taken in: what it is called from now on, and what goes back to it: an answer in `words` and as a `qr` code,
    with the figures to compare, and a file.
    """

    name: str
    unit: str
    line: str
    node: str
    words: str
    qr: str
    check: str


@area.get("/")
@require("organizer")
def give() -> Answer:
    """Where a request is given."""
    with reading() as (r, world):
        whole_laptop(r, world)
    return respond.page("nodes/give_request.html", RequestPage(Form()))


@area.post("/")
@require("organizer")
def given() -> Answer:
    """Read a request, and go on to who asks; what cannot be read is told beside its field."""
    with reading() as (r, world):
        whole_laptop(r, world)
    form, upload = Form.sent(), request.files.get("file")
    with form.beside("file" if upload and upload.filename else "text", CampError):
        asked = _asked(form.typed("text"), upload)
        return respond.shown_at("office_enrolling.asked", [asked.key, asked.sealing_key, asked.name])
    return respond.page("nodes/give_request.html", RequestPage(form), 422)


@area.get("/asked")
@require("organizer")
def asked() -> Answer:
    """Who asks, and for which unit and line it is to be. Raises NotFound once that is no longer kept."""
    found = Request(*respond.shown_again())
    with reading() as (_r, world):
        grants = world.trust.grants(world.trust.node_of(writer_of(found.key)))
        form = Form({"unit": found.name, "line": grants[-1].line if grants else ""})
        if found.name and not units_offered(world, me())(found.name):
            form.offered["unit"] = likely_units(world, me(), found.name)
            alike = (
                _("请在相近的里面选，或另外输入。") if form.offered["unit"] else _("请输入单位的几个字来找；还没有的，先登记单位。")
            )
            form.wrong("unit", _("没有叫“%(name)s”的单位。") % {"name": found.name} + alike)
    return _asked_page(found, form)


@area.post("/asked")
@require("organizer")
def agree() -> Answer:
    """Sign the laptop's keys for a unit and line."""
    form = Form.sent()
    found = Request(form.text("key", most=64), form.text("sealing_key", most=64), form.text("name", required=False))
    line = form.choice("line", LINES.words, required=False)
    with reading() as (_r, world):
        unit = form.pick("unit", units_offered(world, me()))
    if not form.errors:
        with form.beside("unit", CampError), writing() as (w, world):
            account, node = whole_laptop(w, world), writer_of(found.key)
            given = world.trust.grants(node)
            if not given or (given[-1].unit, given[-1].line) != (unit, line):  # else pressed twice
                node = actions.enrol(w, found, Grant(unit, line), account.actor)
            return respond.go(url_for("office_enrolling.taken_in", node=node))
    return _asked_page(found, form, 422)


@area.get("/<node>/again")
@require("organizer")
def again(node: str) -> Answer:
    """On to giving a laptop another unit or line, as somebody else takes it over. Raises NotFound."""
    with reading() as (r, world):
        whole_laptop(r, world)
        found = find_node(world, node)
        asked = [
            world.trust.keys[found],
            world.trust.sealing_keys(found)[0],
            world.tree.units[world.trust.grants(found)[-1].unit].name,
        ]
    return respond.shown_at("office_enrolling.asked", asked)


@area.get("/<node>/")
@require("organizer")
def taken_in(node: str) -> Answer:
    """A laptop that was taken in, and how its answer reaches it. Raises NotFound."""
    with reading() as (r, world):
        whole_laptop(r, world)
        grant = world.trust.grants(found := find_node(world, node))[-1]
        unit, words = world.tree.units[grant.unit], answer_words(r, world, found)
        page = TakenInPage(calls(world, found)[0], unit.name, grant.line, found, words, qr_picture(words), answer_code(words))
    return respond.page("nodes/taken_in.html", page)


@area.get("/<node>/answer.pack")
@require("organizer")
def answer(node: str) -> Answer:
    """The file that goes back: the grant, and all that the laptop is to have. Raises NotFound."""
    with reading() as (r, world):
        whole_laptop(r, world)
        name = calls(world, find_node(world, node))[0]

    def write(path: Path) -> None:
        send_pack(frame().open_store(), path, node, whole=True)  # remembered, so that the receipt that comes back is known

    return download(written(write), f"同意加入-{name}.pack", "application/octet-stream")


def _asked(text: str, upload: FileStorage | None) -> Request:
    """A request out of what was given: a file, a picture of its code, pasted text or typed figures. Raises BadInput."""
    if upload is not None and upload.filename:
        with passing_upload(upload) as path:
            if is_picture(path):
                return request_told(code_in(path, _OTHERWISE))
            if path.stat().st_size > _LONGEST:
                raise BadInput("这个文件太大，不是申请。", reason="too_large", hint="请选对方的申请文件，或它的二维码的照片。")
            return read_request(path)
    return request_told(text)


def _asked_page(found: Request, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        whole_laptop(r, world)
        known = world.trust.node_of(writer_of(found.key))
        name = next(iter(calls(world, known)), _("本机")) if known else ""
    lines = tuple((word, word) for word in LINES.words)
    return respond.page("nodes/asked.html", AskedPage(found, check_code(found), name, lines, form), status)
