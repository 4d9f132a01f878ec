"""People of last year's camp are in this year's by choice alone (docs/ledger.md#activities)."""

from __future__ import annotations

import pytest

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.people.actions.carrying_over import ClassChoice, carried_lines, carry_over
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.people.queries.roster import class_list, roster
from campmgr.areas.people.queries.taking_part import left_classes
from campmgr.class_order import a_year_later
from campmgr.desks.queries.person import behind
from campmgr.errors import Refused
from campmgr.facts import world as worlds
from campmgr.ids import random_id
from tests.kit.story import Cast, Node

PRESET = "escape-drill-2023"
CLASSES = ("三年1班", "三年1班", "三年2班")


@pytest.fixture
def school(cast: Cast) -> tuple[Node, list[str], str]:
    """A root with three pupils of two classes after one camp, of whom one moved units; and the unit."""
    root = cast.root()
    root.adds("S1", "350102", "学校")
    unit = root.unit("S1")
    pupils = [root.do(register, Registration(unit, f"学生{at}", f"0{at}", name)) for at, name in enumerate(CLASSES)]
    root.marks(pupils[0], "V1")
    root.do(open_activity, PRESET, "2024")
    return root, pupils, unit


def _carries(node: Node, unit: str, *classes: ClassChoice, picked: tuple[str, ...] = ()) -> str:
    batch = random_id()
    node.do(lambda w: carry_over(w, carried_lines(w, unit, classes, picked), batch))
    return batch


def _classes_in(node: Node, unit: str) -> tuple[str, ...]:
    return node.see(lambda r: tuple(row.class_name for row in roster(r, worlds.load(r), unit).rows))


def test_nobody_is_in_the_new_camp_by_themselves(school):
    root, _pupils, unit = school
    assert root.total("joined") == 0
    assert _classes_in(root, unit) == ()
    assert root.see(lambda r: behind(r, worlds.load(r), unit)) == ()
    assert root.see(lambda r: class_list(r, worlds.load(r), unit, class_name="*", what="V1", day="").rows) == ()
    assert root.hash == root.rebuilt()


def test_those_left_are_found_and_told_as_such(school):
    root, pupils, unit = school
    found = root.see(lambda r: roster(r, worlds.load(r), unit, filter_by="earlier"))
    assert [(row.person, row.is_absent) for row in found.rows] == [(each, True) for each in pupils]
    assert root.person(pupils[0]).is_absent


def test_a_class_is_carried_over_under_its_new_name_and_taken_back_in_one_press(school):
    root, pupils, unit = school
    batch = _carries(root, unit, ClassChoice("三年1班", "四年1班"))
    assert _classes_in(root, unit) == ("四年1班", "四年1班")
    assert root.total("joined") == 2
    assert root.see(lambda r: [(each.name, each.left) for each in left_classes(r, unit)]) == [("三年2班", 1)]
    assert root.hash == root.rebuilt()

    root.withdraws(batch)
    assert root.total("joined") == 0
    assert root.person(pupils[0]).class_name == "三年1班"
    assert root.hash == root.rebuilt()


def test_some_people_are_carried_over_and_pressing_twice_is_once(school):
    root, pupils, unit = school
    _carries(root, unit, picked=(pupils[2],))
    _carries(root, unit, picked=(pupils[2],))
    assert root.total("joined") == 1
    assert not root.person(pupils[2]).is_absent


def test_a_mark_makes_a_person_part_of_the_camp(school):
    root, pupils, _unit = school
    root.marks(pupils[1], condition="sign_in")
    assert root.total("joined") == 1


def test_who_is_registered_for_the_new_camp_is_in_it_and_never_was_in_the_first(school):
    root, _pupils, unit = school
    new = root.do(register, Registration(unit, "新生", "09", "一年1班"))
    assert root.total("joined") == 1
    assert not root.person(new).is_absent


def test_registering_somebody_of_last_year_again_carries_them_over(school):
    root, pupils, unit = school
    again = root.do(register, Registration(unit, "学生0", "00", "三年1班"))
    assert again == pupils[0]
    assert root.total("joined") == 1


def test_two_nodes_carry_the_same_class_over_and_it_counts_once(school, cast: Cast):
    root, _pupils, unit = school
    laptop = cast.new("校")
    root.enrols(laptop, "S1")
    _carries(laptop, unit, ClassChoice("三年1班", "四年1班"))
    _carries(root, unit, ClassChoice("三年1班", "四年1班"))
    laptop.sends(root)
    root.sends(laptop)
    assert [node.total("joined") for node in (root, laptop)] == [2, 2]
    assert root.hash == root.rebuilt()


def test_who_moves_takes_the_new_camp_along(school):
    root, pupils, unit = school
    _carries(root, unit, picked=(pupils[0],))
    root.adds("S2", "350102", "学校")
    root.moves(pupils[0], "S2")
    assert root.total("joined") == 1
    assert root.hash == root.rebuilt()


def test_in_the_first_camp_there_is_nobody_to_carry(cast: Cast):
    root = cast.root()
    root.adds("S1", "350102", "学校")
    root.joins("S1", "张三", "05")
    with pytest.raises(Refused):
        root.see(lambda r: carried_lines(r, root.unit("S1"), [ClassChoice("", "")]))


@pytest.mark.parametrize(
    ("now", "later"),
    [("三年1班", "四年1班"), ("3年级(2)班", "4年级(2)班"), ("三(2)班", "四(2)班"), ("初一3班", "初二3班"), ("高三1班", ""), ("六年2班", ""),
     ("九年级1班", ""), ("中班", "大班"), ("大班", ""), ("十年级1班", "十一年级1班"), ("安全科", "安全科"), ("一班", "一班")],
)  # fmt: skip
def test_a_class_is_called_by_its_next_year(now: str, later: str):
    assert a_year_later(now) == later
