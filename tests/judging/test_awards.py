"""From an opened round to a list, and from a gold to its recall; the examples of the build through the program's own doors."""

from __future__ import annotations

import json
import re

import pytest

from campmgr.areas.activities.actions import amend
from campmgr.areas.judging.actions.awards import amend_awards, drafted_awards, freeze_awards, note_fit, propose_awards, set_task
from campmgr.areas.judging.files.award_papers import minutes_paper
from campmgr.areas.judging.queries.award_lists import award_list, tasks_of, verify_awards
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts import world as worlds
from tests.judging.stage import Contest

MARKS = {
    "J1": {"A": 90, "B": 80, "C": 70, "D": 60},
    "J2": {"A": 70, "B": 74, "C": 72, "D": 68},
    "J3": {"A": 80, "B": 88, "C": 92, "D": 84},
}
"""Means: A 80, B 80.6667, C 78, D 70.6667."""


class Awarded:
    """A contest with an opened round and awards by rules that a test says."""

    def __init__(self, contest: Contest) -> None:
        self.contest = contest
        self.authors: dict[str, str] = {}

    def opens(self, marks=MARKS, per_work: int = 3, criteria=(("总评", 1),), **rules: object) -> Awarded:
        stage = self.contest
        for title, unit in zip("ABCDE", ("3502", "3503", "3504", "3505", "3506"), strict=True):
            if any(title in own for own in marks.values()):
                stage.has_work(title, unit)
        for name in marks:
            stage.has_judge(name, "3507")
        stage.sets(criteria=criteria, scale=100, step=100)
        stage.assigns(per_work=per_work)
        for judge, own in marks.items():
            for title, mark in own.items():
                told = mark if isinstance(mark, tuple) else (mark,)
                stage.gives(judge, title, *told)
        stage.opened()
        if rules:
            self.rules(**rules)
        return self

    def rules(self, **said: object) -> None:
        typed = {f"awards.{key}": json.dumps(told) if isinstance(told, tuple) else told for key, told in said.items()}
        self.contest.node.do(amend, self.contest.activity, typed, "定规则")

    def asks(self, question, *args, **named):
        def ask(r):
            world = worlds.load(r)
            return question(r, world, self.contest.activity_in(world), *args, **named)

        return self.contest.node.see(ask)

    def does(self, verb, *args, **named):
        return self.contest.node.do(verb, self.contest.activity, *args, **named)

    def draft(self) -> str:
        draft, _ = self.asks(drafted_awards, "初评")
        return " ".join(f"{row.given.award}:{row.title}" for row in draft.rows)

    def fits(self, title: str, award: str, reason: str = "主题最贴切") -> None:
        self.does(note_fit, self.contest.works[title], award, reason)

    def freezes(self, **said) -> int:
        return self.does(freeze_awards, **said)

    def rows(self, number: int = 1) -> str:
        listed = self.asks(award_list, number)
        return " ".join(f"{row.award}:{listed.title(row.line)}" for row in listed.now.rows)

    def verdict(self, number: int = 1) -> tuple[bool, tuple[str, ...]]:
        found = self.asks(verify_awards, number)
        return found.equal, found.differences

    def tasks(self, number: int = 1) -> dict[str, list[str]]:
        listed = self.asks(award_list, number)
        found: dict[str, list[str]] = {}
        for each in self.contest.node.see(tasks_of, self.contest.activity, listed):
            found.setdefault(each.title, []).append(f"{each.task} {each.state}")
        return found


@pytest.fixture
def awarded(contest) -> Awarded:
    return Awarded(contest)


def test_a_closed_round_gives_no_award(awarded):
    with pytest.raises(Refused, match="还没有开启的评审"):
        awarded.freezes()


