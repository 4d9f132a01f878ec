"""Participation rolled up: by city, county, school, women's federation, line (F-10; docs/commands.md#reports)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from campmgr.areas.units.queries.report_lines import ReportLine, lines_of
from campmgr.facts.tables import AMOUNTS, NOTHING
from campmgr.facts.totals import Key
from campmgr.facts.world import World
from campmgr.store import ledger
from campmgr.store.door import Reader

REPORTS = ("city", "county", "school", "federation", "line", "kind")

Amounts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row: the unit (`unit` its id, "" for none) or line, who is expected, and what counts (hours in hundredths)."""

    unit: str
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
    lines = lines_of(r, world, by, as_of)
    sums = Sums(r, [line.key[0] for line in (*lines.rows, lines.total) if line.key], as_of)
    total = sums.row(lines.total, NOTHING)
    rows: list[ReportRow] = []
    for line in (*lines.rows, lines.unassigned):
        rows.append(sums.row(line, NOTHING if line.key else minus(total.amounts, sum_of(row.amounts for row in rows))))
    unassigned = rows.pop()
    return Report(by, as_of, ledger.heads(r), tuple(rows), unassigned, total, _overlap(rows, unassigned, total))


def _overlap(rows: list[ReportRow], unassigned: ReportRow, total: ReportRow) -> ReportRow:
    """What the rows count more than once: row sums + unassigned - total."""
    several = [*rows, unassigned]
    known = total.expected is not None and unassigned.expected is not None
    expected = sum(row.expected or 0 for row in several) - (total.expected or 0) if known else None
    return ReportRow("", "", "", expected, minus(sum_of(row.amounts for row in several), total.amounts))


_COLUMNS = ", ".join(AMOUNTS)
_TODAY = f"select unit, line, {_COLUMNS} from unit_totals where unit in (:keys)"  # noqa: S608 - our own names
_BY_DAY = (
    f"select unit, line, {', '.join(f'sum({name})' for name in AMOUNTS)} from unit_days"  # noqa: S608 - our own names
    " where unit in (:keys) and day <= :day group by unit, line"
)


class Sums:
    """The amounts of some units: today's as the totals have them, an earlier day's by adding up the days."""

    def __init__(self, r: Reader, units: Iterable[str], as_of: str) -> None:
        rows = r.among(_BY_DAY, set(units), day=as_of) if as_of else r.among(_TODAY, set(units))
        self._known: dict[Key, Amounts] = {(row[0], row[1]): tuple(row[2:]) for row in rows}

    def of(self, key: Key) -> Amounts:
        """The amounts of one row of the totals."""
        return self._known.get(key, NOTHING)

    def row(self, line: ReportLine, left: Amounts) -> ReportRow:
        """A line with its amounts: zeros where nothing counts, `left` where it takes what the others leave."""
        amounts = left if line.key is None else self.of(line.key)
        return ReportRow(line.unit, line.code, line.name, line.expected, amounts)


def sum_of(many: Iterable[Amounts]) -> Amounts:
    """Amounts added up, number by number."""
    return tuple(map(sum, zip(NOTHING, *many, strict=True)))


def minus(one: Amounts, other: Amounts) -> Amounts:
    """Amounts less other amounts, number by number."""
    return tuple(a - b for a, b in zip(one, other, strict=True))
