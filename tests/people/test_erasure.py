"""After an erasure the name is in no byte of any file, whatever came when; the ledger still verifies and the totals stay."""

from __future__ import annotations

import pytest

from campmgr.areas.people.actions import people
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.errors import BadInput
from tests.kit.story import Cast

NAME = "欧阳逃生甲"


def _school(cast: Cast, at: str = "2023-06-01T09:00"):
    root, school = cast.root(), cast.new("A", at)
    root.adds("S1", "350102", "学校")
    root.enrols(school, "S1")
    return root, school


def _is_in(name: str, *nodes) -> list[str]:
    return [node.name for node in nodes if name.encode() in node.bytes_on_disk()]


def test_erasing_leaves_no_byte_of_the_name_here_and_after_packs_elsewhere(cast):
    root, school = _school(cast)
    person = school.joins("S1", NAME, "001")
    school.marks(person, "V1")
    school.sends(root)
    assert _is_in(NAME, root, school) == ["省", "A"]

    root.erases(person)
    root.gives(school)

    assert _is_in(NAME, root, school) == []
    assert root.person(person).shown_name == "已删除"
    assert [node.total("hours") for node in (root, school)] == [100, 100]
    assert root.hash == school.hash == root.rebuilt() == school.rebuilt()
    assert not root.problems + school.problems


def test_what_was_doubtful_about_hours_goes_with_the_erasure(cast):
    root, school = _school(cast)
    person = school.joins("S1", NAME, "001")
    school.marks(person, "V1", minutes=999)
    school.sends(root)

    def doubts(node) -> list[str]:
        with node.store.reading() as r:
            return [matter for (matter,) in r.all("select matter from review")]

    assert "longer_than_lesson" in doubts(root)
    root.erases(person)
    root.gives(school)
    assert (doubts(root), doubts(school)) == ([], [])
    assert root.hash == school.hash == root.rebuilt() == school.rebuilt()


def test_a_reason_that_holds_the_name_is_refused(cast):
    _, school = _school(cast)
    person = school.joins("S1", NAME, "001")
    before = school.facts()
    with pytest.raises(BadInput) as refused:
        school.do(lambda w: people.erase(w, people_by_id(w, [person])[person], f"{NAME}的家长要求"))
    assert (refused.value.reason, school.facts()) == ("name_in_reason", before)


@pytest.mark.parametrize("years", [-1, 0, 1])
def test_details_from_a_clock_that_lies_are_erased_too(cast, years):
    root, school = _school(cast, f"{2023 + years}-06-01T09:00")
    person = school.joins("S1", NAME, "001")
    school.sends(root)

    root.erases(person)
    root.gives(school)

    assert _is_in(NAME, root, school) == []
    assert root.person(person).shown_name == "已删除"


def test_details_that_arrive_after_the_erasure_vanish(cast):
    root, school = _school(cast)
    person = school.joins("S1", NAME, "001")
    early = school.packed()
    school.do(lambda w: people.change_details(w, people_by_id(w, [person])[person], name=NAME + "乙"))
    late = school.packed()
    root.takes(early)
    root.clock.move(minutes=10)
    root.erases(person)

    root.takes(late)
    root.takes(early)
    root.gives(school)

    assert _is_in(NAME, root, school) == []
    assert root.rebuilt() == root.hash == school.hash
    assert not root.problems


def test_a_merged_and_moved_person_is_erased_under_every_id_and_in_every_scope(cast):
    root, school = _school(cast)
    root.adds("C1", "350102", "社区")
    one, other = school.joins("S1", NAME, "001"), root.joins("C1", NAME + "乙", "002")
    school.sends(root)
    root.moves(one, "C1")
    root.do(lambda w: people.merge(w, people_by_id(w, [one])[one], people_by_id(w, [other])[other]))

    root.erases(other)
    root.gives(school)

    assert _is_in(NAME, root, school) == []
    assert not root.problems + school.problems


def test_details_beyond_a_cut_are_erased_too(cast):
    root, school = _school(cast)
    person = school.joins("S1", NAME, "001")
    school.sends(root)
    root.revokes(school)
    school.do(lambda w: people.change_details(w, people_by_id(w, [person])[person], name=NAME + "乙"))
    school.sends(root)

    root.erases(person)

    assert _is_in(NAME, root) == []
