"""Who may speak for whom, told as stories: a disarmed county, revoked laptops, clones, marks between grants, a stolen root."""

from __future__ import annotations

import pytest

from campmgr.areas.nodes import actions as nodes
from campmgr.areas.nodes.queries.nodes import forks, idle_words, quarantined_stretches
from campmgr.errors import NotAllowed, Refused
from campmgr.facts import world as worlds
from campmgr.facts.saying import record
from campmgr.ids import born_in
from campmgr.ledger.envelope import Draft, people_scope, subject
from tests.kit.called import unit_called
from tests.kit.story import Cast
from tests.nodes.lies import enrolled_by_force, lies, out


class Three:
    """A province, a county below it, a school below that; every one has heard of every other."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.province, self.county, self.school = cast.root(), cast.new("县"), cast.new("校")
        self.province.enrols(self.county, "350102")
        self.county.adds("S1", "350102", "学校")
        self.county.enrols(self.school, "S1")
        self.meet()

    def meet(self) -> None:
        """Everybody's packs go up, then down."""
        self.school.sends(self.county)
        self.county.sends(self.province)
        self.province.gives(self.county)
        self.county.gives(self.school)


@pytest.fixture
def three(cast):
    return Three(cast)


# who stands above whom


def test_a_school_cannot_enrol_its_county(three):
    """It says so all the same; everybody keeps the county where it stood, and sees that somebody said so."""
    ana = three.county.joins("S1", "甲", "001")
    three.county.marks(ana, "V1")
    enrolled_by_force(three.school, three.county, "S1")
    three.meet()
    for node in (three.province, three.county, three.school):
        assert node.world.trust.above(three.county.id) == [three.province.id]
        assert node.hours(ana) == 100
        (idle,) = idle_words(node.world)
        assert (idle.kind, idle.giver, idle.node) == ("node_enrolled", three.school.id, three.county.id)


def test_a_school_cannot_revoke_its_county(three):
    with pytest.raises(NotAllowed):
        three.school.revokes(three.county)
    lies(three.school, "node_revoked", three.county.id, reason="政变", cuts=[])
    three.meet()
    ana = three.county.joins("S1", "甲", "001")
    three.meet()
    assert three.province.world.trust.state(three.county.id) == "granted"
    assert three.province.person(ana).home == three.province.unit("S1")


def test_a_school_that_enrols_the_root_or_itself_changes_nothing(three):
    enrolled_by_force(three.school, three.province, "S1")
    enrolled_by_force(three.school, three.school, "35")
    three.meet()
    trust = three.province.world.trust
    assert (trust.state(three.province.id), trust.above(three.school.id)[0]) == ("root", three.county.id)
    assert not trust.holds(three.school.id, three.province.unit("350102"))
    assert len(idle_words(three.province.world)) == 2


def test_nobody_gives_what_they_do_not_hold(three, cast):
    stranger = cast.new("外")
    enrolled_by_force(three.school, stranger, "35")
    three.meet()
    trust = three.province.world.trust
    assert trust.above(stranger.id) == [three.school.id, three.county.id, three.province.id]
    assert trust.holds(stranger.id, three.province.unit("S1"))
    assert not trust.holds(stranger.id, three.province.unit("350102"))


def test_of_two_first_enrolments_the_one_nearest_to_the_root_fixes_the_parent(three, cast):
    """The school enrolled it a year before, by its clock; the province knew nothing of that."""
    other = cast.new("另")
    three.school.clock.move(minutes=-60 * 24 * 365)
    enrolled_by_force(three.school, other, "S1")
    three.province.enrols(other, "350103")
    three.meet()
    for node in (three.province, three.county, three.school):
        assert node.world.trust.above(other.id) == [three.province.id]
        assert node.world.trust.holds(other.id, three.province.unit("350103"))


def test_the_province_may_grant_anew_what_its_county_granted_and_the_county_stays_the_parent(three):
    three.province.do(nodes.enrol, three.school.asked(), nodes.Grant("350102", "教育"))
    three.meet()
    trust = three.county.world.trust
    assert trust.above(three.school.id) == [three.county.id, three.province.id]
    assert trust.grants(three.school.id)[-1].unit == three.province.unit("350102")
    three.county.revokes(three.school)
    three.meet()
    assert three.province.world.trust.state(three.school.id) == "revoked"


def test_of_grants_that_knew_nothing_of_each_other_the_one_from_above_is_in_force(three):
    three.county.clock.move(minutes=60 * 24 * 365)
    three.county.do(nodes.enrol, three.school.asked(), nodes.Grant("S1", "教育"))
    three.province.do(nodes.enrol, three.school.asked(), nodes.Grant("350102"))
    three.meet()
    for node in (three.province, three.county):
        assert node.world.trust.grants(three.school.id)[-1].unit == three.province.unit("350102")


# revoked


