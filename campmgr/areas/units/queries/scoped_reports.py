"""Reports for an account: the whole camp's for whoever has it all, else the rows of one's own subtree and line."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from campmgr.accounts.queries import Account, holds_all, in_subtree
from campmgr.areas.units.queries.kinds_below import amounts_by_kind, kind_lines
from campmgr.areas.units.queries.report_lines import LAST_DAY, Expected, ReportLine, lines_of
from campmgr.areas.units.queries.reports import REPORTS, Report, ReportRow, Sums, minus, report_units, sum_of
from campmgr.areas.units.settings import LINES
from campmgr.facts.tables import NOTHING
from campmgr.facts.totals import UNIT_REPORTS
from campmgr.facts.world import World
from campmgr.store import ledger
from campmgr.store.door import Reader


def reports_for(world: World, account: Account) -> tuple[str, ...]:
    """The reports an account can have."""
    if holds_all(world, account):
        return REPORTS
    below = {unit.kind for unit in world.tree.units.values() if in_subtree(world, unit.unit, account.unit)}
    of_line = [by for by, (kind, line) in UNIT_REPORTS.items() if kind in below and account.line in {"", line}]
    return (*(("city",) if account.unit == world.root_unit else ()), "county", *of_line, "line", "kind")


class Scoped(NamedTuple):
    """The rows of a report within an account's scope before they are counted, and the row of the whole scope."""

    lines: tuple[ReportLine, ...]
    total: ReportLine


def scoped_lines(r: Reader, world: World, account: Account, by: str, as_of: str = "") -> Scoped:
    """The rows that an account has of a report. As of a day only those that stood in its scope then, as the amounts did."""
    if holds_all(world, account):
        lines = lines_of(r, world, by, as_of)
        return Scoped(lines.rows, lines.total)
    return Scoped(tuple(_lines(r, world, account, by, as_of)), _total(world, account, by, as_of))


def report_for(r: Reader, world: World, account: Account, by: str, as_of: str = "") -> Report:
    """A report cut to an account's scope: `unassigned` is what stands in the scope and in no row; no overlap is told."""
    if holds_all(world, account):
        return report_units(r, world, by, as_of)
    if by == "kind":
        return _by_kind(r, world, account, as_of)
    lines, total = scoped_lines(r, world, account, by, as_of)
    sums = Sums(r, [line.key[0] for line in (*lines, total) if line.key], as_of)
    whole = sums.row(total, NOTHING)
    rows = tuple(sums.row(line, NOTHING) for line in lines)
    above = topmost(world, [row.unit for row in rows], as_of)
    left = NOTHING if by == "line" else minus(whole.amounts, sum_of(row.amounts for row in rows if row.unit in above))
    nothing = ReportRow("", "", "", None, NOTHING)
    return Report(by, as_of, ledger.heads(r), rows, ReportRow("", "", "", None, left), whole, nothing)


def _by_kind(r: Reader, world: World, account: Account, as_of: str) -> Report:
    whole = _total(world, account, "kind", as_of)
    key = (account.unit, account.line)
    total = Sums(r, [account.unit], as_of).row(whole, NOTHING)
    found = amounts_by_kind(r, world, key, as_of)
    rows = tuple(ReportRow("", each.code, each.name, None, found.get(each.code, NOTHING)) for each in kind_lines(r, world))
    left = ReportRow("", "", "", None, minus(total.amounts, sum_of(row.amounts for row in rows)))
    return Report("kind", as_of, ledger.heads(r), rows, left, total, ReportRow("", "", "", None, NOTHING))


def topmost(world: World, units: Collection[str], as_of: str = "") -> set[str]:
    """Those of these units that stood below no other of them: a city's federation counts its branches already."""
    several = set(units)
    return {unit for unit in several if several.isdisjoint(world.tree.path_on(unit, as_of or LAST_DAY)[1:])}


def _total(world: World, account: Account, by: str, as_of: str) -> ReportLine:
    line = UNIT_REPORTS[by][1] if by in UNIT_REPORTS else account.line
    expected = None if line else Expected(world, as_of)(account.unit)
    unit = world.tree.units[account.unit]
    return ReportLine(unit.unit, unit.shown_code, unit.name, expected, (unit.unit, line))


def _lines(r: Reader, world: World, account: Account, by: str, as_of: str) -> list[ReportLine]:
    if by == "line":
        return [
            ReportLine("", line, line, None, (account.unit, line)) for line in ((account.line,) if account.line else LINES.words)
        ]
    mine = [
        line
        for line in lines_of(r, world, by, as_of).rows
        if line.key and in_subtree(world, line.unit, account.unit) and _stood_in(world, line.unit, account.unit, as_of)
    ]
    if by in UNIT_REPORTS or not account.line:
        return mine
    return [ReportLine(line.unit, line.code, line.name, None, (line.unit, account.line)) for line in mine]


def _stood_in(world: World, unit: str, top: str, as_of: str) -> bool:
    return not as_of or top in world.tree.path_on(unit, as_of)
