"""What marks come to: hand-computed examples, and rounds drawn at random against a script of its own."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from campmgr.areas.judging.rules.leaning import first, leaning, leaning_words, standings
from campmgr.areas.judging.rules.methods import Frame, Marked, agreement, alpha_words, placing, reckon, total
from campmgr.areas.judging.settings import METHODS
from tests.judging.methods_oracle import drawn_round, told

THREE = {"J1": {"A": 90, "B": 80, "C": 70, "D": 60}, "J2": {"A": 70, "B": 74, "C": 72, "D": 68}, "J3": {"B": 88, "C": 92, "D": 84}}
"""Three judges' totals for four works; the third comes from A's city."""

SIX = (900, 800, 700, 800, 600, 1000)


def totals(given: dict[str, dict[str, int]]) -> list[Marked]:
    return [Marked(work, judge, (100 * mark,)) for judge, own in given.items() for work, mark in own.items()]


def one_work(*marks: int) -> list[Marked]:
    return totals({f"J{at}": {"A": mark} for at, mark in enumerate(marks)})


def hundred(**said: int) -> Frame:
    return Frame((1,), 100, **said)


def scores(frame: Frame, method: str, given=THREE) -> str:
    found = reckon(totals(given), frame)
    places = placing(found.scores(method))
    return " ".join(f"{place}.{work} {found.works[work].under(method)}" for work, place in places.items())


@pytest.mark.parametrize(("weights", "right"), [((1,) * 6, "80.0000"), ((25, 15, 20, 15, 15, 10), "79.5000")])
def test_six_marks_are_one_total(weights, right):
    assert str(total(SIX, Frame(weights))) == right


@pytest.mark.parametrize(
    ("method", "right"),
    [
        ("raw", "1.B 80.6667 2.A 80.0000 3.C 78.0000 4.D 70.6667"),
        ("trimmed", "1.B 80.6667 2.A 80.0000 3.C 78.0000 4.D 70.6667"),
        ("centred", "1.A 84.0909 2.B 79.7576 3.C 77.0909 4.D 69.7576"),
        ("standard", "1.B 82.9854 2.A 81.5117 3.C 81.1266 4.D 64.2136"),
        ("borda", "1.B 72.2222 2.A 66.6667 2.C 66.6667 4.D 0.0000"),
    ],
)
def test_three_judges_under_each_method(method, right):
    assert scores(hundred(standard_from=3), method) == right


def test_mean_and_spread_of_all_marks():
    found = reckon(totals(THREE), hundred(standard_from=3))
    assert (str(found.mean), str(found.spread), found.unadjusted) == ("77.0909", "9.8853", ())


def test_few_marks_are_not_standardised_and_the_judges_are_named():
    found = reckon(totals(THREE), hundred())
    assert found.unadjusted == ("J1", "J2", "J3")
    assert found.scores("standard") == found.scores("raw")


def test_a_judge_of_equal_marks_has_no_spread():
    found = reckon(totals(THREE | {"J4": dict.fromkeys("ABCD", 75)}), hundred(standard_from=3))
    assert found.unadjusted == ("J4",)


@pytest.mark.parametrize(
    ("judge", "right"),
    [("J3", "1.A 80.0000 2.B 77.0000 3.C 71.0000 4.D 64.0000"),
     ("J1", "1.C 82.0000 2.B 81.0000 3.D 76.0000 4.A 70.0000"),
     ("J2", "1.A 90.0000 2.B 84.0000 3.C 81.0000 4.D 72.0000")],
)  # fmt: skip
def test_without_a_judge(judge, right):
    found = reckon([each for each in totals(THREE) if each.judge != judge], hundred())
    assert " ".join(f"{place}.{work} {found.works[work].raw}" for work, place in placing(found.scores("raw")).items()) == right
    assert standings(totals(THREE), hundred(), "raw").without[judge] == placing(found.scores("raw"))


def test_the_page_says_on_whom_the_gold_depends():
    found = leaning(totals(THREE), hundred(), "raw", 1)
    assert (found.winners, found.without) == (("B",), {"J1": ("C",), "J2": ("A",), "J3": ("A",)})
    words = leaning_words("金奖", found, {"J1": "甲", "J2": "乙", "J3": "丙"})
    assert words == "金奖依赖评委 甲、乙、丙 各一人；换用扣除各评委的宽严，金奖会不同"


def test_an_award_for_some_works_depends_on_their_marks():
    found = leaning(totals(THREE), hundred(), "raw", 1, "CD")
    assert (found.winners, set(found.without.values())) == (("C",), {("C",)})


def test_what_depends_on_nobody_is_not_said():
    found = leaning(totals({judge: {"A": 90, "B": 50} for judge in "abc"}), hundred(), "raw", 1)
    assert leaning_words("金奖", found, {}) == ""


def test_agreement_is_low_and_said_so():
    found = agreement(totals(THREE), hundred())
    assert (str(found.total), [str(each) for each in found.criteria]) == ("-0.2179", ["-0.2179"])
    assert alpha_words(found.total) == "评委意见不一致，名次不宜只看小数"


@pytest.mark.parametrize(
    ("alpha", "words"),
    [(None, "评分之间没有可比的差别"), ("0.7", "评委意见大体一致"), ("0.8", "评委意见一致"), ("1", "评委意见一致")],
)
def test_agreement_in_words(alpha, words):
    assert alpha_words(None if alpha is None else Decimal(alpha)).startswith(words)


@pytest.mark.parametrize(
    ("marks", "raw", "trimmed", "off"),
    [((95, 88, 86, 84, 60), "82.6000", "86.0000", True), ((90, 90, 80, 70, 70), "80.0000", "80.0000", True),
     ((95, 88, 86, 84), "88.2500", "88.2500", False)],
)  # fmt: skip
def test_one_highest_and_one_lowest_are_left_out_from_five_marks(marks, raw, trimmed, off):
    found = reckon(one_work(*marks), hundred()).works["A"]
    assert (str(found.raw), str(found.trimmed), found.trimmed_off) == (raw, trimmed, off)


def test_an_abstention_is_no_low_mark():
    given = {judge: {work: mark for work, mark in own.items() if (judge, work) != ("J2", "A")} for judge, own in THREE.items()}
    found = reckon(totals(given), hundred()).works["A"]
    assert (str(found.raw), found.marks) == ("90.0000", 1)


def test_equals_at_the_last_slot_are_all_first():
    given = {"J1": {"A": 80, "B": 80, "C": 70}}
    found = reckon(totals(given), hundred())
    assert first(placing(found.scores("raw")), 1) == ("A", "B")


def test_a_lone_work_says_nothing_of_order():
    found = reckon(one_work(80, 70), hundred())
    assert found.works["A"].borda is None
    assert placing(found.scores("borda")) == {}
    assert agreement(one_work(80), hundred()).total is None


def test_nothing_marked_is_nothing_reckoned():
    assert reckon([], hundred()).works == {}


@pytest.mark.drawn(whole=500, usual=12)
def test_drawn_rounds_equal_a_script_of_its_own(draws):
    for seed in range(draws):
        dice = random.Random(seed)
        marks, weights, scale, trim_from, standard_from = drawn_round(dice)
        frame = Frame(tuple(weights), scale, trim_from, standard_from)
        rows = [Marked(work, judge, tuple(given)) for judge, own in marks.items() for work, given in own.items()]
        dice.shuffle(rows)
        right, found, agreed = told(marks, weights, scale, trim_from, standard_from), reckon(rows, frame), agreement(rows, frame)
        assert found.unadjusted == tuple(right["unadjusted"]), seed
        for method in METHODS if rows else ():
            assert _texts(found.scores(method)) == right["methods"][method], (seed, method)
            assert placing(found.scores(method)) == right["places"][method], (seed, method)
            for judge, places in standings(rows, frame, method).without.items():
                alone = reckon([each for each in rows if each.judge != judge], frame)
                assert list(places.items()) == list(placing(alone.scores(method)).items()), (seed, method, judge)
        assert (_text(agreed.total), [_text(each) for each in agreed.criteria]) == (right["alpha"], right["criteria"]), seed


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _texts(scores_by_work: dict[str, Decimal | None]) -> dict[str, str | None]:
    return {work: _text(value) for work, value in scores_by_work.items()}
