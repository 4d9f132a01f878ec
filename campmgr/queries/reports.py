"""Participation rolled up: by city, county, school, women's federation, line (F-10; design 5, "Meanings")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from campmgr.ids import canonical, sha256
from campmgr.projections.placements import UNIT_REPORTS
from campmgr.projections.tables import AMOUNTS, NOTHING
from campmgr.projections.units import Unit
from campmgr.projections.world import World
from campmgr.rules.terms import LINES, PARTICIPANT_KINDS
from campmgr.store import ledger
from campmgr.store.door import Reader

REPORTS = ("city", "county", "school", "federation", "line", "kind")

Amounts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row: the unit or line, who is expected, and what counts (hours in hundredths)."""

    code: str
    name: str
    expected: int | None
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Report:
    """A roll-up. Rows + unassigned - total = overlap, number by number."""

    by: str
    as_of: str
    heads: str
    rows: tuple[ReportRow, ...]
    unassigned: ReportRow
    total: ReportRow
    overlap: ReportRow


def report_units(r: Reader, world: World, by: str, as_of: str = "") -> Report:
    """The roll-up of one sort, today or as of a day (all that is known now and happened by then)."""
    sums = _Sums(r, as_of)
    root = world.root_unit
    total = sums.of(root, "")
    if by in {"city", "county"}:
        rows = _region_rows(world, sums, by, total)
        rest = _minus(total, _sum(row.amounts for row in rows))
    elif by == "kind":
        rows = [ReportRow(kind, kind, None, sums.of(root, f"@{kind}")) for kind in PARTICIPANT_KINDS.words]
        rest = _minus(total, _sum(row.amounts for row in rows))
    elif by == "line":
        expected = Expected(world)
        rows = [ReportRow(line, line, _expected_of_line(world, expected, line), sums.of(root, line)) for line in LINES.words]
        rest = sums.of(root, "!line")
    else:
        rows = _unit_rows(world, sums, by)
        rest = sums.of(root, f"!{by}")
    bottom = ReportRow(root, _name(world, root), Expected(world)(root), total)
    unassigned = ReportRow("", "", _left_of(bottom, rows) if by in {"city", "county"} else None, rest)
    return Report(by, as_of, heads_digest(r), tuple(rows), unassigned, bottom, _overlap(rows, unassigned, bottom))


def _left_of(total: ReportRow, rows: list[ReportRow]) -> int | None:
    """How many are expected in no row."""
    return None if total.expected is None else total.expected - sum(row.expected or 0 for row in rows)


def _overlap(rows: list[ReportRow], unassigned: ReportRow, total: ReportRow) -> ReportRow:
    """What the rows count more than once: row sums + unassigned - total."""
    several = [*rows, unassigned]
    known = total.expected is not None and unassigned.expected is not None
    expected = sum(row.expected or 0 for row in several) - (total.expected or 0) if known else None
    return ReportRow("", "", expected, _minus(_sum(row.amounts for row in several), total.amounts))


class _Sums:
    """Looks amounts up by (unit, line): today's in the totals, an earlier day's by adding up the days."""

    def __init__(self, r: Reader, as_of: str) -> None:
        columns = ", ".join(AMOUNTS)
        if as_of:
            summed = ", ".join(f"sum({name})" for name in AMOUNTS)
            sql = f"select unit, line, {summed} from unit_days where day <= :day group by unit, line"  # noqa: S608 - our own names
            rows = r.all(sql, day=as_of)
        else:
            rows = r.all(f"select unit, line, {columns} from unit_totals")  # noqa: S608 - our own names
        self._known = {(row[0], row[1]): tuple(row[2:]) for row in rows}

    def of(self, unit: str, line: str) -> Amounts:
        """The amounts of a row; zeros where nothing counts."""
        return self._known.get((unit, line), NOTHING)


def _region_rows(world: World, sums: _Sums, by: str, total: Amounts) -> list[ReportRow]:
    """Cities (平潭 among them, and 省直 with all that stands under no city), or counties."""
    roll_up, units = world.rules.roll_up, world.tree.units
    expected = Expected(world)
    if by == "county":
        return [_row(unit, expected(unit.unit), sums.of(unit.unit, "")) for unit in _of_kind(world, "县")]
    cities = [unit for unit in units.values() if unit.kind == "市" or unit.unit in roll_up.city_level_units]
    rows = [
        _row(unit, expected(unit.unit), sums.of(unit.unit, ""))
        for unit in sorted(cities, key=lambda each: (len(each.unit), each.unit))
    ]
    direct = units.get(roll_up.direct_unit)
    if direct is not None:
        rest = _minus(total, _sum(row.amounts for row in rows))
        rows.append(_row(direct, _expected_direct(world, {row.code for row in rows}), rest))
    return rows


def _expected_direct(world: World, cities: set[str]) -> int | None:
    """Who is expected outside the cities: the numbers of the root's children that are no city."""
    expected = Expected(world)
    others = [unit.unit for unit in world.tree.units.values() if unit.parent == world.root_unit and unit.unit not in cities]
    return _total(expected(unit) for unit in others)


def _unit_rows(world: World, sums: _Sums, by: str) -> list[ReportRow]:
    kind, line = UNIT_REPORTS[by]
    expected = Expected(world)
    return [_row(unit, expected(unit.unit), sums.of(unit.unit, line)) for unit in _of_kind(world, kind)]


def _of_kind(world: World, kind: str) -> list[Unit]:
    """Units of a kind, in code order; below one that does not take part there are no rows."""
    units = world.tree.units
    return [
        unit for _, unit in sorted(units.items())
        if unit.kind == kind and (unit.participating or unit.parent not in units or units[unit.parent].participating)
    ]  # fmt: skip


def _row(unit: Unit, expected: int | None, amounts: Amounts) -> ReportRow:
    return ReportRow(unit.unit, unit.name, expected, amounts)


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


def _expected_of_line(world: World, expected: Expected, line: str) -> int | None:
    """Who is expected in a line: the numbers of its topmost units."""
    units = world.tree.units
    in_line = {unit.unit for unit in units.values() if unit.line == line}
    return _total(expected(unit) for unit in in_line if units[unit].parent not in in_line)


def _total(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _sum(many: Iterable[Amounts]) -> Amounts:
    result: Amounts = NOTHING
    for amounts in many:
        result = _plus(result, amounts)
    return result


def _plus(one: Amounts, other: Amounts) -> Amounts:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _minus(one: Amounts, other: Amounts) -> Amounts:
    return tuple(a - b for a, b in zip(one, other, strict=True))


def _name(world: World, code: str) -> str:
    unit = world.tree.units.get(code)
    return unit.name if unit else code


def heads_digest(r: Reader) -> str:
    """A digest of the ends of all streams held: what a report was computed from."""
    last = "select seq, chain from seals where scope = :scope and writer = :writer order by seq desc, chain limit 1"
    return sha256(canonical([[*stream, *r.all(last, **stream._asdict())] for stream in ledger.streams(r)]))
