"""The roster of a unit's subtree: filters, search, pages; the class list for marking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from campmgr.areas.people.fold.people import IS_ABSENT, IS_HERE, TAKES_PART
from campmgr.areas.people.queries.class_sums import GATHERED, filtered, joined
from campmgr.areas.people.queries.finding import ERASED
from campmgr.areas.people.queries.one_unit import units_of_one
from campmgr.areas.people.queries.searching import SUBTREE, searched
from campmgr.areas.units.settings import OUTSIDE
from campmgr.class_order import class_key, parted
from campmgr.facts.world import World
from campmgr.masks import family_mark
from campmgr.store.door import Reader

MOST_CARDS = 1000
"""People of one file: a hundred sheets of cards. Whoever has more prints class by class."""

PAGE = 50
"""Rows a page."""

Filter = Literal[
    "all", "behind", "learning", "complete", "lacking", "unsigned", "ready", "certified", "left", "elsewhere", "earlier"
]
FILTERS: tuple[Filter, ...] = get_args(Filter)
"""`lacking`: who has the hours and lacks a condition. `left`: who was in an earlier camp, and is not in this one; all others are
about those who are.
"""


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
    is_absent: bool

    @property
    def is_named(self) -> bool:
        """Whether a name is known, and not erased."""
        return self.name not in {"", ERASED}


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
    is_whole: bool = True
    """False where more fit what was typed than were looked at."""


_HERE = f"with here as ({SUBTREE})"

NARROWED = f""" p.kind <> :outside and {TAKES_PART} = (:filter <> 'earlier')
      and (:filter in ('all', 'earlier') or (:filter = 'behind' and p.ready = 0 and p.left_on = '')
           or (:filter = 'complete' and p.complete = 1)
           or (:filter = 'learning' and p.credited > 0)
           or (:filter = 'lacking' and p.complete = 1 and p.ready = 0 and p.left_on = '')
           or (:filter = 'unsigned' and p.signed_in = 0 and p.left_on = '') or (:filter = 'ready' and p.ready = 1)
           or (:filter = 'certified' and p.certified = 1) or (:filter = 'left' and p.left_on <> '')
           or (:filter = 'elsewhere' and (v.path is null or v.path < :path or v.path >= :end)))
      and (:own = '' or (v.path >= :path and v.path < :end) or (:line <> '' and v.line <> :line))
      and (:class_key = '' or p.class_key = :class_key or (:class_key = '-' and p.class_key = ''))"""
"""Whom a filter and a class leave of people p, at home in a unit v: `class_asked`; with `own`, those whom the totals count: who
is at home there, in a line's totals also who belongs to the line by a membership alone."""

_WHERE = f" from here h join people p on p.person = h.person left join units v on v.unit = p.home where {NARROWED}"

_COLUMNS = f""" select p.person, p.name, p.number, p.class_name, p.home, coalesce(v.name, p.home), p.code, p.credited, p.signed_in,
    p.complete, p.ready, p.certified, {IS_ABSENT}, p.erased"""

_IN_ORDER = " order by p.class_key, length(p.number), p.number, p.name, p.person"

_ROWS = _HERE + _COLUMNS + _WHERE + _IN_ORDER + " limit :many offset :skip"

_TO_PRINT = _WHERE + " and (p.left_on = '' or :filter = 'left')"

_PRINTED = _HERE + _COLUMNS + _TO_PRINT + _IN_ORDER + " limit :many"

_PRINTED_COUNT = _HERE + " select count(*), coalesce(sum(p.name <> ''), 0)" + _TO_PRINT

_OF_PEOPLE = _COLUMNS + " from people p left join units v on v.unit = p.home where p.person in (:keys)"

_COUNT = _HERE + " select count(*)" + _WHERE

_FITTING = """ order by p.name_key = :word desc, p.number = :word desc,
    p.class_key, length(p.number), p.number, p.name, p.person"""
"""Whoever bears the very name or number comes first."""

_FOUND = (
    """, (select count(*) from here)
    from (select h.person from here h join people p on p.person = h.person"""  # noqa: S608 - our own words
    + _FITTING
    + """ limit :many) f
    join people p on p.person = f.person left join units v on v.unit = p.home"""
    + _FITTING
)
"""Those who are shown are chosen first, and told about after: the rest of whom was found is but counted."""

