"""Rounds, recusals and marks as they are told: what is refused, what is found again, what is kept; and packs in any order."""

from __future__ import annotations

import random
from typing import Any

import pytest

from campmgr.areas.activities.actions import close, open_activity
from campmgr.areas.entries.actions.staging import revoke_entry
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.judging.actions.assigning import name_judge
from campmgr.areas.judging.actions.scoring import lift_recusal, recuse
from campmgr.areas.judging.queries.closing import unfinished
from campmgr.areas.judging.queries.judges import judges_in
from campmgr.areas.judging.queries.scores import twofold
from campmgr.areas.judging.rules.rounds import read_mark
from campmgr.areas.judging.rules.starting import round_from_rules
from campmgr.areas.people.actions import people
from campmgr.areas.units.actions.units import move_unit
from campmgr.errors import BadInput, Refused
from campmgr.facts import world as worlds
from campmgr.facts.inventory_rows import row_of
from tests.judging.stage import Contest
from tests.kit.story import Cast

PLAIN: dict[str, Any] = {"criteria": (("总评", 1),), "scale": 100, "step": 100}


@pytest.fixture
def judged(contest) -> Contest:
    """Two works of schools in two cities, three judges, all assigned."""
    contest.node.adds("M1", "3502", "学校")
    contest.node.adds("M2", "3503", "学校")
    contest.has_work("晨曦", "M1")
    contest.has_work("炉火", "M2")
    for name, unit in (("J1", "3507"), ("J2", "3508"), ("J3", "3509")):
        contest.has_judge(name, unit)
    contest.sets(**PLAIN)
    contest.assigns()
    return contest


def recused(contest: Contest) -> dict[tuple[str, str], str]:
    def ask(r):
        world = worlds.load(r)
        activity = contest.activity_in(world)
        return judges_in(r, world, activity, contest.line())[1].recusals.of

    names = {person: name for name, person in contest.judges.items()}
    return {(contest.title(each.entry), names.get(each.judge, "?")): each.why for each in contest.node.see(ask).values()}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("11", "不在 0 到 10 之间"), ("-1", "不是分数"), ("8.25", "不在档上"), ("九分", "不是分数"), (" ", "没有打分")],
)
def test_a_mark_that_is_none_is_refused_with_what_to_do(contest, typed, sentence):
    one = round_from_rules(contest.activity.id, "初评", contest.activity.rules)
    with pytest.raises(BadInput, match=sentence):
        read_mark(one, "科学性", typed)
    assert (read_mark(one, "科学性", "８.５"), read_mark(one, "科学性", "10")) == (850, 1000)


def test_a_school_that_moves_into_a_judges_city_is_recused_and_its_marks_are_set_aside_and_listed(judged):
    judged.gives("J1", "晨曦", 90), judged.gives("J2", "晨曦", 80)
    assert recused(judged) == {}
    node = judged.node
    node.do(move_unit, "M1", "3507")
    assert recused(judged) == {("晨曦", "J1"): "same_city"}
    judged.opened()
    report = judged.report()
    assert judged.scores(report) == {"晨曦": "80.0000"}
    assert [(judged.title(each.entry), each.marks, why.why) for each, why in report.aside] == [
        ("晨曦", {"总评": 9000}, "same_city")
    ]
    assert node.hash == node.rebuilt()
    node.do(move_unit, "M1", "3502")
    assert judged.scores(judged.report()) == {"晨曦": "85.0000"}, "nothing was deleted"


def test_a_judge_who_moves_is_recused_by_home_and_by_branch_of_one_unit(judged):
    node = judged.node
    node.adds("M1A", "M1", "学校")
    node.moves(judged.judges["J2"], "M1A")
    assert recused(judged) == {("晨曦", "J2"): "same_unit"}, "a branch of the school is the school"
    judged.gives("J1", "晨曦", 70)
    with pytest.raises(Refused, match="同一单位或上下级单位"):
        judged.gives("J2", "晨曦", 99)


def test_a_judge_who_is_merged_with_another_record_is_still_recused_by_the_unit_of_the_duty(judged):
    judged.has_judge("J4", "3502")
    assert recused(judged) == {("晨曦", "J4"): "same_city"}
    again = judged.node.joins("35", "J4", "X9")
    judged.node.do(people.merge, judged.node.person(judged.judges["J4"]), judged.node.person(again))
    assert set(recused(judged).values()) == {"same_city"}


