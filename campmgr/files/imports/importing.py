"""A file into the ledger: columns found, cells read, rows planned and said, run by run under one batch.

Between two runs everybody else has their turn. What was cut off stays as far as it came and is known as such (`facts/under_way`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from campmgr.clock import HOW_TO_WRITE, is_day, local_day, parse_day, parse_instant, today_of, typed_instant, utc_text
from campmgr.errors import BadInput, Busy, CampError, Refused
from campmgr.facts import world as worlds
from campmgr.facts.batches import is_withdrawn
from campmgr.facts.catalogue import catalogue
from campmgr.facts.finding import find_unit
from campmgr.facts.importing import Imported, Progress, ReadRow, nobody_watches
from campmgr.facts.streaming import DoneRows, StreamPlanner, say_rows, try_rows
from campmgr.facts.under_way import UnderWay, claim_of, drop_under_way, note_under_way, same_under_way
from campmgr.facts.world import World
from campmgr.files.imports.choices import NOTHING_CHOSEN, Choices
from campmgr.files.imports.columns import Columns
from campmgr.files.imports.file_rows import FileRows
from campmgr.files.imports.imported_file import ImportedFile, keep_imported, plain_name
from campmgr.files.imports.looking import check_readable, open_chosen
from campmgr.files.imports.parts import Parts, parts_said
from campmgr.files.imports.row_reading import RowReader
from campmgr.files.imports.sealed_sheet import opened_sheet
from campmgr.files.imports.sheets import Importing, Sheet, sheets_of
from campmgr.files.read_table import file_sha256
from campmgr.ids import canonical, hash_id, random_id
from campmgr.settings.limits import Limits
from campmgr.settings.rules import Rules
from campmgr.store.claims import claimed
from campmgr.store.door import Reader, Store, Writer


@dataclass(frozen=True, slots=True)
class Options:
    """How to import: the unit that stands for an empty unit column (`form_first`: unless the form names one); when
    likes were read, or on which day what bears no date was
    (an ISO time); the lesson of a log.

    `within`: the units whose people the importer may write; rows of others are rejected. None for all this file may write.
    `file_name`: what the file was called where it came from; its own name where nothing else is said. `batch`: the id of what
    comes of it; a random one where none is given. `activity`: of which activity rows are that name none.
    `form`: what a page would send to go on with it, should it be cut off. `said`: what else the file must
    be of, for kinds that ask.
    """

    unit: str = ""
    read_at: str = ""
    dry_run: bool = False
    strict: bool = False
    actor: str = ""
    lesson: str = ""
    form_first: bool = False
    within: frozenset[str] | None = None
    file_name: str = ""
    choices: Choices = NOTHING_CHOSEN
    batch: str = ""
    activity: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileImported:
    """What became of a file: the counts, the batch (None when nothing was kept), how the file was read, and the row after which
    it went on with an earlier import of the same that had been cut off (None: from the beginning). `sheets`: all that were read;
    `other_sheets`: others that fit and were not. `sha256`: of the file's bytes, by which its receipt is asked for.
    """

    counts: Imported
    batch: str | None
    columns: Columns
    sheet: str = ""
    encoding: str = ""
    resumed_after: int | None = None
    sheets: tuple[str, ...] = ()
    other_sheets: tuple[str, ...] = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class _File:
    """An open file: what it is, where it lies as it came, and how it is read."""

    sheet: Sheet
    path: Path
    parts: Parts
    choices: Choices

    @property
    def rows(self) -> int:
        """How many rows there are at most below the headings."""
        return self.parts.rows

    def read(self) -> FileRows:
        """The rows, to be read from the beginning."""
        return FileRows(self.parts, self.sheet.layout, skip_hidden=self.choices.skip_hidden)

    def became(self, counts: Imported) -> FileImported:
        """What became of it; no batch yet."""
        best = self.parts.best
        return FileImported(counts, None, best.columns, best.table.sheet, best.table.encoding,
                            sheets=self.parts.names, other_sheets=self.parts.others)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Begun:
    """An import about to begin: the file's sum, what its rows fall back on, what makes another import the same, and an earlier
    one of the same that was cut off.
    """

    digest: str
    rules: Rules
    to: Importing
    seen_at: str
    read_at: str
    asked_read_at: str
    same: str
    earlier: UnderWay | None


def import_file(store: Store, kind: str, path: Path, options: Options, told: Progress = nobody_watches) -> FileImported:
    """Import a spreadsheet. A readable file is taken with its good rows; `strict` takes all or nothing (docs/formats.md#rejects).

    `told` hears how far it is; what it raises ends the import, and what is in stays: the same file once more goes on with it.
    Raises BadInput when the file cannot be read, Busy while the very same import is going on elsewhere.
    """
    with store.reading() as r:
        limit, sheets = worlds.load(r).rules[Limits].import_bytes, sheets_of(catalogue(r))
    sheet = sheets[kind]
    known = [each.layout for each in sheets.values()]
    with opened_sheet(store, sheet.layout, path, limit) as plain:
        _, parts = open_chosen(plain, sheet.layout, known, options.choices, limit)  # before anybody else has to wait
        check_readable(parts, sheet.layout, known, options.choices)
        with store.reading() as r:
            file = _File(sheet, path, _with_form_unit(worlds.load(r), parts, options), options.choices)
            begun = _begin(r, file, options, told)
        return _import(store, file, begun, options, told)


def _import(store: Store, file: _File, begun: _Begun, options: Options, told: Progress) -> FileImported:
    if options.dry_run or options.strict:
        tried = _plan_with(store, file, begun, lambda planner, rows, _: try_rows(store, planner, rows, told, file.rows))
        if options.dry_run or tried.counts.rejected:
            return replace(tried, sha256=begun.digest)
    with claimed(claim_of(begun.to.batch)) as mine:
        if not mine:
            raise Busy("这个文件正在导入。", hint="请等它完成；进度见“导入记录”。")
        return replace(_import_in_runs(store, file, begun, options, told), sha256=begun.digest)


def refuse_rejected(result: FileImported) -> None:
    """Under `strict`: refuse a file with rejected rows. Nothing of it was written."""
    if result.counts.rejected:
        first = "".join(f"{each.sheet}第 {each.row} 行：{each.sentence}" for each in result.counts.rejects[:3])
        raise Refused(f"有 {result.counts.rejected} 行不能导入，整个文件都没有写入。{first}", reason="refused_by_rule",
                      hint="请改正后再导入。", at_console="请改正后再导入，或去掉 --strict。")  # fmt: skip


def _with_form_unit(world: World, parts: Parts, options: Options) -> Parts:
    """What lines above the headings say counts where the importer says nothing else and such a unit is known; else it is noted."""
    return parts_said(parts, lambda text: _is_heard(world, text, "" if options.form_first else options.unit))


def _is_heard(world: World, text: str, chosen: str) -> bool:
    """Whether the unit that a form names counts: it is known, and nobody chose another."""
    try:
        said = find_unit(world, text)
        return not chosen or find_unit(world, chosen).unit == said.unit
    except CampError:  # none, or several
        return False


def _begin(r: Reader, file: _File, options: Options, told: Progress) -> _Begun:
    world, now = worlds.load(r), utc_text(r.clock.now())
    unit = find_unit(world, options.unit).unit if options.unit else ""
    digest = file_sha256(file.path)
    seen_at = r.meta(_SEEN + digest) or now
    asked = _read_at(options.read_at, now, r.meta(_READ + digest) or "")
    same = hash_id(
        "import",
        file.sheet.layout.name,
        digest,
        unit,
        options.actor,
        asked,
        options.lesson,
        options.activity,
        canonical(asdict(options.choices)),
    )
    earlier = same_under_way(r, same)
    batch = earlier.batch if earlier else options.batch or random_id()
    read_at = asked or r.meta(_READ + digest) or seen_at
    day, today = local_day(parse_instant(read_at)), today_of(r.clock)
    to = Importing(batch, options.actor, unit, options.within, day, today, told, file.rows, options.lesson, options.activity,
                   options.said)  # fmt: skip
    return _Begun(digest, world.rules, to, seen_at, read_at, asked, same, earlier)


def _plan_with(
    store: Store, file: _File, begun: _Begun, take: Callable[[StreamPlanner[Any], Iterable[ReadRow[Any]], DoneRows], Imported]
) -> FileImported:
    """What becomes of the file's rows, handed to `take` with the planner that knows them; no batch yet."""
    planner, rows, done = file.sheet.planner(begun.to), file.read(), DoneRows()
    with store.reading() as r:
        read = done.read(rows.read(RowReader(begun.rules, begun.read_at), file.sheet.read))
        gathered = planner.gather(r, read, rows.notes)
    counts = take(planner, gathered, done)
    counts.in_order()
    return file.became(rows.finish(counts))


def _import_in_runs(store: Store, file: _File, begun: _Begun, options: Options, told: Progress) -> FileImported:
    """Every run in a transaction of its own, and after the last what the whole file came to."""
    earlier, batch = begun.earlier, begun.to.batch
    noted = bool(earlier)

    def kept(w: Writer, counts: Imported, row: int) -> None:
        nonlocal noted
        noted = True
        if is_withdrawn(w, batch):
            raise Refused("这一批在导入中途被撤回，导入已停下。", hint="要导入的话，请重新选择文件。")
        _remember_file(w, begun)
        note_under_way(w, _how_far(w, file, begun, options, counts, row))

    def say(planner: StreamPlanner[Any], rows: Iterable[ReadRow[Any]], done: DoneRows) -> Imported:
        return say_rows(store, planner, rows, kept, done, told, file.rows)

    result = _plan_with(store, file, begun, say)
    if earlier:
        result = replace(result, resumed_after=earlier.row)
        _count_earlier(result.counts, earlier)
    if options.strict and result.counts.rejected:  # somebody has changed something since it was decided
        raise Refused(
            "导入中途有记录被别人改动，停下了；已写入的行可以撤回。",
            hint="请到“导入的文件”里撤销这一批。",
            at_console=f"campmgr withdraw {batch} --reason …",
        )
    if not noted:
        return result
    with store.writing() as w:
        drop_under_way(w, batch)
        return _kept(w, file, begun, options, result)


def _how_far(w: Writer, file: _File, begun: _Begun, options: Options, counts: Imported, row: int) -> UnderWay:
    """How far the import is, counting what an earlier one of the same had done; `row`: up to which row all are done."""
    earlier, now = begun.earlier, utc_text(w.clock.now())
    new, changed = (earlier.new, earlier.changed) if earlier else (0, 0)
    row = row or file.parts.parts[0].columns.heading_row
    return UnderWay(begun.to.batch, file.sheet.layout.name, plain_name(options.file_name or file.path.name), begun.same,
                    options.actor, earlier.started_at if earlier else now, now,
                    max(row, earlier.row if earlier else 0),
                    file.rows, counts.new + new, counts.changed + changed, options.form)  # fmt: skip


def _count_earlier(counts: Imported, earlier: UnderWay) -> None:
    """What an import that was cut off had said is known by now: in the end it counts as what it was then."""
    new = min(earlier.new, counts.unchanged)
    changed = min(earlier.changed, counts.unchanged - new)
    counts.new, counts.changed, counts.unchanged = counts.new + new, counts.changed + changed, counts.unchanged - new - changed


def _kept(w: Writer, file: _File, begun: _Begun, options: Options, result: FileImported) -> FileImported:
    """Say that the file was imported, where anything of it was new."""
    if not result.counts.new + result.counts.changed:
        return result
    _remember_file(w, begun)
    kind, batch = file.sheet.layout.name, begun.to.batch
    name = options.file_name or file.path.name
    kept = ImportedFile(kind, name, begun.digest, begun.read_at if kind == "likes" else "", result.counts)
    keep_imported(w, kept, batch=batch, unit=begun.to.unit, actor=options.actor)
    return replace(result, batch=batch)


def _read_at(text: str, now: str, known: str) -> str:
    """The stored form of a time of reading, or "". Raises BadInput: a count from the future would stay the newest for ever.

    A day alone means its last second, so that it counts for a list of that day and stays that day; of today it is now, or when
    the same bytes were read today before (`known`).
    """
    try:
        day = parse_day(text) if is_day(text) else ""
        moment = utc_text(parse_instant(f"{day}T23:59:59") if day else typed_instant(text)) if text else ""
    except (ValueError, OverflowError) as problem:
        raise BadInput(f"“{text}”不是时间。", reason="bad_date", hint=HOW_TO_WRITE) from problem
    if day and day == local_day(parse_instant(now)):
        return known if known and local_day(parse_instant(known)) == day else now
    if moment > now:
        raise BadInput(f"读取时间 {text} 还没有到。", reason="bad_date", hint="请核对读取时间。", at_console="请核对 --read-at。")
    return moment


_SEEN, _READ = "file:", "read:"


def _remember_file(w: Writer, begun: _Begun) -> None:
    """When these very bytes were first imported here, and as of which reading: what a missing date or time of reading falls back
    on when they come again (docs/ledger.md#repeats).
    """
    if not w.meta(_SEEN + begun.digest):
        w.set_meta(_SEEN + begun.digest, begun.seen_at)
    if begun.asked_read_at and not w.meta(_READ + begun.digest):
        w.set_meta(_READ + begun.digest, begun.asked_read_at)
