"""A stolen root, told as stories: what the printed paper is good for."""

from __future__ import annotations

import pytest

from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.nodes.exchange.recovering import replace_paper
from campmgr.errors import BadInput
from campmgr.facts.recovery import new_recovery
from campmgr.facts.saying import record
from campmgr.facts.secret import unit_key
from campmgr.ledger.envelope import CAMP, Draft
from campmgr.store import upkeep
from tests.kit.called import unit_called
from tests.kit.story import recovered
from tests.nodes.lies import enrolled_by_force, out


@pytest.fixture
def stolen(cast, tmp_path):
    """A root whose paper was printed, its backup, a county; the laptop is stolen, and the thief writes on."""
    paper = new_recovery()
    root, county = cast.root(recovery=paper), cast.new("县")
    root.enrols(county, "350102")
    ana = root.joins("350102", "甲", "001")
    upkeep.backup(root.store, tmp_path / "backup.sqlite")
    return paper, root, county, ana


def test_the_paper_gives_the_camp_a_new_root_and_the_old_one_is_cut(cast, stolen, tmp_path):
    paper, root, county, ana = stolen
    new = recovered(cast, paper, tmp_path / "backup.sqlite")
    assert new.id == root.id
    assert new.do(unit_key, new.world, new.world.root_unit) == root.do(unit_key, root.world, root.world.root_unit) != ""
    new.do(amend_rule, "camp.name", "接续营")
    root.do(amend_rule, "camp.name", "盗用营")
    enrolled_by_force(root, cast.new("同伙"), "35")
    new.gives(county)
    root.gives(county)
    assert county.world.name == "接续营"
    assert [node for node in county.world.trust.nodes() if county.world.trust.state(node) == "granted"] == [county.id]
    assert {(scope, reason) for scope, _, _, reason in out(county)} == {("public", "revoked")}
    assert county.person(ana).home == county.unit("350102")
    new.enrols(cast.new("校"), "350103")
    assert county.hash == county.rebuilt()


def test_the_stolen_root_cannot_name_another_paper(cast, stolen, tmp_path):
    paper, root, county, _ = stolen
    thief = new_recovery()
    with pytest.raises(BadInput):
        root.do(replace_paper, thief, thief)
    other = {"recovery_key": thief.signing.public, "recovery_sealing_key": thief.sealing.public, "secret": ""}
    root.do(lambda w: record(w, [Draft("", "recovery_replaced", CAMP, other | {"signature": "00" * 64})]))
    root.gives(county)
    assert county.world.trust.recovery_key == paper.signing.public


def test_another_camps_paper_recovers_nothing(cast, stolen, tmp_path):
    with pytest.raises(BadInput) as told:
        recovered(cast, new_recovery(), tmp_path / "backup.sqlite")
    assert told.value.reason == "wrong_recovery_code"
    assert not (cast.folder / "新省" / "camp.sqlite").exists()


def test_a_paper_that_was_replaced_recovers_nothing(cast, stolen, tmp_path):
    paper, root, county, _ = stolen
    newer = new_recovery()
    root.do(replace_paper, paper, newer)
    upkeep.backup(root.store, tmp_path / "later.sqlite")
    with pytest.raises(BadInput):
        recovered(cast, paper, tmp_path / "later.sqlite")
    old = recovered(cast, paper, tmp_path / "backup.sqlite", "旧")  # from before the paper was replaced, where it is still in force
    root.gives(county)
    old.gives(county)
    assert not county.world.trust.speaks(old.writer)
    new = recovered(cast, newer, tmp_path / "later.sqlite", "再省")
    assert new.do(unit_key, new.world, new.world.root_unit) == root.do(unit_key, root.world, root.world.root_unit) != ""
    new.gives(county)
    assert county.world.trust.speaks(new.writer)
    assert not county.world.trust.speaks(root.writer)


def test_the_paper_opens_what_a_county_made_for_the_root(cast, stolen):
    """No backup is left; the county's pack brings back what it holds, and the camp's secret comes from the paper."""
    paper, root, county, ana = stolen
    root.gives(county)
    ben = county.joins("350102", "乙", "002")
    county.marks(ben, "V1")
    new = recovered(cast, paper, county.packed(root.id))
    assert new.do(unit_key, new.world, new.world.root_unit) == root.do(unit_key, root.world, root.world.root_unit) != ""
    assert (new.person(ana).home, new.hours(ben)) == (unit_called(new.world, "350102"), 100)
    assert new.problems == ()
    eve = new.joins("350103", "丙", "003")
    new.gives(county)
    county.joins("350102", "丁", "004")
    county.sends(new)
    assert new.total("joined") == 4
    assert new.person(eve).home == unit_called(new.world, "350103")
    assert not county.world.trust.speaks(root.writer)


def test_a_pack_for_somebody_else_recovers_nothing(cast, stolen):
    paper, root, county, _ = stolen
    with pytest.raises(BadInput) as told:
        recovered(cast, paper, root.packed(county.id))
    assert told.value.reason == "sealed_pack"
