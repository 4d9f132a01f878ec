"""Rows of this data file alone: papers on which items were handed to whoever looks at them, with the number of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from campmgr.store.door import Reader, Writer


class PassingSheet(NamedTuple):
    """A printed paper: its code, of which activity, unit and stage, when it was made, its items in their order, from number 1."""

    sheet: str
    activity: str
    unit: str
    stage: int
    made_at: str
    items: tuple[str, ...]


def keep_passing_sheet(w: Writer, made: PassingSheet) -> None:
    """Keep a paper and its rows."""
    w.run("insert into local_passing_sheets (sheet, activity, unit, stage, made_at) values (:sheet, :activity, :unit, :stage, :at)",
          sheet=made.sheet, activity=made.activity, unit=made.unit, stage=made.stage, at=made.made_at)  # fmt: skip
    w.many("insert into local_passing_rows (sheet, number, item) values (?, ?, ?)",
           [(made.sheet, number, item) for number, item in enumerate(made.items, 1)])  # fmt: skip


def passing_sheet(r: Reader, sheet: str) -> PassingSheet | None:
    """The paper of a code."""
    row = r.one("select sheet, activity, unit, stage, made_at from local_passing_sheets where sheet = :sheet", sheet=sheet)
    return _with_items(r, row) if row else None


def passing_sheets(r: Reader, activity: str, unit: str, stage: int, most: int = 5) -> tuple[PassingSheet, ...]:
    """The papers of a unit's stage, the newest first."""
    sql = """select sheet, activity, unit, stage, made_at from local_passing_sheets
             where activity = :activity and unit = :unit and stage = :stage order by made_at desc, sheet limit :most"""
    rows = r.all(sql, activity=activity, unit=unit, stage=stage, most=most)
    return tuple(_with_items(r, row) for row in rows)


def _with_items(r: Reader, row: Sequence[object]) -> PassingSheet:
    sheet, activity, unit, stage, made_at = row
    rows = r.all("select item from local_passing_rows where sheet = :sheet order by number", sheet=sheet)
    return PassingSheet(str(sheet), str(activity), str(unit), int(str(stage)), str(made_at), tuple(item for (item,) in rows))
