"""Totals kept by difference equal a recount from nothing, whatever was done."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from campmgr.areas.units.queries.reports import Report, report_units
from campmgr.facts import world as worlds
from campmgr.store.door import Reader
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


def _check_class_sums(life: Life) -> None:
    """What is kept of each home and class is what its people come to, one by one."""
    counted: dict[tuple[str, ...], list[int]] = {}

    def count(r: Reader) -> dict[tuple[str, ...], list[int]]:
        members: dict[str, set[str]] = defaultdict(set)
        ended, valid = Counter[str](), Counter[str]()
        for person, unit in r.all("select person, unit from memberships"):
            members[person].add(unit)
        for person, state in r.all("select person, state from certificates"):
            (valid if state == "valid" else ended)[person] += 1
        columns = "person home kind name class_key class_name guardian erased left_on"
        columns += " credited signed_in complete ready certified steps"
        for row in r.all(f"select {columns.replace(' ', ', ')} from people"):  # noqa: S608 - our own names
            p = dict(zip(columns.split(), row, strict=True))
            kept, theirs = not p["erased"], p["kind"] != "outside"
            here, given = theirs and p["steps"] != "[]", valid[p["person"]] + ended[p["person"]]
            due = theirs and p["ready"] and not given
            owes = here and not p["left_on"]
            amounts = (
                here, theirs and not here, here and p["credited"] > 0, owes and not p["signed_in"], here and p["complete"],
                owes and p["complete"] and not p["ready"], here and p["ready"], here and p["certified"],
                owes and not p["ready"] and p["name"], due, theirs and p["complete"] and not p["certified"] and not due,
            )  # fmt: skip
            key = (p["home"], ",".join(sorted(members[p["person"]])), p["class_key"], p["class_name"])
            numbers = [
                *map(int, map(bool, amounts)),
                valid[p["person"]],
                ended[p["person"]],
                int(kept),
                int(kept and p["guardian"]),
                int(here and bool(p["left_on"])),
                int(owes and not p["ready"]),
            ]
            counted[key] = list(map(int.__add__, counted.get(key, [0] * len(numbers)), numbers))
        return {row[:4]: list(row[4:]) for row in r.all("select * from class_sums")}

    kept = life.node.see(count)
    assert kept == {key: numbers for key, numbers in counted.items() if any(numbers)}


def _check_memberships(life: Life) -> None:
    """What a unit asks of its members is what stands in their own rows."""
    copied = (
        "home kind name_key class_name phone class_key guardian erased left_on credited signed_in complete ready certified".split()
    )
    beside = ", ".join(f"m.{name}, p.{name}" for name in copied)
    beside += ", m.takes_part, p.steps <> '[]'"
    sql = f"select {beside} from memberships m left join people p on p.person = m.person"  # noqa: S608 - our own names
    rows = life.node.see(lambda r: r.all(sql))
    assert all(row[at] == row[at + 1] for row in rows for at in range(0, len(row), 2))


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
        _check_class_sums(life)
        _check_memberships(life)
        before = life.node.hash
        assert life.node.rebuilt() == before
        if life.dice.random() < 0.5:
            life.node.close()
    assert not life.node.problems
    assert life.done == {verb.__name__ for verb in life.verbs}