def test_a_revoked_key_is_not_granted_again(three):
    three.county.revokes(three.school)
    with pytest.raises(Refused) as told:
        three.county.do(nodes.enrol, three.school.asked(), nodes.Grant("S1"))
    assert "--new-key" in told.value.at_console


def test_a_revocation_beats_a_grant_that_did_not_know_of_it_however_late_its_clock(three):
    three.province.revokes(three.school)
    three.county.clock.move(minutes=60 * 24 * 365)
    three.county.do(nodes.enrol, three.school.asked(), nodes.Grant("350102"))
    three.meet()
    for node in (three.province, three.county):
        assert node.world.trust.state(three.school.id) == "revoked"
        assert not node.world.trust.holds(three.school.id, three.province.unit("S1"))


def test_a_revoked_laptops_child_cannot_enrol_it_again(three, cast):
    child = cast.new("孙")
    three.school.enrols(child, "S1")
    three.meet()
    three.province.do(nodes.revoke, three.school.id, keep=[child.id])
    enrolled_by_force(child, three.school, "S1")
    ana = three.school.joins("S1", "甲", "001")
    three.school.sends(three.province)
    child.sends(three.province)
    assert three.province.world.trust.state(three.school.id) == "revoked"
    assert ana not in {row[0] for row in three.province.see(lambda r: r.all("select person from people"))}


def test_what_a_revoked_laptop_wrote_counts_once_somebody_above_lets_it(three):
    """The county admits it, with a reason; every node counts it, and nothing is left to decide."""
    three.county.revokes(three.school)
    ana = three.school.joins("S1", "甲", "001")
    three.school.marks(ana, "V1")
    three.school.sends(three.county)
    assert out(three.county) == [(people_scope(three.county.unit("S1")), 1, 3, "revoked")]
    (stretch,) = three.county.see(quarantined_stretches)
    three.county.do(nodes.admit, stretch, "老师核对过")
    three.county.sends(three.province)
    for node in (three.county, three.province):
        assert node.hours(ana) == 100
        assert out(node) == []
        assert node.hash == node.rebuilt()


def test_a_neighbour_lets_nothing_count(three, cast):
    other = cast.new("邻")
    three.province.enrols(other, "350103")
    three.county.revokes(three.school)
    ana = three.school.joins("S1", "甲", "001")
    three.school.sends(three.county)
    three.county.sends(three.province)
    (stretch,) = three.province.see(quarantined_stretches)
    with pytest.raises(NotAllowed):
        other.do(nodes.admit, stretch, "想要")
    let = {"scope": stretch.scope, "writer": stretch.writer, "from": 1, "to": 3, "chain": stretch.chain, "reason": ""}
    lies(other, "facts_admitted", three.school.id, **let)
    other.sends(three.province)
    assert three.province.hours(ana) == 0
    assert out(three.province) == [(people_scope(three.province.unit("S1")), 1, 2, "revoked")]
    assert [each.kind for each in idle_words(three.province.world)] == ["facts_admitted"]


def test_a_county_lets_nothing_count_beyond_its_own_units(three):
    """Its school writes into another county's scope; the county admits that."""
    lies(three.school, "node_revoked", three.school.id, reason="", cuts=[])
    three.province.adds("S9", "350103", "学校")
    three.meet()
    foreign = three.province.unit("S9")
    draft = Draft(foreign, "person_registered", subject("person", born_in(foreign, "9" * 32)), {"unit": foreign, "kind": "职工"})
    (fact,) = three.school.do(lambda w: record(w, [draft]))
    let = {"scope": people_scope(foreign), "writer": three.school.writer, "from": 1, "to": 1, "chain": fact.chain, "reason": ""}
    lies(three.county, "facts_admitted", three.school.id, **let)
    three.county.sends(three.province)
    three.province.takes(three.school.packed(three.province.id))
    assert three.province.total("joined") == 0


def test_revoking_takes_along_whom_the_node_enrolled_save_those_one_keeps(three, cast):
    kept, lost = cast.new("留"), cast.new("去")
    three.county.enrols(kept, "350102")
    three.county.enrols(lost, "S1")
    three.meet()
    found = three.province.see(lambda r: nodes.revoked_with(worlds.load(r), three.county.id))
    assert {*found} == {three.school.id, kept.id, lost.id}
    three.province.do(nodes.revoke, three.county.id, keep=[kept.id])
    trust = three.province.world.trust
    assert {node.name: trust.state(node.id) for node in (three.county, three.school, lost, kept)} == {
        "县": "revoked", "校": "revoked", "去": "revoked", "留": "granted",
    }  # fmt: skip


def test_a_successor_is_revoked_with_its_predecessor(three, cast):
    copy = cast.add(three.school.copied("副本"))
    copy.joins("S1", "甲", "001")
    copy.sends(three.county)
    three.county.revokes(three.school)
    late = copy.joins("S1", "乙", "002")
    copy.sends(three.county)
    assert three.county.total("joined") == 1
    assert late not in {row[0] for row in three.county.see(lambda r: r.all("select person from people"))}


