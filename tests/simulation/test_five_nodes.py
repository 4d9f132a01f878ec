"""Laptops that meet by chance: in the end equal grants hold equal tables, nothing is lost, nothing is invented."""

from __future__ import annotations

import pytest

from campmgr.areas.nodes import actions as nodes
from campmgr.areas.nodes.queries.nodes import quarantined_stretches
from campmgr.areas.people.actions import people
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.whole import CATALOGUE
from campmgr.facts.saying import carry
from campmgr.store import upkeep
from tests.kit.story import Node
from tests.simulation.field import Field


def _check_rest(field: Field) -> None:
    field.rest()
    fresh = field.cast.new("从头")
    field.root.enrols(fresh, "35")
    field.rest()
    assert fresh.takes(field.root.packed(fresh.id)).quarantined >= 0
    assert field.root.hash == fresh.hash
    assert field.county.hash == field.county2.hash
    for node in field.nodes:
        assert node.rebuilt() == node.hash, node.name
        assert not node.problems, node.name
    field.heard(field.root)
    held = field.root.facts()
    assert not field.said.keys() - held, "lost"
    assert not held - field.said.keys(), "invented"


def _check_privacy(field: Field, node: Node, own: set[str]) -> None:
    told = node.bytes_on_disk()
    for person, (unit, name) in field.names.items():
        if person not in field.stirred and unit not in own:
            assert name.encode() not in told, f"{name} in {node.name}"


@pytest.mark.drawn(whole=12, usual=1)
def test_packs_by_chance_end_in_one_truth(cast, seed):
    field = Field(cast, seed)
    field.live(170)
    _check_rest(field)
    _check_privacy(field, field.school, {"S1"})
    _check_privacy(field, field.block, {"C1"})
    _check_privacy(field, field.women, {"3501-FL"})
    assert len(field.people) > 5


@pytest.mark.parametrize("seed", [3])
def test_forks_copies_and_old_backups_lose_nothing(cast, seed):
    field = Field(cast, seed)
    field.live(40)
    twin = cast.add(field.school.twin("A的克隆"))
    field.joined(twin, ["S1"], field.county)
    moved = cast.add(field.block.copied("B的拷贝"))
    field.joined(moved, ["C1"], field.county)
    backup = field.women.folder / "old.sqlite"
    upkeep.backup(field.women.store, backup)
    field.live(60)
    field.women.sends(field.city)
    field.heard(field.women)
    field.heard(field.city)
    field.women.close()
    upkeep.restore(backup, field.women.path, CATALOGUE)
    field.live(60)
    _check_rest(field)
    forked = field.root.see(lambda r: r.all("select scope, writer from facts group by scope, writer having count(*) > max(seq)"))
    assert forked, "the clone wrote on under the same id"
    assert twin.hash == field.school.hash
    assert moved.hash == field.block.hash


def test_what_a_revoked_node_says_beyond_the_cut_counts_nowhere_and_what_it_said_before_stands(cast):
    field = Field(cast, 5)
    before = field.block.joins("C1", "先到", "901")
    field.block.marks(before, "V1", "2023-06-01")
    field.rest()
    field.county.revokes(field.block)
    beyond = field.block.joins("C1", "后到", "902")
    field.block.marks(before, "V2", "2023-06-01")
    field.heard(field.block)

    taken = field.block.sends(field.county)

    assert taken.quarantined == 3
    field.rest()
    for node in (field.root, field.city, field.county, field.county2):
        assert node.see(lambda r: r.all("select person, credited from people")) == [(before, 100)]
        assert node.hash == node.rebuilt()
    assert field.said.keys() <= field.root.facts()
    assert beyond not in {row[0] for row in field.block.see(lambda r: r.all("select person from people"))}

    for stretch in field.county.see(quarantined_stretches):  # reversible: whoever stands above lets what was said meanwhile count
        field.county.do(nodes.admit, stretch, "核对过")
    field.rest()
    assert field.root.see(lambda r: r.value("select count(*) from people")) == 2


@pytest.mark.parametrize("years", [-1, 1])
def test_a_revocation_holds_though_the_grant_was_signed_by_a_clock_that_runs_ahead(cast, years):
    root, county, school = cast.root(), cast.new("县", f"{2023 + years}-06-01T09:00"), cast.new("A")
    root.enrols(county, "350102")
    county.adds("S1", "350102", "学校")
    county.enrols(school, "S1")
    county.sends(root)
    root.revokes(school)
    root.gives(county)
    school.joins("S1", "后到", "1")
    assert school.sends(county).quarantined > 0
    assert county.total("joined") == 0


