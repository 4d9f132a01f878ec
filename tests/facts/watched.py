"""Folds under watch: what each really reads and writes, asked of SQLite itself, beside what it declares."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, cast

from campmgr.facts.catalogue import Catalogue
from campmgr.facts.fold import Fold, Folding, Follow
from campmgr.facts.fold_registry import FoldRegistry
from campmgr.facts.world import OWN, World
from campmgr.settings.rules import Rules

LEDGER = frozenset({"facts", "meta"})
"""Every fold reads its own subjects' facts; the settings of the file say which camp it is."""

_TABLE = re.compile(r"create table (\w+)")


@dataclass
class Deeds:
    """What one fold did: tables read and written, parts of the world and sections of rules asked for."""

    read: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    sections: set[object] = field(default_factory=set)


class Watch:
    """Watches every fold of a catalogue; `seen` by the fold's name."""

    def __init__(self, plan: Catalogue) -> None:
        self.plan = plan
        self.registry = plan.joined(FoldRegistry)
        self.seen: dict[str, Deeds] = defaultdict(Deeds)
        self.declared = {fold.name: fold for fold in self.registry.folds}
        self.registry.folds = tuple(map(self._watched, self.registry.folds))

    def _watched(self, fold: Fold) -> Fold:
        def run(folding: Folding, keys: Any) -> Collection[str]:
            with _watching(folding, self.seen[fold.name]) as under_watch:
                return fold.run(under_watch, keys)

        return replace(fold, run=run, reads={name: self._followed(fold, follow) for name, follow in fold.reads.items()})

    def _followed(self, fold: Fold, follow: Follow) -> Follow:
        def watched(folding: Folding, changed: Collection[str]) -> list[str]:
            with _watching(folding, self.seen[fold.name]) as under_watch:
                return list(follow(under_watch, changed))

        return watched

    def complaints(self) -> Iterator[str]:
        """What folds read and wrote without saying so."""
        for name, seen in self.seen.items():
            fold = self.declared[name]
            own = {table.name for table in (*fold.tables, *fold.shares)} | _local(self.plan, fold)
            for table in sorted(seen.written - own - ({"facts"} if fold.erases else set())):
                yield f"{name} writes {table}, which is not among its tables"
            for table in sorted(seen.read - own - LEDGER - self._tables_read(fold)):
                yield f"{name} reads {table} and does not say so"
            for part in sorted(seen.parts - fold.reads.keys()):
                yield f"{name} reads {part} of the world and does not say so"
            for section in seen.sections - set(fold.settings):
                yield f"{name} reads the rules of {section} and does not say so"

    def _tables_read(self, fold: Fold) -> set[str]:
        """The tables of the folds and of the parts of the world that a fold says it reads."""
        tables = {each.name: each.tables for each in self.declared.values()}
        tables |= {name: (table,) for name, table in OWN.items()}
        tables |= {part.name: (part.table,) for _, parts in self.plan.named("world") for part in parts}
        return {table.name for name in fold.reads for table in tables.get(name, ())}


def _local(plan: Catalogue, fold: Fold) -> set[str]:
    """Tables that are no facts', of the areas whose tables the fold writes: what is kept beside facts goes with them."""
    folded = {table.name for table in plan.joined(FoldRegistry).tables} | {table.name for table in OWN.values()}
    rooms = [set(_TABLE.findall(schema.sql)) for schema in plan.schemas]
    mine = {table.name for table in fold.tables}
    return set().union(*(tables for tables in rooms if tables & mine)) - folded


@contextmanager
def _watching(folding: Folding, seen: Deeds) -> Iterator[Folding]:
    """SQLite asks before it compiles a statement what of which table it may touch; nothing is refused, all of it noted."""
    connection: sqlite3.Connection = folding.w._connection  # noqa: SLF001 - nobody else can be asked what a statement reads

    def note(action: int, table: str | None, *_: object) -> int:
        if action == sqlite3.SQLITE_READ:
            seen.read.add(str(table))
        elif action in {sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE}:
            seen.written.add(str(table))
        return sqlite3.SQLITE_OK

    folding.w.known.clear()  # what was asked before is asked again, so that it is seen
    connection.set_authorizer(note)
    try:
        yield replace(folding, world=_world(folding.world, seen))
    finally:
        connection.set_authorizer(None)


def _world(world: World, seen: Deeds) -> World:
    rules = cast("Rules", _Sections(world.rules, seen.sections))
    return replace(world, rules=rules, parts=_Parts(world.parts, seen.parts))


class _Parts(dict[str, object]):
    """The parts of the world, and which of them are asked for."""

    def __init__(self, parts: Mapping[str, object], asked: set[str]) -> None:
        super().__init__(parts)
        self._asked = asked

    def __getitem__(self, name: str) -> object:
        self._asked.add(name)
        return super().__getitem__(name)


class _Sections:
    """The rules of a camp, and which of their sections are asked for."""

    def __init__(self, rules: Rules, asked: set[object]) -> None:
        self._rules = rules
        self._asked = asked

    def __getitem__(self, section: Any) -> Any:
        self._asked.add(section)
        return self._rules[section]
