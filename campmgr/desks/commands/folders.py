"""`campmgr import … --files`: the folder that goes with a table, every file of it accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from campmgr.cli.opened import catalogue_in_use
from campmgr.clock import today_of
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.facts.importing import nobody_watches
from campmgr.files.imports.importing import Options
from campmgr.files.imports.looking import open_chosen
from campmgr.files.imports.many_files import ReturnedFile
from campmgr.files.imports.sheets import FolderTaken, Importing, WithFolder, sheets_of
from campmgr.ids import random_id
from campmgr.store.door import Store

_WORDS = {"attached": "附上", "unchanged": "已附过", "left": "没有附上"}


def take_folder(store: Store, kind: str, file: ReturnedFile, folder: Path, options: Options, limit: int) -> FolderTaken | None:
    """What becomes of the folder's files, once the table was imported; None where that was refused."""
    sheets = sheets_of(catalogue_in_use())
    sheet, imported = sheets[kind], file.imported
    if imported is None or sheet.folder is None:
        return None
    parts = open_chosen(file.path, sheet.layout, [each.layout for each in sheets.values()], options.choices, limit)[1]
    with store.reading() as r:
        unit, today = find_unit(worlds.load(r), options.unit).unit if options.unit else "", today_of(r.clock)
    to = Importing(imported.batch or random_id(), options.actor, unit, options.within, today, today, nobody_watches, parts.rows,
                   activity=options.activity)  # fmt: skip
    return sheet.folder(store, WithFolder(parts, sheet.layout, folder, to, options.dry_run))


def folder_data(taken: FolderTaken) -> dict[str, object]:
    """The part of the contract's shape that tells of files."""
    files = [{"file": each.name, "state": each.state, "about": each.about, "sentence": each.sentence} for each in taken.files]
    return {"files": files, "missing": list(taken.missing)}


def folder_text(taken: FolderTaken) -> Iterator[str]:
    """The same for people: how many of each, then whatever needs a look."""
    counts = {state: sum(each.state == state for each in taken.files) for state in _WORDS}
    yield "文件：" + "，".join(f"{_WORDS[state]} {count}" for state, count in counts.items()) + "。"
    for each in taken.files:
        if each.state == "left":
            yield f"没有附上 {each.name}：{each.sentence}"
        elif each.sentence:
            yield f"{each.name}（{each.about}）不合格：{each.sentence}"
    for name in taken.missing:
        yield f"表里写了 {name}，文件夹里没有。"
