"""The roster of a unit's subtree: filters, search, pages; the class list for marking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from campmgr.areas.people.queries.finding import ERASED
from campmgr.areas.units.settings import OUTSIDE
from campmgr.facts.world import World
from campmgr.store.door import Reader

PAGE = 50
"""Rows a page."""

Filter = Literal["all", "behind", "complete", "unsigned", "ready", "certified"]
FILTERS: tuple[Filter, ...] = ("all", "behind", "complete", "unsigned", "ready", "certified")


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person of a roster; hours in hundredths."""

    person: str
    name: str
    number: str
    class_name: str
    unit: str
    unit_name: str
    code: str
    credited: int
    signed_in: bool
    complete: bool
    ready: bool
    certified: bool


@dataclass(frozen=True, slots=True)
class RosterPage:
    """A page of a roster: its rows, how many there are in all, and which page of how many."""

    unit: str
    unit_name: str
    rows: tuple[RosterRow, ...]
    count: int
    page: int
    pages: int
    filter: Filter
    query: str
    class_name: str
    classes: tuple[str, ...]


_HERE = """
    with here as (
        select p.person from units u join people p on p.home = u.unit
        where u.path >= :path and u.path < :end and (:line = '' or u.line = :line)
        union
        select m.person from units u join memberships m on m.unit = u.unit
        where u.path >= :path and u.path < :end and (:line = '' or u.line = :line))"""
"""Everyone at home or a member in a subtree, for an account with a line in the units of that line."""

_WHERE = """
    from here h join people p on p.person = h.person left join units v on v.unit = p.home
    where p.kind <> :outside
      and (:filter = 'all' or (:filter = 'behind' and p.ready = 0) or (:filter = 'complete' and p.complete = 1)
           or (:filter = 'unsigned' and p.signed_in = 0) or (:filter = 'ready' and p.ready = 1)
           or (:filter = 'certified' and p.certified = 1))
      and (:class_name = '' or p.class_name = :class_name)
      and (:query = '' or p.name like :pattern or p.number = :query or p.code = :query or p.phone = :query
           or p.person in (select stands_for from aliases where code = :query))"""

_ROWS = (
    _HERE
    + """ select p.person, p.name, p.number, p.class_name, p.home, coalesce(v.name, p.home), p.code, p.credited, p.signed_in,
    p.complete, p.ready, p.certified, p.erased"""
    + _WHERE
    + " order by p.class_name, p.number, p.name, p.person limit :many offset :skip"
)

_COUNT = _HERE + " select count(*)" + _WHERE

_IN_CLASS = """ select distinct p.class_name from here h join people p on p.person = h.person
    where p.class_name <> '' and p.kind <> :outside order by 1 limit 200"""

_CLASSES = _HERE + _IN_CLASS


def roster(
    r: Reader, world: World, unit: str, *, filter_by: Filter = "all", query: str = "", class_name: str = "", page: int = 1,
    line: str = "", many: int = PAGE,
) -> RosterPage:  # fmt: skip
    """A page of the people at home or members in a unit or below it; with a line, in that line's units only."""
    found = world.tree.units[unit]
    subtree = {"path": found.path, "end": found.path[:-1] + "0", "line": line, "outside": OUTSIDE}
    asked = {
        **subtree,
        "filter": filter_by,
        "class_name": class_name,
        "query": query,
        "pattern": f"%{_plain(query)}%",
    }
    count = int(r.value(_COUNT, **asked))
    pages = max(1, -(-count // many))
    page = min(max(page, 1), pages)
    rows = r.all(_ROWS, **asked, many=many, skip=(page - 1) * many)
    classes = tuple(row[0] for row in r.all(_CLASSES, **subtree))
    return RosterPage(unit, found.name, tuple(_row(row) for row in rows), count, page, pages, filter_by, query, class_name, classes)


def _plain(query: str) -> str:
    """A search text without the wildcards of `like`."""
    return query.replace("%", "").replace("_", "")


def _row(row: tuple[object, ...]) -> RosterRow:
    person, name, number, class_name, unit, unit_name, code, credited, signed, complete, ready, certified, erased = row
    shown = ERASED if erased and not name else str(name)
    return RosterRow(str(person), shown, str(number), str(class_name), str(unit), str(unit_name), str(code), int(str(credited)),
                     bool(signed), bool(complete), bool(ready), bool(certified))  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One pupil of a class list; `marked` says that it stands for them already, `minutes` the most that was noted (None: all)."""

    person: str
    name: str
    number: str
    class_name: str
    marked: bool
    minutes: int | None


@dataclass(frozen=True, slots=True)
class ClassList:
    """Everyone of a unit (and class) for one lesson on one day, or for a condition ("sign_in") on any day."""

    unit: str
    unit_name: str
    class_name: str
    what: str
    day: str
    rows: tuple[ClassRow, ...]
    classes: tuple[str, ...]


MOST_MARKED = 2000
"""People of a class list; more are marked class by class."""

_CLASS = """
    select p.person, p.name, p.number, p.class_name, p.erased,
           exists (select 1 from marks m where m.person = p.person and m.lesson = :what and m.day = :day)
           or exists (select 1 from conditions c where c.person = p.person and c.condition = :what),
           (select max(m.minutes) from marks m where m.person = p.person and m.lesson = :what and m.day = :day)
    from people p
    where p.person in (select person from people where home = :unit union select person from memberships where unit = :unit)
      and p.kind <> :outside and (p.erased = 0 or p.name <> '') and (:class_name = '' or p.class_name = :class_name)
    order by p.class_name, p.number, p.name, p.person limit :most"""

_CLASSES_OF_UNIT = """
    select distinct p.class_name from people p
    where p.person in (select person from people where home = :unit union select person from memberships where unit = :unit)
      and p.class_name <> '' and p.kind <> :outside order by 1 limit 200"""


def class_list(r: Reader, world: World, unit: str, *, class_name: str, what: str, day: str) -> ClassList:
    """Who can be marked present for a lesson on a day, or as signed in; at most MOST_MARKED, and nobody who was erased."""
    rows = r.all(_CLASS, unit=unit, outside=OUTSIDE, class_name=class_name, what=what, day=day, most=MOST_MARKED)
    shown = tuple(
        ClassRow(person, ERASED if erased and not name else name, number, of_class, bool(marked), minutes)
        for person, name, number, of_class, erased, marked, minutes in rows
    )
    return ClassList(unit, world.tree.units[unit].name, class_name, what, day, shown, classes_of(r, unit))


def classes_of(r: Reader, unit: str) -> tuple[str, ...]:
    """The classes of a unit's own people and members."""
    return tuple(row[0] for row in r.all(_CLASSES_OF_UNIT, unit=unit, outside=OUTSIDE))
