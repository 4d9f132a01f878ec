"""Participants of each kind within a part of the camp (F-06): kinds are kept for the whole alone, a part adds up its placements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from campmgr.areas.units.queries.report_lines import LAST_DAY, ReportLine, lines_of
from campmgr.areas.units.queries.reports import Amounts, sum_of
from campmgr.facts.tables import AMOUNTS
from campmgr.facts.totals import Key, Placements, units_of
from campmgr.facts.world import World
from campmgr.store.door import Reader

_PLACEMENTS = """
    with recursive several(placement) as (
        select min(placement) from placement_days
        union all
        select (select min(d.placement) from placement_days d where d.placement > several.placement) from several
        where several.placement is not null)
    select placement from several where placement is not null"""
"""Each placement once, however many days it has: one look-up for each."""

_GATHERED = (
    f"select placement, {', '.join(f'sum({name})' for name in AMOUNTS)} from placement_days"  # noqa: S608 - our own names
    " where placement in (:keys) and day <= :day group by placement"
)


def amounts_by_kind(r: Reader, world: World, key: Key, as_of: str = "") -> dict[str, Amounts]:
    """What counts in a row of the totals, kind by kind; together they are that row. As of a day by the tree of that day."""
    day = as_of or LAST_DAY
    found: dict[str, list[Amounts]] = defaultdict(list)
    for placement, *amounts in r.among(_GATHERED, list(placements_in(r, world, key, day)), day=day):
        found[placement.split("|", 1)[0]].append(tuple(amounts))
    return {kind: sum_of(several) for kind, several in found.items()}


def kind_lines(r: Reader, world: World) -> tuple[ReportLine, ...]:
    """The rows of the report by kind."""
    return lines_of(r, world, "kind").rows


def placements_in(r: Reader, world: World, key: Key, day: str) -> Iterator[str]:
    """The placements that count in a row of the totals on a day."""
    tree = world.tree
    below = {unit.unit for unit in tree.units.values() if key[0] in tree.path_on(unit.unit, day)}
    placements = Placements(tree, world.root_unit)
    for (text,) in r.all(_PLACEMENTS):
        if not below.isdisjoint(units_of(text)) and placements.counts_in(text, key, day):
            yield text
