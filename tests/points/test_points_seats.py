"""What the host decides of an item is the host's word alone, whatever a tampered program writes in the unit's own scope.

A town reports, a county hosts, the province above only receives. `record` asks no door, as such a program would not.
"""

from __future__ import annotations

import pytest

from campmgr.areas.points.actions.adoptions import adopt, settle
from campmgr.areas.points.actions.items import Report, report_item
from campmgr.areas.points.actions.passing import pass_items
from campmgr.areas.points.queries.items import adoptions_of
from campmgr.desks.actions.withdrawing import withdraw
from campmgr.errors import NotAllowed
from campmgr.facts.saying import record
from campmgr.ids import hash_id, random_id
from campmgr.ledger.envelope import Draft, people_scope, subject
from tests.points.test_points_travel import Quarter


class Life(Quarter):
    """One article of the town that was adopted, and passed by the town itself."""

    def __init__(self, cast) -> None:
        super().__init__(cast, 7)
        self.nodes = (self.town, self.county, self.root)
        said = Report("综合性原创文章", "一篇文章", "", "2022-04-02T10:00+08:00", {"said": 900})
        self.key, _ = self.town.do(report_item, self.activity(self.town), self.town.unit("WJ-BK-01"), said)
        self.town.do(adopt, self.line(self.town), "人民日报", "2022-05-01")
        for stage in (1, 2):
            self.town.do(pass_items, self.activity(self.town), [self.key], stage, accepted=True)
        self.adoption = self.town.see(adoptions_of, [self.key])[0].fact
        self.travel()

    def line(self, node):
        return self.items(node)[0]

    def travel(self) -> None:
        for _ in range(2):
            self.town.sends(self.county), self.county.sends(self.root)
            self.root.gives(self.county), self.county.gives(self.town)

    def writes(self, kind: str, **body: object) -> None:
        line = self.line(self.town)
        self.town.do(record, [Draft(line.unit, kind, subject("item", self.key), {"activity": line.activity, **body})])

    def whole(self) -> None:
        for node in self.nodes:
            assert node.hash == node.rebuilt()


@pytest.fixture
def life(cast) -> Life:
    return Life(cast)


def test_a_unit_takes_no_press_of_its_host_back(life):
    press = random_id()
    county, town = life.county, life.town
    county.do(pass_items, life.activity(county), [life.key], 3, accepted=True, batch=press)
    life.travel()
    with pytest.raises(NotAllowed, match="主办单位"):
        town.do(withdraw, press, "没有的事")
    scope = people_scope(life.line(town).unit)
    told = hash_id("withdrawn", press, scope)  # as the host's own will bear
    town.do(record, [Draft(scope, "batch_withdrawn", subject("batch", press), {"reason": "没有的事"}, client_id=told)])
    life.travel()
    assert [life.line(node).state for node in life.nodes] == ["passed"] * 3
    life.whole()
    county.do(withdraw, press, "按错了")
    life.travel()
    assert [life.line(node).state for node in life.nodes] == ["waiting"] * 3
    life.whole()


def test_a_unit_is_told_that_a_word_of_its_host_is_not_its_to_take_back(life):
    county, town = life.county, life.town
    fact = county.do(settle, life.activity(county), life.line(county), life.adoption, counts=False, reason="没有刊出")
    life.travel()
    with pytest.raises(NotAllowed, match="主办单位"):
        town.do(withdraw, fact.chain, "刊出了")
    back, told = {"fact": fact.chain, "reason": "刊出了"}, hash_id("withdrawn", fact.chain)
    scope = people_scope(life.line(town).unit)
    town.do(record, [Draft(scope, "fact_withdrawn", subject("item", life.key), back, client_id=told)])
    life.travel()
    assert [life.line(node).points for node in life.nodes] == [2] * 3
    assert [word for word, _, _ in life.told(county)] == ["撤回一条记录"]
    county.do(withdraw, fact.chain, "查到了")
    life.travel()
    assert [life.line(node).points for node in life.nodes] == [15] * 3


def test_the_host_says_what_was_written_before_with_the_very_same_reason(life):
    life.writes("adoption_settled", adoption=life.adoption, counts=False, reason="没有刊出")
    life.travel()
    assert [life.line(node).points for node in life.nodes] == [15] * 3
    for node in life.nodes:
        assert [(word, about) for word, about, _ in life.told(node)] == [("核定录用", subject("item", life.key))]
    county = life.county
    said = county.do(settle, life.activity(county), life.line(county), life.adoption, counts=False, reason="没有刊出")
    life.travel()
    assert [life.line(node).points for node in life.nodes] == [2] * 3
    assert [life.told(node) for node in life.nodes] == [[], [], []]
    again = county.do(settle, life.activity(county), life.line(county), life.adoption, counts=False, reason="没有刊出")
    assert again.chain == said.chain, "said once"
    life.whole()


def test_a_stage_of_the_hosts_with_the_same_words_counts_once_the_host_has_said_it(life):
    life.writes("item_passed", stage=3, accepted=False, by="人事教育科", reason="请补图")
    life.travel()
    assert [life.line(node).state for node in life.nodes] == ["waiting"] * 3
    county = life.county
    county.do(pass_items, life.activity(county), [life.key], 3, accepted=False, reason="请补图")
    life.travel()
    assert [life.line(node).state for node in life.nodes] == ["returned"] * 3
    life.whole()
