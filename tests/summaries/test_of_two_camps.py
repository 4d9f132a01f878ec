"""A unit sums up each camp anew: last year's summary, accepted, does not stand in for this year's."""

from __future__ import annotations

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.summaries.actions import judge_summary, write_summary
from campmgr.areas.summaries.queries import summary_of
from campmgr.facts import earlier
from campmgr.facts import world as worlds
from campmgr.store.door import Reader
from tests.kit.story import Cast


def test_each_camp_has_a_summary_of_its_own(cast: Cast):
    root = cast.root()
    root.adds("S1", "350102", "学校")

    def state(r: Reader) -> tuple[str, str]:
        world = worlds.load(r)
        found = summary_of(r, world, world.tree.units[root.unit("S1")])
        return found.state, found.text

    unit = root.world.tree.units[root.unit("S1")]
    said = root.do(write_summary, unit, "第一年很好。", hand_in=True)
    root.do(judge_summary, unit, said.chain, accepted=True)
    assert root.see(state) == ("accepted", "第一年很好。")
    root.do(open_activity, "escape-drill-2023", "2024")
    assert root.see(state)[0] == "none"
    root.do(write_summary, unit, "第二年更好。", hand_in=True)
    assert root.see(state) == ("handed_in", "第二年更好。")
    assert root.hash == root.rebuilt()
    earlier.make(root.store, "")
    with earlier.opened(root.store, "") as copy, copy.reading() as r:
        assert state(r) == ("accepted", "第一年很好。")
