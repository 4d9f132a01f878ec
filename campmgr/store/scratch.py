"""What long work must remember of itself, row by row: in a file of SQLite's own that ends with it, so that memory stays flat."""

from __future__ import annotations

import sqlite3

_CACHE_KB = 8_000


class Scratch:
    """Numbers under keys, the first or the largest one said of each; keys are hashes of 64 bits."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)  # "": a file that nobody else sees
        self._connection.execute("pragma journal_mode = off")
        self._connection.execute("pragma synchronous = off")
        self._connection.execute(f"pragma cache_size = -{_CACHE_KB}")
        self._connection.execute("create table said (key integer primary key, number integer not null) strict")
        self._connection.execute("begin")

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
