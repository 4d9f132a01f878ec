"""A laptop that was enrolled and lies: whatever it writes, it changes nothing outside its own scopes (docs/ledger.md#trust)."""

from __future__ import annotations

import pytest

from campmgr.areas.nodes import actions as nodes
from campmgr.areas.nodes.queries.nodes import Request
from campmgr.facts.drift import drifted_tables
from campmgr.facts.saying import record
from campmgr.ledger.envelope import Draft, subject
from campmgr.store.ledger import own_key, own_sealing_key
from tests.kit.story import Cast, Node


@pytest.fixture
def town(cast: Cast) -> tuple[Node, Node, Node, str]:
    """A root, an honest school with a pupil, and a school whose laptop lies."""
    root, honest, liar = cast.root(), cast.new("校"), cast.new("假")
    root.adds("S1", "350102", "学校")
    root.adds("S2", "350102", "学校")
    root.enrols(honest, "S1")
    root.enrols(liar, "S2")
    pupil = honest.joins("S1", "张三", "05")
    honest.marks(pupil, "V1")
    honest.sends(root)
    return root, honest, liar, pupil


def lies(liar: Node, kind: str, about: str, body: dict) -> None:
    """What no honest program would say: straight into the ledger, past the door."""
    named = {name: liar.unit(value) if value in {"S1", "S2"} else value for name, value in body.items()}
    liar.do(record, [Draft(liar.unit("S2"), kind, about, named)])


FOREIGN = [
    ("person_moved", {"source": "S1", "target": "S2"}),
    ("person_registered", {"unit": "S2", "kind": "学生"}),
    ("person_details_changed", {"name": "李四"}),
    ("person_erased", {"reason": "x"}),
    ("membership_added", {"unit": "S2"}),
    ("people_parted", {"other": "f" * 32, "home": "S1", "other_home": "S2"}),
    ("people_merged", {"other": "f" * 32, "home": "S2", "other_home": "S2", "kind": "学生", "other_kind": "学生"}),
    ("people_merged", {"other": "f" * 32, "home": "S1", "other_home": "S2", "kind": "学生", "other_kind": "学生"}),
    ("mark_recorded", {"activity": "", "lesson": "V2", "minutes": None, "source": "hand", "reason": ""}),
    ("consent_withdrawn", {"reason": "x"}),
]


@pytest.mark.parametrize(("kind", "body"), FOREIGN, ids=[f"{kind}{at}" for at, (kind, _) in enumerate(FOREIGN)])
def test_what_it_says_of_another_schools_pupil_changes_nothing_there(town, kind, body):
    root, honest, liar, pupil = town
    lies(liar, kind, subject("person", pupil), body)
    liar.sends(root)
    root.gives(honest)

    for node in (root, honest):
        who = node.person(pupil)
        assert (who.name, who.home, who.erased, node.hours(pupil)) == ("张三", node.unit("S1"), False, 100)
        assert node.rebuilt() == node.hash
    assert honest.see(lambda r: r.value("select count(*) from memberships")) == 0


def test_ten_thousand_tips_on_its_own_pupil_are_its_own_trouble(town):
    root, _, liar, pupil = town
    own = liar.joins("S2", "王五", "01")
    phones = ({"phone": f"{at:011d}"} for at in range(10_000))
    liar.do(record, [Draft(liar.unit("S2"), "person_details_changed", subject("person", own), body) for body in phones])
    liar.sends(root)
    assert (root.person(pupil).name, root.hours(pupil)) == ("张三", 100)
    assert root.person(own).name == "王五"
    assert root.rebuilt() == root.hash


def test_a_clock_of_2255_moves_nobody_else(cast, town):
    root, honest, _, pupil = town
    far = cast.new("远", "2255-01-01T09:00")
    root.adds("S3", "350102", "学校")
    root.enrols(far, "S3")
    far.joins("S3", "赵六", "01")
    far.sends(root)
    root.gives(honest)
    own = honest.writer

    def last() -> int:
        return honest.see(lambda r: r.value("select max(clock) from facts where writer = :own", own=own))

    before = last()
    honest.marks(pupil, "V3")
    assert last() - before < 10 * 60 * 1_000_000


def test_a_grant_for_the_key_of_a_copy_that_was_not_heard_of_yet_is_folded_in_one_way(cast, town):
    root, honest, _, _ = town
    copy = honest.copied("校的拷贝")
    cast.nodes.append(copy)
    unheard = copy.see(lambda r: Request(own_key(r).public, own_sealing_key(r).public))
    root.do(nodes.enrol, unheard, nodes.Grant("S2"))
    copy.joins("S1", "李四", "06")
    copy.sends(root)
    for code in ("S3", "S4"):
        assert drifted_tables(root.store) == ()
        root.adds(code, "350102", "学校")
