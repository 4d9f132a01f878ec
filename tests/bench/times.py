"""`python -m tests.bench.times 10 FILE TARGET`: a copy of a filled file in which everybody stands ten times, to look at pages on.

To fill a file of a million people takes hours, to copy the rows of 100,000 ten times over takes minutes. Rows are what pages read,
and they lie as those of a million would: ids, codes, numbers and names differ, and totals are ten times as large. It is no ledger:
nothing of what was copied is chained or sealed, so nothing but pages is measured on it.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.bench.figures import say

_MARKED = {
    "people": "person number name name_key code", "person_words": "person", "memberships": "person name_key",
    "marks": "person fact", "conditions": "person fact", "certificates": "person number", "works": "person work author link title",
    "readings": "person work fact", "facts": "subject chain digest",
}  # fmt: skip
"""Table -> columns by which a copy is told from what it was copied of."""

_SUMS = {"placement_days": 2, "unit_days": 3, "unit_totals": 2, "class_sums": 4, "consent_sums": 2, "snapshot_sums": 1,
         "field_works": 3, "field_learners": 3}  # fmt: skip
"""Table of sums -> how many columns its key has."""

_LETTERS = "ghijklmnopqrstuvwxyz"


def many_times(file: Path, target: Path, times: int) -> None:
    """Copy a filled file so that everybody stands so many times in it."""
    shutil.copyfile(file, target)
    with closing(sqlite3.connect(target, isolation_level=None)) as db:
        db.executescript("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -1000000")
        db.execute("attach ? as kept", (str(file),))
        db.execute(
            "create temp table letters as select value as letter from json_each(?)",
            (str(list(_LETTERS[: times - 1])).replace("'", '"'),),
        )
        for table, marked in _MARKED.items():
            _copy(db, table, marked.split())
            say(f"{table}: {db.execute(f'select count(*) from {table}').fetchone()[0]:,} rows")  # noqa: S608 - our own names
        for table, keys in _SUMS.items():
            added = ", ".join(f"{name} = {name} * {times}" for name in _columns(db, table)[keys:])
            db.execute(f"update {table} set {added}")  # noqa: S608 - our own names


def _copy(db: sqlite3.Connection, table: str, marked: list[str]) -> None:
    """Without its indexes meanwhile, which are made again at the end."""
    indexes = db.execute(
        "select name, sql from sqlite_master where type = 'index' and tbl_name = ? and sql is not null", (table,)
    ).fetchall()
    for name, _ in indexes:
        db.execute(f"drop index {name}")
    wanted = ", ".join(f"{name} || letter" if name in marked else name for name in _columns(db, table))
    if table == "facts":  # each copy further on in the same stream
        wanted = wanted.replace("seq", "seq + 10000000 * unicode(letter)", 1)
    about = " where subject glob 'person:*' or subject glob 'work:*'" if table == "facts" else ""
    db.execute(f"insert into {table} select {wanted} from kept.{table} cross join letters{about}")  # noqa: S608 - our own names
    for _, sql in indexes:
        db.execute(sql)


def _columns(db: sqlite3.Connection, table: str) -> list[str]:
    return [name for (name,) in db.execute("select name from pragma_table_info(?)", (table,))]


def main() -> None:
    """Copy a filled file."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.times", description=__doc__)
    parser.add_argument("times", type=int, help=f"how often everybody stands in it, up to {len(_LETTERS) + 1}")
    parser.add_argument("file", type=Path)
    parser.add_argument("target", type=Path)
    asked = parser.parse_args()
    many_times(asked.file, asked.target, asked.times)


if __name__ == "__main__":
    main()
