"""The chase list 未完成名单: who joined and is not ready, what each lacks and which lessons would close the gap, class by class."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from campmgr.areas.hours.rules.closing import Closing
from campmgr.areas.hours.rules.lesson import Mark
from campmgr.areas.hours.rules.readiness import Readiness, readiness
from campmgr.areas.hours.settings import Completion
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.fold.people import IS_HERE
from campmgr.areas.people.queries.class_sums import by_home, of_members, right_below
from campmgr.areas.units.settings import OUTSIDE
from campmgr.class_order import class_key
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.masks import family_mark
from campmgr.store.door import Reader, Row


@dataclass(frozen=True, slots=True)
class ChaseRow:
    """Somebody to chase: where (of the units asked for), hours earned, what is lacking, and codes of lessons that close the gap.

    `home_name`: the unit at which a member is at home, since the class is of that one; "" for whoever is at home there.
    `family`: by what brothers and sisters are known among members.
    """

    person: str
    unit: str
    unit_name: str
    name: str
    number: str
    class_name: str
    home_name: str
    credited: int
    standing: Readiness
    lessons: tuple[str, ...]
    family: str = ""


@dataclass(frozen=True, slots=True)
class ChaseGroup:
    """How many are to be chased in a class of a unit."""

    unit: str
    unit_name: str
    class_name: str
    count: int


@dataclass(frozen=True, slots=True)
class Chased:
    """The first who are to be chased, unit by unit and class by class; of the units they are of every class with how many
    there are; how many in each unit right below, in the order of the tree; and how many in all.
    """

    rows: tuple[ChaseRow, ...]
    groups: tuple[ChaseGroup, ...]
    below: tuple[tuple[str, int], ...]
    count: int


_BEHIND = f"p.ready = 0 and p.kind <> '{OUTSIDE}' and {IS_HERE} and p.name <> ''"
"""Whom to chase: word for word what the index people_behind holds. The erased have no name."""

_SCOPE = "x.path >= :path and x.path < :end and (:line = '' or x.line = :line)"
_SORTED = "p.credited, length(p.number), p.number, p.name, p.person"

_CHOSEN = f"json_extract(g.value, '$[0]') as at, json_extract(g.value, '$[1]') as unit, {_SORTED}"
_ROWS = f"""
    with chosen as (
        select {_CHOSEN}
        from json_each(:groups) g cross join people p indexed by people_behind
            on p.home = json_extract(g.value, '$[1]') and p.class_key = json_extract(g.value, '$[2]')
        where {_BEHIND}
        union all
        select {_CHOSEN}
        from json_each(:groups) g cross join memberships m indexed by memberships_behind
            on m.unit = json_extract(g.value, '$[1]') and m.class_key = json_extract(g.value, '$[2]')
        cross join people p on p.person = m.person
        where m.ready = 0 and m.takes_part = 1 and m.left_on = '' and {_BEHIND}
            and not exists (select 1 from units x where x.unit = m.home and {_SCOPE})
            and not exists (select 1 from memberships e join units x on x.unit = e.unit
                where e.person = m.person and e.unit < m.unit and {_SCOPE})
        order by 1, 3, 4, 5, 6, 7 limit :most)
    select p.person, h.unit, p.name, p.number, p.class_name, p.home, p.credited, p.signed_in,
        exists (select 1 from conditions c where c.person = p.person and c.condition = 'follow'),
        exists (select 1 from conditions c where c.person = p.person and c.condition = 'daily_scan'), p.phone
    from chosen h cross join people p on p.person = h.person
    order by h.at, {_SORTED}"""  # noqa: S608 - our own words
"""The people of some classes, each class with its place in the list: whoever a unit counts that is at home elsewhere stands in the
list of the first unit that does. Only of those who are shown is anything else looked up.
"""

_CLASSES = "select home, class_key, class_name, sum(behind) from class_sums where home in (:keys) and behind > 0 group by 1, 2, 3"


class _Class(NamedTuple):
    """A class in the list: the order of its unit, the unit, its key."""

    place: str
    unit: str
    key: str


@dataclass(slots=True)
class _Found:
    """How many of a class are to be chased, and the ways in which it is written."""

    names: set[str] = field(default_factory=set)
    count: int = 0

    def add(self, name: str, count: int) -> None:
        self.names.add(name)
        self.count += count


def to_chase(r: Reader, world: World, unit: Unit, *, line: str = "", class_name: str | None = None, most: int) -> Chased:
    """Who is to be chased in a unit or below it, unit by unit and class by class, the furthest behind first; at most so many.

    With a line, in that line's units only; `class_name` "" means those who have none. Erased people are nobody's to chase. Of how
    many there are the sums of their classes tell, and which classes need be looked at.
    """
    units, key = world.tree.units, None if class_name is None else class_key(class_name)
    has_more = unit.unit in world.tree.uppers
    asked = (key or "-") if has_more and key is not None else ""  # of one unit every class is told
    counts = Counter({home: count for home, (count,) in by_home(r, unit, line, "behind", class_key=asked).items()})
    elsewhere = [(min(each.units), each) for each in of_members(r, world, unit, line, "behind", class_key=asked) if each.sums[0]]
    for at, each in elsewhere:
        counts[at] += each.sums[0]
    first, shown = set[str](), 0
    for at in sorted(filter(counts.__getitem__, counts), key=lambda at: (units[at].place, at)):
        if shown < most:
            first.add(at)
            shown += counts[at]
    found: dict[_Class, _Found] = defaultdict(_Found)
    for home, its_key, name, count in r.among(_CLASSES, sorted(first)):
        if not asked or its_key == key:
            found[_Class(units[home].place, home, its_key)].add(name, count)
    for at, each in elsewhere:
        if at in first:
            found[_Class(units[at].place, at, each.class_key)].add(each.class_name, each.sums[0])
    groups = tuple(ChaseGroup(one.unit, units[one.unit].name, min(found[one].names), found[one].count) for one in sorted(found))
    wanted = [one for one in sorted(found) if key is None or one.key == key]
    rows = r.all(_ROWS, groups=json.dumps(list(_first(wanted, found, most))), most=most, line=line, path=unit.path,
                 end=unit.path[:-1] + "0")  # fmt: skip
    count = counts.total() if has_more or key is None else sum(found[one].count for one in wanted)
    return Chased(_told(r, world, rows), groups, _below(world, unit, counts), count)


def _first(wanted: Sequence[_Class], found: Mapping[_Class, _Found], most: int) -> Iterator[tuple[int, str, str]]:
    """The classes that the first so many are of: (order, unit, class)."""
    shown = 0
    for order, one in enumerate(wanted):
        if shown < most:
            yield order, one.unit, one.key
            shown += found[one].count


def _below(world: World, unit: Unit, counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    below: Counter[str] = Counter()
    for each, count in counts.items():
        below[right_below(world, unit, each)] += count
    places = world.tree.units
    return tuple(sorted(((each, count) for each, count in below.items() if count), key=lambda one: places[one[0]].place))


def _told(r: Reader, world: World, rows: Sequence[Row]) -> tuple[ChaseRow, ...]:
    marks: dict[str, list[Mark]] = defaultdict(list)
    short = [row[0] for row in rows if row[6] < world.rules[Completion].required_hundredths]
    for person, *mark in r.among("select person, fact, lesson, day, minutes, source from marks where person in (:keys)", short):
        marks[person].append(Mark(*mark))
    closing = Closing(world.rules, lessons_of(world))
    return tuple(_row(world, row, closing, marks[row[0]]) for row in rows)


def _row(world: World, row: Row, closing: Closing, marks: Sequence[Mark]) -> ChaseRow:
    person, unit, name, number, class_name, home, credited, signed_in, follows, scanned, phone = row
    units = world.tree.units
    home_name = units[home].name if home != unit and home in units else ""
    done = {word for word, there in (("sign_in", signed_in), ("follow", follows), ("daily_scan", scanned)) if there}
    found = readiness(world.rules, credited, done)
    lessons = closing.lessons_for(marks, found.required) if found.missing else ()
    family = family_mark(phone) if home_name else ""
    return ChaseRow(person, unit, units[unit].name, name, number, class_name, home_name, credited, found, lessons, family)
