"""Reports for an account: the whole camp's for whoever has it all, else the rows of one's own subtree and line."""

from __future__ import annotations

from campmgr.accounts.queries import Account, holds_all, in_subtree
from campmgr.areas.units.queries.report_lines import Expected, ReportLine, lines_of
from campmgr.areas.units.queries.reports import REPORTS, Report, ReportRow, Sums, minus, report_units, sum_of
from campmgr.areas.units.settings import LINES
from campmgr.facts.tables import NOTHING
from campmgr.facts.totals import UNIT_REPORTS
from campmgr.facts.world import World
from campmgr.store import ledger
from campmgr.store.door import Reader


def reports_for(world: World, account: Account) -> tuple[str, ...]:
    """The reports an account can have. Kinds of participants are counted for the whole camp only."""
    if holds_all(world, account):
        return REPORTS
    below = {unit.kind for unit in world.tree.units.values() if in_subtree(world, unit.unit, account.unit)}
    of_line = [by for by, (kind, line) in UNIT_REPORTS.items() if kind in below and account.line in {"", line}]
    return (*(("city",) if account.unit == world.root_unit else ()), "county", *of_line, "line")


def report_for(r: Reader, world: World, account: Account, by: str, as_of: str = "") -> Report:
    """A report cut to an account's scope: `unassigned` is what stands in the scope and in no row; no overlap is told."""
    if holds_all(world, account):
        return report_units(r, world, by, as_of)
    lines, total = _lines(r, world, account, by), _total(world, account, by)
    sums = Sums(r, [line.key[0] for line in (*lines, total) if line.key], as_of)
    whole = sums.row(total, NOTHING)
    rows = tuple(sums.row(line, NOTHING) for line in lines)
    left = NOTHING if by == "line" else minus(whole.amounts, sum_of(row.amounts for row in _topmost(world, rows)))
    nothing = ReportRow("", "", "", None, NOTHING)
    return Report(by, as_of, ledger.heads(r), rows, ReportRow("", "", "", None, left), whole, nothing)


def _topmost(world: World, rows: tuple[ReportRow, ...]) -> list[ReportRow]:
    """Rows of units that stand below no other row's: a city's federation counts its branches already."""
    units = {row.unit for row in rows}
    return [row for row in rows if not units.intersection(world.tree.units[row.unit].path.strip("/").split("/")[:-1])]


def _total(world: World, account: Account, by: str) -> ReportLine:
    line = UNIT_REPORTS[by][1] if by in UNIT_REPORTS else account.line
    expected = None if line else Expected(world)(account.unit)
    unit = world.tree.units[account.unit]
    return ReportLine(unit.unit, unit.shown_code, unit.name, expected, (unit.unit, line))


def _lines(r: Reader, world: World, account: Account, by: str) -> list[ReportLine]:
    if by == "line":
        return [
            ReportLine("", line, line, None, (account.unit, line)) for line in ((account.line,) if account.line else LINES.words)
        ]
    mine = [line for line in lines_of(r, world, by).rows if line.key and in_subtree(world, line.unit, account.unit)]
    if by in UNIT_REPORTS or not account.line:
        return mine
    return [ReportLine(line.unit, line.code, line.name, None, (line.unit, account.line)) for line in mine]
