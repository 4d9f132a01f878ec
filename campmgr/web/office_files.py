"""Files into the office: units, lessons, like counts. Upload, look at what it would do, then do it (design 5, "Imports")."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, request, url_for

from campmgr.actions import corrections
from campmgr.errors import BadInput, CampError, NotFound
from campmgr.files.importing import FileImported, Options, import_file, save_rejects
from campmgr.files.layouts import LAYOUTS, ImportKind
from campmgr.queries.accounts import Account
from campmgr.web import respond
from campmgr.web.current import frame, reading, writing
from campmgr.web.downloads import XLSX, download, written
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.web.scope import whole_camp
from campmgr.web.uploads import drop_upload, keep_upload, kept_upload

area = Blueprint("office_import", __name__, url_prefix="/office/import")

KINDS: dict[ImportKind, str] = {"units": "单位", "lessons": "课程", "likes": "点赞数"}
_BACK: dict[ImportKind, str] = {
    "units": "office_units.top",
    "lessons": "office_lessons.lessons",
    "likes": "office_works.works",
}
_SHOWN = 50

Rejected = tuple[int, str, str, str]
"""The sheet's row number, the heading, what stands there, why not."""


@dataclass(frozen=True, slots=True)
class ImportPage:
    """A file on its way in. `step`: "choose", "preview" or "done"; `kept` names the file between the steps."""

    kind: str
    title: str
    step: str
    headings: tuple[str, ...]
    back: str
    kept: str
    name: str
    read_at: str
    result: FileImported | None
    rejects: tuple[Rejected, ...]
    form: Form


@area.get("/<kind>")
@require("organizer")
def choose(kind: str) -> Answer:
    """The form for a file."""
    known, _account, _limit = _allowed(kind)
    return _page(known, "choose", Form())


@area.post("/<kind>")
@require("organizer")
def preview(kind: str) -> Answer:
    """Keep the file and say what importing it would do; nothing is written."""
    known, account, _limit = _allowed(kind)
    form = Form.sent()
    read_at = _read_at(known, form)
    try:
        path = keep_upload(request.files.get("file"))
    except CampError as problem:
        form.refuse("file", problem)
        return _page(known, "choose", form, status=422)
    if form.errors:
        drop_upload(path)
        return _page(known, "choose", form, status=422)
    name = request.files["file"].filename or ""
    return _imported(known, path, form, Options(read_at=read_at, dry_run=True, actor=account.actor, file_name=name))


@area.post("/<kind>/commit")
@require("organizer")
def commit(kind: str) -> Answer:
    """Import the kept file: the same bytes that were looked at. Sent twice, the second finds them gone and says so."""
    known, account, _limit = _allowed(kind)
    form = Form.sent()
    path, read_at = kept_upload(form.typed("kept")), _read_at(known, form)
    name = form.text("name", required=False)
    return _imported(known, path, form, Options(read_at=read_at, actor=account.actor, file_name=name))


@area.post("/<kind>/rejects.xlsx")
@require("organizer")
def rejects(kind: str) -> Answer:
    """The rows of the kept file that would not be taken, each with its reason, to correct and send again."""
    known, _account, limit = _allowed(kind)
    form = Form.sent()
    path = kept_upload(form.typed("kept"))
    result = import_file(frame().open_store(), known, path, Options(read_at=_read_at(known, form), dry_run=True))
    return download(written(lambda out: save_rejects(out, path, result, limit)), f"{KINDS[known]}-未导入的行.xlsx", XLSX)


@area.post("/<kind>/undo")
@require("organizer")
def undo(kind: str) -> Answer:
    """Take a batch back, in every scope it touched."""
    known, account, _limit = _allowed(kind)
    batch = Form.sent().text("batch", most=64)
    with writing() as (w, _world):
        corrections.withdraw(w, batch, _("导入后撤回"), account.actor)
    return respond.changed(url_for(_BACK[known]))


def _imported(kind: ImportKind, path: Path, form: Form, options: Options) -> Answer:
    try:
        result = import_file(frame().open_store(), kind, path, options)
    except BadInput as problem:
        drop_upload(path)
        form.wrong("file", problem.sentence.replace(path.name, "这个文件") + problem.hint)
        return _page(kind, "choose", form, status=422)
    if options.dry_run:
        return _page(kind, "preview", form, result, path.name, options)
    drop_upload(path)
    return _page(kind, "done", form, result, "", options)


def _page(
    kind: ImportKind,
    step: str,
    form: Form,
    result: FileImported | None = None,
    kept: str = "",
    options: Options = Options(),  # noqa: B008 - frozen
    status: int = 200,
) -> Answer:
    headings = tuple(column.heading for column in LAYOUTS[kind].columns)
    rejected = _rejected(result) if result else ()
    page = ImportPage(kind, _(KINDS[kind]), step, headings, url_for(_BACK[kind]), kept, options.file_name, options.read_at, result,
                      rejected, form)  # fmt: skip
    return respond.page("office/import.html", page, status)


def _rejected(result: FileImported) -> tuple[Rejected, ...]:
    columns, lines = result.columns, result.counts.rejects[:_SHOWN]
    return tuple((each.row, columns.heading(each.column) or "", each.value, each.sentence) for each in lines)


def _allowed(kind: str) -> tuple[ImportKind, Account, int]:
    """The kind, who imports, how large a file may be. Raises NotFound for a kind that is not ours, NotAllowed."""
    known = next((each for each in KINDS if each == kind), None)
    if known is None:
        raise NotFound("没有这种导入。", reason="no_such_page", hint="请从单位、课程或作品页进入。")
    with reading() as (_r, world):
        return known, whole_camp(world), world.rules.limits.import_bytes


def _read_at(kind: ImportKind, form: Form) -> str:
    """When likes were read: never guessed, since a count without its time cannot be ranked at the cut-off (F-24)."""
    return form.text("read_at", most=25) if kind == "likes" else ""
