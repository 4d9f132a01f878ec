"""Two camps and a made-up sort in one file: random verbs of three hosts, packs in any order, equal states, nothing sideways; the
reports of both camps equal a recount that knows nothing of facts, folds and tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from campmgr.areas.nodes.exchange.segments import Outgoing
from campmgr.areas.units.queries.reports import report_units
from campmgr.facts import earlier
from campmgr.facts import world as worlds
from campmgr.store.door import Reader
from tests.activities.two_camps_noted import Row
from tests.activities.undertakings import HOSTS, Undertakings
from tests.kit.story import Cast, Node, pack_of
from tests.kit.walks.area import WITH_WALKS
from tests.kit.walks.settings import Walks
from tests.nodes.test_any_order import all_pieces


@pytest.fixture
def cast(tmp_path: Path) -> Iterator[Cast]:
    made = Cast(tmp_path, WITH_WALKS)
    yield made
    made.close()


@pytest.mark.drawn(whole=12, usual=2)
def test_whatever_happens_every_order_of_packs_ends_in_one_state(cast, tmp_path, seed):
    life = Undertakings(cast, seed)
    life.live(110)
    holds_together(life, tmp_path, seed)


def holds_together(life: Undertakings, folder: Path, seed: int) -> None:
    """The states are equal however packs come; the rounds are those of the model; each county has heard of no other's people."""
    root, copy = life.root, life.copy
    _hear_in_any_order(root, copy, folder, Random(seed))
    assert copy.hash == root.hash
    assert root.rebuilt() == copy.rebuilt() == root.hash
    assert copy.facts() == root.facts()
    assert not root.problems
    assert [each.code for each in root.world.activities.values() if each.sort == "camp"] == ["camp", "2024"]

    rounds = {key[:4] for key in life.walks.values()}
    rows = root.see(lambda r: r.all("select activity, unit, place, minutes, counts from walks"))
    assert {row[:4] for row in rows} == rounds
    for activity, _, _, minutes, counts in rows:
        assert counts == (minutes >= root.world.activities[activity].rules[Walks].least_minutes)

    for name, other in (("鼓楼", "台江"), ("台江", "鼓楼")):
        held = life.nodes[name].see(lambda r: {row[0] for row in r.all("select distinct scope from facts")})
        assert f"people/{root.unit(HOSTS[other])}" not in held
        assert life.nodes[name].rebuilt() == life.nodes[name].hash
    for name, units in (("省", ("350102", "350103")), ("鼓楼", ("350102",)), ("台江", ("350103",))):
        _reports_equal_the_recount(life, life.nodes[name], units)


def _reports_equal_the_recount(life: Undertakings, node: Node, units: tuple[str, ...]) -> None:
    """Both camps' reports say of these units what was written down; the first camp's come from tables of its own."""
    first, second = life.noted.rows(
        node.see(lambda r: r.all("select subject, body from facts where kind = 'certificate_issued'")), units
    )
    assert node.see(_reported, units) == second
    earlier.make(node.store, "")
    with earlier.opened(node.store, "") as copy, copy.reading() as r:
        assert _reported(r, units) == first
    life.reported += [first, second]


def _reported(r: Reader, units: tuple[str, ...]) -> dict[str, Row]:
    rows = report_units(r, worlds.load(r), "county").rows
    return {row.code: row.amounts[:6] for row in rows if row.code in units}


def _hear_in_any_order(root: Node, copy: Node, folder: Path, dice: Random) -> None:
    for _ in range(2):  # what came before its unit was known comes again
        run = dice.sample(range(count := len(root.see(all_pieces))), count)
        while run:
            chosen, run = run[:12], run[12:]
            with root.store.reading() as r:
                some = all_pieces(r)
                pack = pack_of(r, folder / f"{len(run)}.pack", [Outgoing(some[at].segment, some[at].facts) for at in chosen], copy)
            copy.takes_quietly(pack)