def test_a_regranted_node_lets_go_of_the_people_and_keeps_the_totals(cast):
    root, county, school = cast.root(), cast.new("县"), cast.new("A")
    root.enrols(county, "350102")
    for unit in ("S1", "S2"):
        county.adds(unit, "350102", "学校")
    county.enrols(school, "S1")
    ana, bo = school.joins("S1", "欧阳甲", "1"), school.joins("S1", "欧阳乙", "2")
    school.marks(ana, "V1")
    school.marks(bo, "V2")
    school.hands(county)
    county.moves(bo, "S2")
    told = (county.total("joined"), county.total("hours"), county.total("ready"))

    county.enrols(school, "S2")

    assert "欧阳甲".encode() not in school.bytes_on_disk()
    assert "欧阳乙".encode() in school.bytes_on_disk()
    assert (school.total("joined"), school.total("hours"), school.total("ready")) == told
    assert school.total("hours", "S1") == 100
    assert school.hash == school.rebuilt()
    school.sends(county)
    county.sends(root)
    assert (root.total("joined"), root.total("hours"), root.total("ready")) == told
    assert not school.problems + county.problems + root.problems

    county.enrols(school, "350102")  # and back again: the people are there, and count once
    assert (school.total("joined"), school.total("hours"), school.total("ready")) == told
    assert school.hash == county.hash


def test_a_regranted_node_keeps_what_nobody_had_received_yet(cast):
    root, school = cast.root(), cast.new("A")
    for unit in ("S1", "S2"):
        root.adds(unit, "350102", "学校")
    root.enrols(school, "S1")
    school.joins("S1", "甲", "1")
    school.sends(root)
    late = school.joins("S1", "乙", "2")

    root.enrols(school, "S2")
    school.sends(root)

    assert f"person:{late}" in {row[0] for row in root.see(lambda r: r.all("select subject from facts"))}


def test_a_regranted_node_lets_go_only_of_what_a_receipt_proves_to_have_arrived(cast):
    root, school = cast.root(), cast.new("A")
    for unit in ("S1", "S2"):
        root.adds(unit, "350102", "学校")
    root.enrols(school, "S1")
    school.joins("S1", "欧阳甲", "1")
    receipt = school.sends(root).receipt
    school.joins("S1", "欧阳乙", "2")

    def kept() -> list[bool]:
        return [name.encode() in school.bytes_on_disk() for name in ("欧阳甲", "欧阳乙")]

    root.enrols(school, "S2")  # signed knowing the first, but the school has no receipt of it
    assert kept() == [True, True]
    school.hears(receipt)
    root.gives(school)
    assert kept() == [True, True]
    school.hands(root)
    root.gives(school)
    assert kept() == [False, False]
    assert school.hash == school.rebuilt()
    assert not school.problems


@pytest.mark.parametrize("how", ["copied", "twin", "restored"])
def test_a_file_that_came_from_elsewhere_first_takes_a_pack(cast, how):
    root, school = cast.root(), cast.new("A")
    root.adds("S1", "350102", "学校")
    root.enrols(school, "S1")
    if how == "restored":
        upkeep.backup(school.store, school.folder / "old.sqlite")
        school.joins("S1", "甲", "1")
        school.sends(root)
        school.close()
        upkeep.restore(school.folder / "old.sqlite", school.path, CATALOGUE)
        other = school
    else:
        school.joins("S1", "甲", "1")
        school.sends(root)
        other = cast.add(getattr(school, how)("另一台"))

    root.gives(other)
    other.joins("S1", "乙", "2")
    other.sends(root)

    assert (other.total("joined"), root.total("joined")) == (2, 2)
    assert other.hash == root.hash


def test_a_file_copied_before_its_grant_came_can_take_it(cast):
    root, asked = cast.root(), cast.new("A")
    request = asked.asked()
    other = cast.add(asked.copied("另一台"))
    node = root.do(nodes.enrol, request, nodes.Grant("350102"))

    other.takes(root.packed(node))
    other.joins("350102", "甲", "1")
    other.sends(root)

    assert root.total("joined") == 1


def test_a_pupil_counts_for_the_federation_too_and_it_hears_the_progress_but_no_name(cast):
    root, women = cast.root(), cast.new("妇")
    root.adds("S1", "350102", "学校")
    root.enrols(women, "3501", "妇联")
    ana = root.joins("S1", "欧阳甲", "1")
    root.do(lambda w: people.add_membership(w, people_by_id(w, [ana])[ana], "3501-FL"))
    root.marks(ana, "V1")

    root.gives(women)

    assert (women.total("hours", "35", "妇联"), root.total("hours", "35", "妇联")) == (100, 100)
    assert "欧阳".encode() not in women.bytes_on_disk()
    women.marks(ana, "V3")
    women.sends(root)
    assert root.total("hours") == 199


def test_a_scan_that_was_carried_can_be_withdrawn(cast):
    root, block = cast.root(), cast.new("B")
    root.adds("C1", "350102", "社区")
    root.enrols(block, "C1")
    ana = root.joins("350103", "甲", "1")
    scanned = block.marks(ana, "V1")
    block.sends(root)
    assert root.total("hours") == 100

    root.withdraws(scanned.fact)

    assert root.total("hours") == 0
    root.do(carry)
    assert (root.total("hours"), root.hash) == (0, root.rebuilt())
