"""A work with its files: what was found of each beside the rule and how to mend it; attached, taken off, opened to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import activity_for, unit_for
from campmgr.areas.entries.actions.files import attach_file, drop_file
from campmgr.areas.entries.files.folder import keep_file, kept_file
from campmgr.areas.entries.files.probing import digest_of, probe_file
from campmgr.areas.entries.kinds import ENTRIES, ROLES
from campmgr.areas.entries.queries.entries import Entry, entry_of
from campmgr.areas.entries.rules.checking import Checked, check_attached
from campmgr.areas.entries.rules.probes import Probe
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts.activities import Activity
from campmgr.facts.inventory_rows import row_of
from campmgr.facts.saying import closed
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.current import frame, me, reading, writing
from campmgr.web.done import told
from campmgr.web.downloads import download_kept
from campmgr.web.forms import Form
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
    """A work with its files, and what a file may be; `most`: how many MB a browser may send, larger ones are for the command."""

    activity: Activity
    address: str
    unit: Unit
    entry: Entry
    files: tuple[FileShown, ...]
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
    with form.beside("file", BadInput), _looked_at() as (path, probe), writing() as (w, world):
        found, unit = activity_for(world, me(), activity, "entries"), unit_for(world, me(), code)
        entry = _entry(w, world, found, unit, row)
        if found.id in world.closed:
            raise closed(found)
        if not form.errors:
            to = url_for("entry_files.shown", code=code, activity=activity, row=row)
            if (role, probe.sha256) in {(each.role, each.probe.sha256) for each in entry.files}:
                return told(w, _("这个文件已经附上了，没有改动。"), to)
            fact = attach_file(w, entry.row, role, probe, me().actor)
            keep_file(frame().open_store().path, path, probe.sha256 or "")
            passes = check_attached(probe, found.rules, role, entry.kind).passes
            return told(w, _("已附上，合格。") if passes else _("已附上，但不合格：请看下面怎样修改。"), to, undo=fact.chain)
    return _page(code, activity, row, form, 422)


@area.post("/drop")
@require("coordinator")
def drop(code: str, activity: str, row: str) -> Answer:
    """Take a file off the work. Raises NotFound for one that it does not have."""
    form = Form.sent()
    role, digest = form.typed("role"), form.typed("sha256")
    with writing() as (w, world):
        found, unit = activity_for(world, me(), activity, "entries"), unit_for(world, me(), code)
        entry = _entry(w, world, found, unit, row)
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
        entry = _entry(r, world, found, unit, row)
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
        probe = probe_file(path)
        yield path, probe if probe.sha256 else replace(probe, sha256=digest_of(path))


def _no_file() -> NotFound:
    return NotFound("这件作品没有这个文件。", reason="unknown_fact", hint="请回到作品页再看一遍。")


def _entry(r: Reader, world: World, activity: Activity, unit: Unit, row: str) -> Entry:
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
        entry = _entry(r, world, found, unit, row)
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
    page = EntryFilesPage(found, address, unit, entry, files, roles, most_bytes() // 2**20, may_write, form)
    return respond.page("entries/files.html", page, status)
