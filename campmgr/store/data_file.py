"""Making and opening data files, and leaving the marker outside them on closing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from campmgr.clock import Clock
from campmgr.config import state_folder
from campmgr.store import identity, opening
from campmgr.store.door import Plan, Store

REBUILD_DUE = "rebuild_due"
"""The meta key by which a migration asks for all tables to be folded again (`facts/refolding`)."""


def create(path: Path, plan: Plan, clock: Clock | None = None) -> Store:
    """A new data file with a writer of its own. Raises BadInput when something is there already."""
    opening.create(path, plan.schemas)
    store = Store(path, plan, clock)
    with store.writing(begins=False) as w:
        identity.mint(w)
        w.drop_meta(REBUILD_DUE)  # nothing is in it that could be folded
    store.settling.after = partial(leave_marker, store)
    return store


def open_file(path: Path, plan: Plan, clock: Clock | None = None) -> Store:
    """An existing data file, brought up to date; a copied or restored one gets a new writer (docs/ledger.md#writers)."""
    opening.check(path, plan.schemas)
    store = Store(path, plan, clock)
    with store.reading() as r:
        told = identity.told_of(r, state_folder())
        copied = identity.is_copy(r, told, path)
    if copied:
        with store.writing(begins=False) as w:
            identity.become_successor(w, told)
        leave_marker(store)
    store.settling.after = partial(leave_marker, store)
    return store


def leave_marker(store: Store) -> None:
    """Note outside the file where its writer lives and how far it got.

    A state folder that cannot be written must not turn work that is saved into a failure: without the marker the file counts
    as a copy next time, which costs a new writer and loses nothing.
    """
    with suppress(OSError), store.reading() as r:
        identity.leave_marker(r, store.path, state_folder())


def close(store: Store) -> None:
    """Leave the marker and close."""
    leave_marker(store)
    store.close()


def discard(store: Store) -> None:
    """Close a data file in which nothing came to be, and take it away: it would be in the way of the next try."""
    store.close()
    opening.remove(store.path)


@contextmanager
def opened(path: Path, plan: Plan, clock: Clock | None = None) -> Iterator[Store]:
    """An existing data file for the length of a block."""
    store = open_file(path, plan, clock)
    try:
        yield store
    finally:
        close(store)
