"""What imported files were called: kept by the data file that imported them alone (docs/ledger.md#erasure)."""

from __future__ import annotations

from campmgr.store.door import Writer


def keep_file_name(w: Writer, batch: str, name: str) -> None:
    """Keep what the file was called that became this batch."""
    w.run("insert or replace into local_file_names (batch, name) values (:batch, :name)", batch=batch, name=name)


def forget_file_names(w: Writer, name: str) -> None:
    """Forget the names of files that hold the name of somebody whose details are erased."""
    w.run("delete from local_file_names where instr(name, :name) > 0", name=name)
