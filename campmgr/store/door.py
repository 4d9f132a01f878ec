"""The one door to the data file: `with store.writing() as w`, `with store.reading() as r` (docs/ledger.md#door).

Writing opens BEGIN IMMEDIATE on the one writing connection of this process, so that nobody has to upgrade a read lock half-way;
reading is query-only, on a connection that nobody else has meanwhile. A handle is passed on, never fetched from a global. Every
connection is made here, and what SQLite complains of is said in plain words.
"""

from __future__ import annotations

import gc
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from campmgr.clock import Clock, SystemClock
from campmgr.errors import Trouble
from campmgr.ledger.envelope import Fact
from campmgr.store.commits import Handed, SharedCommits, Turn, busy
from campmgr.store.schemas import Schema
from campmgr.store.settling import Settling, move_log

Row = tuple[Any, ...]

_DAMAGED = ("{} 已损坏，或者不是本程序的数据文件。", "damaged_data_file", "请检查 --db 指明的文件；如确已损坏，请用备份恢复。")
_WORDS: dict[int, tuple[str, str, str]] = {
    sqlite3.SQLITE_FULL: ("磁盘已满，{} 写不进去，没有写入任何内容。", "trouble", "请腾出空间后再试。"),
    sqlite3.SQLITE_IOERR: ("{} 读写失败，没有写入任何内容。", "trouble", "请检查磁盘或 U 盘是否还在、是否已满。"),
    sqlite3.SQLITE_READONLY: ("{} 不能写入。", "trouble", "请检查文件是否只读、U 盘是否写保护。"),
    sqlite3.SQLITE_PERM: ("没有读写 {} 的权限。", "trouble", "请检查文件权限。"),
    sqlite3.SQLITE_CANTOPEN: ("{} 打不开。", "trouble", "请检查文件夹是否存在、是否有权限。"),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_TOOBIG: _DAMAGED,  # a length that was spoiled: nothing of ours comes near a gigabyte
}


_PATIENCE, _LONG_PATIENCE = 10.0, 600.0
"""Seconds for which a write, and a long one, wait for their turn where nothing else is said."""


_MOST_IDLE = 6
"""Reading connections that are kept for the next who reads; more are opened while more read at once."""

_CACHE_KB = 10_000
"""Pages that each connection keeps for itself; the machine keeps the rest of the file."""

_KEYS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 400)
"""How many keys one query has: few sizes are few statements, which SQLite keeps ready; a key told twice finds nothing twice."""


class Plan(Protocol):
    """What is given to whoever opens a data file, and carried by every handle; the rooms above know what else it holds."""

    @property
    def schemas(self) -> Sequence[Schema]:
        """The tables beside the store's own, in the order in which they are made."""
        ...

    def begin(self, w: Writer) -> None:
        """What every transaction that writes begins with."""
        ...

    def finish(self, w: Writer, handed: Sequence[Handed]) -> None:
        """What is done once for all writes that share a commit and have handed it over."""
        ...


class Fresh(NamedTuple):
    """The facts that a transaction has appended after a place in the file, by subject (`store/ledger`)."""

    place: int
    facts: dict[str, list[Fact]]


class Reader:
    """Reads. Parameters are always bound by name; `queries` counts them for the tests; `memory` is the store's own; `known` is what
    was asked of this very view, and need not be asked again.
    """

    fresh: Fresh | None = None

    def __init__(
        self, connection: sqlite3.Connection, memory: dict[str, object], clock: Clock, plan: Plan, known: dict[str, object]
    ) -> None:  # fmt: skip
        self._connection = connection
        self.memory = memory
        self.clock = clock
        self.plan = plan
        self.queries = 0
        self.known = known

    def each(self, sql: str, **values: object) -> Iterator[Row]:
        """The rows one after another, for what may not fit into memory."""
        self.queries += 1
        return self._connection.execute(sql, values)

    def all(self, sql: str, **values: object) -> list[Row]:
        """All rows."""
        self.queries += 1
        return self._connection.execute(sql, values).fetchall()

    def one(self, sql: str, **values: object) -> Row | None:
        """The first row, or None."""
        self.queries += 1
        row: Row | None = self._connection.execute(sql, values).fetchone()
        return row

    def value(self, sql: str, **values: object) -> Any:
        """The first column of the first row, or None."""
        row = self.one(sql, **values)
        return row[0] if row else None

    def among(self, sql: str, keys: Iterable[str], **values: object) -> Iterator[Row]:
        """Rows of a query with `in (:keys)`, asked in runs of 400 keys."""
        run: list[str] = []
        for key in keys:
            run.append(key)
            if len(run) == 400:
                yield from self._run_of_keys(sql, run, values)
                run = []
        if run:
            yield from self._run_of_keys(sql, run, values)

    def _run_of_keys(self, sql: str, run: list[str], values: dict[str, object]) -> list[Row]:
        asked, names = _with_keys(sql, len(run))
        return self.all(asked, **values, **dict(zip_longest(names, run, fillvalue=run[-1])))

    def meta(self, key: str, default: str = "") -> str:
        """A setting of this data file itself."""
        known = self.known.get("meta") or self._settings()
        return known.get(key) or default  # type: ignore[attr-defined]  # as below

    def _settings(self) -> dict[str, str]:
        """The dozen settings there are, asked once: one handle sees one unchanging view, and most ask for several."""
        if "meta" not in self.known:
            self.known["meta"] = dict(self.all("select key, value from meta"))
        return self.known["meta"]  # type: ignore[return-value]  # written above alone


