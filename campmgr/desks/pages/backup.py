"""Backups in the office: where they go, how often, a passphrase; one now; and a drill that opens the last one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from flask import Blueprint, url_for

from campmgr.clock import minute_text
from campmgr.config import package_folder
from campmgr.desks.queries.restored import facts_held
from campmgr.desks.queries.since import Since, recorded_since
from campmgr.disk import drives
from campmgr.errors import BadInput, CampError, NotFound
from campmgr.facts.drill import Drilled, drill
from campmgr.ids import random_id
from campmgr.store import backups
from campmgr.store.backups import SEALED, Last, Plan
from campmgr.store.upgrading import copy_before, ends_in
from campmgr.web import respond, working
from campmgr.web.current import frame, me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_laptop
from campmgr.web.i18n import _
from campmgr.web.jobs import Progress
from campmgr.web.respond import Answer

area = Blueprint("office_backup", __name__, url_prefix="/office/backup")

_MOST_KEPT = 60
LOCKS = (("keep", "不变"), ("new", "用下面的口令封"), ("none", "不封"))


@dataclass(frozen=True, slots=True)
class BackupPage:
    """How this laptop is backed up, how the last one went, and the three forms; `places`: disks and sticks that are there now."""

    plan: Plan
    last: Last | None
    last_at: str
    good_at: str
    same_disk: bool
    places: tuple[str, ...]
    is_sealed: bool
    before: str
    """Where the data of before the last upgrade lies; ""."""
    form: Form

    @property
    def megabytes(self) -> str:
        """Size of the last one."""
        return f"{(self.last.size if self.last else 0) / 1e6:.1f}"

    @property
    def locks(self) -> tuple[tuple[str, str], ...]:
        """What can become of the passphrase."""
        return tuple((key, _(words)) for key, words in LOCKS if self.plan.lock or key != "keep")


@dataclass(frozen=True, slots=True)
class DrilledPage:
    """What a drill found, and how many facts stand here that the backup does not hold."""

    drilled: Drilled
    since: int


@dataclass(frozen=True, slots=True)
class SincePage:
    """Where the copy of before the upgrade lies, and what was recorded since."""

    path: str
    since: Since


@area.get("/")
@require("organizer")
def page() -> Answer:
    """How this laptop is backed up."""
    return _page(Form())


@area.post("/")
@require("organizer")
def plan() -> Answer:
    """Say where backups go, how often, how many are kept, and whether a passphrase closes them."""
    form = Form.sent()
    folder, keep = form.text("folder", most=300), form.number("keep", 1, _MOST_KEPT)
    lock = form.choice("lock", [key for key, _words in LOCKS])
    if folder and not Path(folder).expanduser().is_absolute():
        form.wrong("folder", "请写完整的路径，例如 E:\\ 或 D:\\备份。")
    elif folder and not Path(folder).expanduser().is_dir():
        form.wrong("folder", "没有这个文件夹。请插好移动硬盘或 U 盘，或先建好文件夹。")
    elif folder and _is_served(Path(folder).expanduser()):
        form.wrong("folder", "这是程序自己的文件夹，里面的文件谁都能从网页上取走。请另选一个文件夹。")
    with reading() as (r, world):
        whole_laptop(r, world)
        new = replace(backups.plan_of(r), folder=folder, daily=form.is_ticked("daily"), keep=keep or 7)
    if lock == "new":
        with form.beside("password", BadInput):
            if form.secret("password") != form.typed("again"):
                raise BadInput("两次写的口令不一样。", hint="请再写一遍。")
            new = backups.with_lock(new, form.typed("password"))
    if form.errors:
        return _page(form, 422)
    with writing() as (w, _world):
        earlier = backups.plan_text(backups.plan_of(w))
        backups.set_plan(w, replace(new, lock=None) if lock == "none" else new)
        return told(w, _("已保存备份安排。"), url_for("office_backup.page"), undo=earlier, way="replan")


@area.post("/now")
@require("organizer")
def now() -> Answer:
    """Make a backup now."""
    with reading() as (r, world):
        whole_laptop(r, world)
    store, form, to = frame().open_store(), Form(), url_for("office_backup.page")
    with form.beside("now", CampError):
        return working.answer_of(working.start(_("备份"), lambda _told: backups.back_up(store), lambda _made: to))
    return _page(form, 422)


@area.post("/drill")
@require("organizer")
def try_out() -> Answer:
    """Open the last backup and go through it."""
    with reading() as (r, world):
        whole_laptop(r, world)
        last = backups.last_of(r)
    form, catalogue, job = Form.sent(), frame().catalogue, random_id()
    password, to = form.typed("password"), url_for("office_backup.drilled", job=job)

    def work(_told: Progress) -> Drilled:
        return drill(Path(last.path if last else ""), password, catalogue)

    with form.beside("drill", CampError):
        if last is None or last.problem:
            raise NotFound("还没有做好的备份。", reason="no_data_file", hint="请先备份一次。")
        return working.answer_of(working.start(_("试开备份"), work, lambda _made: to, job))
    return _page(form, 422)


@area.get("/drilled/<job>")
@require("organizer")
def drilled(job: str) -> Answer:
    """What a drill found. Raises NotFound once that is no longer kept."""
    with reading() as (r, world):
        whole_laptop(r, world)
        facts = facts_held(r)
    known = frame().jobs.job(me().account, job)
    if known is None or not isinstance(known.result, Drilled):
        raise NotFound("这次试开的结果已经过期。", reason="no_such_page", hint="请再试开一次。")
    return respond.page("desks/drilled.html", DrilledPage(known.result, facts - known.result.facts))


@area.get("/since")
@require("organizer")
def since() -> Answer:
    """What was recorded since the last upgrade. Raises NotFound where no copy of before is there."""
    with reading() as (r, world):
        whole_laptop(r, world)
        before = copy_before(r)
        if before is None:
            raise NotFound("升级前的备份已经不在了。", reason="no_such_page", hint="请回到“备份”页面。")
        found = recorded_since(r, ends_in(before))
    return respond.page("desks/since.html", SincePage(str(before), found))


def _page(form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        whole_laptop(r, world)
        planned, last, before = backups.plan_of(r), backups.last_of(r), copy_before(r)
    places = tuple(str(each) for each in drives())
    shown = BackupPage(
        planned, last, minute_text(last.at) if last else "", minute_text(last.good_at) if last and last.good_at else "",
        bool(planned.folder) and _is_same_disk(Path(planned.folder), frame().open_store().path), places,
        last is not None and last.path.endswith(SEALED), str(before or ""), form,
    )  # fmt: skip
    return respond.page("desks/backup.html", shown, status)


def _is_served(folder: Path) -> bool:
    """Whether whoever opens a page can fetch what lies there."""
    return folder.resolve().is_relative_to(package_folder("static").resolve())


def _is_same_disk(folder: Path, data: Path) -> bool:
    try:
        return folder.stat().st_dev == data.stat().st_dev
    except OSError:
        return False
