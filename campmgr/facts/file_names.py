"""What imported files were called: kept by the data file that imported them alone (docs/ledger.md#erasure)."""

from __future__ import annotations

from collections.abc import Iterable

from campmgr.store.door import Reader, Writer


def keep_file_name(w: Writer, batch: str, name: str) -> None:
    """Keep what the file was called that became this batch."""
    w.run("insert or replace into local_file_names (batch, name) values (:batch, :name)", batch=batch, name=name)


def file_names(r: Reader, batches: Iterable[str]) -> dict[str, str]:
    """What the files were called here that became these batches, by batch."""
    return dict(r.among("select batch, name from local_file_names where batch in (:keys)", batches))


def forget_file_names(w: Writer, name: str) -> None:
    """Forget the names of files that hold the name of somebody whose details are erased."""
    w.run("delete from local_file_names where instr(name, :name) > 0", name=name)
