"""Units of one kind in order, by a number or by the rate of those expected, from a least size on."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.accounts.queries import Account
from campmgr.areas.units.queries.report_lines import ReportLine
from campmgr.areas.units.queries.reports import Amounts, Sums
from campmgr.areas.units.queries.scoped_reports import reports_for, scoped_lines
from campmgr.facts.tables import AMOUNTS
from campmgr.facts.world import World
from campmgr.store import ledger
from campmgr.store.door import Reader

KINDS = ("city", "county", "school", "federation")
"""The reports whose rows are units that can be compared."""

MEASURES = ("joined", "learning", "completed", "certified")


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A unit: its place (units of equal worth share one), who is expected (None: not said), its amounts."""

    place: int
    unit: str
    code: str
    name: str
    above: str
    expected: int | None
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Ranking:
    """The units from the top, and how many have no place: `unsaid` say nobody is expected, `small` are below the least size."""

    by: str
    of: str
    is_rate: bool
    least: int
    as_of: str
    rows: tuple[RankedUnit, ...]
    unsaid: int
    small: int
    heads: str


def kinds_for(world: World, account: Account) -> tuple[str, ...]:
    """Which units an account can have ranked."""
    known = reports_for(world, account)
    return tuple(by for by in KINDS if by in known)


def ranking(
    r: Reader, world: World, account: Account, by: str, of: str, *, is_rate: bool = False, least: int = 0, as_of: str = ""
) -> Ranking:
    """The units of a kind in an account's scope. `least`: so many are to be expected, or where nobody says so to have joined.

    A unit that does not say who is expected has no rate, and so no place by it.
    """
    lines = [line for line in scoped_lines(r, world, account, by, as_of).lines if line.key]
    sums, at = Sums(r, [line.unit for line in lines], as_of), AMOUNTS.index(of)
    counted = [(line, sums.row(line, ()).amounts) for line in lines]
    said = [each for each in counted if each[0].expected or not is_rate]
    large = [(line, amounts) for line, amounts in said if (amounts[0] if line.expected is None else line.expected) >= least]

    # equal rates give equal quotients, and others differ while numbers stay below 67 million
    worth = [each[1][at] / ((each[0].expected or 1) if is_rate else 1) for each in large]
    in_order = sorted(zip(worth, large, strict=True), key=lambda each: (-each[0], each[1][0].code, each[1][0].unit))
    rows = _placed(world, in_order)
    return Ranking(by, of, is_rate, least, as_of, rows, len(counted) - len(said), len(said) - len(large), ledger.heads(r))


def _placed(world: World, in_order: list[tuple[float, tuple[ReportLine, Amounts]]]) -> tuple[RankedUnit, ...]:
    rows: list[RankedUnit] = []
    place, last = 0, None
    for number, (now, (line, amounts)) in enumerate(in_order, 1):
        if now != last:
            place, last = number, now
        above = world.tree.units[line.unit].above
        rows.append(RankedUnit(place, line.unit, line.code, line.name, above.name if above else "", line.expected, amounts))
    return tuple(rows)
