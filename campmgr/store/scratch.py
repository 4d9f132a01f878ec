"""What long work must remember of itself, row by row: in a file of SQLite's own that ends with it, so that memory stays flat."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator

_CACHE_KB = 2_000
_READ_AHEAD = 500


def _nobodys(*tables: str) -> sqlite3.Connection:
    """A file that nobody else sees, and nobody after."""
    connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    connection.execute("pragma journal_mode = off")
    connection.execute("pragma synchronous = off")
    connection.execute(f"pragma cache_size = -{_CACHE_KB}")
    for table in tables:
        connection.execute(table)
    connection.execute("begin")
    return connection


class Scratch:
    """Numbers under keys, the first or the largest one said of each; keys are hashes of 64 bits."""

    def __init__(self) -> None:
        self._connection = _nobodys("create table said (key integer primary key, number integer not null) strict")

    def first(self, key: int, number: int) -> int:
        """The number first said under a key: this one, where none was before."""
        found = self._connection.execute("select number from said where key = ?", (key,)).fetchone()
        if found is not None:
            return int(found[0])
        self._connection.execute("insert into said (key, number) values (?, ?)", (key, number))
        return number

    def get(self, key: int) -> int | None:
        """The number under a key, None for none."""
        found = self._connection.execute("select number from said where key = ?", (key,)).fetchone()
        return int(found[0]) if found else None

    def largest(self, key: int, number: int) -> int:
        """The largest number said under a key before this one, 0 for none; from now on this one where it is larger."""
        found = self._connection.execute("select number from said where key = ?", (key,)).fetchone()
        if found is None or number > found[0]:
            self._connection.execute("insert or replace into said (key, number) values (?, ?)", (key, number))
        return int(found[0]) if found else 0


class ScratchTexts:
    """Texts under texts, the last one said of each."""

    def __init__(self) -> None:
        self._connection = _nobodys("create table said (key text primary key, told text not null) strict, without rowid")

    def put(self, key: str, told: str) -> None:
        """From now on this is what stands under a key."""
        self._connection.execute("insert or replace into said (key, told) values (?, ?)", (key, told))

    def get(self, key: str) -> str:
        """What stands under a key, "" for nothing."""
        found = self._connection.execute("select told from said where key = ?", (key,)).fetchone()
        return str(found[0]) if found else ""


class ScratchRows:
    """Rows that name each other: each has a number, a key, the key of the row it comes after ("" for none), and what it says."""

    def __init__(self, rows: Iterable[tuple[int, str, str, str]]) -> None:
        """Keep rows in the order of their numbers."""
        self._connection = _nobodys(
            "create table kept (number integer primary key, key text not null, above text not null, told text not null) strict",
            "create table waiting (number integer primary key, above text not null) strict",
            "create index waiting_by_above on waiting (above, number)",
        )
        self._connection.executemany("insert into kept values (?, ?, ?, ?)", rows)
        self._connection.execute("create index kept_by_key on kept (key, number)")
        self._waiting = 0

    def upper_first(self, is_there: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
        """(Number, what the row says), in the order of the numbers but for those that come after a row further down.

        Where rows wait for each other in a circle, first come those that are below something that `is_there` already.
        """
        for number, key, above, told in self._all():
            if above and above != key and self._is_to_come(above, number):
                self._connection.execute("insert into waiting values (?, ?)", (number, above))
                self._waiting += 1
                continue
            yield number, told
            yield from self._below(key)
        for first in (True, False):
            for number, above in self._left():
                if first and not is_there(above):
                    continue
                taken = self._take(number)
                if taken:
                    yield number, taken[1]
                    yield from self._below(taken[0])

    def _all(self) -> Iterator[tuple[int, str, str, str]]:
        at = -1
        while run := self._connection.execute(
            "select number, key, above, told from kept where number > ? order by number limit ?", (at, _READ_AHEAD)
        ).fetchall():
            yield from run
            at = run[-1][0]

    def _is_to_come(self, key: str, number: int) -> bool:
        """Whether the row of a key stands further down than this number, or waits itself."""
        found = self._connection.execute("select number from kept where key = ? order by number limit 1", (key,)).fetchone()
        if found is None:
            return False
        if found[0] > number:
            return True
        return bool(self._waiting and self._connection.execute("select 1 from waiting where number = ?", found).fetchone())

    def _below(self, key: str) -> Iterator[tuple[int, str]]:
        """Those that wait for a row that has been given, and for those in turn."""
        keys = [key] if key else []
        while self._waiting and keys:
            above = keys.pop()
            found = self._connection.execute("select number from waiting where above = ? order by number", (above,)).fetchall()
            for (number,) in found:
                if taken := self._take(number):
                    yield number, taken[1]
                    keys.append(taken[0])

    def _left(self) -> list[tuple[int, str]]:
        return self._connection.execute("select number, above from waiting order by number").fetchall() if self._waiting else []

    def _take(self, number: int) -> tuple[str, str] | None:
        """The key of a waiting row and what it says; None where it waits no more."""
        if not self._connection.execute("delete from waiting where number = ?", (number,)).rowcount:
            return None
        self._waiting -= 1
        key, told = self._connection.execute("select key, told from kept where number = ?", (number,)).fetchone()
        return key, told
