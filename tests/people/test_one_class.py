"""A class is one, in however many ways its people write it: 一年3班, 一年级3班 and 一（3）班 stand in one list."""

from __future__ import annotations

import pytest

from campmgr.areas.hours.queries.chase import to_chase
from campmgr.areas.hours.queries.paper import people_for_paper
from campmgr.areas.people.actions import people
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.people.queries.roster import class_counts, class_list, classes_joined, classes_of, roster
from campmgr.facts import world as worlds
from tests.kit.story import Node

WRITTEN = ("一年3班", "一年级3班", "一（3）班")


@pytest.fixture
def school(cast) -> Node:
    """Three pupils of one class that each writes in another way, and one of another."""
    root: Node = cast.root()
    root.adds("S1", "350102", "学校")
    for number, of_class in enumerate((*WRITTEN, "二年1班"), 1):
        who = root.joins("S1", f"学生{number}", str(number))
        root.do(lambda w, who=who, of_class=of_class: people.change_details(w, people_by_id(w, [who])[who], class_name=of_class))
    return root


def _unit(root: Node) -> str:
    return str(root.see(lambda r: r.value("select unit from units where code = 'S1'")))


@pytest.mark.parametrize("asked", WRITTEN)
def test_all_of_it_stand_in_its_lists(school, asked):
    unit = _unit(school)

    def lists(r):
        world = worlds.load(r)
        marking = class_list(r, world, unit, class_name=asked, what="V1", day="2023-06-03").rows
        behind = to_chase(r, world, world.tree.units[unit], class_name=asked, most=9).rows
        return len(marking), roster(r, world, unit, class_name=asked).count, len(behind), len(people_for_paper(r, unit, asked, 9))

    assert school.see(lists) == (3, 3, 3, 3)


def test_it_is_offered_and_counted_once(school):
    unit = _unit(school)

    def offered(r):
        world = worlds.load(r)
        groups = [each.count for each in to_chase(r, world, world.tree.units[unit], most=9).groups]
        return (
            len(classes_of(r, unit)),
            len(roster(r, world, unit).classes),
            [each.people for each in class_counts(r, unit, "V1")],
            groups,
        )

    assert school.see(offered) == (2, 2, [3, 1], [3, 1])
    assert school.see(lambda r: len(classes_joined(r, unit))) == 1


def test_two_of_one_name_in_it_may_be_one_person(school):
    for number, of_class in (("7", WRITTEN[0]), ("", WRITTEN[2])):
        who = school.joins("S1", "双生", number)
        school.do(lambda w, who=who, of_class=of_class: people.change_details(w, people_by_id(w, [who])[who], class_name=of_class))
    assert school.see(lambda r: r.value("select count(*) from twins")) == 2