def test_an_award_of_one_class_says_on_whom_it_hangs(awarded):
    """B A C D; without J1 C B D A, without J2 A C B D, without J3 A B C D, by places B C A D: all are of one class."""
    awarded.opens(classes=("金奖=1", "优秀作品（音视频类）=1"))
    draft, _ = awarded.asks(drafted_awards, "初评")
    assert awarded.draft() == "金奖:B 优秀作品（音视频类）:A"
    words = draft.leaning["优秀作品（音视频类）"]
    told = re.fullmatch("优秀作品（音视频类）依赖评委 (J.、J.、J.) 各一人；换用名次分，优秀作品（音视频类）会不同", words)
    assert told is not None, words
    assert sorted(told[1].split("、")) == ["J1", "J2", "J3"]
    awarded.rules(classes=("优秀作品（音视频类）=4",))
    draft, _ = awarded.asks(drafted_awards, "初评")
    assert "优秀作品（音视频类）" not in draft.leaning, "everybody has one"
    awarded.rules(classes=("金奖=1", "优秀作品（音视频类）=1"))
    awarded.freezes()
    assert "('取决于', '优秀作品（音视频类）依赖评委 J" in minutes(awarded)


def test_awards_go_by_scores(awarded):
    awarded.opens(classes=("金奖=1", "银奖=2"))
    assert awarded.draft() == "金奖:B 银奖:A 银奖:C"
    assert awarded.freezes() == 1
    assert (awarded.rows(), awarded.verdict()) == ("金奖:B 银奖:A 银奖:C", (True, ()))


def test_the_list_says_what_hangs_on_whom(awarded):
    draft, _ = awarded.opens(classes=("金奖=1",)).asks(drafted_awards, "初评")
    assert draft.leaning["金奖"].startswith("金奖依赖评委 ")


LEVEL = {"J1": {"A": (90, 70), "B": (80, 80)}, "J2": {"A": (80, 80), "B": (90, 70)}, "J3": {"A": (80, 80), "B": (75, 85)}}


@pytest.mark.parametrize(
    ("at_cut", "rows"), [("all", "金奖:A 金奖:B"), ("tie_break", "金奖:A"), ("none_beyond", "")], ids=["all", "tie", "none"]
)
def test_11_one_slot_and_two_of_one_score(awarded, at_cut, rows):
    awarded.opens(LEVEL, criteria=(("科学性", 1), ("故事性", 1)), classes=("金奖=1",), at_cut=at_cut, tie_by="科学性")
    assert sorted(awarded.draft().split()) == rows.split()
    draft, _ = awarded.asks(drafted_awards, "初评")
    assert [len(cut.entries) for cut in draft.cuts] == [2]


def test_12_one_mark_alone_needs_a_reason(awarded):
    marks = MARKS | {"J2": MARKS["J2"] | {"B": 74}}
    gaps = {("J2", "A"), ("J3", "A")}
    left = {judge: {title: mark for title, mark in own.items() if (judge, title) not in gaps} for judge, own in marks.items()}
    awarded.opens(left, classes=("金奖=1",))
    draft, _ = awarded.asks(drafted_awards, "初评")
    assert [(row.title, row.few) for row in draft.few] == [("A", "只有 1 份评分，少于 3")]
    with pytest.raises(Refused, match="只有 1 份评分，少于 3，不能定奖"):
        awarded.freezes()
    assert awarded.freezes(remark="两位评委病休，专家组同意") == 1


def test_13_a_note_takes_a_work_before_its_turn(awarded):
    awarded.opens(classes=("金奖=1", "主题奖=1"))
    assert awarded.draft() == "金奖:B 主题奖:A"
    with pytest.raises(BadInput, match="契合度说明"):
        awarded.fits("C", "主题奖", " ")
    awarded.fits("C", "主题奖")
    awarded.freezes()
    assert awarded.rows() == "金奖:B 主题奖:C"
    listed = awarded.asks(award_list, 1)
    assert listed.fits == {("主题奖", awarded.contest.works["C"]): "主题最贴切"}
    assert awarded.verdict() == (True, ())


def test_notes_are_for_awards_and_judged_works(awarded):
    awarded.opens(classes=("金奖=1",))
    with pytest.raises(BadInput, match="没有“银奖”这个奖项"):
        awarded.fits("C", "银奖")
    awarded.contest.has_work("没有评的", "3509")
    with pytest.raises(NotFound, match="没有评分"):
        awarded.fits("没有评的", "金奖")


PRIZES = {"classes": ("金奖=1", "银奖=1"), "prizes": ("金奖=奖杯、证书", "银奖=证书"), "certificate_line": "", "ceremony": ""}


