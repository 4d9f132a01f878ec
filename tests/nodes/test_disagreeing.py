"""Offices that speak of one thing without knowing of each other (docs/ledger.md#registers), told with real data files."""

from __future__ import annotations

import json

import pytest

from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.import_people import PeoplePlanner
from campmgr.areas.people.actions.people import Registration, change_details
from campmgr.areas.people.queries.finding import people_by_id, people_by_number
from campmgr.areas.units.settings import OUTSIDE
from campmgr.errors import NotAllowed, Refused
from campmgr.facts.streaming import DoneRows, say_rows
from campmgr.ids import random_id
from tests.kit.story import Cast, Node


def changes(node: Node, person: str, **said) -> None:
    node.do(lambda w: change_details(w, people_by_id(w, [person])[person], **said))


def sides(node: Node) -> list[dict]:
    rows = node.see(lambda r: r.all("select detail from review where matter = 'sides_differ' order by subject, detail"))
    return [json.loads(detail) for (detail,) in rows]


def rests(*nodes: Node) -> None:
    """Everything reaches everybody who may have it, and nobody says anything more; the root first, those below it after."""
    root, *others = nodes
    for _ in range(4):
        before = [node.facts() for node in nodes]
        for child in others:
            child.sends(root)
        for child in others:
            root.gives(child)
        if [node.facts() for node in nodes] == before:
            break
    else:
        pytest.fail("it does not come to rest")
    for node in nodes:
        assert node.rebuilt() == node.hash
        assert not node.problems


@pytest.fixture
def family(cast: Cast) -> tuple[Node, Node, Node]:
    """A root, a county and a school below it that both hold the school's people."""
    root, county, school = cast.root(), cast.new("县"), cast.new("校")
    root.adds("S1", "350102", "学校")
    root.adds("S2", "350102", "学校")
    root.enrols(county, "350102")
    county.enrols(school, "S1")
    school.sends(root)
    return root, county, school


def test_a_later_word_wins_over_a_clock_a_year_ahead(cast):
    root, school = cast.root(), cast.new("校", "2024-06-01T09:00")
    root.adds("S1", "350102", "学校")
    root.adds("S2", "350102", "学校")
    root.enrols(school, "S1")
    pupil = school.joins("S1", "张三", "05")
    changes(school, pupil, class_name="一年1班")
    school.sends(root)

    changes(root, pupil, class_name="一年2班")
    root.moves(pupil, "S2")
    root.moves(pupil, "S1")
    rests(root, school)

    assert [(node.person(pupil).class_name, node.person(pupil).home) for node in (root, school)] == [
        ("一年2班", root.unit("S1"))
    ] * 2
    assert sides(root) == sides(school) == []


def test_two_offices_that_do_not_know_of_each_other_make_a_row_on_every_node_and_a_third_word_closes_it(family):
    root, county, school = family
    pupil = school.joins("S1", "张三", "05")
    rests(root, county, school)
    changes(county, pupil, phone="13800000001", class_name="一年1班")
    changes(school, pupil, phone="13800000002", name="张叁")
    rests(root, county, school)

    assert len({(node.person(pupil).phone, node.person(pupil).name, node.person(pupil).class_name) for node in family}) == 1
    assert [[each["register"] for each in sides(node)] for node in family] == [["phone"]] * 3
    assert root.person(pupil).name == "张叁"
    assert root.person(pupil).class_name == "一年1班"

    changes(school, pupil, phone="13800000003")
    rests(root, county, school)
    assert [(node.person(pupil).phone, sides(node)) for node in family] == [("13800000003", [])] * 3


def test_two_offices_that_import_one_roster_with_other_telephones_make_one_row(family):
    root, county, school = family
    names = [f"学生{number}" for number in range(40)]
    for number, name in enumerate(names):
        school.joins("S1", name, f"{number:02d}")
    rests(root, county, school)
    for node, phone in ((school, "138"), (county, "139")):
        batch = random_id()
        rows = [(at + 1, Registration("S1", name, f"{at:02d}", phone=f"{phone}{at:08d}")) for at, name in enumerate(names)]
        say_rows(node.store, PeoplePlanner(batch, ""), rows, lambda *_: None, DoneRows())
    rests(root, county, school)

    assert len(sides(root)) == 40
    assert root.see(lambda r: r.value("select count(distinct id) from review")) == 1


def test_who_was_erased_cannot_be_named_again_by_a_school_that_had_not_heard(family):
    root, county, school = family
    pupil = school.joins("S1", "张三丰", "05")
    rests(root, county, school)
    root.erases(pupil)
    changes(school, pupil, class_name="一年2班")
    rests(root, county, school)

    for node in family:
        node.store.empty_log()
        assert "张三丰".encode() not in node.bytes_on_disk()
        assert (node.person(pupil).shown_name, node.person(pupil).class_name) == ("已删除", "")
    with pytest.raises(Refused):
        changes(school, pupil, name="张三丰")


