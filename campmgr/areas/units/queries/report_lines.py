"""Which rows a report has, who is expected in each, and where its amounts stand (F-10; docs/commands.md#reports).

A function of the units and rules alone: made once for each version of the camp and remembered, however many units there are. As of
a day it is of the tree of that day, as the amounts are: a unit that moved later brings its number to where its people counted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from campmgr.areas.units.settings import LINES, PARTICIPANT_KINDS, RollUp
from campmgr.facts.totals import UNIT_REPORTS, Key
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.settings.terms import say
from campmgr.store.door import Reader


class ReportLine(NamedTuple):
    """A row before it is counted. `unit`: the id of the unit it is of, "" for none.

    `key`: the row of totals that holds its amounts; None for what the rows before it leave.
    """

    unit: str
    code: str
    name: str
    expected: int | None
    key: Key | None


class Lines(NamedTuple):
    """All rows of one report."""

    rows: tuple[ReportLine, ...]
    unassigned: ReportLine
    total: ReportLine


def lines_of(r: Reader, world: World, by: str, as_of: str = "") -> Lines:
    """The rows of a report, from memory while the camp's units and rules are what they were."""
    place, when = f"lines by {by}", (world.version, since_move(world, as_of), since_count(world, as_of))
    known = r.memory.get(place)
    if isinstance(known, tuple) and known[0] == when and isinstance(known[1], Lines):
        return known[1]
    lines = _lines(world, by, as_of)
    r.memory[place] = (when, lines)
    return lines


def since_move(world: World, as_of: str) -> str:
    """The day of the last move of a unit by a day, which stands for the tree of that day; "" for the tree as it is now."""
    return _since(world.tree.move_days, as_of)


def since_count(world: World, as_of: str) -> str:
    """The same for the day from which on any unit expects another number."""
    return _since(world.tree.count_days, as_of)


def _since(days: Sequence[str], as_of: str) -> str:
    step = bisect_right(days, as_of) if as_of else len(days)
    return "" if step == len(days) else f"before {days[step]}"


def _lines(world: World, by: str, as_of: str) -> Lines:
    expected, root = Expected(world, as_of), world.root_unit
    unit = world.tree.units.get(root)
    total = ReportLine(root, unit.shown_code if unit else "", unit.name if unit else "", expected(root), (root, ""))
    if by in {"city", "county"}:
        rows = _counties(world, expected) if by == "county" else _cities(world, expected)
        return Lines(rows, ReportLine("", "", "", _left_of(total, rows), None), total)
    if by == "kind":
        kinds = PARTICIPANT_KINDS.words
        rows = tuple(ReportLine("", kind, say(PARTICIPANT_KINDS, kind), None, (root, f"@{kind}")) for kind in kinds)
        return Lines(rows, ReportLine("", "", "", None, None), total)
    if by == "line":
        rows = tuple(ReportLine("", line, line, expected.of_line(root, line), (root, line)) for line in LINES.words)
    else:
        kind, line = UNIT_REPORTS[by]
        rows = tuple(_row(unit, expected, line) for unit in _of_kind(world, kind))
    return Lines(rows, ReportLine("", "", "", None, (root, f"!{by}")), total)


def _row(unit: Unit, expected: Expected, line: str = "") -> ReportLine:
    return ReportLine(unit.unit, unit.shown_code, unit.name, expected(unit.unit), (unit.unit, line))


def _counties(world: World, expected: Expected) -> tuple[ReportLine, ...]:
    return tuple(_row(unit, expected) for unit in _of_kind(world, "县"))


def _cities(world: World, expected: Expected) -> tuple[ReportLine, ...]:
    """Cities, 平潭 among them, and 省直 with all that stands under no city."""
    roll_up, units = world.rules[RollUp], world.tree.units
    own = city_level_units(world)
    cities = [unit for unit in units.values() if unit.kind == "市" or unit.unit in own]
    rows = [_row(unit, expected) for unit in sorted(cities, key=lambda each: (len(each.code), each.place))]
    direct = world.tree.of_code(roll_up.direct_unit)
    if direct is not None:
        left = _expected_direct(world, expected, {row.unit for row in rows})
        rows.append(ReportLine(direct.unit, direct.shown_code, direct.name, left, None))
    return tuple(rows)


