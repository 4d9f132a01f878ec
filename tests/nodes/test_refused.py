"""Packs that are not for this file, and a process that ends in the middle of one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from campmgr.areas.nodes.exchange.segments import Outgoing
from campmgr.errors import BadInput, CampError, NotAllowed
from campmgr.facts.under_way import all_under_way
from campmgr.ids import born_in
from campmgr.ledger.envelope import Draft, Stream, genesis, people_scope, subject
from campmgr.ledger.seal import new_key, seal
from campmgr.ledger.segment import Segment
from campmgr.store.ledger import own_sealing_key
from campmgr.store.upkeep import integrity
from tests.kit.packs import pack_by
from tests.kit.story import Node
from tests.ledger.writing import write_fact


def _refuses(node: Node, pack: Path, error: type[CampError], reason: str) -> None:
    before = node.facts()
    with pytest.raises(error) as refusal:
        node.takes(pack)
    assert refusal.value.reason == reason
    assert node.facts() == before


def test_a_pack_of_another_camp_is_refused(cast):
    one, other = cast.root("甲省"), cast.root("乙省")
    _refuses(one, other.packed(), BadInput, "wrong_campaign")


def test_a_pack_of_a_newer_program_says_so(cast, tmp_path):
    root = cast.root()
    newer = tmp_path / "newer.pack"
    newer.write_bytes(root.packed().read_bytes().replace(b"campmgr pack 1\n", b"campmgr pack 2\n", 1))
    _refuses(root, newer, BadInput, "newer_pack")


def test_a_file_nobody_enrolled_takes_no_pack_but_its_grant(cast):
    root, stranger, child = cast.root(), cast.new("外"), cast.new("县")
    root.joins("350102", "甲", "001")
    _refuses(stranger, root.packed(), NotAllowed, "not_enrolled")
    _refuses(stranger, root.packed(stranger.writer), NotAllowed, "sealed_pack")
    root.enrols(child, "350102")
    _refuses(stranger, root.packed(child.id), NotAllowed, "not_enrolled")
    assert stranger.see(lambda r: r.meta("campaign")) == ""


def test_a_pack_for_another_node_stays_closed_and_one_for_all_brings_only_what_is_ones_own(cast):
    root, one, other = cast.root(), cast.new("县甲"), cast.new("县乙")
    root.enrols(one, "350102")
    root.enrols(other, "350103")
    root.joins("350102", "欧阳甲", "001")
    root.joins("350103", "欧阳乙", "002")
    _refuses(one, root.packed(other.id), NotAllowed, "sealed_pack")
    assert "欧阳".encode() not in one.bytes_on_disk()
    taken = one.takes(root.packed())
    assert {each.stream.scope for each in taken.segments if each.result == "not_for_here"} == {people_scope(root.unit("350103"))}
    assert "欧阳甲".encode() in one.bytes_on_disk()
    assert "欧阳乙".encode() not in one.bytes_on_disk()


def _from_a_stranger(root: Node, pack: Path, clock: int) -> Path:
    """A pack by somebody with a key of their own and no grant: every seal holds."""
    key, campaign = new_key(), root.world.campaign
    unit = root.unit("350102")
    stream = Stream(people_scope(unit), key.writer)
    draft = Draft(unit, "person_registered", subject("person", born_in(unit, "1" * 32)), {"unit": unit, "kind": "职工"})
    fact = write_fact(campaign, stream, 1, genesis(campaign, stream), clock, "2023-06-01T09:00:00+08:00", draft)
    segment = Segment(stream, 1, genesis(campaign, stream).chain, seal(key, campaign, stream, 1, fact.chain))
    return pack_by(key, campaign, pack, [Outgoing(segment, iter([fact]))], root.see(own_sealing_key).public)


def test_what_a_stranger_seals_is_kept_apart_and_counts_nowhere(cast, tmp_path):
    root = cast.root()
    before = root.hash
    taken = root.takes(_from_a_stranger(root, tmp_path / "stranger.pack", 1))
    assert (taken.new, taken.quarantined) == (1, 1)
    assert root.hash == before == root.rebuilt()


def test_a_clock_no_table_can_hold_is_refused_in_words(cast, tmp_path):
    root = cast.root()
    _refuses(root, _from_a_stranger(root, tmp_path / "late.pack", 2**70), BadInput, "damaged_pack")


_KILLED = """
import os, sys
from pathlib import Path
from campmgr.areas.nodes.files.packs import accept_pack
from campmgr.areas.whole import CATALOGUE
from campmgr.store import data_file
store = data_file.open_file(Path(sys.argv[1]), CATALOGUE)
left = [int(sys.argv[3])]
def step(statement):
    left[0] -= 1
    if left[0] == 0:
        os._exit(9)
store._writing.set_trace_callback(step)
accept_pack(store, Path(sys.argv[2]))
os._exit(0)
"""


@pytest.mark.parametrize("steps", [3, 12, 30, 60])
def test_killed_in_the_middle_no_segment_is_half_taken_and_the_same_pack_goes_on(cast, steps):
    root, copy = cast.root(), cast.new("同权")
    root.enrols(copy, "35")
    for number in range(5):
        root.marks(root.joins("350102", f"人{number}", f"{number}"), "V1")
    root.adds("S1", "350102", "学校")
    before, pack = copy.hash, root.packed()
    copy.close()
    environment = {"PYTHONPATH": str(Path.cwd()), "CAMPMGR_STATE": str(copy.state), "PATH": "/usr/bin:/bin"}
    ended = subprocess.run([sys.executable, "-c", _KILLED, str(copy.path), str(pack), str(steps)], env=environment, check=False)

    assert ended.returncode == 9
    assert copy.hash == copy.rebuilt()
    assert integrity(copy.store) == "ok"
    assert copy.hash == before or copy.see(all_under_way)
    copy.takes(pack)
    assert copy.hash == root.hash == copy.rebuilt()
    assert not copy.see(all_under_way)
    copy.takes(pack)
    assert copy.hash == root.hash
