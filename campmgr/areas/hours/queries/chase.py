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


_BEHIND = f"p.ready = 0 and p.kind <> '{OUTSIDE}' and {TAKES_PART} and p.name <> ''"
"""Whom to chase: word for word what the index people_behind holds. The erased have no name."""

_SCOPE = "{u}.path >= :path and {u}.path < :end and (:line = '' or {u}.line = :line)"
_UNITS = f"v.place >= :place and v.place < :place_end and {_SCOPE.format(u='v')}"
_CLASS = "(:in_class = 0 or p.class_key = :class_key)"

_AT_HOME = f"""
    from units v indexed by units_by_place cross join people p indexed by people_behind on p.home = v.unit
    where {_UNITS} and {_BEHIND} and {_CLASS}"""
_AS_MEMBERS = f"""
    from units v indexed by units_by_place cross join memberships m on m.unit = v.unit cross join people p on p.person = m.person
    where {_UNITS} and {_BEHIND} and {_CLASS}
        and not exists (select 1 from units h where h.unit = p.home and {_SCOPE.format(u="h")})
        and not exists (select 1 from memberships e join units x on x.unit = e.unit
            where e.person = m.person and e.unit < m.unit and {_SCOPE.format(u="x")})"""  # noqa: S608 - our own words
"""Everyone of a subtree once: at home there, else as a member (a pupil whom 妇联 counts stands in that unit's list)."""

_SORTED = "p.class_key, p.credited, length(p.number), p.number, p.name, p.person"

_ROWS = f"""
    with chosen as (
        select v.place, v.unit, v.name as unit_name, {_SORTED} {_AT_HOME}
        union all select v.place, v.unit, v.name, {_SORTED} {_AS_MEMBERS}
        order by 1, 2, 4, 5, 6, 7, 8, 9 limit :most)
    select p.person, h.unit, h.unit_name, p.name, p.number, p.class_name,
        case when p.home = h.unit then '' else coalesce((select o.name from units o where o.unit = p.home), '') end,
        p.credited, p.signed_in,
        exists (select 1 from conditions c where c.person = p.person and c.condition = 'follow'),
        exists (select 1 from conditions c where c.person = p.person and c.condition = 'daily_scan'), p.phone
    from chosen h cross join people p on p.person = h.person
    order by h.place, h.unit, {_SORTED}"""  # noqa: S608 - our own words
"""The two lists are merged in their order as far as the rows that are shown; only of these is anything else looked up."""

_GROUPS = f"""
    select unit, unit_name, min(class_name), sum(many) from (
        select v.place, v.unit, v.name as unit_name, p.class_key, min(p.class_name) as class_name, count(*) as many {_AT_HOME}
        group by v.place, v.unit, p.class_key
        union all select v.place, v.unit, v.name, p.class_key, min(p.class_name), count(*) {_AS_MEMBERS}
        group by v.place, v.unit, p.class_key)
    group by place, unit, class_key order by place, unit, class_key"""  # noqa: S608 - our own words


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
    path, place = world.tree.units[unit].path, world.tree.units[unit].place
    return {
        "path": path,
        "end": path[:-1] + "0",  # "0" comes right after "/"
        "place": place,
        "place_end": place[:-1] + "0",
        "line": line,
        "in_class": int(class_name is not None),
        "class_key": class_key(class_name or ""),
    }
