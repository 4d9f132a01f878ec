"""Keeping folded tables by difference: what an owner's rows should be, against what they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import NamedTuple, TypeVar

from campmgr.store.door import Reader, Row, Writer

_Value = TypeVar("_Value")


class Table(NamedTuple):
    """A projection table: its columns, how many of them are the key, and the column its owner stands in."""

    name: str
    columns: tuple[str, ...]
    keys: int
    owner: str


@cache
def _statements(table: Table) -> tuple[str, str, str]:
    columns, keys = table.columns, table.columns[: table.keys]
    updates = ", ".join(f"{column} = excluded.{column}" for column in columns[table.keys :])
    upsert = (
        f"insert into {table.name} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"  # noqa: S608 - our own names
        f" on conflict ({', '.join(keys)}) do " + (f"update set {updates}" if updates else "nothing")
    )
    delete = f"delete from {table.name} where " + " and ".join(f"{key} = ?" for key in keys)  # noqa: S608 - our own names
    select = f"select {', '.join(columns)} from {table.name}"  # noqa: S608 - our own names
    return upsert, delete, select


@cache
def _update(table: Table, places: tuple[int, ...]) -> str:
    columns, keys = table.columns, table.columns[: table.keys]
    values = ", ".join(f"{columns[place]} = ?" for place in places)
    return f"update {table.name} set {values} where " + " and ".join(f"{key} = ?" for key in keys)  # noqa: S608 - our own names


def rows_of(r: Reader, table: Table, owners: Iterable[str]) -> list[Row]:
    """The rows of these owners."""
    return list(r.among(_statements(table)[2] + f" where {table.owner} in (:keys)", owners))


def all_rows(r: Reader, table: Table) -> Iterable[Row]:
    """Every row, in key order."""
    return r.each(_statements(table)[2] + " order by " + ", ".join(table.columns[: table.keys]))


def replace_rows(w: Writer, table: Table, old: Collection[Row], new: Collection[Row]) -> None:
    """Make `old` rows into `new` ones, touching only what differs."""
    upsert, delete, _ = _statements(table)
    key = itemgetter(slice(table.keys))
    if not old:  # mostly, and then there is nothing to compare
        if new:
            w.many(upsert, sorted(new, key=key))
            w.known[table.name] = True
        return
    before, after = set(old), set(new)
    gone = {key(row): row for row in before - after}
    fresh = sorted(after - before, key=key)
    changed = [(was, row) for row in fresh if (was := gone.pop(key(row), None))] if gone else []
    if gone:
        w.many(delete, sorted(gone))
    if changed:
        _change(w, table, changed)
        known = {now for _, now in changed}
        fresh = [row for row in fresh if row not in known]
    if fresh:
        w.many(upsert, fresh)
        w.known[table.name] = True


def _change(w: Writer, table: Table, rows: Sequence[tuple[Row, Row]]) -> None:
    """Make rows into others of the same keys, naming only columns that differ: the indexes of all others are left alone."""
    numbers = range(table.keys, len(table.columns))
    places = sorted({place for was, now in rows for place in numbers if was[place] != now[place]})
    chosen = itemgetter(*places, *range(table.keys))
    w.many(_update(table, tuple(places)), [chosen(now) for _, now in rows])


def replace_all(w: Writer, table: Table, new: Iterable[Row]) -> list[Row]:
    """Make these the rows of a whole table; those that differ come back, the old and the new ones."""
    fresh, gone = set(new), []
    for row in all_rows(w, table):
        if row in fresh:
            fresh.remove(row)
        else:
            gone.append(row)
    replace_rows(w, table, gone, fresh)
    return [*gone, *fresh]


_RUN = 2000


def replace_each(
    w: Writer, table: Table, keys: Iterable[str], new: Mapping[str, _Value], row_of: Callable[[_Value], Row]
) -> list[str]:
    """Make these the rows of a whole table with one key column, one for each key, in runs: of hundreds of thousands of rows no more
    than a few thousand are made at a time. The keys of those that differ come back.
    """
    changed, seen = [], set()
    for row in all_rows(w, table):
        seen.add(row[0])
        if (value := new.get(row[0])) is None or row_of(value) != row:
            changed.append(row[0])
    changed += [key for key in keys if key not in seen]
    waiting = iter(changed)
    while run := list(islice(waiting, _RUN)):
        fresh = [row_of(value) for key in run if (value := new.get(key)) is not None]
        replace_rows(w, table, rows_of(w, table, run), fresh)
    return changed


def has_rows(r: Reader, table: Table) -> bool:
    """Whether a table has any row, as far as is known: one that was emptied meanwhile may still seem to have some."""
    known = r.known.get(table.name)
    if known is None:
        known = r.known[table.name] = r.one(f"select 1 from {table.name} limit 1") is not None  # noqa: S608 - our own names
    return bool(known)


def sync_rows(w: Writer, table: Table, owners: Collection[str], new: Collection[Row]) -> list[Row]:
    """Make the rows of these owners the new ones; the old ones come back. Most often nobody has any in the rarer tables."""
    if not new and not has_rows(w, table):
        return []
    old = rows_of(w, table, owners)
    replace_rows(w, table, old, new)
    return old


def sync_each(w: Writer, tables: Sequence[Table], owners: Collection[str], rows: Mapping[Table, Collection[Row]]) -> None:
    """Make the rows of these owners the new ones in several tables."""
    for table in tables:
        sync_rows(w, table, owners, rows.get(table, ()))


def add_amounts(w: Writer, table: Table, amounts: Iterable[tuple[Row, tuple[int, ...]]]) -> None:
    """Add to the number columns of rows by their keys; rows that come out all zero are taken away.

    The table has a partial index of rows that are all zero, in which there mostly is none: so they are found in one statement.
    """
    if changed := sorted([each for each in amounts if any(each[1])]):
        add, take_away = _sums(table)
        w.many(add, [(*key, *amount) for key, amount in changed])
        w.run(take_away)
        w.known[table.name] = True


@cache
def _sums(table: Table) -> tuple[str, str]:
    columns, keys = table.columns, table.columns[: table.keys]
    numbers = columns[table.keys :]
    add = (
        f"insert into {table.name} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"  # noqa: S608 - our own names
        f" on conflict ({', '.join(keys)}) do update set "
        + ", ".join(f"{number} = {table.name}.{number} + excluded.{number}" for number in numbers)
    )
    all_zero = " and ".join(f"{number} = 0" for number in numbers)
    return add, f"delete from {table.name} where {all_zero}"  # noqa: S608 - our own names


def empty(w: Writer, table: Table) -> None:
    """Take every row away."""
    w.run(f"delete from {table.name}")  # noqa: S608 - our own names
    w.known[table.name] = False
