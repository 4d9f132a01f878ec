"""Awards of people, teams and units: numbers by rule, the host's word, what a lost work asks; and lists frozen before them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from campmgr.areas.entries.actions.staging import reinstate_entry, revoke_entry
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.judging.actions.awards import amend_awards, drafted_awards, set_task
from campmgr.areas.judging.actions.nominees import as_person, as_team, as_unit, name_nominee, rate_unit
from campmgr.areas.judging.queries.award_lists import award_list, leaning_on_lost
from campmgr.areas.judging.rules.award_list import AwardStep, unroll
from campmgr.areas.judging.rules.giving import Award
from campmgr.areas.judging.rules.nominees import Nominee, in_order, name_awards
from campmgr.areas.whole import CATALOGUE
from campmgr.errors import BadInput, Refused
from campmgr.facts.inventory_rows import row_of
from tests.judging.test_awards import MARKS, Awarded
from tests.kit.program import Program

WEIGHTS = (("数量", 30), ("质量", 50), ("组织", 20))


def unit(line: str, works: int, first: int = 0, **said: int) -> Nominee:
    """A unit with so many works handed in, of which none was shortlisted."""
    return Nominee(line, "单位", line, said=said, works=tuple((f"{line}{at}", ("报送",)) for at in range(first, first + works)))


def test_27_number_quality_and_organisation_are_weighed():
    most, other = unit("甲", 10), unit("乙", 4, 质量=9000, 组织=8000)
    placed = {each.nominee.line: each for each in in_order([most, other], WEIGHTS)}
    assert (placed["乙"].score, placed["甲"].score) == (73_0000, 30_0000)
    assert placed["甲"].lacks == ("组织",)


def test_quality_is_the_share_that_was_shortlisted_unless_the_host_says_otherwise():
    works = (("a", ("报送", "入围")), ("b", ("报送",)), ("c", ("报送", "入围", "展播")), ("d", ("报送",)))
    counted, said = Nominee("甲", "单位", "甲", works=works), Nominee("乙", "单位", "乙", said={"质量": 7000}, works=works)
    assert [(each.nominee.line, each.score) for each in in_order([counted, said], (("质量", 1),))] == [
        ("乙", 70_0000),
        ("甲", 50_0000),
    ]


def test_15_units_of_one_score_get_nothing_until_the_host_says_who():
    level, awards = [unit("甲", 3), unit("乙", 3), unit("丙", 1)], [Award("优秀组织奖", 1)]
    named = name_awards(awards, level, (("数量", 1),), {})
    assert (named.rows, [sorted(cut.entries) for cut in named.filled.cuts]) == ((), [["乙", "甲"]])
    named = name_awards(awards, level, (("数量", 1),), {("优秀组织奖", "乙"): "宣传报道更多"})
    assert ([given.entry for given, _ in named.rows], named.filled.cuts) == (["乙"], ())


def test_a_work_that_was_lost_counts_for_nobody_and_who_has_none_left_gets_nothing():
    named = name_awards([Award("优秀组织奖", 2)], [unit("甲", 2), unit("乙", 1)], (("数量", 1),), {}, lost={"乙0"})
    assert [given.entry for given, _ in named.rows] == ["甲"]


def test_a_list_frozen_before_people_and_units_had_awards_still_proves_itself():
    said = json.loads((Path(__file__).parent / "frozen_before.json").read_text("utf-8"))
    bodies = [CATALOGUE.kinds[each["kind"]].lifted(each["v"], each["body"]) for each in said]
    now = unroll(bodies[0], [AwardStep.read(each) for each in bodies[1:]])
    assert [each["v"] for each in said] == [1, 1, 1]
    assert (now.whole, now.digest) == (True, said[-1]["body"]["digest"])
    changed = unroll(bodies[0] | {"nominees": {"units": []}}, ())
    assert not changed.whole


BOTH = {
    "classes": ("金奖=1",), "prizes": ("金奖=奖杯、证书",), "certificate_line": "", "ceremony": "",
    "people_awards": ("优秀创客=1",), "unit_awards": ("优秀组织奖=1",), "unit_weights": ("数量=1", "组织=1"),
}  # fmt: skip
"""B (of 3503) takes the gold: its author is the creator; 3502 has a second work, and 90 points for its organisation."""


@pytest.fixture
def named(contest) -> Awarded:
    awarded = Awarded(contest)
    awarded.authors = {title: contest.node.joins(code, name) for title, code, name in
                       (("A", "3502", "甲作者"), ("B", "3503", "乙作者"))}  # fmt: skip
    for title, code in (("A", "3502"), ("B", "3503")):
        contest.has_work(title, code, author=awarded.authors[title])
    contest.has_work("又一件", "3502", stage="报送", author=awarded.authors["A"])
    marks = {judge: {title: own[title] for title in "AB"} for judge, own in MARKS.items()}
    for name in marks:
        contest.has_judge(name, "3507")
    contest.sets(criteria=(("总评", 1),), scale=100, step=100)
    contest.assigns()
    for judge, own in marks.items():
        for title, mark in own.items():
            contest.gives(judge, title, mark)
    contest.opened()
    awarded.rules(**BOTH)
    return awarded


def rates(awarded: Awarded, code: str, **points: str) -> None:
    awarded.does(rate_unit, awarded.contest.node.unit(code), points, "看了汇报材料")


def both_rated(awarded: Awarded) -> Awarded:
    rates(awarded, "3502", 组织="90")
    rates(awarded, "3503", 组织="80.5")
    return awarded


def revokes(awarded: Awarded, title: str) -> None:
    awarded.contest.node.do(lambda w: revoke_entry(w, row_of(w, ENTRIES, awarded.contest.works[title]), "参选", "查实抄袭"))


def shaken(awarded: Awarded) -> dict[str, tuple]:
    listed = awarded.asks(award_list, 1)
    return {each.row.award: (each.before, each.after) for each in awarded.contest.node.see(leaning_on_lost, listed)}


def test_they_are_frozen_with_the_works_and_made_again_from_the_list_alone(named):
    with pytest.raises(Refused, match="组织还没有打分"):
        named.freezes()
    both_rated(named).freezes()
    assert (named.rows(), named.verdict()) == ("金奖:B 优秀创客:乙作者 优秀组织奖:厦门市", (True, ()))
    listed = named.asks(award_list, 1)
    assert listed.nominees[named.contest.node.unit("3502")].numbers() == (2, 1, 0, 0)
    assert "优秀组织奖按数量 1、组织 1加权" in listed.content["rule_text"]


def test_their_award_is_taken_back_and_the_next_moves_up(named):
    both_rated(named).freezes()
    named.does(amend_awards, 1, "材料不实", strike=named.contest.node.unit("3502"), refill="refill")
    assert (named.rows(), named.verdict()) == ("金奖:B 优秀创客:乙作者 优秀组织奖:莆田市", (True, ()))
    assert named.tasks()["厦门市"] == ["召回证书 待办", "追回权益 待办"]
    named.does(amend_awards, 1, "材料不实", strike=named.authors["B"], refill="strike")
    assert (named.rows(), named.verdict()) == ("金奖:B 优秀组织奖:莆田市", (True, ()))


def test_a_revoked_work_is_asked_about_and_changes_nothing_by_itself(named):
    both_rated(named).freezes()
    revokes(named, "又一件")
    assert named.rows() == "金奖:B 优秀创客:乙作者 优秀组织奖:厦门市"
    assert shaken(named) == {"优秀组织奖": ((2, 1, 0, 0), (1, 1, 0, 0))}
    assert "复核 待办" in named.tasks()["厦门市"]
    named.does(set_task, 1, named.contest.node.unit("3502"), "复核", "不需要", "会议研究，仍给")
    assert "复核 不需要" in named.tasks()["厦门市"]
    revokes(named, "A")
    assert "复核 待办" in named.tasks()["厦门市"], "another work that is lost asks again"
    named.contest.node.do(lambda w: reinstate_entry(w, row_of(w, ENTRIES, named.contest.works["A"]), "参选", "查无此事"))
    assert "复核 不需要" in named.tasks()["厦门市"]
    named.does(amend_awards, 1, "不算取消资格的作品")
    assert (shaken(named), named.verdict()) == ({}, (True, ()))
    (after,) = [row for row in named.asks(award_list, 1).now.rows if row.award == "优秀组织奖"]
    assert after.score == 95_0000, "100 for its one work beside the one of the other, 90 for organisation"


def test_a_gold_taken_back_asks_about_who_made_it(named):
    both_rated(named).freezes()
    named.does(amend_awards, 1, "查实抄袭", strike=named.contest.works["B"], refill="refill")
    assert named.rows() == "金奖:A 优秀创客:乙作者 优秀组织奖:厦门市"
    assert shaken(named) == {"优秀创客": ((1, 1, 0, 1), (0, 0, 0, 0))}
    named.does(amend_awards, 1, "原作品已撤销")
    assert (named.rows(), named.verdict()) == ("金奖:A 优秀创客:甲作者 优秀组织奖:厦门市", (True, ()))


def test_whoever_made_no_work_is_named_with_a_reason(named):
    both_rated(named)
    node, activity = named.contest.node, named.contest.activity
    spreader = node.joins("3505", "传播者")
    with pytest.raises(BadInput, match="理由"):
        named.does(name_nominee, as_person(node.person(spreader)), "优秀创客", " ")
    with pytest.raises(BadInput, match="不是给个人的奖"):
        named.does(name_nominee, as_person(node.person(spreader)), "优秀组织奖", "好")
    named.does(name_nominee, as_team(activity, node.unit("3505"), "泉州先锋队"), "优秀创客", "全网播放量第一")
    named.does(name_nominee, as_unit(node.unit("3505")), "优秀组织奖", "承办启动仪式")
    named.freezes(remark="会议研究")
    assert (named.rows(), named.verdict()) == ("金奖:B 优秀创客:泉州先锋队 优秀组织奖:泉州市", (True, ()))
    assert set(named.asks(award_list, 1).fits.values()) == {"全网播放量第一", "承办启动仪式"}
    assert node.hash == node.rebuilt()


def test_points_are_for_what_is_not_counted(named):
    for part, points in (("数量", "90"), ("组织", "101"), ("组织", "九十"), ("宣传", "5")):
        with pytest.raises(BadInput):
            rates(named, "3502", **{part: points})


def test_without_weights_units_get_theirs_by_the_host_s_word_alone(named):
    named.rules(unit_weights=())
    draft, body = named.asks(drafted_awards, "初评")
    assert "优秀组织奖" in draft.undecided
    assert [row.given.award for row in draft.rows] == ["金奖", "优秀创客"]
    assert body["nominees"]["people"]


def test_a_second_round_does_not_give_them_again(named):
    both_rated(named).freezes()
    named.contest.sets("复评", criteria=(("总评", 1),), scale=100, step=100)
    named.contest.assigns("复评")
    for judge in MARKS:
        named.contest.gives(judge, "A", 90, name="复评")
        named.contest.gives(judge, "B", 70, name="复评")
    named.contest.opened("复评")
    draft, _ = named.asks(drafted_awards, "复评")
    assert [row.given.award for row in draft.rows] == ["金奖"]


def test_they_are_rated_named_and_told_by_command(named, capsys):
    named.contest.node.close()
    run = Program(named.contest.node.path, capsys)
    assert run("awards", "rate", "--unit", "3502", "--part", "组织=90", "--reason", "看了材料", "--json").code == 0
    assert run("awards", "name", "--award", "优秀创客", "--unit", "3505", "--team", "先锋队", "--reason", "好", "--json").code == 0
    assert run("awards", "name", "--award", "优秀创客", "--reason", "好", "--json").data["error"]["reason"] == "missing_value"
    told = run("awards", "nominees", "--json").data
    units = {each["name"]: each for each in told["units"]}
    assert units["厦门市"] | {"place": 1, "handed_in": 2, "score": "95.0000", "award": "优秀组织奖"} == units["厦门市"]
    assert units["莆田市"]["points"] == {"数量": "50.00", "组织": None}
    assert [(each["name"], each["note"]) for each in told["people"] if each["award"]] == [("先锋队", "好")]
    assert run("awards", "freeze", "--remark", "会议研究", "--json").code == 0
    amended = run("awards", "amend", "1", "--strike", "先锋队", "--refill", "空缺", "--reason", "材料不实", "--json").data
    assert "优秀创客" in amended["vacant"]
    assert run("awards", "verify", "1", "--json").data["equal"]
