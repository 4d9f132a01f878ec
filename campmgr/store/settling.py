"""A second after the last write, moving what stands in the log into the data file itself (docs/ledger.md#copying).

SQLite keeps new pages in a log beside the file, and people copy the file alone. So soon after the last write the file holds
everything, and until then the program can say that it does not. The same thread empties the log after an erasure: while somebody
reads an older state that cannot be done, so it is tried again until it is.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from campmgr.errors import CampError

AFTER = 1.0
"""Seconds without a write before the log is moved."""

_AGAIN = 1.0
_READERS = 200
"""Milliseconds for which emptying the log waits for readers; writers wait meanwhile."""


class Settling:
    """A thread that begins with the first write and waits for the next."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._turn = threading.Lock()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._written_at = 0.0
        self._pending = self._clears = self._closed = False
        self.after: Callable[[], None] = lambda: None
        """Called, in the thread, once everything is in the file."""

    def note(self, *, clear: bool = False) -> None:
        """Something was written; `clear`: something was erased, so the log must be emptied too."""
        with self._turn:
            self._written_at, self._pending = time.monotonic(), True
            self._clears = self._clears or clear
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, name="settling", daemon=True)
                self._thread.start()
        self._wake.set()

    @property
    def since(self) -> float:
        """For how many seconds what was written last stands in the log alone; 0 when all is in the file."""
        return time.monotonic() - self._written_at if self._pending else 0.0

    @property
    def is_clearing(self) -> bool:
        """Whether something erased may still stand in the log."""
        return self._clears

    def close(self) -> None:
        """No more of it; closing the last connection moves and deletes the log anyway."""
        with self._turn:
            self._closed = True
            thread = self._thread
        self._wake.set()
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        connection: sqlite3.Connection | None = None
        while not self._closed:
            self._wake.clear()
            wait = self._written_at + AFTER - time.monotonic() if self._pending else None
            if wait is None or wait > 0:
                self._wake.wait(wait)
                continue
            with suppress(sqlite3.Error, CampError):  # a full disk, a stick that was drawn: again later
                connection = connection or self._connect()
                if self._settle(connection):
                    continue
            self._wake.wait(_AGAIN)
        if connection is not None:
            connection.close()

    def _settle(self, connection: sqlite3.Connection) -> bool:
        """Move the log, and empty it where that is due; whether nothing is left to do."""
        before, clears = self._written_at, self._clears
        if not move_log(connection, empty=clears):
            return False
        with self._turn:
            if (self._written_at, self._clears) != (before, clears):
                return False
            self._pending = self._clears = False
        self.after()
        return True


def move_log(connection: sqlite3.Connection, *, empty: bool = False) -> bool:
    """Move the log into the file, on a connection that is in no transaction; whether all of it is there, or it is empty.

    Moving hinders nobody. Emptying has to wait until nobody reads an older state, and for a moment only.
    """
    if empty:
        connection.execute(f"pragma busy_timeout = {_READERS}")
    busy, pages, moved = connection.execute(f"pragma wal_checkpoint({'truncate' if empty else 'passive'})").fetchone()
    return not busy and pages == moved
