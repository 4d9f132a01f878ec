"""Concurrent small writes share a commit (docs/ledger.md#door): whoever comes last before nobody waits puts them all on the disk.

Writers take turns on the one writing connection, each in a savepoint of its own, so that one's failure takes back nothing of
another's. A writer leaves only when the commit it belongs to is on the disk. What can be done once for all of them (to seal, to
fold) each hands over, and whoever commits does it first; who fails has handed over nothing. A long write (`alone`) first commits
what is open and shares with nobody, so that no small write waits for it to end, and needs no savepoint, for which SQLite would keep
every page it changes in memory; it lets small ones go first, here and, by knocking
more seldom than they do, in other programs. Who has waited for a turn too long is told so (`Busy`).
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

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


class Handed(NamedTuple):
    """What a write has left to be done once with that of others: the subjects it is about, and what is to be done."""

    about: frozenset[str]
    what: Any


@dataclass(frozen=True, slots=True)
class Turn:
    """One write's turn. `about`: the only subjects of which it reads or says anything, where it may hand over; `before`: what was
    handed over before it, `handed`: what it hands over itself.
    """

    about: frozenset[str] = frozenset()
    before: Sequence[Handed] = ()
    handed: list[Handed] = field(default_factory=list)


class _Group:
    """Writes that share a commit."""

    def __init__(self) -> None:
        self.began = seconds_passed()
        self.writes = 0
        self.over = threading.Event()
        self.problem: BaseException | None = None
        self.handed: list[Handed] = []


class SharedCommits:
    """Turns on one writing connection. `finish` does what was handed over, in the transaction of those who did."""

    def __init__(self, connection: sqlite3.Connection, finish: Callable[[Sequence[Handed]], None]) -> None:
        self._connection = connection
        self._finish = finish
        # it is waited for here, and only to begin: then nobody is in the way any more
        connection.execute("pragma busy_timeout = 0")
        self._turn = threading.Lock()
        self._queue = threading.Lock()
        self._waiting = 0
        self._group: _Group | None = None
        self._shut_from = self._long_ended = -_BREATH
        self.is_long = False
        """Whether a long write has the turn at this moment."""
        self.known: dict[str, object] = {}
        """What those who write have asked of the file. It outlives their transactions, and goes as soon as another program has
        written or anything is taken back.
        """
        self._version = 0

    @contextmanager
    def transaction(self, *, alone: bool = False, patience: float, about: frozenset[str] = frozenset()) -> Iterator[Turn]:
        """One write: on the disk when the block is left, taken back on any exception. Raises Busy after `patience` seconds.

        `about`: see `Turn`. Before a write that says nothing of it, or that is about what was handed over, that is done.
        """
        until = seconds_passed() + patience
        if alone:
            self._take_long_turn(patience)
        else:
            self._take_turn(patience)
        try:
            if alone:
                self._commit()
            group = self._join(until, _LONG_KNOCK if alone else _KNOCK, about)
            if not alone:
                self._connection.execute("savepoint one")
            self.is_long = alone
            turn = Turn(about, tuple(group.handed))
            try:
                yield turn
            except BaseException as problem:
                self._take_back(group, problem, alone=alone)
                raise
            if not alone:
                self._connection.execute("release one")
            group.writes += 1
            group.handed += turn.handed
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

    def _join(self, until: float, knock: float, about: frozenset[str]) -> _Group:
        if self._group and not (about and all(about.isdisjoint(each.about) for each in self._group.handed)):
            self._finish_before(self._group)
        if self._group is None:
            self._begin(until, knock)
            self._group = _Group()
        return self._group

    def _begin(self, until: float, knock: float) -> None:
        """Begin to write as soon as no other program does. SQLite by itself would knock ten times a second and miss the moment."""
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
                break
        (version,) = self._connection.execute("pragma data_version").fetchone()
        if version != self._version:  # another connection has written since
            self._version = version
            self.known.clear()

    def _finish_before(self, group: _Group) -> None:
        """Do what was handed over, so that the next write reads what came of it. Should that fail, all who share the commit do."""
        try:
            self._finish_handed(group)
        except BaseException as problem:  # noqa: BLE001 - handed to everyone who waits; whoever comes next begins anew
            self._group = None
            self._fail(group, problem)
            group.over.set()

    def _finish_handed(self, group: _Group) -> None:
        if group.handed:
            self._finish(group.handed)
            group.handed = []

    def _fail(self, group: _Group, problem: BaseException) -> None:
        group.problem = problem
        self.known.clear()
        if self._connection.in_transaction:
            self._connection.execute("rollback")

    def _take_back(self, group: _Group, problem: BaseException, *, alone: bool) -> None:
        """Take one write back. A full disk has taken back the whole transaction already: then all of the group have failed."""
        self.known.clear()
        if alone:
            self._commit()  # nobody else has written: all of it is taken back
        elif self._connection.in_transaction:
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
            self._finish_handed(group)
            self._connection.execute("commit" if group.writes else "rollback")
        except BaseException as problem:  # noqa: BLE001 - handed to everyone who waits, the committer included
            self._fail(group, problem)
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
