"""How many people of a unit and those below it are how far, added up home by home: whoever is at home there, and whoever a unit
there counts beside a home elsewhere. Of a province with a million people some ten thousand rows are added up. What each sum is of
stands in the table's schema; they are asked for by the names of its columns.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import NamedTuple

from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Reader


class MemberSums(NamedTuple):
    """Some sums of people of a class who are at home elsewhere ("" where nobody knows), and which units here count them."""

    home: str
    units: tuple[str, ...]
    class_key: str
    class_name: str
    sums: tuple[int, ...]


_SCOPE = "{u}.path >= :path and {u}.path < :end and (:line = '' or {u}.line = :line)"
_AT_HOME = f""" from units u cross join class_sums s on s.home = u.unit
    where {_SCOPE.format(u="u")} and (:class_key = '' or s.class_key = :class_key or (:class_key = '-' and s.class_key = ''))"""
_OF_MEMBERS = f""" from json_each(:sets) g cross join class_sums s indexed by class_sums_of_members on s.members = g.value
    where s.members <> '' and not exists (select 1 from units h where h.unit = s.home and {_SCOPE.format(u="h")})
        and (:class_key = '' or s.class_key = :class_key or (:class_key = '-' and s.class_key = ''))"""  # noqa: S608 - ours
_SETS = """
    with recursive several(members) as (
        select min(members) from class_sums indexed by class_sums_of_members where members <> ''
        union all
        select (select min(s.members) from class_sums s indexed by class_sums_of_members
            where s.members > several.members and s.members <> '') from several
        where several.members is not null)
    select members from several where members is not null"""
"""Each set of units that count somebody beside a home, once, however many people they are."""


def at_home(r: Reader, unit: Unit, line: str, *names: str, class_key: str = "") -> tuple[int, ...]:
    """Some of the sums of who is at home in a unit or below it; `class_key`: of one class, "-" for none."""
    summed = ", ".join(f"coalesce(sum(s.{name}), 0)" for name in names)
    return tuple(r.one(f"select {summed} {_AT_HOME}", **_asked(unit, line, class_key)) or ())


def by_class(r: Reader, unit: Unit, line: str, *names: str) -> list[tuple[str, tuple[int, ...]]]:
    """Class by class ("" for none), in their order: a class that is written in several ways is one."""
    summed = ", ".join(f"sum(s.{name})" for name in names)
    sql = f"select min(s.class_name), {summed} {_AT_HOME} group by s.class_key order by s.class_key"
    return [(name, tuple(sums)) for name, *sums in r.all(sql, **_asked(unit, line))]


def by_home(r: Reader, unit: Unit, line: str, *names: str, class_key: str = "") -> dict[str, tuple[int, ...]]:
    """Each unit in which anybody is at home."""
    summed = ", ".join(f"sum(s.{name})" for name in names)
    rows = r.all(f"select u.unit, {summed} {_AT_HOME} group by u.unit", **_asked(unit, line, class_key))
    return {home: tuple(sums) for home, *sums in rows}


def of_members(r: Reader, world: World, unit: Unit, line: str, *names: str, class_key: str = "") -> Iterator[MemberSums]:
    """Whoever a unit or one below it counts and is at home elsewhere."""
    here = in_scope(world, unit, line)
    sets = {row[0]: units for row in r.all(_SETS) if (units := tuple(each for each in row[0].split(",") if here(each)))}
    sql = f"select s.home, s.members, s.class_key, s.class_name, {', '.join(f's.{name}' for name in names)} {_OF_MEMBERS}"
    for home, members, key, name, *sums in r.all(sql, **_asked(unit, line, class_key), sets=json.dumps(list(sets))) if sets else ():
        yield MemberSums(home, sets[members], key, name, tuple(sums))


def held_by_home(r: Reader) -> list[tuple[str, int, int]]:
    """Of how many people of each unit the details are held, and of how many of them with a guardian's consent."""
    return r.all("select home, sum(held), sum(minors) from class_sums group by home having sum(held) > 0")


def in_scope(world: World, unit: Unit, line: str) -> Callable[[str], bool]:
    """Whether a unit stands in or below one, and has its line."""
    units, path = world.tree.units, unit.path
    return lambda each: (known := units.get(each)) is not None and known.path.startswith(path) and line in {"", known.line}


def right_below(world: World, unit: Unit, home: str) -> str:
    """The unit right below one under which a home stands; itself for whoever is at home in it."""
    rest = world.tree.units[home].path[len(unit.path) :]
    return rest.partition("/")[0] or unit.unit


def _asked(unit: Unit, line: str, class_key: str = "") -> dict[str, str]:
    return {"path": unit.path, "end": unit.path[:-1] + "0", "line": line, "class_key": class_key}


GATHERED = 10_000
"""People of a unit and those below it who are gathered and sorted, which takes some hundredths of a second; sums tell of more."""

_FILTERED = {
    "all": "people", "behind": "owing", "learning": "learning", "complete": "complete", "lacking": "lacking",
    "unsigned": "unsigned", "ready": "ready", "certified": "certified", "left": "have_left", "elsewhere": "people",
    "earlier": "away",
}  # fmt: skip
"""Which of the sums each filter of a roster leaves."""


class Filtered(NamedTuple):
    """How many a filter leaves; `members`: of them who are at home elsewhere, by home and class."""

    people: int
    members: tuple[tuple[str, str], ...]


def joined(r: Reader, unit: Unit, line: str) -> int:
    """How many take part in a unit and those below it; of an account with a line, in that."""
    return int(r.value("select joined from unit_totals where unit = :unit and line = :line", unit=unit.unit, line=line) or 0)


def filtered(r: Reader, world: World, unit: Unit, line: str, by: str, class_key: str = "", own: str = "") -> Filtered:
    """Whom a roster's filter leaves of a unit and those below it, as its query does (`roster.NARROWED`)."""
    near, homes, members = in_scope(world, unit, ""), world.tree.units, []
    count = 0 if by == "elsewhere" else _sum_at_home(r, unit, line, by, class_key)
    for each in of_members(r, world, unit, line, _FILTERED[by], class_key=class_key):
        many = each.sums[0]
        is_near = near(each.home)
        is_own = not own or is_near or (bool(line) and each.home in homes and homes[each.home].line != line)
        if many and is_own and not (by == "elsewhere" and is_near):
            members.append((each.home, each.class_key))
            count += many
    return Filtered(count, tuple(members))


def classes_left(r: Reader, unit: Unit, line: str, by: str, class_key: str) -> list[tuple[str, str]]:
    """The homes and classes of whom a filter leaves there."""
    sql = f"select s.home, s.class_key {_AT_HOME} and s.{_FILTERED[by]} > 0"
    return [] if by == "elsewhere" else r.all(sql, **_asked(unit, line, class_key))


def _sum_at_home(r: Reader, unit: Unit, line: str, by: str, class_key: str) -> int:
    return at_home(r, unit, line, _FILTERED[by], class_key=class_key)[0]
