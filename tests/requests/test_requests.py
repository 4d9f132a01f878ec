"""A unit asks the office above: kinds, what the office sees and does with one press, across two data files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from campmgr.areas.people.queries.ids import memberships_of
from campmgr.areas.requests.actions import Asked, ask, take_back
from campmgr.areas.requests.queries import Request, requests_of
from campmgr.desks.actions.settling import settle
from campmgr.desks.actions.settling import take_back as take_back_answer
from campmgr.desks.queries.review import Asked as AskedFor
from campmgr.desks.queries.review import Span, review_part, rows_of_matter
from campmgr.errors import BadInput, NotFound, Refused
from tests.kit.story import Cast, Node


@pytest.fixture
def cast(tmp_path: Path) -> Iterator[Cast]:
    made = Cast(tmp_path)
    yield made
    made.close()


@pytest.fixture
def two(cast: Cast) -> tuple[Node, Node, str]:
    """A root and a school with its own laptop, another school elsewhere, and a pupil of the first."""
    root, school = cast.root(lessons=()), cast.new("校")
    root.adds("S1", "350102", "学校")
    root.adds("S2", "350103", "学校")
    root.enrols(school, "S1")
    return root, school, school.joins("S1", "张三", "05")


def asks(node: Node, sort: str, unit: str = "S1", **more: str) -> None:
    units = node.world.tree.units
    node.do(lambda w: ask(w, units[node.unit(unit)], Asked(sort, **more)))


def told(node: Node, unit: str = "S1") -> list[tuple[str, str, str]]:
    """(What, how it stands, the answer's reason) of each request of a unit."""
    found: tuple[Request, ...] = node.see(lambda r: requests_of(r, node.world, node.world.tree.units[node.unit(unit)]))
    return [(each.what, each.words, each.reason) for each in found]


def waits(node: Node, unit: str = "35") -> list[str]:
    """What waits for whoever organizes a unit."""
    span = Span(node.unit(unit))
    return [case.sentence for case in node.see(lambda r: review_part(r, node.world, span, AskedFor("request"))).cases]


def offers(node: Node) -> list[list[str]]:
    """What can be answered to each, those that move somebody first."""
    cases = node.see(lambda r: review_part(r, node.world, Span(node.unit("35")), AskedFor("request"))).cases
    return sorted(([each.words for each in case.answers] for case in cases), key=lambda words: words[0] != "照办")


def answers(node: Node, word: str, note: str = "") -> str:
    batch: str = node.do(
        lambda w: settle(w, node.world, rows_of_matter(w, node.world, Span(node.unit("35")), "request"), word, note)
    )
    return batch


def test_a_person_is_moved_by_the_office_with_one_press_and_the_school_hears_of_it(two):
    root, school, person = two
    asks(school, "person", person=person, target=school.unit("S2"), text="随父母搬家")
    assert told(school) == [("把 张三 转到 学校S2", "等答复", "")]
    school.sends(root)
    assert waits(root) == ["学校S1 请办：把 张三 转到 学校S2。说明：随父母搬家"]
    batch = answers(root, "do")
    assert root.person(person).home == root.unit("S2")
    assert waits(root) == []
    root.gives(school)
    assert told(school)[0][1] == "已办"
    root.do(lambda w: take_back_answer(w, batch, "弄错了"))
    assert root.person(person).home == root.unit("S1"), "the answer and what it did are taken back in one press"
    assert told(root)[0][1] == "等答复"
    for node in (root, school):
        assert node.rebuilt() == node.hash


def test_a_child_is_counted_at_a_school_too_by_the_office_with_one_press(two):
    root, school, person = two
    asks(school, "also", person=person, target=school.unit("S2"))
    school.sends(root)
    assert waits(root) == ["学校S1 请办：把 张三 也算到 学校S2。"]
    batch = answers(root, "do")
    assert (root.person(person).home, root.see(lambda r: memberships_of(r, [person]))) == (
        root.unit("S1"), {(person, root.unit("S2"))}
    )  # fmt: skip
    root.gives(school)
    assert told(school)[0][1] == "已办"
    with pytest.raises(BadInput, match="已经同时计入"):
        asks(root, "also", person=person, target=root.unit("S2"))
    root.do(lambda w: take_back_answer(w, batch, "弄错了"))
    assert not root.see(lambda r: memberships_of(r, [person]))
    for node in (root, school):
        assert node.rebuilt() == node.hash


def test_a_refusal_has_its_reason_and_the_school_reads_it(two):
    root, school, _ = two
    asks(school, "other", text="请把应参与人数改成 300")
    school.sends(root)
    with pytest.raises(BadInput, match="写明原因"):
        answers(root, "refuse")
    answers(root, "refuse", "以学籍系统为准")
    root.gives(school)
    assert told(school) == [("别的事", "不办", "以学籍系统为准")]
    with pytest.raises(Refused):
        school.do(lambda w: take_back(w, _key(school), school.world.tree.units[school.unit("S1")]))


def test_a_unit_is_put_below_another(two):
    root, school, _ = two
    asks(school, "unit", target=school.unit("350103"), text="区划调整")
    school.sends(root)
    answers(root, "do")
    assert root.world.tree.units[root.unit("S1")].parent == root.unit("350103")


def test_only_who_holds_all_that_it_touches_is_asked(two):
    root, school, person = two
    asks(school, "person", person=person, target=school.unit("S2"))
    asks(school, "other", text="加一门课")
    school.sends(root)
    assert len(waits(root)) == 2
    assert waits(root, "350102") == ["学校S1 请办：别的事。说明：加一门课"], "the other county is none of its own"
    assert waits(root, "S1") == [], "nobody answers themselves"
    assert offers(root) == [["照办", "不办"], ["已经办好", "不办"]]


def test_a_request_is_taken_back_until_it_is_answered(two):
    root, school, _ = two
    asks(school, "other", text="加一门课")
    school.sends(root)
    school.do(lambda w: take_back(w, _key(school), school.world.tree.units[school.unit("S1")]))
    school.sends(root)
    assert (told(school), told(root), waits(root)) == ([], [], [])
    with pytest.raises(NotFound):
        school.do(lambda w: take_back(w, "none", school.world.tree.units[school.unit("S1")]))
    assert root.rebuilt() == root.hash


def test_another_laptop_of_the_unit_hears_of_both(cast, two):
    root, school, _ = two
    other = cast.new("另一台")
    root.enrols(other, "S1")
    asks(school, "other", text="加一门课")
    school.sends(root)
    answers(root, "do")
    root.gives(other)
    assert told(other) == told(root) == [("别的事", "已办", "")]
    assert other.rebuilt() == other.hash


def test_what_is_wrong_is_refused(two):
    root, school, person = two
    for sort, more in (("none", {}), ("person", {"person": person}), ("unit", {}), ("correct", {}), ("other", {"text": "字" * 301}),
                       ("also", {"person": person}), ("other", {"text": "请打 13800001234"}),
                       ("correct", {"person": person, "text": "张三的班级不对"})):  # fmt: skip
        with pytest.raises(BadInput):
            asks(school, sort, **more)
    for sort, more in (("unit", {"target": school.unit("350102")}), ("unit", {"target": school.unit("S1")}),
                       ("person", {"person": person, "target": school.unit("S1")})):  # fmt: skip
        with pytest.raises(BadInput):
            asks(school, sort, **more)
    with pytest.raises(Refused):
        asks(root, "other", "35", text="没有上级")


def test_who_was_erased_meanwhile_is_not_moved(two):
    root, school, person = two
    asks(school, "person", person=person, target=school.unit("S2"))
    school.sends(root)
    root.erases(person)
    assert waits(root) == ["学校S1 请办：把 已删除 转到 学校S2。"]
    with pytest.raises(Refused):
        answers(root, "do")
    answers(root, "refuse", "本人已退出")
    assert told(root)[0][1] == "不办"


def _key(node: Node) -> str:
    return str(node.see(lambda r: r.value("select request from requests")))