def test_an_author_does_not_judge_the_own_work_nor_works_of_the_own_home(contest):
    contest.has_judge("J1", "3507", home="3503")
    contest.has_work("自拍", "3502", author=contest.judges["J1"])
    contest.has_work("同事的", "3502", author=contest.node.joins("3503", "同事"))
    contest.has_work("别人的", "3504")
    contest.sets()
    assert recused(contest) == {("自拍", "J1"): "same_unit", ("同事的", "J1"): "same_unit"}
    plan = contest.plan(per_work=1)
    assert [contest.title(entry) for entry, _ in plan.assigned.pairs] == ["别人的"]
    assert {(contest.title(entry), has, needs) for entry, has, needs in plan.assigned.short} == {("自拍", 0, 1), ("同事的", 0, 1)}


def test_a_declared_recusal_is_no_low_mark_and_the_host_may_lift_what_the_tree_says(judged):
    node, line = judged.node, judged.line()
    node.do(recuse, judged.activity, line, judged.works["晨曦"], judged.judges["J3"], "合作过")
    judged.gives("J1", "晨曦", 90)
    assert recused(judged) == {("晨曦", "J3"): "declared"}
    with pytest.raises(Refused, match="本人申请回避（合作过）"):
        judged.gives("J3", "晨曦", 10)
    node.do(move_unit, "M2", "3507")
    assert recused(judged)["炉火", "J1"] == "same_city"
    node.do(lift_recusal, judged.activity, line, judged.works["炉火"], judged.judges["J1"], "异地任职多年")
    assert ("炉火", "J1") not in recused(judged)
    judged.gives("J1", "炉火", 60)
    judged.opened()
    assert judged.scores(judged.report()) == {"晨曦": "90.0000", "炉火": "60.0000"}
    assert node.hash == node.rebuilt()


def test_a_correction_keeps_both_and_after_the_opening_needs_a_reason(judged):
    judged.gives("J1", "晨曦", 90)
    assert judged.gives("J1", "晨曦", 90) is None, "the same twice says nothing"
    judged.gives("J1", "晨曦", 85)
    judged.opened()
    (score,) = judged.report().scores
    assert (score.marks, [each["marks"] for each in score.earlier]) == ({"总评": 8500}, [{"总评": 9000}])
    with pytest.raises(Refused, match="不能再随意改"):
        judged.gives("J1", "晨曦", 80)
    judged.gives("J1", "晨曦", 80, reason="录错一位")
    (score,) = judged.report().scores
    assert (score.reason, len(score.earlier)) == ("录错一位", 2)


def test_weights_change_by_amendment_alone_once_marks_stand_and_criteria_never(judged):
    judged.sets(**PLAIN, method="borda")
    judged.gives("J1", "晨曦", 90)
    with pytest.raises(BadInput, match="写明原因"):
        judged.sets(**PLAIN, method="trimmed")
    judged.sets(**PLAIN, method="trimmed", reason="评委会决定")
    with pytest.raises(Refused, match="标准、满分和档差不能再改"):
        judged.sets(criteria=(("总评", 1),), scale=10, step=100, reason="换")
    line = judged.line()
    assert (line.round.method, line.reason, [each.body["method"] for each in line.earlier]) == (
        "trimmed",
        "评委会决定",
        ["raw", "borda"],
    )


def test_a_round_that_is_over_takes_nothing_until_its_end_is_later(judged):
    judged.sets(**PLAIN, closes_at="2023-06-02T10:00:00+00:00")
    judged.gives("J1", "晨曦", 90)
    judged.node.clock.move(days=3)
    with pytest.raises(Refused, match="已经截止"):
        judged.gives("J2", "晨曦", 80)
    judged.sets(**PLAIN, closes_at="2023-07-02T10:00:00+00:00", reason="延期")
    judged.gives("J2", "晨曦", 80)


def test_what_may_not_be_marked_is_refused_by_name(judged):
    judged.has_work("没分的", "3504")
    with pytest.raises(Refused, match="“没分的”没有分给这位评委"):
        judged.gives("J1", "没分的", 90)
    judged.node.do(lambda w: revoke_entry(w, row_of(w, ENTRIES, judged.works["炉火"]), "参选", "侵权"))
    with pytest.raises(Refused, match="不在这一轮里"):
        judged.gives("J1", "炉火", 90)
    with pytest.raises(Refused, match="还没有一份评分"):
        judged.opened()
    judged.gives("J1", "晨曦", 90)
    judged.opened()
    with pytest.raises(Refused, match="开启（评审结束）"):
        judged.opened()
    judged.node.do(close, judged.activity, "结束")
    with pytest.raises(Refused):
        judged.gives("J1", "晨曦", 80, reason="晚了")