def test_14_a_gold_revoked_and_its_slot_left_empty(awarded):
    awarded.opens(**PRIZES).freezes()
    gold = awarded.contest.works["B"]
    assert awarded.tasks() == {"B": ["奖杯 待办", "证书 待办"], "A": ["证书 待办"]}
    assert awarded.does(amend_awards, 1, "查实抄袭", strike=gold, refill="strike") == 1
    assert (awarded.rows(), awarded.verdict()) == ("银奖:A", (True, ()))
    assert awarded.tasks()["B"] == ["召回奖杯 待办", "召回证书 待办", "追回权益 待办"]
    awarded.does(set_task, 1, gold, "召回奖杯", "已办", "快递寄回")
    assert awarded.tasks()["B"][0] == "召回奖杯 已办"


def test_14_a_gold_revoked_and_the_next_moved_up(awarded):
    awarded.opens(**PRIZES).freezes()
    gold = awarded.contest.works["B"]
    proposal = awarded.asks(propose_awards, awarded.asks(award_list, 1), gold, "refill")
    assert [[each and each.award for each in change] for change in proposal.changes] == [
        ["金奖", None], ["银奖", None], [None, "金奖"], [None, "银奖"]]  # fmt: skip
    assert awarded.does(amend_awards, 1, "查实抄袭", strike=gold, refill="refill") == 1
    assert (awarded.rows(), awarded.verdict()) == ("金奖:A 银奖:C", (True, ()))


def test_a_slot_left_empty_stays_so_when_another_is_filled(awarded):
    awarded.opens(**PRIZES).freezes()
    awarded.does(amend_awards, 1, "查实抄袭", strike=awarded.contest.works["B"], refill="strike")
    awarded.does(amend_awards, 1, "查实抄袭", strike=awarded.contest.works["A"], refill="refill")
    assert (awarded.rows(), awarded.verdict()) == ("银奖:C", (True, ()))


@pytest.mark.parametrize(("strike", "refill", "problem"), [("B", "", BadInput), ("D", "strike", NotFound), ("", "", Refused)])
def test_what_is_no_amendment(awarded, strike, refill, problem):
    awarded.opens(**PRIZES).freezes()
    with pytest.raises(problem):
        awarded.does(amend_awards, 1, "原因", strike=awarded.contest.works.get(strike, ""), refill=refill)
    assert awarded.rows() == "金奖:B 银奖:A"


def test_a_mark_corrected_after_the_freeze_is_found(awarded):
    awarded.opens(**PRIZES).freezes()
    awarded.contest.gives("J1", "A", 99, reason="抄错一行")
    equal, differences = awarded.verdict()
    assert not equal
    assert differences[0].startswith("定奖时：名单上《B》得金奖")


def test_awards_without_numbers_are_an_empty_list(awarded):
    awarded.opens()
    with pytest.raises(Refused, match="这些奖项还没有写名额：综合奖"):
        awarded.freezes()


def test_a_form_sent_twice_freezes_once(awarded):
    awarded.opens(**PRIZES)
    assert [awarded.freezes(client_id="once"), awarded.freezes(client_id="once"), awarded.freezes()] == [1, 1, 2]


def test_a_rebuilt_file_says_the_same(awarded):
    awarded.opens(**PRIZES).freezes()
    awarded.does(amend_awards, 1, "查实抄袭", strike=awarded.contest.works["B"], refill="refill")
    assert awarded.contest.node.hash == awarded.contest.node.rebuilt()


def minutes(awarded: Awarded) -> str:
    """Every line of the minutes of list 1, as text."""
    paper = awarded.asks(lambda r, world, activity: minutes_paper(r, world, activity, "初评", award_list(r, world, activity, 1)))
    return "\n".join(str(row) for part in paper.parts for group in part.groups for row in group.rows)


def test_minutes_of_a_frozen_list_tell_its_ties_and_what_hangs_on_whom(awarded):
    awarded.opens(LEVEL, criteria=(("科学性", 1), ("故事性", 1)), classes=("金奖=1",), at_cut="all", tie_by="").freezes()
    assert "金奖剩 1 个名额，2 件同分：" in minutes(awarded)


def test_minutes_of_a_frozen_list_tell_the_judge_on_whom_a_gold_hangs(awarded):
    awarded.opens(classes=("金奖=1",)).freezes()
    assert "('取决于', '金奖依赖评委 J" in minutes(awarded)
