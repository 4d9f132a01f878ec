"""Enrolling and revoking nodes."""

from __future__ import annotations

import pytest

from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.hours.actions.corrections import withdraw
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.nodes.actions import Grant, enrol, find_node, revoke
from campmgr.areas.nodes.files.packs import accept_pack, make_pack
from campmgr.areas.nodes.queries.nodes import Request, asking
from campmgr.areas.whole import CATALOGUE
from campmgr.errors import BadInput, NotAllowed, NotFound
from campmgr.facts import world as worlds
from campmgr.ids import person_code
from campmgr.ledger.hpke import new_sealing_key
from campmgr.ledger.seal import new_key
from campmgr.store import data_file, upkeep


def _enrol(camp, unit="S2", **more):
    with camp.store.writing() as w:
        return enrol(w, Request(new_key().public, new_sealing_key().public), Grant(unit, **more))


def test_a_node_is_found_by_id_beginning_and_name(camp):
    node = _enrol(camp)
    for text in (node, node[:8], "第二小学第1台", "第二小学", "S2"):
        assert find_node(camp.world(), text) == node


@pytest.mark.parametrize("text", ["", "no such", "%", "zzzz"])
def test_an_unknown_node(camp, text):
    with pytest.raises(NotFound) as told:
        find_node(camp.world(), text)
    assert told.value.reason == "unknown_node"


def test_two_nodes_of_one_name_ask_for_the_id(camp):
    _enrol(camp)
    _enrol(camp)
    with pytest.raises(BadInput) as told:
        find_node(camp.world(), "第二小学")
    assert told.value.reason == "unknown_node"


@pytest.mark.parametrize("more", [{"unit": "S9"}, {"unit": ""}, {"unit": "3501", "excluding": ("S9",)}])
def test_a_grant_for_a_unit_that_is_not_there(camp, more):
    before = camp.state()
    with pytest.raises(NotFound) as told:
        _enrol(camp, **more)
    assert told.value.reason == "unknown_unit"
    assert camp.state() == before


def test_nobody_enrols_oneself(camp):
    with pytest.raises(BadInput), camp.store.writing() as w:
        enrol(w, asking(w), Grant("S1"))


def test_a_node_grants_within_its_own_grant_alone(camp, child):
    assert _enrol(child, "S1")
    before = child.state()
    for unit in ("S2", "350102", "35"):
        with pytest.raises(NotAllowed) as told:
            _enrol(child, unit)
        assert told.value.reason == "not_granted"
    assert child.state() == before


def test_a_node_cannot_revoke_its_sister_or_its_parent(camp, child):
    root = child.world().trust.root
    before = child.state()
    with pytest.raises(NotAllowed), child.store.writing() as w:
        revoke(w, root, reason="政变")
    assert child.state() == before


def test_a_revoked_node_is_shown_as_revoked(camp, child):
    with camp.store.writing() as w:
        revoke(w, "第一小学", reason="电脑丢失")
    assert camp.rows("select state from nodes where unit = :unit", unit=camp.unit("S1")) == [("revoked",)]


def test_a_cut_at_a_seal_that_is_not_there(camp, child):
    with pytest.raises(NotFound) as told, camp.store.writing() as w:
        revoke(w, "第一小学", at="feedbeef")
    assert told.value.reason == "unknown_fact"


def test_a_restored_root_is_still_the_root(camp, tmp_path):
    upkeep.backup(camp.store, tmp_path / "backup.sqlite")
    for number, verb in enumerate((
        lambda w: enrol(w, Request(new_key().public, new_sealing_key().public), Grant("S1")),
        lambda w: withdraw(w, str(w.value("select chain from facts where kind = 'lesson_described' limit 1")), "误"),
        lambda w: mark(w, person_code("nobody"), MarkRow("2023-06-01", lesson="V1")),
        lambda w: amend_rule(w, "ranking.length", "5"),
    )):  # fmt: skip
        upkeep.restore(tmp_path / "backup.sqlite", tmp_path / f"{number}.sqlite", CATALOGUE)
        with data_file.opened(tmp_path / f"{number}.sqlite", CATALOGUE, camp.clock) as store, store.writing() as w:
            verb(w)
            assert (
                w.value("select kind from facts where writer = :writer order by clock limit 1", writer=w.meta("writer"))
                == "writer_succeeded"
            )


def test_a_revocation_takes_effect_in_a_file_that_was_just_opened(camp, child, tmp_path):
    pack = tmp_path / "revoked.pack"
    with camp.store.writing() as w:
        revoke(w, "第一小学", reason="电脑丢失")
    with child.store.writing() as w:
        mark(w, "001", MarkRow("2023-06-10", lesson="V1"))
    assert child.credited("001") == 100
    node = find_node(camp.world(), "第一小学")
    with camp.store.reading() as r:
        make_pack(r, worlds.load(r), pack, node)
    child.store.memory.clear()  # as after opening: nothing of what counted before has been asked yet
    accept_pack(child.store, pack)
    assert child.credited("001") == 0