def test_one_press_takes_an_assignment_back_and_the_same_seed_gives_it_again(judged):
    before = judged.plan().seats.assigned
    batch = judged.node.see(lambda r: r.value("select batch from facts where kind = 'judge_assigned' limit 1"))
    judged.node.withdraws(batch)
    assert judged.plan().seats.assigned == frozenset()
    assert frozenset(judged.plan().assigned.pairs) == before


def test_outside_judges_need_a_unit_and_one_whose_unit_nobody_knows_is_given_nothing(contest):
    person = contest.node.joins("35", "外聘", kind="outside")
    with pytest.raises(BadInput, match="工作单位"):
        contest.node.do(name_judge, contest.node.person(person), contest.activity, "", "影视")
    contest.has_work("晨曦", "3502")
    contest.has_judge("J1", "3507")
    contest.sets()
    assert contest.plan(per_work=2).assigned.short == ((contest.works["晨曦"], 1, 2),)


def test_two_answers_that_did_not_know_of_each_other_are_told_without_what_they_say(tmp_path):
    cast = Cast(tmp_path)
    root, host = cast.root(lessons=()), cast.new("福州")
    root.enrols(host, "35")
    here = Contest(root).opens()
    here.has_work("甲", "3502"), here.has_judge("J1", "3507")
    here.sets(**PLAIN)
    here.assigns(per_work=1)
    root.gives(host)
    there = Contest(host)
    there.works, there.judges = here.works, here.judges
    here.gives("J1", "甲", 60), there.gives("J1", "甲", 90)
    host.sends(root)
    told = root.see(twofold, here.activity, here.line())
    assert told == [(here.works["甲"], here.judges["J1"])]
    here.gives("J1", "甲", 90)
    assert root.see(twofold, here.activity, here.line()) == [], "said anew it replaces both"
    here.opened()
    (score,) = here.report().scores
    assert (score.marks, len(score.earlier)) == ({"总评": 9000}, 2)
    cast.close()


def test_what_is_left_is_told_before_the_activity_is_closed(judged):
    judged.gives("J1", "晨曦", 90)
    world = judged.node.world
    told = {each.words: each.count for each in judged.node.see(unfinished, world, judged.activity)}
    assert (told["还没有开启的评审"], told["还没有交的评分"]) == (1, 5)


@pytest.mark.drawn(whole=40, usual=4)
def test_marks_by_packs_in_any_order_equal_direct_ones(tmp_path, seed):
    dice = random.Random(seed)
    cast = Cast(tmp_path)
    root, host = cast.root(lessons=()), cast.new("福州")
    root.enrols(host, "35")
    root.do(open_activity, "video-contest-2024", "sp")
    root.gives(host)
    here, there = Contest(host), Contest(root)
    for title, unit in (("甲", "3502"), ("乙", "3503"), ("丙", "3504")):
        here.has_work(title, unit)
    for name in ("J1", "J2"):
        here.has_judge(name, "3507")
    here.sets(**PLAIN)
    host.sends(root)
    there.works, there.judges = here.works, here.judges
    assert here.plan(per_work=2).assigned == there.plan(per_work=2).assigned, "one seed, two laptops, the same pairs"
    there.assigns(per_work=2)
    root.gives(host)
    for _ in range(12):
        side = dice.choice((here, there))
        side.gives(dice.choice(("J1", "J2")), dice.choice("甲乙丙"), dice.randint(0, 100))
        if dice.random() < 0.4:
            (host.sends(root) if dice.random() < 0.5 else root.gives(host))
    packs = [host.packed(root.id), root.packed(host.id)]
    for pack, node in dice.sample([(packs[0], root), (packs[1], host), (packs[0], root)], 3):
        node.takes(pack)
    host.sends(root), root.gives(host)
    tables = [node.see(lambda r: r.all("select * from scores order by entry, judge")) for node in (root, host)]
    assert tables[0] == tables[1] != []
    assert root.hash == root.rebuilt()
    there.opened()
    root.gives(host)
    assert here.report().told() == there.report().told()
    cast.close()
