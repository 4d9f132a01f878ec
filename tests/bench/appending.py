"""Bulk append beside raw inserts, rebuild beside append, accepting a pack beside append."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from campmgr.areas.nodes import actions as nodes
from campmgr.areas.nodes.files.packs import accept_pack, make_pack
from campmgr.areas.nodes.queries.nodes import asking
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.facts import world as worlds
from campmgr.facts.folding import rebuild
from campmgr.ledger.envelope import Draft
from campmgr.store import data_file
from campmgr.store.door import Store, Writer, connect
from tests.bench.figures import Figure, Stopwatch, Took, as_fast
from tests.bench.made_camp import MARKS, NOW, joining, learning, made_people, open_made, say_all, units_by_code


def bulk_append(folder: Path, marks: int) -> Iterator[Figure]:
    """Marks of people who are registered already, said and folded, beside the same rows by executemany."""
    before, after, watch, people = folder / "before.sqlite", folder / "after.sqlite", Stopwatch(), marks // MARKS
    store = open_made(after, people)
    with store.writing(alone=True) as w:
        units = units_by_code(w)
        say_all(w, (draft for one in made_people(people, units) for draft in joining(one)))
    store.empty_log()
    shutil.copy(after, before)
    drafts = [draft for one in made_people(people, units) for draft in learning(one) if draft.kind == "mark_recorded"]
    with watch("ours"), store.writing(alone=True) as w:
        say_all(w, drafts)
    store.close()
    insert_raw(before, rows_between(before, after), watch)
    yield as_fast(f"append and fold {marks:,} marks / executemany", watch.took["ours"], watch.took["raw"], 0.3)


Rows = dict[str, list[tuple[object, ...]]]


def rows_between(before: Path, after: Path) -> Rows:
    """Table -> the rows that the work has added or changed."""
    connection = connect(after)
    connection.execute("attach database ? as old", (str(before),))
    named = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
    changed = "select * from {0} except select * from old.{0}"
    rows = {table: connection.execute(changed.format(table)).fetchall() for (table,) in connection.execute(named).fetchall()}
    rows["facts"] = connection.execute("select * from facts where rowid > (select max(rowid) from old.facts)").fetchall()
    connection.close()
    return {table: some for table, some in rows.items() if some}


def insert_raw(path: Path, rows: Rows, watch: Stopwatch) -> None:
    """Write the same rows into the same tables, measured as "raw"."""
    connection = connect(path)
    statements = {table: _upsert(connection, table) for table in rows}
    with watch("raw"):
        connection.execute("begin immediate")
        for table, some in rows.items():
            connection.executemany(statements[table], some)
        connection.execute("commit")
    connection.close()


def _upsert(connection: sqlite3.Connection, table: str) -> str:
    columns = [(row[1], row[5]) for row in connection.execute(f"pragma table_info({table})")]
    keys = ", ".join(name for name, key in columns if key)
    updates = ", ".join(f"{name} = excluded.{name}" for name, key in columns if not key)
    action = f"update set {updates}" if updates else "nothing"
    places = ", ".join("?" * len(columns))
    return f"insert into {table} values ({places}) on conflict ({keys}) do {action}"  # noqa: S608 - the names of our own tables


@dataclass
class LargeLedger:
    """A data file with about that many facts, said and folded in one transaction, as one import is."""

    folder: Path
    facts: int

    def __post_init__(self) -> None:
        self.watch = Stopwatch()
        self.path = self.folder / "large.sqlite"
        self.early = self.folder / "early.sqlite"

    @cached_property
    def people(self) -> int:
        """How many people make so many facts: two that register each, the marks, the sign-ins, some memberships."""
        return round(self.facts / (2 + 2 * 0.1 + MARKS + 0.7))

    @property
    def marks(self) -> int:
        """How many of them are marks."""
        return self.people * MARKS

    def drafts(self, w: Writer) -> Iterator[Draft]:
        """Everything said about them."""
        return (draft for one in made_people(self.people, units_by_code(w)) for draft in (*joining(one), *learning(one)))

    @cached_property
    def append_took(self) -> Took:
        """Makes the file, once; what the append took."""
        store = open_made(self.path, self.people)
        self._take_in_early(store)
        with self.watch("append"), store.writing(alone=True) as w:
            say_all(w, self.drafts(w))
        store.empty_log()
        data_file.close(store)
        return self.watch.took["append"]

    def _take_in_early(self, store: Store) -> None:
        """A laptop for the whole tree, taken in before anything is said: all of it is to come."""
        child, pack = data_file.create(self.early, CATALOGUE, FixedClock(NOW)), self.folder / "early.pack"
        with child.reading() as r:
            asked = asking(r)
        with store.writing(alone=True) as w:
            node = nodes.enrol(w, asked, nodes.Grant("35"))
        with store.reading() as r:
            make_pack(r, worlds.load(r), pack, node)
        accept_pack(child, pack)
        data_file.close(child)
        pack.unlink()

    def pack_for_new_file(self, target: Path, pack: Path) -> None:
        """A new file at `target`, enrolled for the whole tree, and the pack that brings it everything."""
        _ = self.append_took
        child = data_file.create(target, CATALOGUE, FixedClock(NOW))
        with child.reading() as r:
            asked = asking(r)
        data_file.close(child)
        with data_file.opened(self.path, CATALOGUE, FixedClock(NOW)) as store:
            with store.writing(alone=True) as w:
                node = nodes.enrol(w, asked, nodes.Grant("35"))
            with store.reading() as r:
                make_pack(r, worlds.load(r), pack, node)


def large_ledger(ledger: LargeLedger) -> Iterator[Figure]:
    """What a large ledger costs to fold again, and to take in from a pack, beside saying it."""
    yield _rebuilding(ledger)
    yield _accepting(ledger)


def _rebuilding(ledger: LargeLedger) -> Figure:
    """Rebuild beside the append of the same facts."""
    append = ledger.append_took
    with data_file.opened(ledger.path, CATALOGUE, FixedClock(NOW)) as store:
        with ledger.watch("rebuild"), store.writing(alone=True) as w:
            rebuild(w)
        store.empty_log()
    return as_fast(f"rebuild {ledger.facts:,} facts / append them", ledger.watch.took["rebuild"], append, 1.3)


def _accepting(ledger: LargeLedger) -> Figure:
    """Accept of a pack beside the append of the same facts."""
    target, pack = ledger.folder / "child.sqlite", ledger.folder / "all.pack"
    ledger.pack_for_new_file(target, pack)
    with data_file.opened(target, CATALOGUE, FixedClock(NOW)) as store, ledger.watch("accept"):
        accept_pack(store, pack)
    target.unlink()
    pack.unlink()
    what, took = f"accept a pack of {ledger.facts:,} facts / append them", ledger.watch.took["accept"]
    return as_fast(what, took, ledger.append_took, 0.7)
