"""What a laptop without a camp asks in its own browser: open one, join one, restore a backup. Only then is there a data file."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, request, url_for

from campmgr.accounts.local import has_organizer
from campmgr.areas.drafts.actions import carry_accounts
from campmgr.areas.drafts.queries import drafts_in
from campmgr.areas.nodes.files.packs import recover_root
from campmgr.clock import minute_text
from campmgr.desks.pages.setup import is_first_start
from campmgr.desks.queries.restored import RestoredFile, restored_file
from campmgr.errors import BadInput, CampError, NotFound
from campmgr.facts import world as worlds
from campmgr.facts.laptops import own_place
from campmgr.facts.recovery import recovery_of
from campmgr.facts.refolding import rebuild_if_due
from campmgr.store import backups, data_file, upkeep
from campmgr.store.door import Store
from campmgr.web import respond
from campmgr.web.current import frame
from campmgr.web.forms import Form
from campmgr.web.guard import anyone, own_machine
from campmgr.web.respond import Answer
from campmgr.web.uploads import passing_upload

area = Blueprint("start", __name__, url_prefix="/start")


@dataclass(frozen=True, slots=True)
class DoorsPage:
    """The three ways to begin; `path`: where the data file would lie."""

    path: str


@dataclass(frozen=True, slots=True)
class RestorePage:
    """The form that takes a backup; `found`: backups that lie on this machine and its sticks, each with its path and words."""

    found: tuple[tuple[str, str], ...]
    form: Form


@dataclass(frozen=True, slots=True)
class RestoredPage:
    """What came back with a backup, and whom to ask for the rest; `nobody`: whether no account is in it."""

    file: RestoredFile
    nobody: bool


@area.get("/")
@anyone
def doors() -> Answer:
    """Where a laptop begins: the three ways, or the one it has gone as far as it got."""
    own_machine()
    _go_on_from_drafts()
    store = frame().store
    if store is None:
        return respond.page("desks/start.html", DoorsPage(str(frame().settings.data_path)))
    if frame().drafts is not None and not is_first_start():
        return respond.go(url_for("office_drafts.choose"))
    with store.reading() as r:
        is_enrolled = bool(worlds.load(r).root_unit)
    if not is_enrolled:
        return respond.go(url_for("joining.waiting"))
    return respond.go(url_for("setup.set_up") if is_first_start() else url_for("public.camp"))


@area.get("/restore")
@anyone
def restore() -> Answer:
    """The form for a backup."""
    _check()
    return _restore(Form())


@area.post("/restore")
@anyone
def restored_sent() -> Answer:
    """Make a data file of a backup: of this laptop's own, or, with the words of the recovery sheet, of the camp's root."""
    form = Form.sent()
    with frame().lock:
        _check()
        store = _store_of(form)
        if store is None:
            return _restore(form, 422)
        frame().store, frame().setup_hash = store, ""
    return respond.go(url_for("start.restored"))


@area.get("/restored")
@anyone
def restored() -> Answer:
    """What came back, and what to ask the neighbours for."""
    own_machine()
    with frame().open_store().reading() as r:
        found = restored_file(r, worlds.load(r))
    return respond.page("desks/restored.html", RestoredPage(found, is_first_start()))


def _go_on_from_drafts() -> None:
    """Once a laptop with drafts was taken in its pages are the camp's, and who worked on the drafts goes on there, logged in."""
    with frame().lock:
        store, drafts = (frame().asking, frame().store) if frame().asking else (frame().store, frame().drafts)
        if store is None or drafts is None:
            return
        with store.writing() as w:
            world = worlds.load(w)
            if not world.root_unit or has_organizer(w):
                return
            with drafts.reading() as r:
                carry_accounts(w, r, *own_place(w, world))
                is_empty = drafts_in(r, worlds.load(r)).is_empty
        frame().store, frame().asking, frame().drafts = store, None, None if is_empty else drafts
        if is_empty:
            data_file.discard(drafts)


def _store_of(form: Form) -> Store | None:
    """The data file that comes of what was sent; None where something was wrong, with a sentence beside its field."""
    path, plan = frame().settings.data_path, frame().catalogue
    by_reason = {"wrong_recovery_code": "recovery", "wrong_password": "password"}
    with ExitStack() as stack, form.beside("file", CampError, by_reason=by_reason):
        recovery = recovery_of(form.typed("recovery")) if form.typed("recovery").strip() else None
        source = stack.enter_context(backups.opened_backup(_source(form, stack), form.typed("password")))
        if recovery:
            recover_root(path, source, recovery, plan)
        else:
            upkeep.restore(source, path, plan)
        store = data_file.open_file(path, plan)
        rebuild_if_due(store)
        return store
    return None


def _source(form: Form, stack: ExitStack) -> Path:
    """The backup that was sent, or chosen among those found. Raises BadInput, NotFound."""
    chosen, upload = form.typed("found"), request.files.get("file")
    if upload is not None and upload.filename:
        return stack.enter_context(passing_upload(upload))
    if not chosen:
        raise BadInput("还没有选择备份。", reason="missing_value", hint="请选一份找到的备份，或点“选择文件”。")
    found = next((each.path for each in backups.backups_found() if str(each.path) == chosen), None)
    if found is None:
        raise NotFound("这份备份已经不在了。", reason="no_data_file", hint="请插好 U 盘或移动硬盘，再试一次。")
    return found


def _check() -> None:
    """Raises NotAllowed away from this machine, NotFound once there is a data file."""
    own_machine()
    if frame().store is not None:
        raise NotFound("这台电脑已经有数据了，不能再恢复。", reason="link_ended", hint="请回到首页。")


def _restore(form: Form, status: int = 200) -> Answer:
    found = tuple((str(each.path), f"{minute_text(each.made_at)}　{each.path.parent}") for each in
                  sorted(backups.backups_found(), key=lambda each: each.made_at, reverse=True)[:8])  # fmt: skip
    return respond.page("desks/restore.html", RestorePage(found, form), status)
