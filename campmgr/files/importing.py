"""A file into the ledger: columns found, cells read, rows planned and said, in one transaction; nothing half written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from campmgr.actions.carrying import carry
from campmgr.actions.import_lessons import LessonsPlanner
from campmgr.actions.import_likes import LikesPlanner
from campmgr.actions.import_marks import MarksPlanner
from campmgr.actions.import_people import PeoplePlanner
from campmgr.actions.import_units import UnitsPlanner, import_units
from campmgr.actions.imported_file import ImportedFile, keep_imported
from campmgr.actions.importing import Imported, ReadRow, RowProblem, run_import
from campmgr.clock import local_day, parse_instant, utc_text
from campmgr.errors import BadInput, Refused
from campmgr.files.columns import Columns, Row, data_rows, find_columns
from campmgr.files.layouts import ImportKind
from campmgr.files.read_table import Table, file_sha256, open_table
from campmgr.files.rejects import RejectedRow, write_rejects
from campmgr.files.row_reading import RowReader
from campmgr.ids import random_id
from campmgr.projections import world as worlds
from campmgr.projections.record import introduce
from campmgr.queries.finding import find_unit
from campmgr.store.door import Store, Writer


@dataclass(frozen=True, slots=True)
class Options:
    """How to import: the unit that stands for an empty unit column, when likes were read (an ISO time), and so on.

    `within`: the units whose people the importer may write; rows of others are rejected. None for all this file may write.
    `file_name`: what the file was called where it came from; its own name where nothing else is said.
    """

    unit: str = ""
    read_at: str = ""
    dry_run: bool = False
    strict: bool = False
    actor: str = ""
    within: frozenset[str] | None = None
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class FileImported:
    """What became of a file: the counts, the batch (None when nothing was kept), the headings as the file writes them."""

    counts: Imported
    batch: str | None
    columns: Columns


class _Undo(Exception):
    """Carries the result out of a transaction that is rolled back."""

    def __init__(self, result: FileImported) -> None:
        super().__init__()
        self.result = result


def import_file(store: Store, kind: ImportKind, path: Path, options: Options) -> FileImported:
    """Import a spreadsheet. A readable file is taken with its good rows; `strict` takes all or nothing (design 5).

    Raises BadInput when the file cannot be read, Refused under `strict` when any row is rejected.
    """
    try:
        with store.writing(alone=True) as w:
            result = _import(w, kind, path, options)
            _undo_if_asked(result, options)
    except _Undo as undone:
        return undone.result
    return result


def _undo_if_asked(result: FileImported, options: Options) -> None:
    if options.dry_run or (options.strict and result.counts.rejected):
        raise _Undo(FileImported(result.counts, None, result.columns))


def refuse_rejected(result: FileImported) -> None:
    """Under `strict`: refuse a file with rejected rows. Nothing of it was written."""
    if result.counts.rejected:
        first = "".join(f"第 {each.row} 行：{each.sentence}" for each in result.counts.rejects[:3])
        raise Refused(f"有 {result.counts.rejected} 行不能导入，整个文件都没有写入。{first}", reason="refused_by_rule",
                      hint="请改正后再导入，或去掉 --strict。")  # fmt: skip


def _import(w: Writer, kind: ImportKind, path: Path, options: Options) -> FileImported:
    introduce(w)  # a restored file may import as its first act, and planners ask what its writer may say
    world = worlds.load(w)
    table = open_table(path, max_bytes=world.rules.limits.import_bytes)
    columns = find_columns(table, kind)
    unit = find_unit(world, options.unit).unit if options.unit else ""
    digest = file_sha256(path)
    seen_at = _first_seen(w, digest)
    batch = random_id()
    read_at = _read_again(w, digest, _read_at(options.read_at, utc_text(w.clock.now()))) or seen_at
    reader = RowReader(world.rules, read_at)
    rows = _rows(table, columns, getattr(reader, kind))
    day = local_day(parse_instant(seen_at))
    counts = _run(w, kind, rows, batch=batch, options=options, unit=unit, day=day)
    if not counts.new + counts.changed:
        return FileImported(counts, None, columns)
    file = ImportedFile(kind, options.file_name or path.name, digest, read_at if kind == "likes" else "", counts)
    keep_imported(w, file, batch=batch, unit=unit, actor=options.actor)
    return FileImported(counts, batch, columns)


def _run(
    w: Writer, kind: ImportKind, rows: Iterator[ReadRow[Any]], *, batch: str, options: Options, unit: str, day: str
) -> Imported:
    actor = options.actor
    if kind == "units":
        return import_units(w, UnitsPlanner(w, batch, actor, unit), rows)
    if kind == "people":
        counts = run_import(w, PeoplePlanner(w, batch, actor, unit, options.within), rows)
        carry(w)  # a code may have been scanned before its owner was registered
        return counts
    if kind == "lessons":
        return run_import(w, LessonsPlanner(w, batch, actor), rows)
    if kind == "marks":
        today = local_day(w.clock.now())
        return run_import(w, MarksPlanner(w, batch, actor, day=day, today=today, unit=unit, within=options.within), rows)
    return run_import(w, LikesPlanner(w, batch, actor, unit), rows)


def _read_at(text: str, now: str) -> str:
    """The stored form of a time of reading, or "". Raises BadInput: a count from the future would stay the newest for ever."""
    try:
        moment = utc_text(parse_instant(text)) if text else ""
    except ValueError as problem:
        raise BadInput(f"“{text}”不是时间。", reason="bad_date", hint="请写成 2023-06-30T18:00。") from problem
    if moment > now:
        raise BadInput(f"读取时间 {text} 还没有到。", reason="bad_date", hint="请核对 --read-at。")
    return moment


def _first_seen(w: Writer, digest: str) -> str:
    """When these very bytes were first imported here: what a missing date or time read falls back on (design 2.1)."""
    key = "file:" + digest
    known = w.meta(key)
    if not known:
        known = utc_text(w.clock.now())
        w.set_meta(key, known)
    return known


def _read_again(w: Writer, digest: str, read_at: str) -> str:
    """The time of reading given now, else the one these very bytes were first imported with (design 2.1)."""
    key = "read:" + digest
    known = w.meta(key)
    if read_at and not known:
        w.set_meta(key, read_at)
    return read_at or known


def _rows(table: Table, columns: Columns, read: Callable[[Row], Any]) -> Iterator[ReadRow[Any]]:
    for row in data_rows(table, columns):
        try:
            yield row.number, read(row)
        except RowProblem as problem:
            yield row.number, [problem]


def save_rejects(path: Path, source: Path, result: FileImported, max_bytes: int) -> None:
    """Write the rejected rows into a workbook, each with its reason, ready to be corrected and imported again."""
    reasons: dict[int, list[str]] = {}
    blamed: dict[int, set[int]] = {}
    for each in result.counts.rejects:
        reasons.setdefault(each.row, []).append(each.sentence)
        if each.column in result.columns.fields:
            blamed.setdefault(each.row, set()).add(result.columns.fields[each.column])
    rejected = (
        RejectedRow(row.number, row.cells, frozenset(blamed.get(row.number, ())), tuple(reasons[row.number]))
        for row in data_rows(open_table(source, max_bytes=max_bytes), result.columns)
        if row.number in reasons
    )
    write_rejects(path, result.columns.headings, rejected)
