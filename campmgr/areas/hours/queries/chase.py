"""The chase list 未完成名单: who joined and is not ready, what each lacks and which lessons would close the gap, class by class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from campmgr.areas.hours.rules.closing import Closing
from campmgr.areas.hours.rules.lesson import Mark
from campmgr.areas.hours.rules.readiness import Readiness, readiness
from campmgr.areas.hours.settings import Completion
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.fold.people import TAKES_PART
from campmgr.areas.units.settings import OUTSIDE
from campmgr.class_order import class_key
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


_HERE = """
    with here as (
        select p.person, p.home as unit from units u join people p on p.home = u.unit
        where u.path >= :path and u.path < :end and (:line = '' or u.line = :line)
        union all
        select m.person, min(m.unit) as unit from units u join memberships m on m.unit = u.unit
            join people p on p.person = m.person left join units h on h.unit = p.home
        where u.path >= :path and u.path < :end and (:line = '' or u.line = :line)
            and not (h.unit is not null and h.path >= :path and h.path < :end and (:line = '' or h.line = :line))
        group by m.person)"""
"""Everyone of a subtree once: at home there, else as a member (a pupil whom 妇联 counts stands in that unit's list)."""

_TO_CHASE = f"""
    from here h join people p on p.person = h.person join units v on v.unit = h.unit
    where p.ready = 0 and p.kind <> :outside and {TAKES_PART} and p.name <> '' and (:in_class = 0 or p.class_key = :class_key)"""

_ROWS = (
    _HERE  # noqa: S608 - our own text
    + """ select p.person, h.unit, v.name, p.name, p.number, p.class_name,
    case when p.home = h.unit then '' else coalesce((select o.name from units o where o.unit = p.home), '') end,
    p.credited, p.signed_in,
    exists (select 1 from conditions c where c.person = p.person and c.condition = 'follow'),
    exists (select 1 from conditions c where c.person = p.person and c.condition = 'daily_scan'), p.phone"""
    + _TO_CHASE
    + " order by v.place, h.unit, p.class_key, p.credited, length(p.number), p.number, p.name, p.person limit :most"
)

_GROUPS = (
    _HERE
    + " select h.unit, v.name, min(p.class_name), count(*)"
    + _TO_CHASE
    + " group by h.unit, v.name, v.place, p.class_key order by v.place, h.unit, p.class_key"
)


def to_chase(
    r: Reader, world: World, unit: str, *, line: str = "", class_name: str | None = None, most: int
) -> tuple[ChaseRow, ...]:
    """Who is to be chased in a unit or below it, unit by unit and class by class, the furthest behind first; at most so many.

    With a line, in that line's units only; `class_name` "" means those who have none. Erased people are nobody's to chase.
    """
    rows = r.all(_ROWS, **_asked(world, unit, line, class_name), most=most)
    marks: dict[str, list[Mark]] = defaultdict(list)
    short = [row[0] for row in rows if row[7] < world.rules[Completion].required_hundredths]
    for person, *mark in r.among("select person, fact, lesson, day, minutes, source from marks where person in (:keys)", short):
        marks[person].append(Mark(*mark))
    closing = Closing(world.rules, lessons_of(world))
    return tuple(_row(world, row, closing, marks[row[0]]) for row in rows)


def _row(world: World, row: Row, closing: Closing, marks: Sequence[Mark]) -> ChaseRow:
    person, unit, unit_name, name, number, class_name, home_name, credited, signed_in, follows, scanned, phone = row
    done = {word for word, there in (("sign_in", signed_in), ("follow", follows), ("daily_scan", scanned)) if there}
    found = readiness(world.rules, credited, done)
    lessons = closing.lessons_for(marks, found.required) if found.missing else ()
    family = family_mark(phone) if home_name else ""
    return ChaseRow(person, unit, unit_name, name, number, class_name, home_name, credited, found, lessons, family)


def chase_groups(r: Reader, world: World, unit: str, *, line: str = "") -> tuple[ChaseGroup, ...]:
    """The same people counted by unit and class."""
    return tuple(ChaseGroup(*row) for row in r.all(_GROUPS, **_asked(world, unit, line, None)))


def _asked(world: World, unit: str, line: str, class_name: str | None) -> dict[str, str | int]:
    path = world.tree.units[unit].path
    return {
        "path": path,
        "end": path[:-1] + "0",  # "0" comes right after "/"
        "line": line,
        "outside": OUTSIDE,
        "in_class": int(class_name is not None),
        "class_key": class_key(class_name or ""),
    }
