"""Several tables of one kind at once, as they come back from many units: looked at and imported together, each accounted for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask import Blueprint, request, url_for
from werkzeug.datastructures import FileStorage

from campmgr.desks.pages import sheets
from campmgr.desks.pages.import_preview import Way
from campmgr.errors import BadInput, CampError, NotFound
from campmgr.facts.units import Unit
from campmgr.files.imports.importing import FileImported, import_file
from campmgr.files.read_table import file_sha256
from campmgr.ids import random_id
from campmgr.web import respond, working
from campmgr.web.current import frame, me, reading
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.jobs import Progress, Work
from campmgr.web.respond import Answer
from campmgr.web.uploads import MOST_KEPT, drop_upload, keep_upload, kept_upload

area = Blueprint("many_sheets", __name__, url_prefix="/desk/units/<code>/import/many")

_TOLD = 3
"""Sentences of one file that are shown; all of them stand where it is looked at alone."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """One of the files: the name of its bytes ("" where they could not even be kept), what it was called, and what importing it
    came to, or the sentence with which it was refused; `double`: what the one before it was called that holds the same bytes.
    """

    kept: str
    name: str
    result: FileImported | None = None
    refused: str = ""
    double: str = ""

    @property
    def brings(self) -> bool:
        """Whether anything of it is to be imported."""
        return bool(self.result and self.result.counts.new + self.result.counts.changed)

    @property
    def told(self) -> tuple[str, ...]:
        """What somebody should know of it: what its lines said, then which rows were left out."""
        if self.result is None:
            return ()
        counts = self.result.counts
        notes = [each.sentence for each in counts.notes if each.reason in {"form_line", "several_sheets"}]
        rows = [f"{each.sheet}第 {each.row} 行：{each.sentence}" for each in counts.rejects]
        more = [_("……还有 %(n)s 条。") % {"n": len(rows) - _TOLD}] if len(rows) > _TOLD else []
        return (*notes, *rows[:_TOLD], *more)


@dataclass(frozen=True, slots=True)
class SentFiles:
    """All that were sent for a unit: `is_done`, imported and not only looked at."""

    unit: str
    kind: str
    files: tuple[SentFile, ...]
    is_done: bool


@dataclass(frozen=True, slots=True)
class ManyFilesPage:
    """What becomes of each file; the job under which they are known, and the form that imports them."""

    unit: Unit
    called: str
    sent: SentFiles
    job: str
    form: Form

    @property
    def taken(self) -> int:
        """How many of the files bring anything."""
        return sum(each.brings for each in self.sent.files)

    @property
    def totals(self) -> tuple[int, int, int, int, int]:
        """Rows that are new, changed, unchanged, left out; files that were refused."""
        counts = [each.result.counts for each in self.sent.files if each.result]
        return (
            sum(each.new for each in counts), sum(each.changed for each in counts), sum(each.unchanged for each in counts),
            sum(each.rejected for each in counts), sum(1 for each in self.sent.files if each.refused),
        )  # fmt: skip


@area.post("")
@require("coordinator")
def look_at(code: str) -> Answer:
    """Keep the files and say what importing each would do; nothing is written."""
    form = Form.sent()
    way = sheets.way_of(code, form.typed("kind"))
    uploads = [each for each in request.files.getlist("files") if each.filename]
    if not 0 < len(uploads) <= MOST_KEPT:
        form.refuse("files", BadInput(f"请选择 1 到 {MOST_KEPT} 个文件。", reason="wrong_usage", hint="太多的话分几次来。"))
        return sheets.choose_again(code, form, 422)
    files = _each_once(map(_kept, uploads))
    return _started(way, _("预览：%(n)s 个文件") % {"n": len(files)}, files, is_done=False, job=random_id())


@area.get("/<job>")
@require("coordinator")
def shown(code: str, job: str) -> Answer:
    """What becomes, or became, of each file. Raises NotFound once that is no longer known."""
    sent = _sent(code, job)
    way = sheets.way_of(code, sent.kind)
    if way.unit is None:
        raise _forgotten()
    return respond.page("desks/many_sheets.html", ManyFilesPage(way.unit, way.called, sent, job, Form()))


@area.post("/commit")
@require("coordinator")
def commit(code: str) -> Answer:
    """Import the very bytes that were looked at, each file as a batch of its own; pressed twice, it is done once."""
    form = Form.sent()
    batch = form.client_id if form.client_id.isascii() and form.client_id.isalnum() else random_id()
    if known := frame().jobs.job(me().account, batch):
        return working.answer_of(known)
    sent = _sent(code, form.typed("job"))
    way = sheets.way_of(code, sent.kind)
    return _started(way, _("导入：%(n)s 个文件") % {"n": len(sent.files)}, sent.files, is_done=True, job=batch)


def _started(way: Way, title: str, files: tuple[SentFile, ...], *, is_done: bool, job: str) -> Answer:
    unit = way.unit.address if way.unit else ""
    to = url_for("many_sheets.shown", code=unit, job=job)
    work = _work(way, SentFiles(unit, way.layout.name, files, is_done))
    return working.answer_of(working.start(title, work, lambda _result: to, job))


def _work(way: Way, sent: SentFiles) -> Work:
    """What looks at all files, or imports all that bring anything."""
    store, unit = frame().open_store(), "" if _has_units_below(way) else way.options.unit
    paths = {each.kept: kept_upload(each.kept) for each in sent.files if each.kept}

    def one(each: SentFile, told: Progress) -> SentFile:
        if not each.kept or each.double or (sent.is_done and not each.brings):
            return each
        options = replace(way.options, unit=unit, file_name=each.name, dry_run=not sent.is_done)
        try:
            return replace(each, result=import_file(store, way.layout.name, paths[each.kept], options, told), refused="")
        except CampError as problem:
            return replace(each, result=None, refused=problem.sentence + problem.hint)

    def work(told: Progress) -> SentFiles:
        found = tuple(one(each, told) for each in sent.files)
        if sent.is_done:
            for path in paths.values():
                drop_upload(path)
        return replace(sent, files=found)

    return work


def _has_units_below(way: Way) -> bool:
    """Whether a form that names no unit could be anybody's."""
    with reading() as (_r, world):
        return way.options.unit in world.tree.uppers


def _kept(upload: FileStorage) -> SentFile:
    name = (upload.filename or "").replace("\\", "/").rpartition("/")[2]
    try:
        return SentFile(keep_upload(upload).name, name)
    except CampError as problem:  # an empty one among others
        return SentFile("", name, refused=problem.sentence + problem.hint)


def _each_once(files: Iterable[SentFile]) -> tuple[SentFile, ...]:
    """The files, a second copy of one told as what it is: looked at for itself it would promise its rows again."""
    first: dict[str, str] = {}
    found = []
    for each in files:
        digest = file_sha256(kept_upload(each.kept)) if each.kept else ""
        found.append(replace(each, double=first[digest]) if digest in first else each)
        if digest:
            first.setdefault(digest, each.name)
    return tuple(found)


def _sent(code: str, job: str) -> SentFiles:
    known = frame().jobs.job(me().account, job)
    if known is None or not isinstance(known.result, SentFiles) or known.result.unit != code:
        raise _forgotten()
    return known.result


def _forgotten() -> NotFound:
    return NotFound("这次预览的结果已经过期。", reason="no_such_page", hint="请重新选择文件。")
