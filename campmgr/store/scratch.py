"""What long work must remember of itself, row by row: in a file of SQLite's own that ends with it, so that memory stays flat."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

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
        if self._connection.execute("insert or ignore into said (key, number) values (?, ?)", (key, number)).rowcount:
            return number
        return int(self._connection.execute("select number from said where key = ?", (key,)).fetchone()[0])

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


class LaidRow(NamedTuple):
    """A row as it is given back. `place`: which of all rows it is, from 0; `first`: the number of the first row with its key;
    `above`: the place of the row it comes after, NOBODY for none, SEVERAL where it may mean several.
    """

    number: int
    place: int
    first: int
    above: int
    told: str


NOBODY, SEVERAL = -1, -2


class ScratchRows:
    """Rows that name each other: each has a number, a key, the key of the row it comes after ("" for none), and what it says.

    Which row comes after which is kept as whole numbers, a dozen bytes a row; all else stands in the file.
    """

    def __init__(self, rows: Iterable[tuple[int, str, str, str]]) -> None:
        """Keep rows, in the order of their numbers."""
        self._connection = _nobodys(
            "create table kept (place integer primary key, number integer not null, key text not null, above text not null,"
            " told text not null) strict"
        )
        self._connection.executemany("insert into kept values (?, ?, ?, ?, ?)", ((place, *row) for place, row in enumerate(rows)))
        self._connection.execute("create index kept_by_key on kept (key, place)")
        found = self._connection.execute(
            "select ifnull((select min(place) from kept f where f.key = k.key and k.key <> ''), place),"
            " ifnull((select min(place) from kept a where a.key = k.above and k.above <> k.key and k.above <> ''), -1)"
            " from kept k order by place"
        )
        self._first, self._above = array("i"), array("i")
        for first, above in found:
            self._first.append(first)
            self._above.append(above)

    def __len__(self) -> int:
        return len(self._above)

    def first(self, place: int) -> int:
        """The place of the first row with the key of this one."""
        return self._first[place]

    def above(self, place: int) -> int:
        """The place of the row that one comes after, NOBODY, or SEVERAL."""
        return self._above[place]

    def unmet(self) -> Iterator[tuple[int, str]]:
        """(Place, what it comes after) of the rows that come after something which is the key of none."""
        rows = self._connection.execute("select place, above from kept where above <> '' and above <> key order by place")
        return ((place, above) for place, above in rows if self._above[place] == NOBODY)

    def each(self) -> Iterator[tuple[int, str]]:
        """(Place, what it says) of every row, in order."""
        return iter(self._connection.execute("select place, told from kept order by place"))

    def put_below(self, place: int, above: int) -> None:
        """Let a row come after another, or after nobody knows which of SEVERAL."""
        if above != place:
            self._above[place] = above

    def upper_first(self, is_there: Callable[[str], bool]) -> Iterator[LaidRow]:
        """The rows in the order of their numbers but for those that come after a row further down.

        Where rows wait for each other in a circle, first come those that are below something that `is_there` already.
        """
        order = self._order(is_there)
        while run := list(islice(order, _READ_AHEAD)):
            marks = ",".join("?" * len(run))
            asked = f"select place, number, told from kept where place in ({marks})"  # noqa: S608 - question marks alone
            rows = {row[0]: row for row in self._connection.execute(asked, run)}
            firsts = self._numbers_of({self._first[place] for place in run} - rows.keys())
            for place in run:
                first = self._first[place]
                yield LaidRow(
                    rows[place][1], place, rows[first][1] if first in rows else firsts[first], self._above[place], rows[place][2]
                )

    def _numbers_of(self, places: Iterable[int]) -> dict[int, int]:
        return {
            place: self._connection.execute("select number from kept where place = ?", (place,)).fetchone()[0] for place in places
        }

    def _order(self, is_there: Callable[[str], bool]) -> Iterator[int]:
        """The places of the rows, each after the one above it. Rows that wait for one are a chain: `last` of it, and `before`."""
        count = len(self)
        last, before, is_given = array("i", [NOBODY]) * count, array("i", [NOBODY]) * count, bytearray(count)

        def given(place: int) -> Iterator[int]:
            todo = [place]
            while todo:
                place = todo.pop()
                if not is_given[place]:
                    is_given[place] = 1
                    yield place
                    below = last[place]
                    while below != NOBODY:
                        todo.append(below)
                        below = before[below]

        for place, above in enumerate(self._above):
            if above < 0 or is_given[above]:
                yield from given(place)
            else:
                before[place], last[above] = last[above], place
        left = [place for place in range(count) if not is_given[place]]
        for place, above in self._connection.execute("select place, above from kept order by place") if left else ():
            if not is_given[place] and is_there(above):
                yield from given(place)
        for place in left:
            yield from given(place)