_IN_CLASS = f""" select min(p.class_name), p.class_key from here h join people p on p.person = h.person
    where p.class_key <> '' and p.kind <> :outside and {TAKES_PART} = (:filter <> 'earlier')
    group by p.class_key order by p.class_key limit 200"""  # noqa: S608 - our own words
"""A class that is written in several ways is one."""

_CLASSES = _HERE + _IN_CLASS


def class_asked(class_name: str) -> str:
    """What the queries ask: the key of a class, or UNCLASSED."""
    return class_name if class_name == UNCLASSED else class_key(class_name)


def roster(
    r: Reader, world: World, unit: str, *, filter_by: Filter = "all", class_name: str = "", page: int = 1, line: str = "",
) -> RosterPage:  # fmt: skip
    """A page of the people at home or members in a unit or below it; with a line, in that line's units only."""
    found, subtree = world.tree.units[unit], _subtree(world, unit, line)
    asked = {**subtree, "filter": filter_by, "class_key": class_asked(class_name)}
    count = int(r.value(_COUNT, **asked))
    pages = max(1, -(-count // PAGE))
    page = min(max(page, 1), pages)
    rows = r.all(_ROWS, **asked, many=PAGE, skip=(page - 1) * PAGE)
    classes = classes_below(r, world, unit, filter_by=filter_by, line=line)
    return RosterPage(unit, found.name, tuple(_row(row) for row in rows), count, page, pages, filter_by, "", class_name, classes)


def roster_count(r: Reader, world: World, unit: str, *, filter_by: Filter = "all", class_name: str = "", line: str = "") -> int:
    """How many people a roster with this filter lists."""
    found = world.tree.units[unit]
    if joined(r, found, line) > GATHERED:
        return filtered(r, world, found, line, filter_by, class_asked(class_name)).people
    return int(r.value(_COUNT, **_subtree(world, unit, line), filter=filter_by, class_key=class_asked(class_name)))


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """A class ("" for none), how many people are in it, learn, have the hours: those whom its roster lists."""

    name: str
    people: int
    learning: int
    complete: int


@dataclass(frozen=True, slots=True)
class GradeProgress:
    """The classes of a grade ("" where they are few enough to stand in one list) with its sums."""

    name: str
    classes: tuple[ClassProgress, ...]

    @property
    def whole(self) -> ClassProgress:
        """The grade as if it were one class."""
        several = [(each.people, each.learning, each.complete) for each in self.classes]
        return ClassProgress(self.name, *map(sum, zip(*several, strict=True)))


MOST_CLASSES = 20
"""Classes in one list; more stand by grade."""


def by_grade(classes: Sequence[ClassProgress]) -> tuple[GradeProgress, ...]:
    """Classes as they are shown: in one list, or where they are many, grade by grade; those of no grade come last."""
    if len(classes) <= MOST_CLASSES:
        return (GradeProgress("", tuple(classes)),) if classes else ()
    found: dict[str, list[ClassProgress]] = {}
    for each in classes:
        found.setdefault(parted(each.name)[0], []).append(each)
    others = found.pop("", [])
    told = [GradeProgress(name, tuple(several)) for name, several in found.items()]
    return (*told, *((GradeProgress("其他", tuple(others)),) if others else ()))


_PROGRESS = _HERE + " select min(p.class_name), count(*), sum(case when p.credited > 0 then 1 else 0 end), sum(p.complete)" + _WHERE
_PROGRESS += " group by p.class_key order by p.class_key"


def classes_progress(r: Reader, world: World, unit: str, *, line: str = "") -> tuple[ClassProgress, ...]:
    """Every class of a unit in order, with how far it is."""
    rows = r.all(_PROGRESS, **_subtree(world, unit, line), filter="all", class_key="")
    return tuple(ClassProgress(*row) for row in rows)


def roster_whole(
    r: Reader, world: World, unit: str, *, filter_by: Filter, class_name: str, line: str, most: int, own: str = ""
) -> tuple[RosterRow, ...]:
    """The first `most` people of all pages of a roster, in its order, as it is printed: those who have left if asked for."""
    asked = {**_subtree(world, unit, line, own), "filter": filter_by, "class_key": class_asked(class_name)}
    return tuple(_row(row) for row in r.all(_PRINTED, **asked, many=most))


def printed_count(
    r: Reader, world: World, unit: str, *, filter_by: Filter, class_name: str, line: str, own: str = ""
) -> tuple[int, int]:
    """How many people `roster_whole` tells, and how many of them have a name, as cards need."""
    asked = {**_subtree(world, unit, line, own), "filter": filter_by, "class_key": class_asked(class_name)}
    every, named = r.one(_PRINTED_COUNT, **asked) or (0, 0)
    return int(every), int(named)


def people_of(r: Reader, people: Sequence[str]) -> tuple[RosterRow, ...]:
    """The rows of these people, in their order; nobody twice."""
    found = {str(row[0]): _row(row) for row in r.among(_OF_PEOPLE, people)}
    return tuple(found[each] for each in dict.fromkeys(people) if each in found)


def classes_below(r: Reader, world: World, unit: str, *, filter_by: Filter, line: str = "") -> tuple[str, ...]:
    """The classes of the people of a unit and those below it."""
    return tuple(row[0] for row in r.all(_CLASSES, **_subtree(world, unit, line), filter=filter_by))


def _subtree(world: World, unit: str, line: str, own: str = "") -> dict[str, str]:
    path = world.tree.units[unit].path
    return {"path": path, "end": path[:-1] + "0", "line": line, "outside": OUTSIDE, "own": own}


def search(r: Reader, world: World, unit: str, text: str, *, line: str = "", many: int = PAGE) -> RosterPage:
    """Whom somebody means by what they typed, among the people of a unit and those below it: the first of them, on one page."""
    found, one = world.tree.units[unit], searched(r, world, unit, text, line)
    rows = r.all(one.here + _COLUMNS + _FOUND, **one.values, many=many)
    shown, count = tuple(_row(row[:-1]) for row in rows), rows[0][-1] if rows else 0
    return RosterPage(unit, found.name, shown, count, 1, 1, "all", text, "", (), is_whole=one.whole)


def _row(row: tuple[object, ...]) -> RosterRow:
    person, name, number, class_name, unit, unit_name, code, credited, signed, complete, ready, certified, is_absent, erased = row
    shown = ERASED if erased and not name else str(name)
    return RosterRow(str(person), shown, str(number), str(class_name), str(unit), str(unit_name), str(code), int(str(credited)),
                     bool(signed), bool(complete), bool(ready), bool(certified), bool(is_absent))  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One pupil of a class list; `marked` says that it stands for them already, `minutes` the most that was noted (None: all).

    `apart` tells namesakes of one list apart: the 编号, or the end of the code on the badge, as a printed list has it; else "".
    Of whoever is at home elsewhere `home_name` says where, and `family` by what brothers and sisters are known.
    """

    person: str
    name: str
    apart: str
    class_name: str
    marked: bool
    minutes: int | None
    home_name: str = ""
    family: str = ""


WHOLE, UNCLASSED = "*", "-"
"""In place of a class: everyone of a unit, and those of no class."""


@dataclass(frozen=True, slots=True)
class ClassList:
    """Everyone of a class (or WHOLE, UNCLASSED) for one lesson on one day, or for a condition ("sign_in") on any day."""

    unit: str
    unit_name: str
    class_name: str
    what: str
    day: str
    rows: tuple[ClassRow, ...]


@dataclass(frozen=True, slots=True)
class ClassCount:
    """A class ("" for none), how many people are in it, and how many of them have a lesson or condition, on whatever day."""

    name: str
    people: int
    marked: int


MOST_MARKED = 2000
"""People of a class list; more are marked class by class."""

_CLASS = f"""
    select p.person, p.name, p.number, p.class_name, p.erased,
           exists (select 1 from marks m where m.person = p.person and m.lesson = :what and m.day = :day)
           or exists (select 1 from conditions c where c.person = p.person and c.condition = :what),
           (select max(m.minutes) from marks m where m.person = p.person and m.lesson = :what and m.day = :day),
           case when p.home in (:keys) then '' else coalesce((select u.name from units u where u.unit = p.home), '') end, p.phone,
           p.name_key, p.code
    from people p
    where p.person in (select person from people where home in (:keys) union select person from memberships where unit in (:keys))
      and p.kind <> :outside and {IS_HERE} and (p.erased = 0 or p.name <> '') and (:whole or p.class_key = :class_key)
    order by p.class_key, length(p.number), p.number, p.name, p.person limit :most"""  # noqa: S608 - our own words

_OF_UNIT = f"""(
    select p.person, p.class_name, p.class_key from people p
    where p.home in (:keys) and p.kind <> :outside and {IS_HERE} and (p.erased = 0 or p.name <> '')
    union
    select m.person, m.class_name, m.class_key from memberships m
    where m.unit in (:keys) and m.home not in (:keys) and m.takes_part = 1 and m.left_on = ''
        and (m.erased = 0 or m.name_key <> ''))"""  # noqa: S608 - our own words
"""Whoever stands in a unit's lists: at home there, or counted there."""

_COUNTS = f"""select min(o.class_name), count(*),
        sum(case when :what = '' then 0 else exists (select 1 from marks m where m.person = o.person and m.lesson = :what)
            or exists (select 1 from conditions c where c.person = o.person and c.condition = :what) end)
    from {_OF_UNIT} o group by o.class_key order by o.class_key limit 200"""  # noqa: S608 - our own words

SEVERAL = 3
"""How many must be in a class before it is suggested to others."""

_CLASSES_JOINED = f"""
    select min(p.class_name) from people p
    where p.home in (:keys) and p.class_key <> '' and p.kind <> :outside and {IS_HERE} and p.erased = 0
    group by p.class_key having count(*) >= :least order by p.class_key limit 200"""  # noqa: S608 - our own words

_CLASSES_OF_UNIT = f"""
    select min(o.class_name) from {_OF_UNIT} o where o.class_key <> ''
    group by o.class_key order by o.class_key limit 200"""  # noqa: S608 - our own words


def class_list(r: Reader, world: World, unit: str, *, class_name: str, what: str, day: str) -> ClassList:
    """Who can be marked present for a lesson on a day, or as signed in; at most MOST_MARKED, and nobody who was erased.

    Nobody while no class is chosen (""); WHOLE and UNCLASSED stand for one.
    """
    named = "" if class_name == UNCLASSED else class_name
    asked = {"outside": OUTSIDE, "class_key": class_key(named), "whole": int(class_name == WHOLE), "what": what, "day": day}
    rows = list(r.among(_CLASS, units_of_one(r, unit), **asked, most=MOST_MARKED)) if class_name else []
    namesakes = Counter(row[-2] for row in rows)
    shown = tuple(
        ClassRow(
            person,
            ERASED if erased and not name else name,
            (number or f"码尾 {code[-4:]}") if namesakes[key] > 1 else "",
            of_class,
            bool(marked),
            minutes,
            home,
            family_mark(phone) if home else "",
        )
        for person, name, number, of_class, erased, marked, minutes, home, phone, key, code in rows
    )
    return ClassList(unit, world.tree.units[unit].name, class_name, what, day, shown)


def class_counts(r: Reader, unit: str, what: str) -> tuple[ClassCount, ...]:
    """The classes of a unit's own people and members, and how far each is with a lesson or condition."""
    return tuple(ClassCount(*row) for row in r.among(_COUNTS, units_of_one(r, unit), outside=OUTSIDE, what=what))


def classes_joined(r: Reader, unit: str) -> tuple[str, ...]:
    """The classes to suggest to whoever joins a unit: those that several people name, so that nobody's own words are shown."""
    return tuple(row[0] for row in r.among(_CLASSES_JOINED, units_of_one(r, unit), outside=OUTSIDE, least=SEVERAL))


def classes_of(r: Reader, unit: str) -> tuple[str, ...]:
    """The classes of a unit's own people and members."""
    return tuple(row[0] for row in r.among(_CLASSES_OF_UNIT, units_of_one(r, unit), outside=OUTSIDE))
