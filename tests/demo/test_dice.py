"""Chance that repeats."""

from __future__ import annotations

import pytest

from campmgr.demo.dice import Dice


def test_dice_of_one_name_throw_the_same_on_every_machine():
    dice, same = Dice("lesson"), Dice("lesson")
    assert [dice.below(100) for _ in range(10)] == [88, 94, 4, 91, 85, 97, 40, 32, 4, 73]
    assert [same.below(100) for _ in range(10)] == [88, 94, 4, 91, 85, 97, 40, 32, 4, 73]


def test_dice_of_other_names_throw_differently():
    ones, others = Dice("class", 1), Dice("class", 2)
    assert [ones.below(10**6) for _ in range(20)] != [others.below(10**6) for _ in range(20)]


def test_between_reaches_both_ends_and_nothing_beyond():
    dice = Dice("ends")
    assert {dice.between(3, 6) for _ in range(200)} == {3, 4, 5, 6}


def test_a_shuffle_loses_nothing_and_changes_the_order():
    mixed = Dice("shuffle").shuffled(range(50))
    assert sorted(mixed) == list(range(50)) != mixed


def test_weights_are_kept_to_roughly_and_nothing_is_never_chosen():
    dice = Dice("weights")
    drawn = [dice.weighted(((90, "often"), (0, "never"), (10, "seldom"))) for _ in range(1000)]
    assert set(drawn) == {"often", "seldom"}
    assert 850 < drawn.count("often") < 950


def test_without_any_weight_there_is_no_choice():
    with pytest.raises(ValueError, match="no weight"):
        Dice("nothing").weighted(((0, "a"),))