def _of_kind(world: World, kind: str) -> list[Unit]:
    """Units of a kind, in code order; below one that does not take part there are no rows, and none for a merged one."""
    units = world.tree.units
    own = sorted(
        (unit for unit in units.values() if unit.kind == kind and not unit.merged_into), key=lambda each: (each.code, each.place)
    )
    return [unit for unit in own if unit.participating or unit.parent not in units or units[unit.parent].participating]


def city_level_units(world: World) -> set[str]:
    """The ids of the units that count as cities of their own (F-08)."""
    found = map(world.tree.of_code, world.rules[RollUp].city_level_units)
    return {unit.unit for unit in found if unit is not None}


def row_of_no_city(world: World) -> str:
    """What the row of all that belongs to no city is called, by the unit it is told under, 省直; "" where there is none."""
    direct = world.tree.of_code(world.rules[RollUp].direct_unit)
    return direct.name if direct else ""


def direct_unit(world: World) -> str:
    """The id of the unit that takes in who belongs to none of the cities (F-09), of the root where there is none."""
    direct = world.tree.of_code(world.rules[RollUp].direct_unit)
    return direct.unit if direct else world.root_unit


class Expected:
    """How many are expected in a unit as of a day: its own number, else its children's together, else None."""

    def __init__(self, world: World, as_of: str = "") -> None:
        self._units = world.tree.units
        self._tree = world.tree
        self._as_of = since_move(world, as_of) and as_of
        self._counted_on = since_count(world, as_of) and as_of
        self._children: dict[str, list[str]] = {}
        for unit in self._units.values():
            self._children.setdefault(self.parent(unit), []).append(unit.unit)
        self._known: dict[str, int | None] = {}
        self._lines: dict[Key, int] | None = None

    def __call__(self, unit: str) -> int | None:
        """The number for a unit, by its id."""
        if unit not in self._known:
            known = self._units.get(unit)
            own = known.count_on(self._counted_on).number if known else None
            self._known[unit] = own if own is not None else _total(self(child) for child in self._children.get(unit, ()))
        return self._known[unit]

    def parent(self, unit: Unit) -> str:
        """The id of the unit that one stood below on the day; "" for none."""
        return "".join(self._tree.path_on(unit.unit, self._as_of)[1:2]) if self._moved(unit) else unit.parent

    def children(self, unit: str) -> list[str]:
        """The ids of the units that stood right below one."""
        return self._children.get(unit, [])

    def of_line(self, unit: str, line: str) -> int | None:
        """The number of a line within a unit: what its topmost units of that line are to have."""
        if self._lines is None:
            self._lines = self._of_lines()
        return self._lines.get((unit, line))

    def _moved(self, unit: Unit) -> bool:
        return bool(self._as_of and unit.story.moves)

    def _of_lines(self) -> dict[Key, int]:
        found: dict[Key, int] = {}
        for unit in self._units.values():
            above = self._units.get(self.parent(unit))
            if not unit.line or (above and above.line == unit.line):
                continue
            number = self(unit.unit)
            for each in self._tree.path_on(unit.unit, self._as_of or LAST_DAY) if number is not None else ():
                found[each, unit.line] = found.get((each, unit.line), 0) + (number or 0)
        return found


LAST_DAY = "9999-12-31"
"""A day on which every move that is known has been made."""


def _expected_direct(world: World, expected: Expected, cities: set[str]) -> int | None:
    """Who is expected outside the cities: the numbers of the root's children that are no city."""
    return _total(expected(unit) for unit in expected.children(world.root_unit) if unit not in cities)


def _left_of(total: ReportLine, rows: Iterable[ReportLine]) -> int | None:
    """How many are expected in no row."""
    return None if total.expected is None else total.expected - sum(row.expected or 0 for row in rows)


def _total(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
