"""Imports and packs that are under way, or were cut off: how far each is; rows of this data file alone (docs/decisions.md#runs)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from campmgr.config import state_folder
from campmgr.store.claims import is_claimed
from campmgr.store.door import Reader, Row, Writer

PACK = "pack"
"""The kind of what is no spreadsheet: a pack that is being taken in."""


@dataclass(frozen=True, slots=True)
class UnderWay:
    """An import that is not through. `same`: what makes another one the same; `row`: the number of the last row that is done,
    of about `whole`; `form`: what a page sends to go on with it, empty for one from the command line.
    """

    batch: str
    kind: str
    file: str
    same: str
    actor: str
    started_at: str
    touched_at: str
    row: int
    whole: int
    new: int
    changed: int
    form: Mapping[str, str]

    @property
    def is_going_on(self) -> bool:
        """Whether somebody is at it at this moment; else it was cut off."""
        return is_claimed(claim_of(self.batch))


def claim_of(batch: str) -> Path:
    """The file whose lock says that an import is going on."""
    return state_folder() / "imports" / f"{batch}.lock"


_COLUMNS = "batch, kind, file, same, actor, started_at, touched_at, row_number, whole, new_rows, changed_rows, form"
_STANDING = "not exists (select 1 from withdrawn d where d.batch = i.batch)"
_LIST = f"select {_COLUMNS} from local_imports i where {_STANDING}"  # noqa: S608 - our own words


def note_under_way(w: Writer, one: UnderWay) -> None:
    """Keep how far an import is."""
    w.many(
        f"insert or replace into local_imports ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        [(one.batch, one.kind, one.file, one.same, one.actor, one.started_at, one.touched_at, one.row, one.whole, one.new,
          one.changed, json.dumps(dict(one.form), ensure_ascii=False))],
    )  # fmt: skip


def drop_under_way(w: Writer, batch: str) -> None:
    """An import is through."""
    w.run("delete from local_imports where batch = :batch", batch=batch)


def all_under_way(r: Reader) -> list[UnderWay]:
    """Every import that is not through and was not taken back, the oldest first."""
    return [_of_row(row) for row in r.all(_LIST + " order by started_at, batch")]


def any_under_way(r: Reader) -> bool:
    """Whether there is any such import."""
    return r.one(_LIST + " limit 1") is not None


def under_way(r: Reader, batch: str) -> UnderWay | None:
    """The import of a batch, where it is not through."""
    row = r.one(_LIST + " and i.batch = :batch", batch=batch)
    return _of_row(row) if row else None


def same_under_way(r: Reader, same: str) -> UnderWay | None:
    """An earlier import of the same that is not through."""
    row = r.one(_LIST + " and i.same = :same order by started_at, batch", same=same)
    return _of_row(row) if row else None


def _of_row(row: Row) -> UnderWay:
    return UnderWay(*row[:11], json.loads(row[11]))  # type: ignore[call-arg] # our own columns
