"""The units of an account with what they have reached: the first page of the desk and of the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from campmgr.accounts.queries import Account, is_theirs
from campmgr.areas.units.queries.report_lines import Expected
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class Reached:
    """How many are expected (None: not said), joined, learn, have the hours, hold a certificate; hours in hundredths."""

    expected: int | None
    joined: int = 0
    learning: int = 0
    completed: int = 0
    certified: int = 0
    hours: int = 0


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit as listed. `is_theirs` is false for a region that an account with a line only passes through."""

    unit: str
    code: str
    address: str
    name: str
    kind: str
    reached: Reached
    has_more: bool
    is_theirs: bool


@dataclass(frozen=True, slots=True)
class UnitList:
    """A unit, the way down to it, and what stands directly below it.

    `also`: those who are counted in its line as well and are at home elsewhere; no number of the unit holds them, since region rows
    go by home and line rows by membership. None where there is nobody, or where the numbers are those of a line already.
    """

    unit: UnitLine
    way: tuple[tuple[str, str], ...]
    below: tuple[UnitLine, ...]
    also: Reached | None


def units_below(r: Reader, world: World, account: Account, unit: str) -> UnitList:
    """A unit (its id) of an account's subtree and the units directly below it; for an account with a line, in its numbers."""
    shown = _below(world, account, unit)
    amounts = _amounts(r, [unit, *(each.unit for each in shown)], account.line)
    expected = Expected(world)
    parents = world.tree.uppers

    def line(one: Unit) -> UnitLine:
        reached = Reached(expected(one.unit), *amounts.get(one.unit, ()))
        return UnitLine(
            one.unit, one.shown_code, one.address, one.name, one.kind, reached, one.unit in parents, is_theirs(world, account, one)
        )

    top = line(world.tree.units[unit])
    return UnitList(top, _way(world, account, unit), tuple(map(line, shown)), _also(r, world, account, top))


def _also(r: Reader, world: World, account: Account, top: UnitLine) -> Reached | None:
    of_line = world.tree.units[top.unit].line
    if account.line or not of_line:
        return None
    home = top.reached
    own = (home.joined, home.learning, home.completed, home.certified, home.hours)
    in_line = _amounts(r, [top.unit], of_line).get(top.unit, own)
    found = Reached(None, *(max(0, of_all - at_home) for of_all, at_home in zip(in_line, own, strict=True)))
    return found if found.joined else None


def reached_below(r: Reader, world: World, account: Account, top: Unit) -> Callable[[str], Reached]:
    """What any unit below one has reached, for an account with a line in its numbers: all of them asked at once."""
    expected = Expected(world)
    amounts = {row[0]: row[1:] for row in r.all(_AMOUNTS_BELOW, path=top.path, end=top.path[:-1] + "0", line=account.line)}
    return lambda unit: Reached(expected(unit), *amounts.get(unit, ()))


_AMOUNTS_BELOW = """select t.unit, t.joined, t.learning, t.completed, t.certified, t.hours from units u
    join unit_totals t on t.unit = u.unit and t.line = :line where u.path >= :path and u.path < :end"""


def camp_totals(r: Reader, world: World) -> Reached:
    """What the whole camp has reached."""
    return Reached(Expected(world)(world.root_unit), *_amounts(r, [world.root_unit], "").get(world.root_unit, ()))


def _amounts(r: Reader, units: list[str], line: str) -> dict[str, tuple[int, ...]]:
    sql = """select unit, joined, learning, completed, certified, hours from unit_totals
             where line = :line and unit in (:keys)"""
    return {row[0]: tuple(row[1:]) for row in r.among(sql, units, line=line)}


def _below(world: World, account: Account, top: str) -> list[Unit]:
    """The children, or for an account with a line those of its line and the regions that lead to them."""
    children = sorted(
        (unit for unit in world.tree.units.values() if unit.parent == top), key=lambda unit: (len(unit.code), unit.place)
    )
    if not account.line:
        return children
    leading = {
        above for unit in world.tree.units.values() if unit.line == account.line for above in unit.path.strip("/").split("/")
    }
    return [unit for unit in children if unit.line == account.line or (not unit.line and unit.unit in leading)]


def _way(world: World, account: Account, unit: str) -> tuple[tuple[str, str], ...]:
    """(address, name) from the account's own unit down to the parent of this one."""
    above = world.tree.units[unit].path.strip("/").split("/")
    known = [world.tree.units[each] for each in above[above.index(account.unit) : -1]]
    return tuple((each.address, each.name) for each in known)