# clones


def test_revoking_a_cloned_laptop_keeps_what_came_from_either_branch(three, cast):
    ana = three.school.joins("S1", "甲", "001")
    three.school.sends(three.county)
    twin = cast.add(three.school.twin("克隆"))
    ben, eve = three.school.joins("S1", "乙", "002"), twin.joins("S1", "丙", "003")
    three.school.sends(three.county)
    twin.sends(three.county)
    (fork,) = three.county.see(forks)
    assert (fork.stream.scope, len(fork.heads)) == (people_scope(three.county.unit("S1")), 2)
    three.county.revokes(three.school)
    late, later = three.school.joins("S1", "丁", "004"), twin.joins("S1", "戊", "005")
    three.school.sends(three.county)
    twin.sends(three.county)
    three.meet()
    for node in (three.county, three.province):
        people = {row[0] for row in node.see(lambda r: r.all("select person from people where kind <> ''"))}
        assert people & {ana, ben, eve, late, later} == {ana, ben, eve}
        assert {reason for *_, reason in out(node)} == {"revoked"}
        assert len(out(node)) == 2
        assert node.hash == node.rebuilt()


def test_a_clone_that_only_one_of_two_offices_knew_of_is_cut_on_both(three, cast):
    """The county revokes at what it knew of one branch; nothing of the other counts beyond where they part."""
    ana = three.school.joins("S1", "甲", "001")
    three.school.sends(three.county)
    twin = cast.add(three.school.twin("克隆"))
    three.school.joins("S1", "乙", "002")
    three.school.sends(three.county)
    three.county.revokes(three.school)
    three.county.sends(three.province)
    eve = twin.joins("S1", "丙", "003")
    twin.sends(three.province)
    people = {row[0] for row in three.province.see(lambda r: r.all("select person from people where kind <> ''"))}
    assert ana in people
    assert eve not in people
    three.province.gives(three.county)
    assert three.county.hash == three.province.hash


# between two grants


def test_marks_made_between_two_grants_stay_out_and_are_listed(three):
    """The school's laptop is lent to a community, then given back; what it wrote for the school meanwhile does not come back."""
    ana = three.school.joins("S1", "甲", "001")
    three.county.adds("C1", "350102", "社区")
    three.meet()
    three.county.do(nodes.enrol, three.school.asked(), nodes.Grant("C1"))
    three.school.marks(ana, "V1")  # it has not heard yet
    three.school.sends(three.county)
    assert three.county.hours(ana) == 0
    three.county.do(nodes.enrol, three.school.asked(), nodes.Grant("S1"))
    assert three.county.hours(ana) == 0
    assert out(three.county) == [(people_scope(three.county.unit("S1")), 3, 3, "between_grants")]
    three.meet()
    three.school.marks(ana, "V3")
    three.meet()
    for node in (three.county, three.province):
        assert node.hours(ana) == 99
        assert out(node) == [(people_scope(node.unit("S1")), 3, 3, "between_grants")]
    (stretch,) = three.county.see(quarantined_stretches)
    three.county.do(nodes.admit, stretch, "当时确实到场")
    three.meet()
    assert (three.county.hours(ana), three.province.hours(ana)) == (199, 199)


def test_a_laptop_lets_go_of_nothing_while_two_grants_stand_side_by_side(three):
    ana = three.school.joins("S1", "甲", "001")
    three.county.adds("C1", "350102", "社区")
    three.meet()
    three.county.do(nodes.enrol, three.school.asked(), nodes.Grant("S1", "教育"))
    three.province.do(nodes.enrol, three.school.asked(), nodes.Grant("C1"))
    three.meet()
    scope = people_scope(unit_called(three.school.world, "S1"))
    assert not three.school.world.trust.receives(three.school.id, scope)
    assert three.school.person(ana).name == "甲"
    three.province.do(nodes.enrol, three.school.asked(), nodes.Grant("C1"))
    three.meet()
    assert three.school.person(ana).name == "甲"  # no receipt tells that it has arrived
    three.school.hands(three.county)
    three.meet()
    assert scope not in {row[0] for row in three.school.see(lambda r: r.all("select distinct scope from facts"))}


# a forked root


def test_two_copies_of_the_root_are_seen_as_a_fork(cast):
    root = cast.root()
    twin = cast.add(root.twin("克隆"))
    root.adds("S1", "350102", "学校")
    twin.adds("S2", "350103", "学校")
    twin.sends(root)
    (fork,) = root.see(forks)
    assert (fork.stream.scope, fork.stream.writer, len(fork.heads)) == (f"units/{root.unit('35')}", root.id, 2)
    assert {"S1", "S2"} <= {*root.world.tree.by_code}
