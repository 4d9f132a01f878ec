"""A second after the last write, moving what stands in the log into the data file itself (docs/ledger.md#copying).

SQLite keeps new pages in a log beside the file, and people copy the file alone. So soon after the last write the file holds
everything, and until then the program can say that it does not. The same thread empties the log after an erasure: while somebody
reads an older state that cannot be done, so it is tried again until it is.

SQLite by itself would move the log in the middle of somebody's write, while others wait for their turn. So no commit does it: this
thread does, every second while many write, and a long write between two of its runs, so that the log does not grow with it.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress

from campmgr.errors import CampError

AFTER = 1.0
"""Seconds after a write before the log is moved."""

_AGAIN = 1.0
"""Seconds between two moves while writing goes on."""

_TRIES = 2
"""Moves that others went on writing behind, after which it is moved while they wait: only a log that is moved whole begins anew."""

_READERS = 200
"""Milliseconds for which emptying the log waits for readers; writers wait meanwhile."""


class Settling:
    """A thread that begins with the first write and waits for the next."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], quiet: Callable[[], AbstractContextManager[None]]) -> None:
        """`quiet`: a moment in which nobody of this program writes."""
        self._connect = connect
        self._quiet = quiet
        self._turn = threading.Lock()
        self._moving = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._moved_at, self._tries = 0.0, 0
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._written_at = self._pending_since = 0.0
        self._pending = self._clears = self._closed = False
        self.after: Callable[[], None] = lambda: None
        """Called, in the thread, once everything is in the file."""

    def note(self, *, clear: bool = False) -> None:
        """Something was written; `clear`: something was erased, so the log must be emptied too."""
        with self._turn:
            self._written_at = time.monotonic()
            is_new = clear or not self._pending
            self._pending_since = self._pending_since if self._pending else self._written_at
            self._pending = True
            self._clears = self._clears or clear
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, name="settling", daemon=True)
                self._thread.start()
        if is_new:  # what waits already waits no longer for this
            self._wake.set()

    def relieve(self) -> None:
        """Move what a long write has left in the log, before it goes on; nobody waits for that but the long write."""
        with suppress(sqlite3.Error, CampError):
            if time.monotonic() - self._moved_at > _AGAIN / 2:
                self._move(empty=False)

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
        with self._moving:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _run(self) -> None:
        while not self._closed:
            self._wake.clear()
            wait = self._wait()
            if wait is None or wait > 0:
                self._wake.wait(wait)
                continue
            with suppress(sqlite3.Error, CampError):  # a full disk, a stick that was drawn: again later
                if self._settle():
                    self._tries = 0
                    continue
            self._moved_at = time.monotonic()
            self._tries += 1

    def _wait(self) -> float | None:
        """Seconds until the log is to be moved: a second after the first write that is not, or the last try; None for nothing."""
        return max(self._pending_since + AFTER, self._moved_at + _AGAIN) - time.monotonic() if self._pending else None

    def _settle(self) -> bool:
        """Move the log, and empty it where that is due; whether nothing is left to do."""
        before, clears = self._written_at, self._clears
        moved = self._move(empty=clears)
        if self._tries >= _TRIES:  # most of it is there, so the rest takes a moment; else it would begin anew at no time
            with self._quiet():
                moved = self._move(empty=clears)
        if not moved:
            return False
        with self._turn:
            if (self._written_at, self._clears) != (before, clears):
                return False
            self._pending = self._clears = False
        self.after()
        return True

    def _move(self, *, empty: bool) -> bool:
        with self._moving:
            self._connection = self._connection or self._connect()
            moved = move_log(self._connection, empty=empty)
            self._moved_at = time.monotonic()
            return moved


def move_log(connection: sqlite3.Connection, *, empty: bool = False) -> bool:
    """Move the log into the file, on a connection that is in no transaction; whether all of it is there, or it is empty.

    Moving hinders nobody. Emptying has to wait until nobody reads an older state, and for a moment only.
    """
    if empty:
        connection.execute(f"pragma busy_timeout = {_READERS}")
    busy, pages, moved = connection.execute(f"pragma wal_checkpoint({'truncate' if empty else 'passive'})").fetchone()
    return not busy and pages == moved
