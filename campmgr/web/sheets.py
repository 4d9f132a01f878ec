"""Importing people and marks from a spreadsheet: upload, look at what would happen, import the same bytes, take it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from flask import Blueprint, request, url_for

from campmgr.actions.importing import Imported, Reject
from campmgr.errors import CampError
from campmgr.files.importing import FileImported, Options, import_file, save_rejects
from campmgr.files.layouts import LAYOUTS, ImportKind
from campmgr.files.report_table import write_report
from campmgr.projections.units import Unit
from campmgr.projections.world import World
from campmgr.queries.accounts import Account, is_theirs, unit_for
from campmgr.web import respond
from campmgr.web.current import frame, me, reading
from campmgr.web.downloads import XLSX, download, written
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.respond import Answer
from campmgr.web.uploads import drop_upload, keep_upload, kept_upload

area = Blueprint("sheets", __name__, url_prefix="/desk/units/<code>/import")

KINDS: dict[ImportKind, str] = {"people": "人员名单", "marks": "学习记录"}
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A kind of file a coordinator imports, its name, and the headings it may have."""

    kind: str
    words: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChooseFilePage:
    """What can be imported."""

    unit: Unit
    kinds: tuple[SheetKind, ...]
    form: Form


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What an import would do: counts, columns, the first rows that cannot be taken; `kept` names the kept bytes."""

    unit: Unit
    kind: str
    words: str
    file_name: str
    kept: str
    counts: Imported
    columns: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...]
    rejects: tuple[tuple[Reject, str], ...]


@area.get("")
@require("coordinator")
def choose(code: str) -> Answer:
    """Choose a file."""
    return _choose(code, Form())


@area.get("/<kind>.xlsx")
@require("coordinator")
def blank(code: str, kind: str) -> Answer:
    """An empty workbook with the right headings."""
    with reading() as (_r, world):
        unit_for(world, me(), code)
    sort = _kind(kind)
    headings = _headings(sort)

    def write(path: Path) -> None:
        write_report(path, KINDS[sort], headings, [])

    return download(written(write), f"{KINDS[sort]}-空表.xlsx", XLSX)


@area.post("/preview")
@require("coordinator")
def preview(code: str) -> Answer:
    """Keep the file and show what importing it would do; nothing is written to the ledger."""
    form, sort = Form.sent(), _kind(Form.sent().typed("kind"))
    with reading() as (_r, world):
        unit = unit_for(world, me(), code)
        options = _options(world, me(), unit, dry_run=True)
    upload = request.files.get("file")
    try:
        path = keep_upload(upload)
        result = import_file(frame().open_store(), sort, path, options)
    except CampError as problem:
        if problem.status >= 500:
            raise
        form.refuse(f"file-{sort}", problem)
        return _choose(code, form, 422)
    return respond.page("desk/preview.html", _preview(unit, sort, upload.filename if upload else "", path, result))


@area.post("/rejects")
@require("coordinator")
def rejects(code: str) -> Answer:
    """The rows that would not be taken as a workbook, each with its reason, to correct and import again."""
    form = Form.sent()
    sort, path = _kind(form.typed("kind")), kept_upload(form.typed("kept"))
    with reading() as (_r, world):
        options = _options(world, me(), unit_for(world, me(), code), dry_run=True)
    result = import_file(frame().open_store(), sort, path, options)

    def write(target: Path) -> None:
        save_rejects(target, path, result, world.rules.limits.import_bytes)

    return download(written(write), f"{KINDS[sort]}-未导入的行.xlsx", XLSX)


@area.post("/commit")
@require("coordinator")
def commit(code: str) -> Answer:
    """Import the very bytes that were previewed, as one batch; the kept file is deleted."""
    form = Form.sent()
    sort, path = _kind(form.typed("kind")), kept_upload(form.typed("kept"))
    with reading() as (_r, world):
        unit = unit_for(world, me(), code)
        options = replace(_options(world, me(), unit, dry_run=False), file_name=form.text("name", required=False))
    result = import_file(frame().open_store(), sort, path, options)
    drop_upload(path)
    if result.batch is None:
        form.wrong(f"file-{sort}", "这份表格里没有新内容，什么也没有改变。")
        return _choose(code, form)
    return respond.go(url_for("batches.show", batch=result.batch, unit=unit.unit))


def _options(world: World, account: Account, unit: Unit, *, dry_run: bool) -> Options:
    """Rows without a unit belong to this one; rows of units that are not the account's are rejected."""
    theirs = frozenset(each.unit for each in world.tree.units.values() if is_theirs(world, account, each))
    return Options(unit=unit.unit, dry_run=dry_run, actor=account.actor, within=theirs)


def _kind(text: str) -> ImportKind:
    """What a coordinator may import; people where the form says something else."""
    return text if text in KINDS else "people"


def _headings(sort: ImportKind) -> tuple[str, ...]:
    """The headings of an empty sheet: without the column for ticks, since a row without one would say that nobody came."""
    return tuple(column.heading for column in LAYOUTS[sort].columns if column.field != "came")


def _choose(code: str, form: Form, status: int = 200) -> Answer:
    with reading() as (_r, world):
        unit = unit_for(world, me(), code)
    kinds = tuple(SheetKind(kind, words, _headings(kind)) for kind, words in KINDS.items())
    return respond.page("desk/sheets.html", ChooseFilePage(unit, kinds, form), status)


def _preview(unit: Unit, sort: ImportKind, name: str | None, path: Path, result: FileImported) -> PreviewPage:
    columns = tuple((column.heading, result.columns.heading(column.field)) for column in LAYOUTS[sort].columns
                    if column.field in result.columns.fields)  # fmt: skip
    shown = tuple((each, result.columns.heading(each.column) or each.column) for each in result.counts.rejects[:_SHOWN])
    return PreviewPage(unit, sort, KINDS[sort], name or "", path.name, result.counts, columns, tuple(result.columns.ignored), shown)
