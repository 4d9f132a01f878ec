"""A unit's summary goes up on a stick, the answer comes down, and every node says the same."""

from __future__ import annotations

import pytest

from campmgr.areas.summaries.actions import judge_summary, write_summary
from campmgr.areas.summaries.queries import summary_of
from campmgr.facts.finding import find_unit
from campmgr.facts.saying import record
from campmgr.ledger.envelope import Draft, subject
from tests.kit.story import Node


def _state(node: Node, unit: str = "3501-FL") -> tuple[str, str]:
    world = node.world
    found = node.see(lambda r: summary_of(r, world, find_unit(world, unit)))
    return found.state, found.reason


def test_a_summary_goes_up_and_its_answer_comes_down(cast):
    root, city = cast.root(), cast.new("福州")
    root.enrols(city, "3501")
    unit = find_unit(city.world, "3501-FL")
    fact = city.do(write_summary, unit, "活动情况……", hand_in=True)
    city.sends(root)
    assert _state(root) == ("handed_in", "")
    root.do(judge_summary, unit, fact.chain, accepted=False, reason="请补充做法")
    root.gives(city)
    assert _state(city) == _state(root) == ("returned", "请补充做法")
    city.do(write_summary, unit, "补充了做法", hand_in=True)
    city.sends(root)
    world = root.world
    root.do(lambda w: judge_summary(w, unit, summary_of(w, world, unit).fact, accepted=True))
    root.gives(city)
    assert _state(city) == _state(root) == ("accepted", "")
    for node in (root, city):
        assert node.hash == node.rebuilt()


def test_what_stands_in_another_units_scope_speaks_for_nobody(cast):
    root = cast.root()
    stray = Draft(
        root.unit("3502-FL"), "summary_written", subject("summary", root.unit("3501-FL")), {"text": "替别人写的", "handed_in": True}
    )
    root.do(lambda w: record(w, [stray]))
    assert _state(root) == ("none", "")


@pytest.mark.parametrize("key", ["abc", "01", "-1", "9" * 12, "", "１"])
def test_a_subject_that_names_no_list_stops_no_fold(cast, key):
    root = cast.root()
    said = Draft("35", "list_taken_down", f"list:{key}", {"number": 1, "reason": "乱写"})
    root.do(lambda w: record(w, [said]))
    assert root.hash == root.rebuilt()
