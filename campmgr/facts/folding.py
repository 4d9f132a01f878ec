"""Closing the touched set and folding it, in the order in which the folds depend on each other (docs/ledger.md#folds).

    world (rules, lessons, tree, trust)  ->  batches  ->  codes, aliases, people  ->  works  ->  lists, told totals  ->  totals

What else a fold reads decides what is touched: a changed lesson its marks' people, changed rules everyone, a changed right
everything its streams speak of, a withdrawn batch what it speaks of, a moved person their works.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from campmgr.areas.people.fold import people
from campmgr.areas.prizes.fold import lists
from campmgr.areas.summaries import fold as summaries
from campmgr.areas.works import fold as works
from campmgr.facts import small_folds, world
from campmgr.facts.admission import limit_of
from campmgr.facts.tables import ALL
from campmgr.facts.totals import Differences, follow_units
from campmgr.facts.world import World
from campmgr.ledger.envelope import Fact
from campmgr.ledger.scopes import scope_unit, subject_key
from campmgr.store import ledger
from campmgr.store.data_file import REBUILD_DUE
from campmgr.store.door import Reader, Writer
from campmgr.store.tables import empty

_SORTS = ("person", "work", "batch", "code", "list", "summary", "totals")


class Touched:
    """What has to be folded again: keys by sort, and whether the world itself changed."""

    def __init__(self) -> None:
        self.keys: dict[str, set[str]] = {sort: set() for sort in _SORTS}
        self.scopes: set[str] = set()
        self.world = False

    def add(self, facts: Iterable[Fact]) -> None:
        """Touch what facts speak of."""
        for fact in facts:
            self.add_subject(fact.subject)
            self.add_scope(fact.scope)

    def add_subject(self, subject: str) -> None:
        """Touch one subject."""
        sort, _, key = subject.partition(":")
        keys = self.keys.get(sort)
        if keys is not None:
            keys.add(key)

    def add_scope(self, scope: str) -> None:
        """Touch what depends on a scope being held at all."""
        if scope not in self.scopes:
            self.scopes.add(scope)
            unit = scope_unit(scope)
            if unit is None:
                self.world = True
            else:
                self.keys["totals"].add(unit)


def fold(w: Writer, touched: Touched) -> None:
    """Fold everything touched, in the writer's transaction."""
    differences = Differences()
    now = world.load(w)
    if touched.world:
        before, now = world.refresh(w)
        follow_units(w, before.placements, now.placements)
        for subject in _touched_by_world(w, before, now):
            touched.add_subject(subject)
    keys = touched.keys
    if keys["batch"]:
        for subject in small_folds.fold_batches(w, now, _subjects("batch", keys["batch"])):
            touched.add_subject(subject)
    if keys["code"]:
        small_folds.fold_codes(w, now, _subjects("code", keys["code"]))
    moved = people.fold_people(w, now, keys["person"], differences)
    keys["work"] |= works.works_of_authors(w, moved)
    works.fold_works(w, now, keys["work"], differences)
    lists.fold_lists(w, now, _subjects("list", keys["list"]))
    summaries.fold_summaries(w, now, _subjects("summary", keys["summary"]))
    told = {unit for unit in keys["totals"] if w.one("select 1 from facts where subject = :s limit 1", s=f"totals:{unit}")}
    small_folds.fold_told_totals(w, now, _subjects("totals", told), differences)
    differences.write(w, now.placements)


def _subjects(sort: str, keys: Iterable[str]) -> list[str]:
    return [f"{sort}:{key}" for key in sorted(keys)]


def _touched_by_world(r: Reader, before: World, now: World) -> Iterator[str]:
    """Subjects whose fold reads something of the world that is now different."""
    for stream in ledger.streams(r):
        if scope_unit(stream.scope) is not None and limit_of(before, stream) != limit_of(now, stream):
            yield from ledger.subjects_of_stream(r, stream)
            yield f"totals:{scope_unit(stream.scope)}"
    if _rules_of_hours(before) != _rules_of_hours(now):
        yield from ledger.subjects(r, "person")
        return
    lessons = {code for code in before.lessons.keys() | now.lessons.keys() if before.lessons.get(code) != now.lessons.get(code)}
    if lessons:
        marked = r.all("select distinct person, lesson from marks")
        yield from (f"person:{person}" for person, lesson in marked if _affects(lesson, lessons, now))
    if before.trust.root != now.trust.root:
        yield from ledger.subjects(r, "list")


def _rules_of_hours(some: World) -> object:
    rules = some.rules
    return (rules.hours, rules.certificate, rules.doubts, rules.warm_up, rules.live)


def _affects(lesson: str, changed: set[str], now: World) -> bool:
    """Whether a mark's credit can change: its lesson did, or the live or replay it shares its credit with."""
    if lesson in changed:
        return True
    origin = now.lessons[lesson].replay_of if lesson in now.lessons else ""
    return origin in changed or any(now.lessons[code].replay_of in {lesson, origin} for code in changed if code in now.lessons)


def rebuild(w: Writer) -> None:
    """Empty every folded table and fill it again from the ledger; the tables come out byte-equal (docs/ledger.md#folds)."""
    for table in ALL:
        empty(w, table)
    w.memory.pop(world.VERSION, None)
    _, now = world.refresh(w)
    small_folds.fold_batches(w, now, list(ledger.subjects(w, "batch")))
    small_folds.fold_codes(w, now, list(ledger.subjects(w, "code")))
    differences = Differences()
    people.fold_people(w, now, [subject_key(subject) for subject in ledger.subjects(w, "person")], differences)
    works.fold_works(w, now, [subject_key(subject) for subject in ledger.subjects(w, "work")], differences)
    lists.fold_lists(w, now, list(ledger.subjects(w, "list")))
    summaries.fold_summaries(w, now, list(ledger.subjects(w, "summary")))
    small_folds.fold_told_totals(w, now, list(ledger.subjects(w, "totals")), differences)
    differences.write(w, now.placements)
    w.drop_meta(REBUILD_DUE)
