"""Reports at every unit of the tree, today and on drawn days, equal a recount from nothing after a thousand random verbs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from campmgr.accounts.queries import Account
from campmgr.areas.reports.queries.cross import cross
from campmgr.areas.reports.queries.progress import STAGES, progress
from campmgr.areas.reports.queries.ranking import ranking
from campmgr.areas.units.queries.reports import Sums
from campmgr.areas.units.queries.scoped_reports import report_for
from campmgr.facts import world as worlds
from campmgr.facts.tables import AMOUNTS
from campmgr.store.door import Reader
from tests.facts.ground import camp_of_its_own
from tests.facts.life import Life
from tests.facts.model import FOREVER, LINES, ZERO
from tests.facts.recount import by_kind, by_line

ORGANIZER = Account("a", "a", "组织方", "organizer", "", "", "")
STAGES_AT = [AMOUNTS.index(stage) for stage in STAGES]


@pytest.mark.drawn(whole=12, usual=1)
def test_every_report_at_every_unit_equals_a_recount(cast, seed, monkeypatch):
    life = Life(camp_of_its_own(cast, seed, monkeypatch), seed)
    life.live(1000)
    days = ["", *life.dice.sample([f"2023-06-{day:02d}" for day in range(1, 31)], 3)]
    for day in days:
        counted, kinds = by_line(life.model, day or FOREVER), by_kind(life.model, day or FOREVER)
        life.node.see(lambda r, day=day, counted=counted: _check(r, life, day, counted))
        life.node.see(lambda r, day=day, kinds=kinds: _check_kinds(r, life, day, kinds))
    assert not life.node.problems


def _check(r: Reader, life: Life, day: str, counted: dict[tuple[str, str], tuple[int, ...]]) -> None:
    world, where = worlds.load(r), f"as of {day or 'today'}"
    units = {code: life.model.ids[code] for code in life.model.units}
    sums = Sums(r, units.values(), day)
    lines = ("", *LINES)
    for code, unit in units.items():
        for line in lines:
            assert sums.of((unit, line)) == counted.get((code, line), ZERO), f"{code} {line} {where}"
    for code in ("35", "3501", "3502"):
        here = replace(ORGANIZER, unit=units[code])
        table = cross(r, world, here, "county", day)
        for row in (*table.rows, table.total):
            told = {line: cell.amounts for line, cell in zip(("", *table.lines), (row.whole, *row.cells), strict=True)}
            assert told == {line: counted.get((row.code, line), ZERO) for line in told}, f"{row.code} within {code} {where}"
        reached = counted.get((code, ""), ZERO)
        assert progress(r, here, day).reached == tuple(reached[at] for at in STAGES_AT), f"the way of {code} {where}"
        for ranked in ranking(r, world, here, "county", "joined", as_of=day).rows:
            assert ranked.amounts == counted.get((ranked.code, ""), ZERO), f"rank of {ranked.code} {where}"


def _check_kinds(r: Reader, life: Life, day: str, counted: dict[tuple[str, str, str], tuple[int, ...]]) -> None:
    world = worlds.load(r)
    for code in ("3501", "3502", "350102", "3500"):
        for line in ("", "教育", "妇联"):
            here = replace(ORGANIZER, unit=life.model.ids[code], line=line)
            found = report_for(r, world, here, "kind", day)
            told = {row.code: row.amounts for row in found.rows}
            assert told == {kind: counted.get((code, line, kind), ZERO) for kind in told}, f"kinds of {code} {line} as of {day}"
            assert found.unassigned.amounts == ZERO
