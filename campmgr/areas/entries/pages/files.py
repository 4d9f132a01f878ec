"""A work with its files: what was found of each beside the rule and how to mend it; attached, taken off, opened to be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import activity_for, unit_for
from campmgr.areas.entries.actions.agreeing import agree
from campmgr.areas.entries.actions.files import attach_file, drop_file
from campmgr.areas.entries.files.folder import keep_file, kept_file
from campmgr.areas.entries.files.probing import digest_of, probe_file
from campmgr.areas.entries.kinds import ENTRIES, ROLES
from campmgr.areas.entries.queries.entries import Entry, entry_of
from campmgr.areas.entries.rules.agreements import Agreed, Statement, agreement_of, statements_of
from campmgr.areas.entries.rules.checking import Checked, check_attached
from campmgr.areas.entries.rules.probes import Probe
from campmgr.areas.entries.settings import Entries
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts.activities import Activity
from campmgr.facts.batches import batch_of_press
from campmgr.facts.inventory_rows import row_of
from campmgr.facts.saying import closed
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import frame, me, reading, writing
from campmgr.web.done import told
from campmgr.web.downloads import download_kept
from campmgr.web.forms import Form, shown_of
from campmgr.web.guard import most_bytes, require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.web.uploads import passing_upload

area = Blueprint("entry_files", __name__, url_prefix="/desk/units/<code>/a/<activity>/files/<row>")

_BYTES = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file of a work as it was attached, judged by the rules of now; whether it lies on this computer."""

    role: str
    checked: Checked
    is_here: bool


@dataclass(frozen=True, slots=True)
class EntryFilesPage:
    """A work with its files, what is to be agreed to, each text with how it was, and what a file may be.

    `version` of the texts; `shown`: what the boxes were drawn for; `most`: how many MB a browser may send, larger ones are for the
    command.
    """

    activity: Activity
    address: str
    unit: Unit
    entry: Entry
    files: tuple[FileShown, ...]
    statements: tuple[tuple[Statement, Agreed | None], ...]
    version: str
    shown: str
    roles: tuple[tuple[str, str], ...]
    most: int
    may_write: bool
    form: Form


@area.get("")
@require("viewer")
def shown(code: str, activity: str, row: str) -> Answer:
    """A work of the unit in hand. Raises NotFound."""
    return _page(code, activity, row, Form())


@area.post("")
@require("coordinator")
def attach(code: str, activity: str, row: str) -> Answer:
    """Attach a file: looked at, kept beside the data file, then said."""
    form = Form.sent()
    role = form.choice("role", ROLES)
    with form.beside("file", BadInput), _looked_at() as (path, probe):
        if not form.errors:
            digest = probe.sha256 or digest_of(path)
            keep = partial(keep_file, frame().open_store().path, path, digest)
            return say_attached(code, activity, row, role, probe, digest, keep)
    return _page(code, activity, row, form, 422)


def say_attached(
    code: str, activity: str, row: str, role: str, probe: Probe, digest: str, keep: Callable[[], object]
) -> Answer:  # fmt: skip
    """Say that a file was attached which was looked at and hashed, keep it, go to the work's page. Raises BadInput, NotFound."""
    to = url_for("entry_files.shown", code=code, activity=activity, row=row)
    with writing() as (w, world):
        found, unit = activity_for(world, me(), activity, "entries"), unit_for(world, me(), code)
        entry = entry_in(w, world, found, unit, row)
        if found.id in world.closed:
            raise closed(found)
        if (role, digest) in {(each.role, each.probe.sha256) for each in entry.files}:
            return told(w, _("这个文件已经附上了，没有改动。"), to)
        fact = attach_file(w, entry.row, role, replace(probe, sha256=digest), me().actor)
        keep()
        passes = check_attached(probe, found.rules, role, entry.kind).passes
        return told(w, _("已附上，合格。") if passes else _("已附上，但不合格：请看下面怎样修改。"), to, undo=fact.chain)


