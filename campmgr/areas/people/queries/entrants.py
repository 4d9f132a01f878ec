"""Who entered by the code of a class or of a family and waits for a word, and whom of the roster they seem to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campmgr.accounts.queries import unit_name
from campmgr.areas.people.local import FAMILY, Entrant, entrants_by_id
from campmgr.areas.people.queries.finding import Person, is_at_home, people_by_name
from campmgr.class_order import class_key
from campmgr.facts.saying import may_write
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ids import born_in, hash_id
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER
from campmgr.wording import name_key

SCHOOL, WAITING = "学校", "waiting"

# Nobody has decided, or what was decided was taken back since.
_WAITS = """e.refused = 0 and (e.person = '' or (not exists (select 1 from people p where p.person = e.person)
    and not exists (select 1 from aliases a where a.person = e.person)))"""
_IN_SUBTREE = f"""from local_entrants e join units u on u.unit = e.unit
    where {_WAITS} and u.path >= :path and u.path < :end and (:line = '' or u.line = :line)"""


@dataclass(frozen=True, slots=True)
class WaitingEntrant:
    """Somebody who waits: what they typed, their unit in words, the unit and the sort of their code; whether the roster has one of
    the name, and whether somebody else who waits bears it too.
    """

    row: Entrant
    unit_name: str
    by_unit: str
    by_family: bool
    is_known: bool
    is_twice: bool


def own_id(world: World, row: Entrant) -> str:
    """The id of an entrant whom nobody in the roster is."""
    return born_in(row.unit, hash_id(world.campaign, "entered", row.entrant))


def is_waiting(r: Reader, row: Entrant) -> bool:
    """Whether nobody has decided about an entrant."""
    return what_became(r, [row])[row.entrant] == WAITING


def count_entrants(r: Reader, world: World, unit: str, line: str = "") -> int:
    """How many wait in a unit's subtree; with a line, in that line's units only."""
    path = world.tree.units[unit].path
    return int(r.value(f"select count(*) {_IN_SUBTREE}", path=path, end=path[:-1] + "0", line=line))


def waiting_entrants(r: Reader, world: World, unit: str, line: str = "") -> tuple[WaitingEntrant, ...]:
    """Everybody who waits in a unit's subtree, class by class, then in the order they came."""
    path = world.tree.units[unit].path
    ids = [row[0] for row in r.all(f"select e.entrant {_IN_SUBTREE}", path=path, end=path[:-1] + "0", line=line)]
    rows = entrants_by_id(r, ids)
    found = in_roster(r, world, rows)
    of_codes = "select code, unit, sort from local_join_codes where code in (:keys)"
    codes = {code: (unit_name(world, unit), sort) for code, unit, sort in r.among(of_codes, {row.code for row in rows})}
    many = Counter((row.unit, name_key(row.name)) for row in rows)
    told = []
    for row in rows:
        by_unit, sort = codes.get(row.code, ("", ""))
        told.append(WaitingEntrant(row, unit_name(world, row.unit), by_unit, sort == FAMILY, row.entrant in found,
                                   many[row.unit, name_key(row.name)] > 1))  # fmt: skip
    return tuple(sorted(told, key=lambda each: (each.unit_name, class_key(each.row.class_name), each.row.entered_at)))


@dataclass(frozen=True, slots=True)
class WaitingFamily:
    """Those who entered together by the code of a family and wait: each with the unit that nods, by its name."""

    since: str
    children: tuple[tuple[Entrant, str], ...]


def waiting_families(r: Reader, world: World, unit: str) -> tuple[WaitingFamily, ...]:
    """Every family that entered by a code of this unit and of which somebody waits, those that came first first."""
    sql = f"""select e.entrant from local_join_codes c join local_entrants e on e.code = c.code
        where c.unit = :unit and c.sort = '{FAMILY}' and {_WAITS}"""  # noqa: S608 - our own words
    rows = entrants_by_id(r, [row[0] for row in r.all(sql, unit=unit)])
    by_code: dict[tuple[str, str], list[tuple[Entrant, str]]] = {}
    for row in sorted(rows, key=lambda each: (each.entered_at, each.entrant)):
        by_code.setdefault((row.code, row.entered_at), []).append((row, unit_name(world, row.unit)))
    return tuple(WaitingFamily(each[0][0].entered_at, tuple(each)) for each in by_code.values())


def in_roster(r: Reader, world: World, rows: Iterable[Entrant]) -> dict[str, str]:
    """Of entrants whom their unit seems to have already: the ids. The only one of the name, of no other class than was typed."""
    several = list(rows)
    named = people_by_name(r, {row.name for row in several})
    found = {}
    for row in several:
        alike = [each for each in named.get(name_key(row.name), ()) if is_at_home(world, each, row.unit) and _fits(each, row)]
        if len(alike) == 1:
            found[row.entrant] = alike[0].person
    return found


def _fits(known: Person, row: Entrant) -> bool:
    if known.phone and row.phone and known.phone != row.phone and not known.class_name:
        return False
    return not known.class_name or not row.class_name or class_key(known.class_name) == class_key(row.class_name)


def what_became(r: Reader, rows: Sequence[Entrant]) -> dict[str, str]:
    """Of entrants "in", "out" or "waiting", by their ids."""
    ids = [row.entrant for row in rows]
    sql = f"select e.entrant from local_entrants e where e.entrant in (:keys) and {_WAITS}"  # noqa: S608 - our own words
    waiting = {row[0] for row in r.among(sql, ids)}
    return {row.entrant: WAITING if row.entrant in waiting else "out" if row.refused else "in" for row in rows}


MOST_SCHOOLS = 300
"""Schools among which a parent chooses in one list."""


def schools_for(r: Reader, world: World, unit: Unit) -> tuple[Unit, ...]:
    """Where children can be at home who enter by a unit's code for a family: the unit itself, and the schools of its region for
    whose people this data file may speak.

    None where the unit alone is left, and where a region has more schools than anybody would look through.
    """
    region = world.tree.units.get(unit.parent)
    if unit.kind == SCHOOL or region is None:
        return ()
    writer = r.meta(WRITER)
    found = [each for each in world.tree.units.values()
             if each.kind == SCHOOL and each.participating and each.path.startswith(region.path)
             and each.unit not in world.tree.uppers and may_write(world, writer, each.unit)]  # fmt: skip
    if not found or len(found) > MOST_SCHOOLS:
        return ()
    return (*sorted(found, key=lambda each: each.place), unit)
