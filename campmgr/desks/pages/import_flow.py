"""The one import machine behind every page that takes a spreadsheet.

A file is kept, looked at, tried without writing anything; how it is read can be changed and tried again; then the very same bytes
are imported as one batch. Trying and importing are jobs: a closed page stops neither. The areas say where they live (`Way`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

from flask import request, url_for

from campmgr.desks.pages.import_preview import KeptFile, RowLine, Tried, Way, lines_told, preview_page, read_as
from campmgr.desks.queries.batches import recorded
from campmgr.errors import NotFound
from campmgr.files.imports.choices import ENCODINGS, Choices
from campmgr.files.imports.importing import FileImported, import_file
from campmgr.files.imports.layouts import Layout
from campmgr.files.imports.local import keep_mapping, mapping_of
from campmgr.files.imports.looking import look, open_chosen
from campmgr.files.imports.rejects import save_rejects
from campmgr.files.imports.sealed_sheet import opened_sheet
from campmgr.files.imports.sheets import sheets_of
from campmgr.ids import random_id
from campmgr.store.door import Store
from campmgr.web import respond, working
from campmgr.web.current import frame, me, reading, writing
from campmgr.web.downloads import XLSX, download, written
from campmgr.web.forms import Form
from campmgr.web.i18n import _
from campmgr.web.jobs import Progress
from campmgr.web.respond import Answer
from campmgr.web.uploads import drop_upload, keep_upload, kept_upload

_COLUMN = "col-"


def previewed(way: Way, form: Form) -> Answer:
    """Keep a file, or take a kept one read in another way, and show what importing it would do; nothing is written.

    Raises CampError where the file cannot be read at all.
    """
    source = _sent_source(form)
    if form.typed("kept"):
        path = kept_upload(source.kept)
    else:
        upload = request.files.get("file")
        path = keep_upload(upload)
        source = replace(source, kept=path.name, name=(upload.filename if upload else "") or "", choices=_remembered(way))
    name = random_id()
    job = working.start(_("预览：") + source.name, _trying(way, source, path), lambda _result: way.again.replace("JOB", name), name)
    return working.answer_of(job)


def shown_again(way: Way, job: str) -> Answer:
    """The preview of a job that took long. Raises NotFound once it is no longer kept."""
    known = frame().jobs.job(me().account, job)
    if known is None or not isinstance(known.result, Tried):
        raise NotFound("这次预览的结果已经过期。", reason="no_such_page", hint="请重新选择文件。")
    return preview_page(way, known.result, job, _layouts(), request.args.get("show", ""))


def committed(way: Way, form: Form) -> Answer:
    """Import the very bytes that were looked at, read as they were; pressed twice, it is imported once. The kept file is deleted.

    Raises CampError.
    """
    batch = form.client_id if form.client_id.isascii() and form.client_id.isalnum() else random_id()
    if answer := _known(batch):
        return answer
    source = _sent_source(form)
    path = kept_upload(source.kept)
    _remember(way, source, path)
    store = frame().open_store()
    options = replace(
        way.options,
        read_at=source.read_at,
        lesson=source.lesson,
        file_name=source.name,
        choices=source.choices,
        form=_sent_again(way, source),
    )
    receipt = url_for("batches.show", batch="BATCH", unit=way.unit.address if way.unit else None)
    nothing, rejects_at, known = way.answers or way.choose + "?nothing=1", rejects_of(batch), _layouts()

    def work(told: Progress) -> FileImported:
        result = import_file(store, way.layout.name, path, replace(options, batch=batch), told)
        if result.counts.rejects:
            _save_rejected(store, way, known, source, path, result, rejects_at)
        drop_upload(path)
        return result

    def to(result: object) -> str:
        done = cast("FileImported", result)
        return receipt.replace("BATCH", done.batch) if done.batch else nothing

    return working.answer_of(working.start(_("导入：") + source.name, work, to, batch))


def rejected(way: Way, form: Form) -> Answer:
    """The rows that would not be taken, as a workbook, each with its reasons, to correct and import again."""
    source = _sent_source(form)
    path = kept_upload(source.kept)
    known = frame().jobs.job(me().account, form.typed("job"))
    tried = known.result if known is not None and isinstance(known.result, Tried) and known.result.source == source else None
    result = tried.result if tried else None
    if result is None:
        options = replace(way.options, read_at=source.read_at, lesson=source.lesson, choices=source.choices, dry_run=True)
        result = import_file(frame().open_store(), way.layout.name, path, options)

    def write(target: Path) -> None:
        _save_rejected(frame().open_store(), way, _layouts(), source, path, result, target)

    return download(written(write), f"{way.called}-未导入的行.xlsx", XLSX)


def rejects_of(batch: str) -> Path:
    """Where the rows that an import left out are, as a workbook: kept with its job for a day; there may be none."""
    return frame().jobs.folder(me().account, batch) / "rejects.xlsx"


def left_out(batch: str) -> tuple[tuple[RowLine, ...], tuple[RowLine, ...]]:
    """The first rows that an import left out, with why, and what it noted of the others; none once that is no longer known."""
    job = frame().jobs.job(me().account, batch)
    if job is None or not isinstance(job.result, FileImported):
        return (), ()
    return lines_told(job.result, _layouts())


def _save_rejected(
    store: Store, way: Way, known: list[Layout], source: KeptFile, path: Path, result: FileImported, target: Path
) -> None:
    """Write what an import left out; also after its request, so the store is handed over."""
    with opened_sheet(store, way.layout, path, way.limit) as plain:
        _, parts = open_chosen(plain, way.layout, known, source.choices, way.limit)
        save_rejects(target, way.layout, parts, result.counts.rejects)


def _known(batch: str) -> Answer | None:
    """Where a form that was sent before leads: to its job, or to what came of it."""
    job = frame().jobs.job(me().account, batch)
    if job is not None:
        return working.answer_of(job)
    with reading() as (r, _world):
        return respond.go(url_for("batches.show", batch=batch)) if recorded(r, [batch]) else None


def _trying(way: Way, source: KeptFile, path: Path) -> Callable[[Progress], Tried]:
    store = frame().open_store()
    options = replace(
        way.options, read_at=source.read_at, lesson=source.lesson, file_name=source.name, choices=source.choices, dry_run=True
    )

    known = _layouts()

    def work(told: Progress) -> Tried:
        with opened_sheet(store, way.layout, path, way.limit) as plain:
            seen = look(plain, way.layout, known, source.choices, way.limit)
        return Tried(source, seen, None if seen.problem else import_file(store, way.layout.name, path, options, told))

    return work


def _sent_source(form: Form) -> KeptFile:
    """What a form says of a kept file. Columns chosen for another sheet, encoding or row of headings mean nothing any more."""
    encoding = form.typed("encoding")
    row = form.typed("heading_row")
    choices = Choices(
        sheet=form.typed("sheet")[:200],
        encoding=encoding if encoding in ENCODINGS else "",
        heading_row=int(row) if row.isascii() and row.isdigit() and 0 < int(row[:5]) <= 1000 else 0,
        skip_hidden=form.typed("skip_hidden") == "1",
    )
    if form.typed("was") in {"", read_as(choices)}:
        fields = {column.field for layout in _layouts() for column in layout.columns}
        sent = {field: form.typed(_COLUMN + field, "?")[:200] for field in fields}
        choices = replace(choices, columns={field: sent[field] for field in sorted(sent) if sent[field] != "?"})
    return KeptFile(
        form.typed("kept"), form.text("name", required=False), form.typed("read_at")[:40], form.typed("lesson")[:64], choices
    )


def _sent_again(way: Way, source: KeptFile) -> dict[str, str]:
    """What a form sends that imports the file as it is imported now, and the address it sends it to."""
    choices = source.choices
    fields = {
        "action": way.commit, "kind": way.layout.name, "kept": source.kept, "name": source.name, "read_at": source.read_at,
        "lesson": source.lesson,
        "sheet": choices.sheet, "encoding": choices.encoding, "heading_row": str(choices.heading_row or ""),
        "skip_hidden": "1" if choices.skip_hidden else "",
    }  # fmt: skip
    return fields | {_COLUMN + field: column for field, column in choices.columns.items()}


def _remembered(way: Way) -> Choices:
    with reading() as (r, _world):
        return Choices(columns=mapping_of(r, way.remembered_for, way.layout.name))


def _remember(way: Way, source: KeptFile, path: Path) -> None:
    """Keep what was chosen otherwise than this program would have done by itself, by the headings."""
    if not source.choices.columns:
        return
    known = _layouts()
    with opened_sheet(frame().open_store(), way.layout, path, way.limit) as plain:
        chosen = look(plain, way.layout, known, source.choices, way.limit)
        as_is = look(plain, way.layout, known, replace(source.choices, columns={}), way.limit)
    usual = {field.field: field.place for field in as_is.fields}
    heading = {column.place: column.heading for column in chosen.columns}
    mapping = {}
    for field in chosen.fields:
        place, before = field.place, usual[field.field]
        if place is not None and place != before and heading.get(place):
            mapping[field.field] = heading[place]
        elif place is None and before is not None:
            mapping[field.field] = "!" + heading.get(before, "")
    with writing() as (w, _world):
        keep_mapping(w, way.remembered_for, way.layout.name, mapping)


def layout_of(kind: str) -> Layout:
    """What a kind of spreadsheet is read by."""
    return sheets_of(frame().catalogue)[kind].layout


def _layouts() -> list[Layout]:
    return [sheet.layout for sheet in sheets_of(frame().catalogue).values()]
