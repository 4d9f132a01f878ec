"""Whoever has left stays counted in all they did, and owes nothing: nobody chases them or calls them up until it is taken back."""

from __future__ import annotations

import re

import pytest

from campmgr.areas.hours.queries.chase import to_chase
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.leaving import leave
from campmgr.areas.people.queries.class_sums import filtered
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.people.queries.roster import class_counts, class_list, roster, roster_count, roster_whole
from campmgr.desks.queries.person import behind
from campmgr.errors import BadInput, NotAllowed
from campmgr.facts import world as worlds
from tests.kit.desk_story import DESK, UNIT, mark, post, school, undone
from tests.kit.office import see
from tests.kit.story import Node
from tests.people.test_changing_class import chosen, pressed

SCHOOL, OTHER, DAY = "350102", "350103", "2023-06-05"
TOTALS = ("joined", "learning", "completed", "ready", "certified", "hours")


def _leaves(node: Node, person: str, reason: str = "转学", day: str = ""):
    return node.do(lambda w: leave(w, node.person(person), reason, day))


def test_as_many_cards_are_offered_as_are_printed(pages):
    pupils = school(pages, "阿雅", "巴迪")
    with pages.store.writing() as w:
        leave(w, people_by_id(w, pupils)[pupils[0]], "转学")

    def offered(asked: str = "") -> list[str]:
        return re.findall(r"打印胸卡（(\d+) 人", see(pages, f"{DESK}/people{asked}", "dora"))

    assert (offered(), offered("?filter=left")) == (["1"], ["1"])
    with pages.store.writing() as w:
        leave(w, people_by_id(w, pupils)[pupils[1]], "转学")
    assert offered() == []


def _totals(node: Node, unit: str = "35") -> list[int]:
    return [node.total(name, unit) for name in TOTALS]


def _owing(node: Node, unit: str = "35") -> dict[str, int]:
    """How many are named by whatever asks who is still to do something."""
    with node.store.reading() as r:
        world = worlds.load(r)
        asked = world.tree.units[node.unit(unit)]
        own = asked.unit
        return {
            "chased": to_chase(r, world, asked, most=50).count,
            "named": len(to_chase(r, world, asked, most=50).rows),
            "behind": len(behind(r, world, own)),
            "filtered": roster_count(r, world, own, filter_by="behind"),
            "summed": filtered(r, world, asked, "", "behind").people,
            "unsigned": filtered(r, world, asked, "", "unsigned").people,
            "printed": len(roster_whole(r, world, own, filter_by="all", class_name="", line="", most=50)),
        }


def test_whoever_has_left_owes_nothing_and_no_total_falls(cast):
    root = cast.root()
    ana, ben = root.joins(SCHOOL, "甲", "1"), root.joins(SCHOOL, "乙", "2")
    root.marks(ana, "V1")
    before, owing = _totals(root), _owing(root)
    assert set(owing.values()) == {2}
    said = _leaves(root, ana)
    assert (_totals(root), set(_owing(root).values())) == (before, {1})
    assert root.person(ana).left_on == root.clock.now().date().isoformat()
    with root.store.reading() as r:
        world, unit = worlds.load(r), root.unit(SCHOOL)
        listed = class_list(r, world, unit, class_name="*", what="V2", day=DAY)
        assert [row.person for row in listed.rows] == [ben]
        assert [count.people for count in class_counts(r, unit, "V1")] == [1]
        assert roster(r, world, unit).count == 2
        assert [row.person for row in roster(r, world, unit, filter_by="left").rows] == [ana]
        assert filtered(r, world, world.tree.units[unit], "", "left").people == 1
    assert root.hash == root.rebuilt()
    root.marks(ana, "V2")  # a mark is taken, and makes nobody less gone
    assert (root.hours(ana), root.person(ana).left_on != "", root.total("hours")) == (800, True, 800)
    root.withdraws(said.chain)
    assert (root.person(ana).left_on, _owing(root)) == ("", owing)
    assert root.hash == root.rebuilt()


def test_whoever_moved_leaves_from_the_new_home(cast):
    root = cast.root()
    ana = root.joins(SCHOOL, "甲", "1")
    root.moves(ana, OTHER)
    _leaves(root, ana)
    assert (_owing(root, OTHER)["chased"], root.total("joined", OTHER)) == (0, 1)
    assert _leaves(root, ana) is None  # said already
    assert root.hash == root.rebuilt()


def test_the_unit_that_counts_a_member_hears_of_it_and_cannot_say_it(cast):
    root, women = cast.root(), cast.new("妇联")
    root.adds("F1", "35", "妇联")
    root.enrols(women, "F1")
    ana = root.joins(SCHOOL, "甲", "1")
    root.do(lambda w: people.add_membership(w, root.person(ana), "F1"))
    root.gives(women)
    assert _owing(women, "F1")["behind"] == 1
    with pytest.raises(NotAllowed):
        _leaves(women, ana)
    said = _leaves(root, ana)
    root.gives(women)
    assert (women.person(ana).left_on, _owing(women, "F1")["behind"]) == (said.happened_on, 0)
    root.withdraws(said.chain)
    root.gives(women)
    assert (women.person(ana).left_on, women.hash) == ("", women.rebuilt())


@pytest.mark.parametrize(
    ("reason", "day"), [("", ""), (" ", ""), ("字" * 201, ""), ("甲乙丙转学", ""), ("转学", "2099-01-01"), ("转学", "昨天")]
)
def test_a_reason_and_a_day_are_checked(cast, reason, day):
    root = cast.root()
    ana = root.joins(SCHOOL, "甲乙丙", "1")
    with pytest.raises(BadInput):
        _leaves(root, ana, reason, day)


def test_a_page_says_it_and_one_press_takes_it_back(pages):
    aya, _ = school(pages, "阿雅", "巴迪")
    page = f"/desk/people/{aya}"
    assert "#leaving" in see(pages, page, "dora")
    answer = post(pages, f"{page}/homes/gone", why="转学", since="2023-06-01")
    assert answer.status_code == 303
    shown = see(pages, page, "dora")
    assert "2023-06-01 起离开" in shown
    assert "#leaving" not in shown
    assert "阿雅" not in see(pages, f"{DESK}/behind", "dora")
    assert "已离开" in see(pages, f"{DESK}/people", "dora")
    assert mark(pages, [aya]).status_code == 422  # from a list that was drawn before
    assert post(pages, f"{page}/mark", lesson="V1", day=DAY, minutes="").status_code == 303
    undone(pages, answer)
    assert "阿雅" in see(pages, f"{DESK}/behind", "dora")


def test_nobody_says_it_of_somebody_of_another_unit(pages):
    (aya,) = school(pages, "外人", unit="3502")
    assert post(pages, f"/desk/people/{aya}/homes/gone", why="转学").status_code == 404


def test_several_leave_at_once_and_come_back_with_one_press(pages):
    everyone = school(pages, "阿雅", "巴迪", "齐拉")
    answer = pressed(pages, chosen(pages, act="leave", picked=everyone[:2]), "毕业")

    def gone() -> list[bool]:
        with pages.store.reading() as r:
            known = people_by_id(r, everyone)
        return [known[each].left_on != "" for each in everyone]

    assert gone() == [True, True, False]
    assert "已经离开" in chosen(pages, act="leave", picked=everyone).text
    undone(pages, answer)
    assert gone() == [False] * 3
    assert UNIT in answer.location
