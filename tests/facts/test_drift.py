"""Folding anew keeps nobody waiting, and puts right exactly what is not as the ledger says (docs/ledger.md#folds)."""

from __future__ import annotations

import pytest

from campmgr.areas.whole import CATALOGUE
from campmgr.facts import world as worlds
from campmgr.facts.checking import state_hash
from campmgr.facts.drift import drifted_tables, rebuild_aside
from campmgr.store.door import Store, connect

_DAMAGES = {
    "a row is missing": ({"marks"}, "delete from marks where fact = (select min(fact) from marks)"),
    "a row too many": ({"conditions"}, "insert into conditions values ('nobody', 'no fact', 'sign_in', '2023-06-01', 'hand')"),
    "a total is another": ({"unit_totals"}, "update unit_totals set hours = hours + 1 where line = '教育'"),
    "several at once": ({"people", "units"}, "update people set name = name || '。'; update units set name = name || '。'"),
}  # fmt: skip


@pytest.fixture
def learned(camp):
    """A camp in which somebody has learned something; its hash."""
    camp.mark("001", "V8")
    camp.mark("002", "V8")
    with camp.store.reading() as r:
        return state_hash(r)


@pytest.mark.parametrize("damage", _DAMAGES)
def test_what_differs_is_named_and_put_right(camp, learned, damage):
    tables, statements = _DAMAGES[damage]
    with camp.store.writing() as w:
        for statement in statements.split(";"):
            w.run(statement)
    assert set(drifted_tables(camp.store)) == tables
    assert set(rebuild_aside(camp.store)) == tables
    with camp.store.reading() as r:
        assert state_hash(r) == learned
    assert rebuild_aside(camp.store) == ()


def test_a_world_told_from_a_spoiled_table_is_told_anew_once_that_is_put_right(camp, learned):
    with camp.store.writing() as w:
        w.run("update units set name = name || '。', line = ''")
    other = Store(camp.store.path, CATALOGUE, camp.store.clock)
    with other.reading() as r:
        worlds.load(r)
    rebuild_aside(camp.store)
    with other.reading() as r:
        names = [unit.name for unit in worlds.load(r).tree.units.values()]
    other.close()
    assert names
    assert not [name for name in names if name.endswith("。")]


def test_where_all_is_well_nobody_who_writes_is_waited_for(camp, learned):
    writing = connect(camp.store.path)
    writing.execute("begin immediate")
    try:
        assert rebuild_aside(camp.store) == ()
    finally:
        writing.execute("rollback")
        writing.close()
    with camp.store.reading() as r:
        assert state_hash(r) == learned
