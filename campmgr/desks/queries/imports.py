"""Files that were imported, the newest first: who, when, what came of it, whether it was taken back."""

from __future__ import annotations

import json
from dataclasses import dataclass

from campmgr.accounts.queries import Account, actors, is_theirs, unit_name
from campmgr.clock import minute_text
from campmgr.facts.world import World
from campmgr.store.door import Reader

PAGE = 50
"""Rows a page."""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """An imported file. `read_at`: when like counts were read, "" for none; `who`: "" where the account is of another node."""

    batch: str
    kind: str
    file: str
    sha256: str
    unit: str
    read_at: str
    rows: int
    new: int
    changed: int
    unchanged: int
    rejected: int
    who: str
    recorded_at: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class ImportsPage:
    """A page of imported files."""

    rows: tuple[ImportRow, ...]
    count: int
    page: int
    pages: int


ELSEWHERE = "（文件名只留在导入它的电脑上）"

_WHERE = """ from imports i where (:kind = '' or i.kind = :kind)
    and (i.actor = :me or i.unit in (select value from json_each(:units)))"""
_LIST = """select i.batch, i.kind,
    coalesce(nullif(i.file, ''), (select n.name from local_file_names n where n.batch = i.batch), ''), i.sha256,
    i.unit, i.read_at, i.row_count, i.new_rows, i.changed_rows, i.unchanged_rows,
    i.rejected_rows, i.actor, i.recorded_at, exists (select 1 from withdrawn w where w.batch = i.batch)"""


def imports_page(r: Reader, world: World, account: Account, kind: str = "", page: int = 1) -> ImportsPage:
    """One page of what an account imported itself, and what was imported for units that are theirs."""
    theirs = json.dumps([each.unit for each in world.tree.units.values() if is_theirs(world, account, each)])
    asked = {"kind": kind, "me": account.actor, "units": theirs}
    count = int(r.value("select count(*)" + _WHERE, **asked) or 0)
    pages = max(1, -(-count // PAGE))
    page = min(max(page, 1), pages)
    names = actors(r)
    newest_first = " order by i.clock desc, i.batch limit :many offset :skip"
    rows = r.all(_LIST + _WHERE + newest_first, many=PAGE, skip=(page - 1) * PAGE, **asked)
    return ImportsPage(tuple(_row(world, names, row) for row in rows), count, page, pages)


def import_of(r: Reader, world: World, batch: str) -> ImportRow | None:
    """The file a batch came from."""
    row = r.one(_LIST + " from imports i where i.batch = :batch order by i.clock, i.fact limit 1", batch=batch)
    return _row(world, actors(r), row) if row else None


def _row(world: World, names: dict[str, str], row: tuple[object, ...]) -> ImportRow:
    batch, kind, file, sha256, unit, read_at = (str(each) for each in row[:6])
    rows, new, changed, unchanged, rejected = (int(str(each)) for each in row[6:11])
    return ImportRow(batch, kind, file or ELSEWHERE, sha256, unit_name(world, unit), minute_text(read_at), rows, new, changed,
                     unchanged, rejected, names.get(str(row[11]), ""), minute_text(str(row[12])), bool(row[13]))  # fmt: skip
