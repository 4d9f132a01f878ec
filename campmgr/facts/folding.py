"""Closing the touched set and folding it, in one transaction, driven by what the folds declare alone (docs/ledger.md#folds).

    public and units/*  ->  the world  ->  each fold after those it reads  ->  totals by difference

What changed in one place is followed through the folds that read it, in their order; none is entered of which nothing is touched.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from campmgr.facts import world as worlds
from campmgr.facts.admission import Admission, limit_of
from campmgr.facts.catalogue import catalogue
from campmgr.facts.fold import Fold, Folding
from campmgr.facts.fold_registry import FoldRegistry
from campmgr.facts.totals import Differences, follow_units
from campmgr.facts.world import World
from campmgr.ledger.envelope import Fact, Stream, people_scope, scope_unit, subject_key
from campmgr.ledger.kinds import Body
from campmgr.store import ledger
from campmgr.store.data_file import REBUILD_DUE
from campmgr.store.door import Reader, Writer
from campmgr.store.tables import empty


class Touched:
    """What has to be folded again: keys by sort of subject, units whose scopes changed, and whether the world itself did.

    `tree`: what this file has said of the tree, which may be all that is new about the world; `bodies`: what these say, by id.
    """

    def __init__(self, r: Reader) -> None:
        worlds.load(r)  # what counted before is known before anything is appended: what it changes is folded by the difference
        self.keys: dict[str, set[str]] = {sort: set() for sort in _registry(r).sorts}
        self.units: set[str] = set()
        self.world = False
        self.tree: list[Fact] = []
        self.bodies: dict[str, Body] = {}
        self._scopes: set[str] = set()

    def add(self, facts: Iterable[Fact]) -> None:
        """Touch what facts speak of."""
        for fact in facts:
            self.add_subject(fact.subject)
            self.add_scope(fact.scope)

    def add_own(self, facts: Iterable[Fact]) -> None:
        """Touch what facts speak of that this file has said itself."""
        scopes = set()
        for fact in facts:
            self.add_subject(fact.subject)
            if fact.scope.startswith("units/"):
                self.tree.append(fact)
            else:
                scopes.add(fact.scope)
        for scope in scopes:
            self.add_scope(scope)

    def add_subject(self, subject: str) -> None:
        """Touch one subject."""
        sort, _, key = subject.partition(":")
        keys = self.keys.get(sort)
        if keys is not None:
            keys.add(key)

    def add_scope(self, scope: str) -> None:
        """Touch what depends on a scope being held at all."""
        if scope not in self._scopes:
            self._scopes.add(scope)
            unit = scope_unit(scope)
            if unit is None:
                self.world = True
            else:
                self.units.add(unit)


def fold(w: Writer, touched: Touched) -> None:
    """Fold everything touched, in the writer's transaction."""
    world, changed = _after_the_world(w, touched) if touched.world or touched.tree else (worlds.load(w), {})
    folding = _begin(w, world)
    for each in _registry(w).folds:
        keys = touched.keys[each.sort]
        if changed and not changed.keys().isdisjoint(each.reads):
            keys = keys.union(_followed(each, folding, changed))
        if each.reads_scopes:
            keys = keys.union(unit for unit in touched.units if ledger.is_spoken_of(w, f"{each.sort}:{unit}"))
        if keys:
            changed[each.name] = each.run(folding, sorted(keys))
    folding.differences.write(w, folding.world.placements)


def _registry(r: Reader) -> FoldRegistry:
    return catalogue(r).joined(FoldRegistry)


def _begin(w: Writer, world: World) -> Folding:
    return Folding(w, world, Admission(world, w), Differences(), _registry(w).parts)


def _after_the_world(w: Writer, touched: Touched) -> tuple[World, dict[str, Collection[str]]]:
    """The world as it is now, and the keys that changed in what of it can be read; what else it touches is touched."""
    before, now, changed = worlds.refresh(w, () if touched.world else touched.tree, touched.bodies)
    if now.rules is before.rules and not _speak_of(w, changed["units"]):  # the tree has grown, and nobody is there yet
        return now, {**changed}
    follow_units(w, before.placements, now.placements)  # before anybody is folded again: their steps are taken off new rows
    for stream in _otherwise_limited(w, before, now):
        touched.add_scope(stream.scope)
        for subject in ledger.subjects_of_stream(w, stream):
            touched.add_subject(subject)
    for each in _registry(w).folds:
        otherwise = any(before.rules[section] != now.rules[section] for section in each.settings)
        if otherwise or before.activity != now.activity:
            touched.keys[each.sort].update(_all_keys(w, each))
    return now, {**changed}


def _speak_of(r: Reader, units: Collection[str]) -> bool:
    """Whether anything is held of the people of these units."""
    return ledger.holds_any(r, map(people_scope, units))


def _otherwise_limited(r: Reader, before: World, now: World) -> Iterator[Stream]:
    """The streams of which another stretch counts now than before: all they speak of is told otherwise. Those in `public` too: what
    a host said there may be held before the word that its laptop is enrolled.
    """
    for stream in ledger.streams(r):
        if limit_of(before, stream) != limit_of(now, stream):
            yield stream


def _followed(each: Fold, folding: Folding, changed: dict[str, Collection[str]]) -> Iterator[str]:
    """A fold's own keys that what it reads has touched."""
    for name, follow in each.reads.items():
        if keys := changed.get(name):
            yield from follow(folding, keys)


def _all_keys(r: Reader, each: Fold) -> Iterator[str]:
    return map(subject_key, ledger.subjects(r, each.sort))


_RUN = 8_000
"""Keys that a rebuild folds at once, after which it tells how far it is."""


def rebuild(w: Writer, told: Callable[[int, int], None] = lambda _done, _whole: None) -> None:
    """Empty every folded table and fill it again from the ledger; the tables come out byte-equal (docs/ledger.md#folds).

    `told` hears how many keys are folded, and of how many.
    """
    registry = _registry(w)
    for table in (*registry.tables, *registry.finders):
        empty(w, table)
    w.memory.pop(worlds.VERSION, None)
    folding = _begin(w, worlds.refresh(w).now)
    keys = {each.name: list(_all_keys(w, each)) for each in registry.folds}
    done, whole = 0, sum(map(len, keys.values()))
    for each in registry.folds:
        for start in range(0, len(keys[each.name]), _RUN):
            run = keys[each.name][start : start + _RUN]
            each.run(folding, run)
            folding.differences.write(w, folding.world.placements)  # those of a whole province would weigh hundreds of megabytes
            done += len(run)
            told(done, whole)
    w.drop_meta(REBUILD_DUE)
