"""How a laptop joins a camp: it shows a request, and takes the file that comes back; until then its data file holds two keys."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, request, url_for

from campmgr.areas.camp.settings import Camp
from campmgr.areas.nodes.exchange.enrolment import read_request, write_request
from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.areas.nodes.exchange.spoken_answer import Agreed, check_camp, keep_answer, kept_answer, use_answer
from campmgr.areas.nodes.exchange.spoken_request import check_code, qr_words, spoken
from campmgr.areas.nodes.files.packs import accept_pack
from campmgr.areas.nodes.pages.told import code_in, is_picture
from campmgr.areas.nodes.queries.nodes import Request, asking
from campmgr.errors import BadInput, CampError, NotFound
from campmgr.facts import world as worlds
from campmgr.files.qr import qr_picture
from campmgr.store import data_file
from campmgr.store.door import Store
from campmgr.store.ledger import own_sealing_keys
from campmgr.web import respond
from campmgr.web.current import frame
from campmgr.web.downloads import download, written
from campmgr.web.forms import Form
from campmgr.web.guard import anyone, own_machine
from campmgr.web.respond import Answer
from campmgr.web.uploads import passing_upload

area = Blueprint("joining", __name__, url_prefix="/start/join")

ASKED_AS = "asked_as"
"""The meta key of what whoever asks wrote about themselves, for the laptop above to read."""

REQUEST = "application/json"


@dataclass(frozen=True, slots=True)
class JoinPage:
    """The form that makes a request: which unit's laptop this is."""

    form: Form


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A request in its three forms, and the form for the answer; `groups` and `qr` are empty for a file of an earlier version.

    `agreed`: the answer, where it was taken and the file is still to come; `has_drafts`: whether work goes on meanwhile,
    `presets`: with which rules it can begin to.
    """

    name: str
    groups: tuple[str, ...]
    qr: str
    check: str
    agreed: Agreed | None
    has_drafts: bool
    presets: tuple[tuple[str, str], ...]
    form: Form


@area.get("/")
@anyone
def asking_form() -> Answer:
    """Which unit's laptop this is."""
    own_machine()
    if frame().store is not None:
        return respond.go(url_for("joining.waiting"))
    return respond.page("nodes/join.html", JoinPage(Form()))


@area.post("/")
@anyone
def ask() -> Answer:
    """Make a data file with keys of its own, and so a request."""
    own_machine()
    form = Form.sent()
    name = form.text("name", most=40)
    if form.errors:
        return respond.page("nodes/join.html", JoinPage(form), 422)
    with frame().lock:
        if frame().store is None:
            store = data_file.create(frame().settings.data_path, frame().catalogue)
            with store.writing(begins=False) as w:
                w.set_meta(ASKED_AS, name)
            frame().store, frame().setup_hash = store, ""
    return respond.go(url_for("joining.waiting"))


@area.get("/waiting")
@anyone
def waiting() -> Answer:
    """The request, as code, figures and file, and where the answer goes. Raises NotFound once there is a camp."""
    return _waiting(_store(), Form())


@area.get("/request.json")
@anyone
def request_file() -> Answer:
    """The request as a file."""
    store = _store()

    def write(path: Path) -> None:
        with store.reading() as r:
            write_request(r, path, r.meta(ASKED_AS))

    with store.reading() as r:
        name = r.meta(ASKED_AS)
    return download(written(write), f"加入申请-{name or '本机'}.json", REQUEST)


@area.post("/answer")
@anyone
def answered() -> Answer:
    """Take in what the laptop above gave back: the answer as a code, or the file; after that the first account is asked for."""
    store, form, upload = _store(), Form.sent(), request.files.get("file")
    with form.beside("file" if upload and upload.filename else "text", CampError):
        if upload is None or not upload.filename:
            _take_words(store, form.typed("text"))
            return respond.go(url_for("joining.waiting"))
        with passing_upload(upload) as path:
            if is_picture(path):
                _take_words(store, code_in(path, "或把上级屏幕上的那段文字复制过来。"))
                return respond.go(url_for("joining.waiting"))
            if _is_request(path):
                raise BadInput("这是申请文件，不是上级给的文件。", hint="请把它交给上级，再把上级还回来的文件选到这里。")
            _take_file(store, path)
            return respond.go(url_for("start.doors"))
    return _waiting(store, form, 422)


@area.post("/leave")
@anyone
def leave() -> Answer:
    """Let go of a request that was made by mistake: nothing was recorded yet, and the three ways stand open again."""
    with frame().lock:
        store = _store()
        if frame().asking is not None:
            return respond.go(url_for("drafts.leaving"))
        frame().store = None
        data_file.discard(store)
    return respond.go(url_for("start.doors"))


def _take_words(store: Store, text: str) -> None:
    if not text.strip():
        raise BadInput(
            "还没有选文件，也没有填文字。", reason="missing_value", hint="请选上级给的文件、二维码的照片，或粘贴那段文字。"
        )
    with store.writing(begins=False) as w:
        keep_answer(w, text)


def _take_file(store: Store, path: Path) -> None:
    with store.reading() as r:
        check_camp(r, PackReader(path, own_sealing_keys(r), path.name))
    accept_pack(store, path, name=path.name)
    with store.writing() as w:
        use_answer(w)


def _is_request(path: Path) -> bool:
    try:
        return path.stat().st_size < 1 << 16 and bool(read_request(path).key)
    except CampError:
        return False


def _store() -> Store:
    """The data file of a laptop that waits. Raises NotAllowed away from this machine, NotFound where none waits."""
    own_machine()
    store = frame().asking or frame().store
    if store is not None:
        with store.reading() as r:
            if not worlds.load(r).root_unit:
                return store
    raise NotFound("这台电脑没有在等上级的答复。", reason="link_ended", hint="请回到首页。")


def _waiting(store: Store, form: Form, status: int = 200) -> Answer:
    with store.reading() as r:
        asked, agreed = asking(r, r.meta(ASKED_AS)), kept_answer(r)
    return respond.page("nodes/waiting.html", _page(asked, agreed, form), status)


def _page(asked: Request, agreed: Agreed | None, form: Form) -> WaitingPage:
    words, book = qr_words(asked), frame().catalogue.book
    presets = sorted(((name, book.preset(name)[Camp].name) for name in book.preset_names()), reverse=True)  # the notice's first
    return WaitingPage(asked.name, spoken(asked), qr_picture(words) if words else "", check_code(asked), agreed,
                       frame().asking is not None, tuple(presets), form)  # fmt: skip
