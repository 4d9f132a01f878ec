"""Totals kept by difference equal a recount from nothing, whatever was done."""

from __future__ import annotations

import pytest

from campmgr.areas.units.queries.reports import Report, report_units
from campmgr.facts import world as worlds
from tests.facts.ground import camp_of_its_own
from tests.facts.life import Life
from tests.facts.model import Amounts, plus
from tests.facts.recount import by_parent, recount

REPORTS = ("city", "county", "school", "federation", "line", "kind")


def _check(life: Life, by: str, day: str) -> None:
    report: Report = life.node.see(lambda r: report_units(r, worlds.load(r), by, day))
    rows, unassigned, total = recount(life.model, by, day)
    where = f"{by} as of {day or 'today'} after {life.count}"
    assert {row.code: row.amounts for row in report.rows} == rows, where
    assert report.total.amounts == total, where
    assert report.unassigned.amounts == unassigned, where
    summed: Amounts = unassigned
    for amounts in rows.values():
        summed = plus(summed, amounts)
    assert report.overlap.amounts == tuple(a - b for a, b in zip(summed, total, strict=True)), where


def _check_parents(life: Life) -> None:
    told = life.node.see(lambda r: r.all("select * from unit_totals where line = ''"))
    counted = {unit: amounts for unit, amounts in by_parent(life.model, "9999-12-31").items() if any(amounts)}
    assert {life.node.world.tree.units[row[0]].code: row[2:] for row in told} == counted


@pytest.mark.drawn(whole=12, usual=1)
def test_totals_equal_a_recount_and_a_rebuild_changes_nothing(cast, seed, monkeypatch):
    life = Life(camp_of_its_own(cast, seed, monkeypatch), seed)
    for turn in range(10):
        life.live(50)
        if turn == 9:
            life.live_until_all_has_happened()
        days = ["", *life.dice.sample([f"2023-06-{day:02d}" for day in range(1, 31)], 2)]
        for by in REPORTS:
            for day in days:
                _check(life, by, day)
        _check_parents(life)
        before = life.node.hash
        assert life.node.rebuilt() == before
        if life.dice.random() < 0.5:
            life.node.close()
    assert not life.node.problems
    assert life.done == {verb.__name__ for verb in life.verbs}