@lru_cache(512)
def _with_keys(sql: str, count: int) -> tuple[str, tuple[str, ...]]:
    """A query with `in (:keys)` for so many keys, and what these are called."""
    size = next((size for size in _KEYS if size >= count), count)
    names = tuple(f"key{place}" for place in range(size))
    return sql.replace("(:keys)", "(" + ",".join(":" + name for name in names) + ")"), names


def nobody_hears(_done: int, _whole: int) -> None:
    """Takes no notice of how far a transaction is."""


class Writer(Reader):
    """Writes, inside one transaction; `turn` says what it shares with others."""

    turn = Turn()

    told: Callable[[int, int], None] = staticmethod(nobody_hears)
    """Hears how far a long transaction is: (done, of how many). What it raises ends the transaction, and nothing of it stays."""

    def run(self, sql: str, **values: object) -> int:
        """Run one statement; how many rows it changed."""
        self.queries += 1
        return self._connection.execute(sql, values).rowcount

    def many(self, sql: str, rows: Iterable[Row]) -> int:
        """Run one statement for every row; how many rows were changed in all."""
        self.queries += 1
        return self._connection.executemany(sql, rows).rowcount

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of the transaction that is taken back alone when the block raises; what was written before it stays."""
        handed = len(self.turn.handed)
        self._connection.execute("savepoint attempt")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:  # a full disk takes back everything by itself
                self._connection.execute("rollback to attempt")
                self._connection.execute("release attempt")
            self.known.clear()  # what was told in between was taken back too
            self.fresh = None
            del self.turn.handed[handed:]
            raise
        self._connection.execute("release attempt")

    def set_meta(self, key: str, value: str) -> None:
        """Set a setting of this data file itself."""
        self.run("insert into meta (key, value) values (:key, :value) on conflict (key) do update set value = excluded.value",
                 key=key, value=value)  # fmt: skip
        self._settings()[key] = value

    def drop_meta(self, key: str) -> None:
        """Forget a setting of this data file itself."""
        self.run("delete from meta where key = :key", key=key)
        self._settings().pop(key, None)


@contextmanager
def uncollected() -> Iterator[None]:
    """A bulk write makes millions of small tuples and no cycles; the collector would only look at them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_on:
            gc.enable()


_EVERY, _LONG = 25, 2


def collect_after(run: int) -> None:
    """Let the collector look at what is new; at all that has been kept after every so many runs alone: a large tree takes long.

    From the second run on, what was there before is set aside until the bulk write ends. Not for a write of one run: whatever is
    set aside starts the collector's own count anew, and a program that often writes a little would never collect at all.
    """
    gc.collect(1 if run % _EVERY else 2)
    if run == _LONG:
        gc.freeze()


@contextmanager
def failures_told(path: Path) -> Iterator[None]:
    """Turn what the machine or another program causes into Trouble; a mistake of ours stays what it is."""
    try:
        yield
    except UnicodeDecodeError as problem:  # what SQLite complains of may itself hold a name that is no UTF-8 any more
        raise _trouble(_DAMAGED, path) from problem
    except sqlite3.DatabaseError as problem:
        code = getattr(problem, "sqlite_errorcode", 0) & 0xFF  # the extended codes keep the primary one in their last byte
        if str(problem).startswith("Could not decode"):  # a text that is no UTF-8 any more; Python says it, and has no code for it
            code = sqlite3.SQLITE_CORRUPT
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise busy() from problem
        if code not in _WORDS:
            raise
        raise _trouble(_WORDS[code], path) from problem


def _trouble(words: tuple[str, str, str], path: Path) -> Trouble:
    sentence, reason, hint = words
    return Trouble(sentence.format(path.name), reason=reason, hint=hint)


def connect(path: Path) -> sqlite3.Connection:
    """A connection with our settings: WAL, every commit on disk, deleted bytes overwritten, foreign keys on. Raises Trouble."""
    with failures_told(path):
        connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False, cached_statements=256)
        try:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = full")
            connection.execute("pragma foreign_keys = on")
            connection.execute("pragma secure_delete = on")
            connection.execute(f"pragma cache_size = -{_CACHE_KB}")
            connection.execute("pragma temp_store = memory")
        except BaseException:
            connection.close()
            raise
    return connection


