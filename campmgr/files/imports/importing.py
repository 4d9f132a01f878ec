"""A file into the ledger: columns found, cells read, rows planned and said, in one transaction; nothing half written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from campmgr.clock import local_day, parse_instant, utc_text
from campmgr.errors import BadInput, Refused
from campmgr.facts import world as worlds
from campmgr.facts.catalogue import catalogue
from campmgr.facts.finding import find_unit
from campmgr.facts.importing import LISTED, Imported, Progress, ReadRow, Reject, RowProblem, nobody_watches
from campmgr.files.imports.choices import NOTHING_CHOSEN, Choices
from campmgr.files.imports.columns import Columns, complain, data_rows
from campmgr.files.imports.imported_file import ImportedFile, keep_imported
from campmgr.files.imports.layouts import Layout
from campmgr.files.imports.looking import open_chosen
from campmgr.files.imports.rejects import RejectedRow, write_rejects
from campmgr.files.imports.row_reading import RowReader, all_problems
from campmgr.files.imports.sheets import Importing, Sheet, sheets_of
from campmgr.files.read_table import SheetTable, file_sha256
from campmgr.ids import random_id
from campmgr.settings.limits import Limits
from campmgr.store.door import Store, Writer


@dataclass(frozen=True, slots=True)
class Options:
    """How to import: the unit that stands for an empty unit column, when likes were read (an ISO time), and so on.

    `within`: the units whose people the importer may write; rows of others are rejected. None for all this file may write.
    `file_name`: what the file was called where it came from; its own name where nothing else is said. `batch`: the id of what
    comes of it; a random one where none is given.
    """

    unit: str = ""
    read_at: str = ""
    dry_run: bool = False
    strict: bool = False
    actor: str = ""
    within: frozenset[str] | None = None
    file_name: str = ""
    choices: Choices = NOTHING_CHOSEN
    batch: str = ""


@dataclass(frozen=True, slots=True)
class FileImported:
    """What became of a file: the counts, the batch (None when nothing was kept), how the file was read."""

    counts: Imported
    batch: str | None
    columns: Columns
    sheet: str = ""
    encoding: str = ""


class _Undo(Exception):
    """Carries the result out of a transaction that is rolled back."""

    def __init__(self, result: FileImported) -> None:
        super().__init__()
        self.result = result


def import_file(store: Store, kind: str, path: Path, options: Options, told: Progress = nobody_watches) -> FileImported:
    """Import a spreadsheet. A readable file is taken with its good rows; `strict` takes all or nothing (docs/formats.md#rejects).

    `told` hears how far it is; what it raises takes everything back. Raises BadInput when the file cannot be read.
    """
    with store.reading() as r:
        limit, sheets = worlds.load(r).rules[Limits].import_bytes, sheets_of(catalogue(r))
    sheet = sheets[kind]
    _, table, columns = open_chosen(path, sheet.layout, options.choices, limit)  # before anybody else has to wait
    complain(columns, sheet.layout, [each.layout for each in sheets.values()], options.choices)
    try:
        with store.writing(alone=True) as w:
            result = _import(w, _File(sheet, path, table, columns), options, told)
            _undo_if_asked(result, options)
    except _Undo as undone:
        return undone.result
    return result


def _undo_if_asked(result: FileImported, options: Options) -> None:
    if options.dry_run or (options.strict and result.counts.rejected):
        raise _Undo(replace(result, batch=None))


def refuse_rejected(result: FileImported) -> None:
    """Under `strict`: refuse a file with rejected rows. Nothing of it was written."""
    if result.counts.rejected:
        first = "".join(f"第 {each.row} 行：{each.sentence}" for each in result.counts.rejects[:3])
        raise Refused(f"有 {result.counts.rejected} 行不能导入，整个文件都没有写入。{first}", reason="refused_by_rule",
                      hint="请改正后再导入，或去掉 --strict。")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _File:
    """An open file: what it is, and how it is read."""

    sheet: Sheet
    path: Path
    table: SheetTable
    columns: Columns

    @property
    def rows(self) -> int:
        """How many rows there are at most below the headings."""
        return max(0, self.table.height - self.columns.heading_row)


def _import(w: Writer, file: _File, options: Options, told: Progress) -> FileImported:
    world = worlds.load(w)
    unit = find_unit(world, options.unit).unit if options.unit else ""
    digest = file_sha256(file.path)
    seen_at = _first_seen(w, digest)
    batch = options.batch or random_id()
    read_at = _read_again(w, digest, _read_at(options.read_at, utc_text(w.clock.now()))) or seen_at
    reader = RowReader(world.rules, read_at)
    notes: list[Reject] = []
    rows = _rows(file, reader, notes)
    day = local_day(parse_instant(seen_at))
    counts = file.sheet.take(w, rows, Importing(batch, options.actor, unit, options.within, day, told, file.rows))
    counts.notes = notes
    result = FileImported(counts, batch, file.columns, file.table.sheet, file.table.encoding)
    if not counts.new + counts.changed:
        return replace(result, batch=None)
    name = options.file_name or file.path.name
    kept = ImportedFile(file.sheet.layout.name, name, digest, read_at if file.sheet.layout.name == "likes" else "", counts)
    keep_imported(w, kept, batch=batch, unit=unit, actor=options.actor)
    return result


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
    """When these very bytes were first imported here: what a missing date or time read falls back on (docs/ledger.md#repeats)."""
    key = "file:" + digest
    known = w.meta(key)
    if not known:
        known = utc_text(w.clock.now())
        w.set_meta(key, known)
    return known


def _read_again(w: Writer, digest: str, read_at: str) -> str:
    """The time of reading given now, else the one these very bytes were first imported with (docs/ledger.md#repeats)."""
    key = "read:" + digest
    known = w.meta(key)
    if read_at and not known:
        w.set_meta(key, read_at)
    return read_at or known


def _rows(file: _File, reader: RowReader, notes: list[Reject]) -> Iterator[ReadRow[Any]]:
    """Each row as what it says, or as all that is wrong with it. What is odd about rows that are taken goes into `notes`."""
    read = partial(file.sheet.read, reader)
    for row in data_rows(file.table, file.columns):
        try:
            said = read(row)
        except RowProblem as problem:
            yield row.number, all_problems(read, row, problem)
        else:
            yield row.number, said
            if reader.notes and len(notes) < LISTED:
                notes += [Reject(row.number, each.column, each.value, each.reason, each.sentence) for each in reader.notes]
        reader.notes.clear()


def save_rejects(path: Path, source: Path, layout: Layout, choices: Choices, result: FileImported, max_bytes: int) -> None:
    """Write the rejected rows into a workbook, each with its reason, ready to be corrected and imported again."""
    reasons: dict[int, list[str]] = {}
    blamed: dict[int, set[int]] = {}
    for each in result.counts.rejects:
        reasons.setdefault(each.row, []).append(each.sentence)
        if each.column in result.columns.fields:
            blamed.setdefault(each.row, set()).add(result.columns.fields[each.column])
    _, table, columns = open_chosen(source, layout, choices, max_bytes)
    rejected = (
        RejectedRow(row.number, row.cells, frozenset(blamed.get(row.number, ())), tuple(reasons[row.number]))
        for row in data_rows(table, columns)
        if row.number in reasons
    )
    write_rejects(path, columns.headings, rejected)
