"""Whether the tables are what the ledger says: folded anew in a copy, and compared table by table."""

from __future__ import annotations

import tempfile
from pathlib import Path

from campmgr.facts.checking import table_hash
from campmgr.facts.fold_registry import folds_of
from campmgr.facts.folding import rebuild
from campmgr.store.door import Store


def drifted_tables(store: Store) -> tuple[str, ...]:
    """The tables that a rebuild would change: a flipped bit, a hand in the file. Nobody is kept from reading or writing meanwhile.

    Needs room for a copy of the data file. Raises Trouble.
    """
    with tempfile.TemporaryDirectory(prefix="campmgr-") as folder:
        path = Path(folder) / "copy.sqlite"
        store.copy_to(path)
        copy = Store(path, store.plan, store.clock)
        try:
            with copy.writing(begins=False) as w:
                tables = folds_of(w).tables
                before = {table.name: table_hash(w, table) for table in tables}
                rebuild(w)
                return tuple(table.name for table in tables if table_hash(w, table) != before[table.name])
        finally:
            copy.close()