def test_nothing_grows_when_nothing_is_said(family):
    root, county, school = family
    root.adds("F1", "3501", "妇联", "妇联")
    pupil = school.joins("S1", "张三", "05")
    school.marks(pupil, "V1")
    rests(root, county, school)
    root.do(lambda w: people.add_membership(w, people_by_id(w, [pupil])[pupil], "F1"))
    rests(root, county, school)
    before = root.facts()
    for _ in range(3):
        root.packed()
        rests(root, county, school)
    assert root.facts() == before


def test_a_membership_ended_and_added_again_counts(family):
    root, county, school = family
    root.adds("F1", "3501", "妇联", "妇联")
    pupil = school.joins("S1", "张三", "05")
    rests(root, county, school)

    def members() -> list[str]:
        return [unit for (unit,) in root.see(lambda r: r.all("select unit from memberships"))]

    def add() -> None:
        root.do(lambda w: people.add_membership(w, people_by_id(w, [pupil])[pupil], "F1"))

    add()
    root.withdraws(root.see(lambda r: r.value("select chain from facts where kind = 'membership_added'")))
    assert members() == []
    add()
    assert members() == [root.unit("F1")]


def test_a_pupil_is_moved_by_whoever_holds_both_schools(family):
    _, county, school = family
    pupil = school.joins("S1", "张三", "05")
    school.sends(county)
    with pytest.raises(NotAllowed):
        school.moves(pupil, "S2")
    county.moves(pupil, "S2")
    assert county.person(pupil).home == county.unit("S2")


def test_a_merge_across_schools_gives_the_same_hours_at_school_and_county(cast, family):
    root, county, school = family
    other = cast.new("校二")
    county.enrols(other, "S2")
    one, two = school.joins("S1", "张三", "05"), other.joins("S2", "张三", "07")
    school.marks(one, "V1")
    other.marks(two, "V2")
    for child in (school, other):
        child.sends(county)
    stands = county.do(lambda w: people.merge(w, people_by_id(w, [one])[one], people_by_id(w, [two])[two]))
    for child in (school, other):
        county.gives(child)
    rests(root, county, school)
    rests(root, county, other)

    home = school if stands == one else other
    assert [node.hours(stands) for node in (root, county, home)] == [800] * 3
    assert (county.person(stands).phone, home.person(stands).name) == ("", "张三")


def test_parting_leaves_nothing_of_the_other_school_behind(cast, family):
    _, county, school = family
    other = cast.new("校二")
    county.enrols(other, "S2")
    one, two = school.joins("S1", "张三", "05"), other.joins("S2", "李四光", "07")
    for child in (school, other):
        child.sends(county)
    stands = county.do(lambda w: people.merge(w, people_by_id(w, [one])[one], people_by_id(w, [two])[two]))
    for child in (school, other):
        county.gives(child)
    county.do(lambda w: people.part(w, stands, people_by_id(w, [stands])[stands]))
    for child in (school, other):
        county.gives(child)
        child.store.empty_log()

    assert "李四光".encode() not in school.bytes_on_disk()
    assert "张三".encode() not in other.bytes_on_disk()
    assert (school.person(one).name, other.person(two).name) == ("张三", "李四光")


def test_a_scan_that_was_carried_and_then_withdrawn_where_it_was_scanned_counts_no_more(cast, family):
    root, county, school = family
    station = cast.new("站")
    root.adds("C1", "350102", "社区")
    root.gives(county)
    county.enrols(station, "C1")
    pupil = school.joins("S1", "张三", "05")
    scan = station.marks(pupil, "V1")
    for child in (school, station):
        child.sends(county)
    assert county.hours(pupil) == 100

    station.withdraws(scan.fact)
    station.sends(county)
    county.gives(school)
    assert [node.hours(pupil) for node in (county, school)] == [0, 0]
    assert county.rebuilt() == county.hash


def test_whoever_takes_part_stands_before_an_author_row_whichever_id_is_smaller(family):
    root, county, school = family
    pupil = school.joins("S1", "张三", "05")
    school.marks(pupil, "V1")
    authors = (school.joins("S1", "张三", kind=OUTSIDE) for _ in range(64))
    author = next(each for each in authors if each < pupil)
    rests(root, county, school)
    joined = root.total("joined")
    stands = county.do(lambda w: people.merge(w, people_by_id(w, [author])[author], people_by_id(w, [pupil])[pupil]))
    rests(root, county, school)

    assert stands == pupil
    for node in family:
        assert (node.total("joined"), node.hours(pupil), node.total("hours")) == (joined, 100, 100)
        assert node.see(lambda r: [each.person for each in people_by_number(r, ["05"])["05"]]) == [pupil]
