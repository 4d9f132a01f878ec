"""What became of packs that something was wrong with, told in lines (docs/ledger.md#packs)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.areas.nodes.exchange.segments import Outgoing, lacking, streams_for
from campmgr.areas.nodes.files.packs import look_at_pack
from campmgr.areas.nodes.queries.answered import holdings
from campmgr.areas.people.actions import people
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.facts import world as worlds
from campmgr.ledger.envelope import Fact, Stream, people_scope
from campmgr.store.door import Reader
from campmgr.store.ledger import heads
from tests.kit.story import Cast, Node, pack_of


def _merges(node: Node, one: str, other: str) -> None:
    node.do(lambda w: people.merge(w, people_by_id(w, [one])[one], people_by_id(w, [other])[other]))


def _parts(node: Node, larger: str) -> None:
    node.do(lambda w: people.part(w, larger, people_by_id(w, [larger])[larger]))


def test_a_mark_carried_during_a_wrong_merge_keeps_no_later_pack_out(cast):
    province, county, station = cast.root(), cast.new("县"), cast.new("站")
    province.adds("S1", "350102", "学校")
    province.adds("C1", "350103", "社区")
    province.enrols(county, "350102")
    province.enrols(station, "C1")
    smaller, larger = sorted((county.joins("S1", "甲", "001"), county.joins("S1", "乙", "002")))
    county.sends(province)
    _merges(county, smaller, larger)
    county.sends(province)
    station.marks(larger, "V1")
    station.sends(province)
    province.gives(county)
    _parts(county, larger)
    county.marks(smaller, "V2")

    assert county.sends(province).new > 0
    later = county.joins("S1", "丙", "003")
    county.sends(province)
    assert province.person(later).name == "丙"
    assert (province.hours(larger), province.hours(smaller)) == (100, 700)


Alteration = Callable[[Outgoing], Outgoing]


def _altered(node: Node, alter: Alteration, *to: Node) -> Path:
    """A pack of everything of a node, each segment as `alter` makes it, signed by the node."""

    def make(r: Reader) -> Path:
        world = worlds.load(r)
        whole = (
            each for stream in streams_for(holdings(r), world, "") for each in lacking(holdings(r), world.campaign, stream, ((),))
        )
        return pack_of(r, node.folder / "altered.pack", map(alter, whole), *to)

    found: Path = node.see(make)
    return found


def _without_bodies(kind: str) -> Alteration:
    def bare(facts: Iterator[Fact]) -> Iterator[Fact]:
        return (fact._replace(body=None, salt=None) if fact.kind == kind else fact for fact in facts)

    return lambda each: Outgoing(each.segment, bare(each.facts))


def _with_seal_of_nobody(scope: str) -> Alteration:
    def mark(each: Outgoing) -> Outgoing:
        if each.segment.stream.scope != scope:
            return each
        return Outgoing(each.segment._replace(seal=each.segment.seal._replace(signature="00" * 64)), each.facts)

    return mark


def _province_and_county(cast: Cast) -> tuple[Node, Node, str]:
    """A county that has registered somebody and marked them, in a school and in a home for the aged."""
    province, county = cast.root(), cast.new("县")
    province.enrols(county, "350102")
    county.adds("S1", "350102", "学校")
    ana = county.joins("S1", "甲", "001")
    county.marks(ana, "V2")
    county.joins("350102", "乙", "002")
    return province, county, ana


def test_a_segment_with_a_bad_seal_keeps_the_good_ones_out_of_nothing(cast):
    province, county, ana = _province_and_county(cast)
    scope = people_scope(county.unit("350102"))
    taken = province.takes(_altered(county, _with_seal_of_nobody(scope), province))
    bad = [(each.stream.scope, each.result) for each in taken.segments if each.result not in {"new", "known"}]
    assert bad == [(scope, "damaged")]
    assert province.hours(ana) == 700
    assert province.see(lambda r: r.value("select count(*) from facts where scope = :scope", scope=scope)) == 0

    county.sends(province)
    assert (province.hash, province.see(heads)) == (county.hash, county.see(heads))


@pytest.mark.parametrize("kind", ["mark_recorded", "person_registered"])
def test_a_body_cut_out_is_refused_with_its_segment_and_comes_whole_with_the_next_pack(cast, kind):
    province, county, ana = _province_and_county(cast)
    taken = province.takes(_altered(county, _without_bodies(kind), province))
    assert {each.result for each in taken.segments if each.stream.scope == people_scope(county.unit("S1"))} == {"refused"}
    assert province.hours(ana) == 0
    assert not province.problems
    county.sends(province)
    assert province.hours(ana) == 700


def test_a_look_into_a_pack_tells_what_would_be_refused_as_it_tells_what_is_damaged(cast):
    province, county, _ = _province_and_county(cast)
    for spoil in (_without_bodies("mark_recorded"), _with_seal_of_nobody(people_scope(county.unit("S1")))):
        look = look_at_pack(province.store, _altered(county, spoil, province))
        assert look.bad > 0
        assert "已损坏" in look.sentence


def test_a_revocation_without_its_body_is_refused_and_the_whole_one_counts(cast):
    province, county, station = cast.root(), cast.new("县"), cast.new("站")
    province.enrols(county, "350102")
    province.enrols(station, "350103")
    province.revokes(station)
    taken = county.takes(_altered(province, _without_bodies("node_revoked"), county))
    assert {each.result for each in taken.segments if each.stream.scope == "public"} == {"refused"}
    province.gives(county)
    assert county.see(lambda r: r.value("select state from nodes where node = :node", node=station.id)) == "revoked"


def test_details_that_come_without_body_get_it_back_from_a_later_pack(cast):
    province, county, ana = _province_and_county(cast)
    province.takes(_altered(county, _without_bodies("person_details_changed"), province))
    assert (province.hours(ana), province.person(ana).name) == (700, "")
    county.sends(province)
    assert province.person(ana).name == "甲"


def test_a_forked_laptop_travels_as_one_segment_for_each_branch_and_no_fact_twice(cast):
    province, school = cast.root(), cast.new("校")
    province.enrols(school, "350102")
    ana = school.joins("350102", "甲", "001")
    twins = [cast.add(school.twin(f"还原卡{day}")) for day in range(3)]
    for number, each in enumerate((school, *twins)):
        each.marks(ana, "V1", minutes=10 + number)
        each.joins("350102", f"丁{number}", f"1{number}")
        each.sends(province)
    scope = people_scope(province.unit("350102"))
    newcomer = cast.new("县")
    province.enrols(newcomer, "350102")
    rows = [row for row in PackReader(province.packed(newcomer.id)).rows() if row.stream == Stream(scope, school.writer)]
    assert len(rows) == 4
    held = province.see(lambda r: r.value("select count(*) from facts where scope = :scope", scope=scope))
    assert sum(row.length for row in rows) == held
    assert newcomer.facts() == province.facts()
    assert newcomer.hash == province.hash