@area.post("/agreements")
@require("coordinator")
def agreements(code: str, activity: str, row: str) -> Answer:
    """What the makers agreed to: the boxes as they are ticked now."""
    form = Form.sent()
    with writing() as (w, world):
        found, unit = activity_for(world, me(), activity, "entries"), unit_for(world, me(), code)
        entry = entry_in(w, world, found, unit, row)
        every = statements_of(found.rules[Entries])
        if not form.is_stale(_texts_shown(found), _("要承诺的刚才有了改动，还没有保存。请看一眼现在的，再逐项勾选。")):
            with form.beside("agreed", BadInput, Refused):
                ticked = [int(each) for each in form.choices("agreed", {str(each.number) for each in every})]
                batch = batch_of_press(w, "agreed", form.client_id)
                facts = agree(w, [entry.row], ticked, batch=batch, actor=me().actor)
                words = _("已记下承诺，共 %(n)s 项。") % {"n": len(ticked)} if facts else _("没有改动。")
                to = url_for("entry_files.shown", code=code, activity=activity, row=row)
                return told(w, words, to, undo=batch) if facts else told(w, words, to)
    return _page(code, activity, row, form, form.status)


@area.post("/drop")
@require("coordinator")
def drop(code: str, activity: str, row: str) -> Answer:
    """Take a file off the work. Raises NotFound for one that it does not have."""
    form = Form.sent()
    role, digest = form.typed("role"), form.typed("sha256")
    with writing() as (w, world):
        found, unit = activity_for(world, me(), activity, "entries"), unit_for(world, me(), code)
        entry = entry_in(w, world, found, unit, row)
        name = next((each.probe.name for each in entry.files if (each.role, each.probe.sha256) == (role, digest)), "")
        if not name:
            raise _no_file()
        with form.beside("file", BadInput, Refused):
            fact = drop_file(w, entry.row, role, digest, name, me().actor)
            return told(w, _("已撤下文件。"), url_for("entry_files.shown", code=code, activity=activity, row=row), undo=fact.chain)
    return _page(code, activity, row, form, 422)


@area.get("/<digest>")
@require("viewer")
def file(code: str, activity: str, row: str, digest: str) -> Answer:
    """One file of the work, to be saved. Raises NotFound for one of another work, and where it is not on this computer."""
    with reading() as (r, world):
        found, unit = activity_for(world, me(), activity, "entries"), unit_for(world, me(), code)
        entry = entry_in(r, world, found, unit, row)
    name = next((each.probe.name for each in entry.files if each.probe.sha256 == digest), "")
    kept = kept_file(frame().open_store().path, digest) if name else None
    if kept is None:
        raise (
            _no_file()
            if not name
            else NotFound("文件不在这台电脑上，体检结果是当时的。", hint="请到附上它的电脑上看，或再附一次。")
        )
    return download_kept(kept, name, _BYTES)


@contextmanager
def _looked_at() -> Iterator[tuple[Path, Probe]]:
    """The file that was sent, with what it was found to be, whatever its size. Raises as `passing_upload`."""
    with passing_upload(request.files.get("file")) as path:
        yield path, probe_file(path)


def _texts_shown(activity: Activity) -> str:
    asked = activity.rules[Entries]
    return shown_of(asked.statements_version, *asked.statements)


def _no_file() -> NotFound:
    return NotFound("这件作品没有这个文件。", reason="unknown_fact", hint="请回到作品页再看一遍。")


def entry_in(r: Reader, world: World, activity: Activity, unit: Unit, row: str) -> Entry:
    """A work of the unit and activity in hand. Raises NotFound for one of another, and for one that was dropped."""
    known = row_of(r, ENTRIES, row)
    entry = entry_of(r, world, activity, known) if (known.activity, known.unit) == (activity.id, unit.unit) else None
    if entry is None:
        raise NotFound("没有这件作品，或已经撤下。", reason="unknown_work", hint="请回到列表里选。")
    return entry


def _page(code: str, activity: str, row: str, form: Form, status: int = 200) -> Answer:
    account, data_file = me(), frame().open_store().path
    with reading() as (r, world):
        found, unit = activity_for(world, account, activity, "entries"), unit_for(world, account, code)
        entry = entry_in(r, world, found, unit, row)
        address, may_write = world.activities.address(found), found.is_open and account.has("coordinator")
    files = tuple(
        FileShown(
            each.role,
            check_attached(each.probe, found.rules, each.role, entry.kind),
            kept_file(data_file, each.probe.sha256 or "") is not None,
        )
        for each in entry.files
    )
    roles = tuple((each, _(each)) for each in ROLES)
    asked = found.rules[Entries]
    statements = tuple((each, agreement_of(asked, each, entry.agreed)) for each in statements_of(asked))
    page = EntryFilesPage(
        found, address, unit, entry, files, statements, asked.statements_version, _texts_shown(found), roles, most_bytes() // 2**20,
        may_write, form,
    )  # fmt: skip
    return respond.page("entries/files.html", page, status)
