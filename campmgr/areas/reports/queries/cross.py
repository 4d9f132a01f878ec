"""Regions by lines: every cell counts a person once, every row and column total too (F-07, F-10; docs/commands.md#reports).

A region's total counts who is at home there; a cell counts the region's members of a line. So cells of one row may count somebody
who belongs to two lines twice, and somebody of no line not at all: the last column tells the difference. Columns always add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campmgr.accounts.queries import Account
from campmgr.areas.units.queries.report_lines import Expected
from campmgr.areas.units.queries.reports import Amounts, Sums, minus, sum_of
from campmgr.areas.units.queries.scoped_reports import reports_for, scoped_lines, topmost
from campmgr.areas.units.settings import LINES
from campmgr.facts.tables import NOTHING
from campmgr.facts.world import World
from campmgr.store import ledger
from campmgr.store.door import Reader

REGIONS = ("city", "county")


@dataclass(frozen=True, slots=True)
class Cell:
    """What counts in a place of the table, and who is expected there (None: not said)."""

    expected: int | None
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class CrossRow:
    """A region: its cells in the order of the lines, and everybody in it once. `unit` is "" for what stands in no region."""

    unit: str
    code: str
    name: str
    cells: tuple[Cell, ...]
    whole: Cell

    def apart(self, at: int) -> int:
        """Of one amount: what the lines together tell more than the region, negative where they tell less."""
        return sum(cell.amounts[at] for cell in self.cells) - self.whole.amounts[at]


@dataclass(frozen=True, slots=True)
class Cross:
    """The table. `left` is what stands in the scope and in no region; None where nothing does.

    `heads`: the state it was made of.
    """

    by: str
    as_of: str
    lines: tuple[str, ...]
    rows: tuple[CrossRow, ...]
    left: CrossRow | None
    total: CrossRow
    heads: str


def regions_for(world: World, account: Account) -> tuple[str, ...]:
    """By what regions an account can have the table."""
    known = reports_for(world, account)
    return tuple(by for by in REGIONS if by in known)


def cross(r: Reader, world: World, account: Account, by: str, as_of: str = "") -> Cross:
    """The table of an account's scope, today or as of a day."""
    scope = scoped_lines(r, world, account, by, as_of)
    lines = (account.line,) if account.line else LINES.words
    keys = ("", *lines) if not account.line else (account.line, account.line)
    units = [line.key[0] for line in scope.lines if line.key]
    sums, expected, top = Sums(r, {*units, account.unit}, as_of), Expected(world, as_of), account.unit

    def cells(unit: str) -> tuple[Cell, ...]:
        return tuple(Cell(_expected(expected, unit, key), sums.of((unit, key))) for key in keys)

    total = cells(top)
    counted = {unit: cells(unit) for unit in units}
    rest = _rest(total, [counted[unit] for unit in topmost(world, units, as_of)])
    rows, left = [], _row("", "", "", rest)
    for line in scope.lines:
        if line.key:
            rows.append(_row(line.unit, line.code, line.name, counted[line.unit]))
        else:  # 省直: what the cities leave
            rows.append(_row(line.unit, line.code, line.name, (Cell(line.expected, rest[0].amounts), *rest[1:])))
            left = _row("", "", "", ())
    has_left = bool(left.cells) and any(any(cell.amounts) for cell in (left.whole, *left.cells))
    whole = _row(scope.total.unit, scope.total.code, scope.total.name, total)
    return Cross(by, as_of, lines, tuple(rows), left if has_left else None, whole, ledger.heads(r))


def _expected(expected: Expected, unit: str, line: str) -> int | None:
    return expected.of_line(unit, line) if line else expected(unit)


def _row(unit: str, code: str, name: str, cells: Sequence[Cell]) -> CrossRow:
    nobody = Cell(None, NOTHING)
    return CrossRow(unit, code, name, tuple(cells[1:]), cells[0] if cells else nobody)


def _rest(total: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> tuple[Cell, ...]:
    """What the rows leave of the total, column by column; nobody can tell who is expected there."""
    several = list(rows)
    return tuple(Cell(None, minus(cell.amounts, sum_of(row[at].amounts for row in several))) for at, cell in enumerate(total))
