"""Files that were imported, the newest first: who, when, what came of it, whether it was taken back."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.accounts.queries import actors, unit_name
from campmgr.clock import minute_text
from campmgr.facts.world import World
from campmgr.store.door import Reader


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


ELSEWHERE = "（文件名只留在导入它的电脑上）"

IMPORTS_ASKED = """from imports i where (:kind = '' or i.kind = :kind)
    and (i.actor = :me or i.unit in (select value from json_each(:units)))"""
IMPORT_COLUMNS = """i.batch, i.kind,
    coalesce(nullif(i.file, ''), (select n.name from local_file_names n where n.batch = i.batch), ''), i.sha256,
    i.unit, i.read_at, i.row_count, i.new_rows, i.changed_rows, i.unchanged_rows,
    i.rejected_rows, i.actor, i.recorded_at, exists (select 1 from withdrawn w where w.batch = i.batch)"""


def import_of(r: Reader, world: World, batch: str) -> ImportRow | None:
    """The file a batch came from."""
    asked = f"select {IMPORT_COLUMNS} from imports i where i.batch = :batch order by i.clock, i.fact limit 1"  # noqa: S608 - ours
    row = r.one(asked, batch=batch)
    return import_row(world, actors(r), row) if row else None


def import_row(world: World, names: dict[str, str], row: tuple[object, ...]) -> ImportRow:
    """A row of `IMPORT_COLUMNS`, told with the names of accounts."""
    batch, kind, file, sha256, unit, read_at = (str(each) for each in row[:6])
    rows, new, changed, unchanged, rejected = (int(str(each)) for each in row[6:11])
    return ImportRow(batch, kind, file or ELSEWHERE, sha256, unit_name(world, unit), minute_text(read_at), rows, new, changed,
                     unchanged, rejected, names.get(str(row[11]), ""), minute_text(str(row[12])), bool(row[13]))  # fmt: skip
