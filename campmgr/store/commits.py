"""Concurrent small writes share a commit (docs/ledger.md#door): whoever comes last before nobody waits puts them all on the disk.

Writers take turns on the one writing connection, each in a savepoint of its own, so that one's failure takes back nothing of
another's. A writer leaves only when the commit it belongs to is on the disk. A long write (`alone`) first commits what is open
and shares with nobody, so that no small write waits for it to end; it lets small ones go first, here and, by knocking more seldom
than they do, in other programs. Who has waited for a turn too long is told so (`Busy`).
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from campmgr.clock import seconds_passed
from campmgr.errors import Busy

_MOST = 64
"""How many writes share one commit at most, so that the first of them does not wait for ever."""

_LONGEST = 0.3
"""Seconds after which what is open is committed, whoever still waits: as long as a run of a long write may take."""

_LOOK_AGAIN = 0.05
"""Seconds after which a writer looks whether the one it left the commit to has gone away."""


_KNOCK, _LONG_KNOCK = 0.005, 0.03
"""Seconds between two tries while another program writes: a long import there leaves the door open for moments alone. A long write
knocks more seldom, so that the small ones of another program are before it.
"""

_BREATH = 0.03
"""Seconds for which the door stands open between two long writes of this program, longer than the others' knocks are apart."""

_UNNOTICED = 0.05
"""Seconds for which long writes may shut the door, one after the other, before they owe the others a breath: many are over in a
few milliseconds, and whoever knocks waits no longer than for one of those that are not.
"""

_MOST_POLITE = 1.0
"""Seconds for which a long write lets small ones of this program go first; then it stands in line as they do."""

_USUAL_TIMEOUT = 10_000
"""Milliseconds for which SQLite itself waits in all but the beginning of a transaction."""


class _Group:
    """Writes that share a commit."""

    def __init__(self) -> None:
        self.began = seconds_passed()
        self.writes = 0
        self.over = threading.Event()
        self.problem: BaseException | None = None


class SharedCommits:
    """Turns on one writing connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._turn = threading.Lock()
        self._queue = threading.Lock()
        self._waiting = 0
        self._group: _Group | None = None
        self._shut_from = self._long_ended = -_BREATH
        self.is_long = False
        """Whether a long write has the turn at this moment."""

    @contextmanager
    def transaction(self, *, alone: bool = False, patience: float) -> Iterator[None]:
        """One write: on the disk when the block is left, taken back on any exception. Raises Busy after `patience` seconds."""
        until = seconds_passed() + patience
        if alone:
            self._take_long_turn(patience)
        else:
            self._take_turn(patience)
        try:
            if alone:
                self._commit()
            group = self._join(until, _LONG_KNOCK if alone else _KNOCK)
            self.is_long = alone
            try:
                yield
            except BaseException as problem:
                self._take_back(group, problem)
                raise
            self._connection.execute("release one")
            group.writes += 1
            if alone or not self._waiting or group.writes >= _MOST or seconds_passed() - group.began > _LONGEST:
                self._commit()
        finally:
            if alone:
                self.is_long, self._long_ended = False, seconds_passed()
            self._turn.release()
        self._wait_for(group)

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """A moment without any open transaction: for what SQLite does only then."""
        self._take_turn()
        try:
            self._commit()
            yield
        finally:
            self._turn.release()

    def _take_long_turn(self, patience: float) -> None:
        """Wait a moment after long writes, and until no small write of this program is or waits for its turn."""
        polite_until = seconds_passed() + _MOST_POLITE
        if self._long_ended - self._shut_from > _UNNOTICED:
            time.sleep(max(0.0, self._long_ended + _BREATH - seconds_passed()))
        if seconds_passed() - self._long_ended >= _BREATH:
            self._shut_from = seconds_passed()
        while seconds_passed() < polite_until:
            if not self._waiting and self._turn.acquire(blocking=False):
                return
            time.sleep(_KNOCK)
        self._take_turn(patience)

    def _take_turn(self, patience: float = -1) -> None:
        with self._queue:
            self._waiting += 1
        try:
            if not self._turn.acquire(timeout=patience):
                raise busy()
        finally:
            with self._queue:
                self._waiting -= 1

    def _join(self, until: float, knock: float) -> _Group:
        if self._group is None:
            self._begin(until, knock)
            self._group = _Group()
        self._connection.execute("savepoint one")
        return self._group

    def _begin(self, until: float, knock: float) -> None:
        """Begin to write as soon as no other program does. SQLite by itself would knock ten times a second and miss the moment."""
        self._connection.execute("pragma busy_timeout = 0")
        try:
            while True:
                try:
                    self._connection.execute("begin immediate")
                except sqlite3.OperationalError as problem:
                    if problem.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                        raise
                    if seconds_passed() > until:
                        raise busy() from problem
                    time.sleep(knock)
                else:
                    return
        finally:
            self._connection.execute(f"pragma busy_timeout = {_USUAL_TIMEOUT}")

    def _take_back(self, group: _Group, problem: BaseException) -> None:
        """Take one write back. A full disk has taken back the whole transaction already: then all of the group have failed."""
        if self._connection.in_transaction:
            self._connection.execute("rollback to one")
            self._connection.execute("release one")
            if not self._waiting:
                self._commit()
        else:
            self._group = None
            group.problem = problem
            group.over.set()

    def _commit(self) -> None:
        """Commit the open group, if there is one; everyone in it hears how that went."""
        group, self._group = self._group, None
        if group is None:
            return
        try:
            self._connection.execute("commit" if group.writes else "rollback")
        except BaseException as problem:  # noqa: BLE001 - handed to everyone who waits, the committer included
            group.problem = problem
            if self._connection.in_transaction:
                self._connection.execute("rollback")
        finally:
            group.over.set()

    def _wait_for(self, group: _Group) -> None:
        while not group.over.wait(_LOOK_AGAIN):
            with self._turn:
                if self._group is group and not self._waiting:
                    self._commit()
        if group.problem is not None:
            raise group.problem


def busy() -> Busy:
    """What is told to whoever has waited too long for others to write."""
    return Busy("正在写入大量记录，这一步还没有保存。", hint="请等几秒再试一次。")
