"""Who gets which award: slots, ties at the last of them, fit notes; the examples of the build."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from campmgr.areas.judging.rules.award_list import (
    AwardChange,
    AwardRow,
    AwardStep,
    amended,
    amendment_digest,
    changes_between,
    digest_of,
    unroll,
)
from campmgr.areas.judging.rules.giving import Award, Filled, Ranked, Terms, fill, passed_over, places_of


def ranked(**scores: float) -> list[Ranked]:
    """Works by their scores, each marked by three judges."""
    order = sorted(scores, key=lambda each: (-scores[each], each))
    return [Ranked(each, 1 + sum(other > scores[each] for other in scores.values()), round(10_000 * scores[each]), 3)
            for each in order]  # fmt: skip


def said(filled: Filled) -> str:
    return " ".join(f"{each.award}:{each.entry}" for each in filled.rows)


LEVEL = ranked(A=80.6667, B=80.6667, C=70)
GOLD = (Award("金奖", 1),)


@pytest.mark.parametrize(
    ("at_cut", "right"), [("all", "金奖:A 金奖:B"), ("tie_break", "金奖:B"), ("none_beyond", "")], ids=["all", "broken", "none"]
)
def test_one_slot_and_two_works_of_one_score(at_cut, right):
    filled = fill(GOLD, LEVEL, {}, Terms(at_cut, merit={"A": Fraction(7), "B": Fraction(9), "C": Fraction(9)}.__getitem__))
    assert said(filled) == right
    assert (filled.cuts[0].entries, filled.cuts[0].drawn) == (("A", "B"), False)


def test_what_the_criterion_leaves_open_is_drawn_by_the_seed():
    got = {said(fill(GOLD, LEVEL, {}, Terms("tie_break", seed=f"{seed}"))) for seed in range(20)}
    assert got == {"金奖:A", "金奖:B"}
    assert fill(GOLD, LEVEL, {}, Terms("tie_break", seed="1")).cuts[0].drawn
    assert fill(GOLD, LEVEL, {}, Terms("tie_break", seed="1")) == fill(GOLD, LEVEL, {}, Terms("tie_break", seed="1"))


FOUR = ranked(A=90, B=85, C=80, D=75)


def test_awards_go_by_order_and_one_work_has_one():
    assert said(fill((Award("金奖", 1), Award("银奖", 2)), FOUR, {}, Terms())) == "金奖:A 银奖:B 银奖:C"


def test_a_fit_note_goes_before_the_order_and_stands_in_the_row():
    awards = (Award("金奖", 1), Award("主题奖", 1))
    filled = fill(awards, FOUR, {("主题奖", "C"): "主题最贴切"}, Terms())
    assert said(filled) == "金奖:A 主题奖:C"
    assert filled.rows[1].fit == "主题最贴切"
    assert passed_over(filled, FOUR, awards) == {"B": ("主题奖",)}


def test_a_work_kept_for_a_later_award_leaves_its_place_to_the_next():
    awards = (Award("金奖", 1), Award("主题奖", 1))
    assert said(fill(awards, FOUR, {("主题奖", "A"): "主题"}, Terms())) == "金奖:B 主题奖:A"
    assert said(fill(awards, FOUR, {("主题奖", "A"): "主题"}, Terms(per_entry=2))) == "金奖:A 主题奖:A"


def test_an_award_without_a_number_goes_to_fit_notes_alone():
    assert said(fill((Award("特别奖", None),), FOUR, {("特别奖", "D"): "特别"}, Terms())) == "特别奖:D"


def test_more_fit_notes_than_slots_are_named():
    fits = {("主题奖", "A"): "一", ("主题奖", "B"): "二"}
    assert fill((Award("主题奖", 1),), FOUR, fits, Terms()).over == ("主题奖",)


def test_an_award_of_one_class_takes_none_of_another_and_may_stay_empty():
    filled = fill((Award("图片奖", 2, frozenset("C")), Award("视频奖", 1, frozenset("ABD"))), FOUR, {}, Terms())
    assert said(filled) == "图片奖:C 视频奖:A"
    assert filled.empty == {"图片奖": 1}


@pytest.mark.drawn(whole=2_000, usual=60)
def test_slots_are_kept_whatever_is_drawn(draws):
    for seed in range(draws):
        dice = random.Random(seed)
        works = ranked(**{f"w{at}": dice.randint(0, 6) for at in range(dice.randint(1, 12))})
        awards = [Award(f"奖{at}", dice.randint(0, 4)) for at in range(dice.randint(1, 4))]
        at_cut = dice.choice(("all", "tie_break", "none_beyond"))
        filled = fill(awards, works, {}, Terms(at_cut, seed=str(seed)))
        scores = [each.score for each in filled.rows]
        assert scores == sorted(scores, reverse=True), seed
        assert len({each.entry for each in filled.rows}) == len(filled.rows), seed
        for award in awards:
            got = [each for each in filled.rows if each.award == award.name]
            assert len(got) <= (award.slots or 0) or (at_cut == "all" and len({each.score for each in got[-2:]}) == 1), seed
            if at_cut == "tie_break":
                left = len(works) - sum(len([one for one in filled.rows if one.award == other.name]) for other in awards)
                assert len(got) == award.slots or left == 0, seed


def frozen(*rows: AwardRow) -> dict[str, object]:
    content: dict[str, object] = {"number": 1, "rows": [list(each) for each in rows]}
    return content | {"digest": digest_of(content)}


GOLD_A, SILVER_B, GOLD_B = (
    AwardRow("金奖", 1, "A", 900_000, "u"),
    AwardRow("银奖", 2, "B", 850_000, "u"),
    AwardRow("金奖", 2, "B", 850_000, "u"),
)


def step(digest: str, amendment: int, strike: str, refill: str, *changes: AwardChange) -> AwardStep:
    bare = AwardStep(amendment, changes, strike, refill, "查实抄袭", "")
    return bare._replace(digest=amendment_digest(1, digest, bare))


def test_a_struck_gold_leaves_its_slot_empty():
    content = frozen(GOLD_A, SILVER_B)
    now = unroll(content, [step(str(content["digest"]), 1, "A", "strike", AwardChange(GOLD_A, None))])
    assert (now.rows, now.struck, now.vacant, now.whole) == ((SILVER_B,), ("A",), (GOLD_A,), True)


def test_a_refilled_gold_shows_before_and_after():
    content = frozen(GOLD_A, SILVER_B)
    changes = changes_between((GOLD_A, SILVER_B), (GOLD_B,))
    assert changes == (AwardChange(GOLD_A, None), AwardChange(SILVER_B, None), AwardChange(None, GOLD_B))
    now = unroll(content, [step(str(content["digest"]), 1, "A", "refill", *changes)])
    assert (now.rows, now.vacant, now.whole) == ((GOLD_B,), (), True)
    assert [AwardChange.read(each.told()) for each in changes] == list(changes)


def test_one_changed_word_breaks_the_chain():
    content = frozen(GOLD_A, SILVER_B)
    good = step(str(content["digest"]), 1, "A", "strike", AwardChange(GOLD_A, None))
    for bad in (
        good._replace(reason="别的"),
        good._replace(amendment=2),
        good._replace(refill="refill"),
        good._replace(changes=()),
    ):
        assert not unroll(content, [bad]).whole
    assert not unroll({**content, "rows": []}, []).whole


def test_amending_by_what_lies_between_gives_the_other_list():
    dice = random.Random(5)
    for _ in range(200):
        one, other = (
            tuple(AwardRow(award, at, f"w{at}", 100 - at, "u") for award in "金银" for at in range(9) if dice.random() < 0.4)
            for _ in range(2)
        )
        assert set(amended(one, changes_between(one, other))) == set(other)


def test_an_award_goes_down_to_a_place_among_its_own_works():
    films, pictures = frozenset("AB"), frozenset("CD")
    assert places_of([Award("金奖", 1), Award("银奖", 2)]) == {"金奖": 1, "银奖": 3}
    assert places_of([Award("特别", None), Award("图", 1, pictures), Award("片", 2, films), Award("图二", 2, pictures)]) == {
        "图": 1, "片": 2, "图二": 3}  # fmt: skip
    assert places_of([Award("图", 1, pictures), Award("金奖", 1)]) == {"图": 1}, "who has 图 stands in the way of 金奖"
    assert places_of([Award("图", 1, pictures), Award("主题", 1, frozenset("AC"))]) == {"图": 1}
