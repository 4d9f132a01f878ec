"""Which rows a report has, who is expected in each, and where its amounts stand (F-10; docs/commands.md#reports).

A function of the units and rules alone: made once for each version of the camp and remembered, however many units there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from campmgr.areas.units.settings import LINES, PARTICIPANT_KINDS, RollUp
from campmgr.facts.totals import UNIT_REPORTS, Key
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.settings.terms import say
from campmgr.store.door import Reader


class ReportLine(NamedTuple):
    """A row before it is counted. `key`: the row of totals that holds its amounts; None for what the rows before it leave."""

    code: str
    name: str
    expected: int | None
    key: Key | None


class Lines(NamedTuple):
    """All rows of one report."""

    rows: tuple[ReportLine, ...]
    unassigned: ReportLine
    total: ReportLine


def lines_of(r: Reader, world: World, by: str) -> Lines:
    """The rows of a report, from memory while the camp's units and rules are what they were."""
    place = f"lines by {by}"
    known = r.memory.get(place)
    if isinstance(known, tuple) and known[0] == world.version and isinstance(known[1], Lines):
        return known[1]
    lines = _lines(world, by)
    r.memory[place] = (world.version, lines)
    return lines


def _lines(world: World, by: str) -> Lines:
    expected, root = Expected(world), world.root_unit
    unit = world.tree.units.get(root)
    total = ReportLine(root, unit.name if unit else root, expected(root), (root, ""))
    if by in {"city", "county"}:
        rows = _counties(world, expected) if by == "county" else _cities(world, expected)
        return Lines(rows, ReportLine("", "", _left_of(total, rows), None), total)
    if by == "kind":
        kinds = PARTICIPANT_KINDS.words
        rows = tuple(ReportLine(kind, say(PARTICIPANT_KINDS, kind), None, (root, f"@{kind}")) for kind in kinds)
        return Lines(rows, ReportLine("", "", None, None), total)
    if by == "line":
        rows = tuple(ReportLine(line, line, _expected_of_line(world, expected, line), (root, line)) for line in LINES.words)
    else:
        kind, line = UNIT_REPORTS[by]
        rows = tuple(_row(unit, expected, line) for unit in _of_kind(world, kind))
    return Lines(rows, ReportLine("", "", None, (root, f"!{by}")), total)


def _row(unit: Unit, expected: Expected, line: str = "") -> ReportLine:
    return ReportLine(unit.unit, unit.name, expected(unit.unit), (unit.unit, line))


def _counties(world: World, expected: Expected) -> tuple[ReportLine, ...]:
    return tuple(_row(unit, expected) for unit in _of_kind(world, "县"))


def _cities(world: World, expected: Expected) -> tuple[ReportLine, ...]:
    """Cities, 平潭 among them, and 省直 with all that stands under no city."""
    roll_up, units = world.rules[RollUp], world.tree.units
    cities = [unit for unit in units.values() if unit.kind == "市" or unit.unit in roll_up.city_level_units]
    rows = [_row(unit, expected) for unit in sorted(cities, key=lambda each: (len(each.unit), each.unit))]
    direct = units.get(roll_up.direct_unit)
    if direct is not None:
        rows.append(ReportLine(direct.unit, direct.name, _expected_direct(world, expected, {row.code for row in rows}), None))
    return tuple(rows)


def _of_kind(world: World, kind: str) -> list[Unit]:
    """Units of a kind, in code order; below one that does not take part there are no rows."""
    units = world.tree.units
    return [
        unit for _, unit in sorted(units.items())
        if unit.kind == kind and (unit.participating or unit.parent not in units or units[unit.parent].participating)
    ]  # fmt: skip


class Expected:
    """How many are expected in a unit: its own number, else its children's together, else None."""

    def __init__(self, world: World) -> None:
        self._units = world.tree.units
        self._children: dict[str, list[str]] = {}
        for unit in self._units.values():
            self._children.setdefault(unit.parent, []).append(unit.unit)
        self._known: dict[str, int | None] = {}

    def __call__(self, code: str) -> int | None:
        """The number for a unit."""
        if code not in self._known:
            unit = self._units.get(code)
            own = unit.expected if unit else None
            self._known[code] = own if own is not None else _total(self(child) for child in self._children.get(code, ()))
        return self._known[code]


def _expected_direct(world: World, expected: Expected, cities: set[str]) -> int | None:
    """Who is expected outside the cities: the numbers of the root's children that are no city."""
    others = [unit.unit for unit in world.tree.units.values() if unit.parent == world.root_unit and unit.unit not in cities]
    return _total(expected(unit) for unit in others)


def _expected_of_line(world: World, expected: Expected, line: str) -> int | None:
    """Who is expected in a line: the numbers of its topmost units."""
    units = world.tree.units
    in_line = {unit.unit for unit in units.values() if unit.line == line}
    return _total(expected(unit) for unit in in_line if units[unit].parent not in in_line)


def _left_of(total: ReportLine, rows: Iterable[ReportLine]) -> int | None:
    """How many are expected in no row."""
    return None if total.expected is None else total.expected - sum(row.expected or 0 for row in rows)


def _total(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
