"""The worked examples of the contest's notice on judging, by their numbers, through the program's own doors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from campmgr.errors import Refused
from tests.judging.stage import Contest
from tests.kit.story import Cast

MARKS = {"J1": {"A": 90, "B": 80, "C": 70, "D": 60}, "J2": {"A": 70, "B": 74, "C": 72, "D": 68}, "J3": {"B": 88, "C": 92, "D": 84}}


@pytest.fixture(scope="module")
def panel(tmp_path_factory) -> Iterator[Contest]:
    """Example 7: three judges, four works; J3 is of the city that A is of."""
    node = Cast(tmp_path_factory.mktemp("panel")).root(lessons=())
    contest = Contest(node).opens()
    for title, unit in (("A", "3502"), ("B", "3503"), ("C", "3504"), ("D", "3505")):
        contest.has_work(title, unit)
    for name, unit in (("J1", "3507"), ("J2", "3508"), ("J3", "3502")):
        contest.has_judge(name, unit)
    contest.sets(criteria=(("总评", 1),), scale=100, step=100)
    contest.assigns()
    for judge, given in MARKS.items():
        for title, mark in given.items():
            contest.gives(judge, title, mark)
    with pytest.raises(Refused, match="任何人都看不到分数"):
        contest.report()
    contest.opened()
    yield contest
    node.close()


PLACES = [
    # number, method, without whom, score by work with the best first
    (7, "raw", "", {"B": "80.6667", "A": "80.0000", "C": "78.0000", "D": "70.6667"}),
    (7, "centred", "", {"A": "84.0909", "B": "79.7576", "C": "77.0909", "D": "69.7576"}),
    (7, "standard", "", {"B": "80.6667", "A": "80.0000", "C": "78.0000", "D": "70.6667"}),
    (7, "borda", "", {"B": "72.2222", "A": "66.6667", "C": "66.6667", "D": "0.0000"}),
    (8, "raw", "J3", {"A": "80.0000", "B": "77.0000", "C": "71.0000", "D": "64.0000"}),
    (8, "raw", "J1", {"C": "82.0000", "B": "81.0000", "D": "76.0000", "A": "70.0000"}),
    (8, "raw", "J2", {"A": "90.0000", "B": "84.0000", "C": "81.0000", "D": "72.0000"}),
]


@pytest.mark.parametrize(("number", "method", "without", "scores"), PLACES)
def test_places(panel, number, method, without, scores):
    report = panel.report(method=method, without=without)
    assert panel.scores(report) == scores, number
    told = [(panel.title(row.work.entry), row.place) for row in report.rows]
    best = sorted(scores.values(), key=float, reverse=True)
    assert dict(told) == {title: best.index(score) + 1 for title, score in scores.items()}, "equals share a place"


def test_7_with_the_preset_nobody_is_adjusted_and_all_are_named(panel):
    assert set(panel.report().unadjusted) == set(panel.judges.values())


def test_9_judges_do_not_agree(panel):
    told = panel.report().told()
    assert told["agreement"] == {"alpha": "-0.2179", "per_criterion": {"总评": "-0.2179"}}


def test_7_the_recused_work_stands_on_two_marks_and_says_so(panel):
    notes = {panel.title(row["entry"]): row["note"] for row in panel.report().told()["rows"]}
    assert notes == {"A": "只有 2 份评分，少于 3", "B": "", "C": "", "D": ""}


@pytest.mark.parametrize(
    ("number", "weights", "score"), [(6, (1, 1, 1, 1, 1, 1), "80.0000"), (6, (25, 15, 20, 15, 15, 10), "79.5000")]
)
def test_weights(contest, number, weights, score):
    contest.has_work("甲", "3502")
    contest.has_judge("评", "3503")
    names = ("科学性", "故事性", "创新性", "艺术性", "传播性", "趣味性")
    contest.sets(criteria=tuple(zip(names, weights, strict=True)), per_work=1)
    contest.assigns(per_work=1)
    contest.gives("评", "甲", 9, 8, 7, 8, 6, 10)
    contest.opened()
    assert contest.scores(contest.report()) == {"甲": score}, number


@pytest.mark.parametrize(
    ("number", "marks", "trimmed", "mean"),
    [
        (10, (95, 88, 86, 84, 60), "86.0000", "82.6000"),
        (10, (90, 90, 80, 70, 70), "80.0000", "80.0000"),
        (10, (95, 88, 86, 84), "88.2500", "88.2500"),
    ],
)
def test_trimmed(contest, number, marks, trimmed, mean):
    contest.has_work("甲", "3502")
    for each in range(len(marks)):
        contest.has_judge(f"评{each}", "3503")
    contest.sets(criteria=(("总评", 1),), scale=100, step=100, per_work=len(marks), method="trimmed")
    contest.assigns(per_work=len(marks))
    for each, mark in enumerate(marks):
        contest.gives(f"评{each}", "甲", mark)
    contest.opened()
    (row,) = contest.report().rows
    assert (f"{row.score}", f"{row.figures.raw}") == (trimmed, mean), number
    assert row.figures.trimmed_off == (len(marks) >= 5)


def test_12_an_abstention_is_no_mark_and_the_row_says_how_many_there_are(contest):
    contest.has_work("A", "3502")
    for name in ("J1", "J2"):
        contest.has_judge(name, "3503")
    contest.sets(criteria=(("总评", 1),), scale=100, step=100)
    contest.assigns(per_work=2)
    contest.gives("J1", "A", 90)
    contest.gives("J2", "A", None)
    contest.opened()
    (row,) = contest.report().rows
    assert (f"{row.score}", row.thin) == ("90.0000", "只有 1 份评分，少于 3")


def test_16_the_same_seed_gives_the_same_pairs(contest):
    for each in range(10):
        contest.has_work(f"作{each}", "350211" if each < 2 else "3505")
    for each, unit in enumerate(("3502", "3506", "3507", "3508", "3509"), 1):
        contest.has_judge(f"J{each}", unit)
    contest.sets()
    plan = contest.plan(seed="种子")
    assert set(plan.assigned.loads.values()) == {6}
    assert {(contest.title(each.entry), each.why) for each in plan.recused} == {("作0", "same_city"), ("作1", "same_city")}
    assert contest.plan(seed="种子").assigned == plan.assigned != contest.plan(seed="别的").assigned
