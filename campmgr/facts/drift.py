"""Whether the tables are what the ledger says: folded anew in a copy, and compared; and putting right where they are not.

Nobody is kept from reading or writing meanwhile. Needs room for a copy of the data file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from campmgr.facts import world as worlds
from campmgr.facts.checking import table_hash
from campmgr.facts.fold_registry import folds_of
from campmgr.facts.folding import rebuild
from campmgr.store.door import Reader, Row, Store
from campmgr.store.ledger import heads
from campmgr.store.tables import Table, all_rows, replace_rows

_TRIES = 3
_MOST_ROWS = 50_000
"""Rows of a table that are put right one by one; where more are wrong, everything is folded again in place."""


def drifted_tables(store: Store) -> tuple[str, ...]:
    """The tables that a rebuild would change: a flipped bit, a hand in the file. Raises Trouble."""
    with _folded_anew(store) as (_, drifted):
        return tuple(table.name for table in drifted)


def rebuild_aside(store: Store) -> tuple[str, ...]:
    """Make every table what the ledger says, row by row where it differs; the tables that did. Raises Trouble.

    What is compared is of one moment. Where others have written since, it is done again; in the end while they wait.
    """
    names: tuple[str, ...] = ()
    for _ in range(_TRIES):
        with _folded_anew(store) as (anew, drifted):
            names = tuple(table.name for table in drifted)
            if not drifted or _put_right(store, anew, drifted):
                return names
    with store.writing(alone=True) as w:
        rebuild(w)
    return names


@contextmanager
def _folded_anew(store: Store) -> Iterator[tuple[Reader, list[Table]]]:
    """A copy in which everything was folded again, and the tables that this has changed."""
    with tempfile.TemporaryDirectory(prefix="campmgr-") as folder:
        path = Path(folder) / "copy.sqlite"
        store.copy_to(path)
        copy = Store(path, store.plan, store.clock)
        try:
            with copy.writing(begins=False) as w:
                tables = folds_of(w).tables
                before = {table.name: table_hash(w, table) for table in tables}
                rebuild(w)
                yield w, [table for table in tables if table_hash(w, table) != before[table.name]]
        finally:
            copy.close()


def _put_right(store: Store, anew: Reader, drifted: Sequence[Table]) -> bool:
    """Put the rows that differ in place; False where others have written since, or too many differ."""
    with store.reading() as r:
        if heads(r) != heads(anew):
            return False
        changes = [(table, *_differing(table, iter(all_rows(r, table)), iter(all_rows(anew, table)))) for table in drifted]
    if any(len(rows) > _MOST_ROWS for _, *both in changes for rows in both):
        return False
    with store.writing(alone=True) as w:
        if heads(w) != heads(anew):
            return False
        for table, gone, fresh in changes:
            replace_rows(w, table, gone, fresh)
        worlds.forget(w)
    return True


def _differing(table: Table, now: Iterator[Row], anew: Iterator[Row]) -> tuple[list[Row], list[Row]]:
    """The rows that only stand now, and those that only stand anew; both come in key order. Ends early where there are too many."""
    gone: list[Row] = []
    fresh: list[Row] = []
    one, other = next(now, None), next(anew, None)
    while (one is not None or other is not None) and max(len(gone), len(fresh)) <= _MOST_ROWS:
        if one == other:
            one, other = next(now, None), next(anew, None)
        elif other is None or (one is not None and one[: table.keys] <= other[: table.keys]):
            gone += [one] if one is not None else []
            one = next(now, None)
        else:
            fresh.append(other)
            other = next(anew, None)
    return gone, fresh