class Store:
    """An open data file."""

    def __init__(self, path: Path, plan: Plan, clock: Clock | None = None) -> None:
        self.path = path
        self.plan = plan
        self.clock: Clock = clock or SystemClock()
        self.memory: dict[str, object] = {}
        self._commits_made = 0
        self._lock = threading.RLock()
        self._writing = connect(path)
        self._writing.execute("pragma wal_autocheckpoint = 0")  # `settling` does that, while nobody waits
        self._commits = SharedCommits(self._writing, self._finish)
        self._idle: list[sqlite3.Connection] = []
        self._open: list[sqlite3.Connection] = [self._writing]
        self.settling = Settling(lambda: connect(path), self._commits.quiet)

    @contextmanager
    def writing(
        self, *, alone: bool = False, begins: bool = True, patience: float = 0, about: frozenset[str] = frozenset()
    ) -> Iterator[Writer]:
        """One transaction on the one writing connection: on the disk when the block is left, taken back on any exception.

        Small writes that come at once share a commit; a long one asks to be `alone`, so that nobody waits for it to end. `begins`
        is off only while a file is given its writer (`Plan.begin`). `about` names the only subjects of which a small write reads
        or says anything, where it reads nothing after what it says: that is then sealed and folded with what others say meanwhile.
        Raises Busy when others write for `patience` seconds (0: as long as such a write usually waits), Trouble for what the
        machine causes.
        """
        shared = self._commits.transaction(alone=alone, patience=patience or (_LONG_PATIENCE if alone else _PATIENCE), about=about)
        with failures_told(self.path), shared as turn, uncollected() if alone else nullcontext():
            w = self._writer()
            w.turn = turn
            if begins:
                self.plan.begin(w)
            yield w
        self._commits_made += 1
        self.settling.note()
        if alone:
            self.settling.relieve()

    def _writer(self) -> Writer:
        return Writer(self._writing, self.memory, self.clock, self.plan, self._commits.known)

    def _finish(self, handed: Sequence[Handed]) -> None:
        self.plan.finish(self._writer(), handed)

    def stamp(self) -> str:
        """A text that changes with what is in the file, whichever program writes; asked of the file system alone.

        Another program's commit of the same tick of its clock that leaves the log as long as it was could be overlooked, so what
        is kept by it is not kept for long.
        """
        told = [str(self._commits_made)]
        for path in (self.path, self.path.with_name(f"{self.path.name}-wal")):
            with suppress(FileNotFoundError):
                found = path.stat()
                told.append(f"{found.st_ino} {found.st_size} {found.st_mtime_ns}")
        return "/".join(told)

    @property
    def is_long_written(self) -> bool:
        """Whether a long write is going on: who can do without writing should, since it would wait for its end."""
        return self._commits.is_long

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """One unchanging view of the data, query-only. Raises Trouble for a damaged file."""
        with failures_told(self.path), self._reading_connection() as connection:
            connection.execute("begin")
            try:
                yield Reader(connection, self.memory, self.clock, self.plan, {})
            finally:
                if connection.in_transaction:
                    connection.execute("rollback")

    @contextmanager
    def _reading_connection(self) -> Iterator[sqlite3.Connection]:
        """The one used last of those that are free, whose cache is warm; a few are kept, since each may hold 32 MB."""
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = connect(self.path)
            connection.execute("pragma query_only = on")
            with self._lock:
                self._open.append(connection)
        try:
            yield connection
        finally:
            with self._lock:
                if len(self._idle) < _MOST_IDLE:
                    self._idle.append(connection)
                elif connection in self._open:
                    self._open.remove(connection)
                    connection.close()

    def empty_log(self, patience: float = 5.0) -> bool:
        """Move the write-ahead log into the file and truncate it, so that nothing erased is left behind in it.

        False when somebody reads an older state for longer than so many seconds: then it is tried again in the background, and
        `settling.is_clearing` until it is done.
        """
        connection, ends = connect(self.path), time.monotonic() + patience
        try:
            with failures_told(self.path):
                while not move_log(connection, empty=True):
                    if time.monotonic() >= ends:
                        self.settling.note(clear=True)
                        return False
                    time.sleep(0.05)
        finally:
            connection.close()
        return True

    def copy_to(self, target: Path) -> None:
        """A consistent copy of the data file, made while others read and write. Raises Trouble where the disk has no room."""
        with failures_told(target), closing(connect(self.path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)

    def close(self) -> None:
        """Close every connection of this store."""
        self.settling.close()
        with self._commits.quiet(), self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()
            self._idle.clear()
