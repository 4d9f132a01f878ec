"""A folder of files beside a table of works: each file found its work, looked at, kept and attached; every one is told of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from campmgr.areas.entries.actions.files import attach_file
from campmgr.areas.entries.files.folder import keep_file
from campmgr.areas.entries.files.probing import digest_of, probe_file
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.entries.queries.entries import has_file
from campmgr.areas.entries.rules.checking import check_attached, class_named
from campmgr.areas.entries.rules.file_names import FileMeant, NumberedWork, file_meant
from campmgr.areas.entries.rules.probes import Probe
from campmgr.errors import CampError, NotFound
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.finding import chosen_activity, find_unit
from campmgr.facts.inventory_rows import rows_by_id
from campmgr.files import cells
from campmgr.files.imports.columns import Row
from campmgr.files.imports.file_rows import FileRows
from campmgr.files.imports.layouts import column
from campmgr.files.imports.row_reading import RowReader, get
from campmgr.files.imports.sheets import FolderFile, FolderTaken, Importing, WithFolder
from campmgr.store.door import Reader, Store

_BY_THE_WAY = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
"""What systems leave in folders."""

_APART = "、，,;；\n"


class _NamedRow(NamedTuple):
    number: str
    unit: str
    title: str
    kind: str
    files: tuple[str, ...]


FILE_COLUMNS = (
    column("number", "序号", parts="序号"),
    column("files", "文件名", "文件 文件名称 作品文件 附件", parts="文件名"),
)
"""What a table says of the files of a row, beside the fields of a work."""


def attach_folder(store: Store, given: WithFolder) -> FolderTaken:
    """Attach the files of a folder to the works of a table that was imported. Raises BadInput for an activity that is none."""
    with store.reading() as r:
        activity = chosen_activity(worlds.load(r), given.to.activity, ENTRIES.sort)
        works = list(_works(r, activity, given))
    names = [(path, path.name) for path in _files_in(given.folder)]
    told = [_taken(store, activity, given, path, file_meant(name, works)) for path, name in names]
    present = {name for _, name in names}
    missing = [name for each in works for name in each.files if name not in present]
    return FolderTaken(tuple(told), tuple(dict.fromkeys(missing)))


def _files_in(folder: Path) -> list[Path]:
    """Every file in a folder and the folders in it, without what systems and office programs leave there."""
    found = (each for each in sorted(folder.rglob("*")) if each.is_file())
    return [each for each in found if each.name.casefold() not in _BY_THE_WAY and not each.name.startswith(("~$", "._"))]


def _works(r: Reader, activity: Activity, given: WithFolder) -> Iterator[NumberedWork]:
    """The rows of the table as the works that they are, each with its number and the names of its files."""
    rows = FileRows(given.parts, given.layout, skip_hidden=False)
    for _, said in rows.read(RowReader(activity.rules, ""), _read):
        if isinstance(said, _NamedRow) and (unit := _unit(r, said.unit) or given.to.unit):
            key = {"title": said.title, "class": class_named(said.kind)}
            yield NumberedWork(said.number, said.title, key["class"], ENTRIES.row_id(activity.id, unit, key), said.files)


def _read(_: RowReader, row: Row) -> _NamedRow:
    """What a row says of its files; a cell that cannot be read says nothing, as its import has told."""
    number = get(row, "number", cells.text, "").strip().lstrip("0").rstrip(".、")
    names = get(row, "files", cells.text, "")
    for mark in _APART:
        names = names.replace(mark, "\n")
    files = tuple(each.strip() for each in names.split("\n") if each.strip())
    return _NamedRow(
        number, get(row, "unit", cells.text, ""), get(row, "title", cells.text, ""), get(row, "class", cells.text, ""), files
    )


def _judged(kind: str, activity: Activity, probe: Probe, role: str) -> str:
    """What stands in the way of it, "" for nothing."""
    found = check_attached(probe, activity.rules, role, kind).findings
    return "；".join(f"{each.words} {each.found}，{each.fix or each.wanted}" for each in found if each.level == "refuse")


def _unit(r: Reader, text: str) -> str:
    try:
        return find_unit(worlds.load(r), text).unit if text else ""
    except CampError:
        return ""


def _taken(store: Store, activity: Activity, given: WithFolder, path: Path, meant: FileMeant) -> FolderFile:
    """What became of one file; it is looked at and copied before anybody else has to wait."""
    work, probe = meant.work, probe_file(path)
    if work is None:
        return FolderFile(path.name, "left", "", meant.trouble)
    about, judged = f"《{work.title}》{meant.role}", _judged(work.kind, activity, probe, meant.role)
    if given.dry_run:
        return FolderFile(path.name, "attached", about, judged)
    try:
        probe = probe if probe.sha256 else replace(probe, sha256=digest_of(path))
        is_new = _attach(store, work.entry, meant.role, probe, given.to)
        keep_file(store.path, path, probe.sha256 or "")
    except (CampError, OSError) as problem:
        sentence = problem.sentence if isinstance(problem, CampError) else "打不开这个文件。"
        return FolderFile(path.name, "left", about, sentence)
    return FolderFile(path.name, "attached", about, judged) if is_new else FolderFile(path.name, "unchanged", about, "")


def _attach(store: Store, entry: str, role: str, probe: Probe, to: Importing) -> bool:
    """Whether the file was new to its work. Raises CampError."""
    with store.writing() as w:
        row = rows_by_id(w, ENTRIES, [entry]).get(entry)
        if row is None or not row.listed:
            raise NotFound("表里的这一行没有导入，文件没有附上。", reason="unknown_work")
        if has_file(w, row, role, probe.sha256 or ""):
            return False
        attach_file(w, row, role, probe, to.actor, to.batch)
        return True
