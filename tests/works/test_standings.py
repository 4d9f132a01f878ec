from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from campmgr.areas.whole import CATALOGUE
from campmgr.areas.works.rules.standings import StandingEntry, describe, rank
from campmgr.areas.works.settings import Ranking

CAMP = CATALOGUE.book.preset("escape-drill-2023")


def changed(**texts: str):
    rules = CAMP
    for name, text in texts.items():
        rules = rules.with_change(f"ranking.{name}", text)
    return rules


def works(*likes: int) -> list[StandingEntry]:
    return [StandingEntry(f"p{at:03}", f"w{at:03}", each, "个人号") for at, each in enumerate(likes)]


def test_three_equals_at_place_one_hundred_are_all_in():
    standings = rank(CAMP, works(*range(1000, 1099), *[7] * 3, 6, 6))
    assert (len(standings.rows), standings.tied_at_cut) == (102, 2)
    assert [row.place for row in standings.rows[-4:]] == [99, 100, 100, 100]


def test_a_tie_that_begins_before_the_cut_keeps_its_place():
    standings = rank(CAMP, works(*range(1000, 1098), 7, 7, 7))
    assert [row.place for row in standings.rows[-3:]] == [99, 99, 99]
    assert standings.tied_at_cut == 1


def test_equals_that_end_exactly_at_the_cut_are_no_tie_beyond_it():
    standings = rank(CAMP, works(*range(1000, 1098), 7, 7, 6))
    assert (len(standings.rows), standings.tied_at_cut, standings.left_out) == (100, 0, 0)


def test_none_beyond_leaves_out_the_equals_that_do_not_all_fit():
    standings = rank(changed(at_cut="none_beyond"), works(*range(1000, 1099), 7, 7, 7))
    assert (len(standings.rows), standings.tied_at_cut, standings.left_out) == (99, 0, 1)
    assert len(rank(changed(at_cut="none_beyond"), works(*range(100))).rows) == 100


def test_fewer_works_than_places():
    standings = rank(CAMP, works(3, 1, 2))
    assert [(row.place, row.likes) for row in standings.rows] == [(1, 3), (2, 2), (3, 1)]
    assert (standings.tied_at_cut, standings.left_out) == (0, 0)
    assert rank(CAMP, []).rows == ()
    assert rank(CAMP, works(1), 0).rows == ()


def test_equal_likes_are_listed_by_person_and_then_work():
    mixed = [StandingEntry("b", "w1", 5, ""), StandingEntry("a", "w9", 5, ""), StandingEntry("a", "w2", 5, "")]
    assert [(row.person, row.work) for row in rank(CAMP, mixed).rows] == [("a", "w2"), ("b", "w1")]
    assert [row.work for row in rank(changed(per_person="each"), mixed).rows] == ["w2", "w9", "w1"]


def test_the_list_may_be_of_one_kind_of_account():
    mixed = [StandingEntry("a", "w1", 9, "官方号"), StandingEntry("a", "w2", 5, "个人号"), StandingEntry("b", "w3", 7, "")]
    assert [row.work for row in rank(CAMP, mixed).rows] == ["w1", "w3"]
    assert [row.work for row in rank(changed(accounts="个人号"), mixed).rows] == ["w3", "w2"]
    assert [row.work for row in rank(changed(accounts="官方号"), mixed).rows] == ["w1"]


entries = st.lists(
    st.builds(
        StandingEntry, st.sampled_from("abcdef"), st.sampled_from("uvwxyz"), st.integers(0, 5), st.sampled_from(["", "官方号"])
    ),
    max_size=14,
    unique_by=lambda entry: entry.work + entry.person,
)
rankings = st.builds(
    changed,
    ties=st.sampled_from(["1-2-2-4", "1-2-2-3"]),
    per_person=st.sampled_from(["best", "sum", "each"]),
    at_cut=st.sampled_from(["all", "none_beyond"]),
)


@given(rankings, entries, st.integers(0, 6), st.randoms(use_true_random=False))
def test_the_order_of_entries_never_matters(rules, mixed, limit, chance: random.Random):
    other = mixed[:]
    chance.shuffle(other)
    assert rank(rules, other, limit) == rank(rules, mixed, limit)


@given(rankings, entries, st.integers(1, 6))
def test_equals_share_a_place_and_are_in_or_out_together(rules, mixed, limit):
    every, standings = rank(rules, mixed, 1000).rows, rank(rules, mixed, limit)
    assert standings.rows == every[: len(standings.rows)]
    for one, next_one in pairwise(every):
        assert (one.place == next_one.place) == (one.likes == next_one.likes)
    if len(standings.rows) < len(every) and standings.rows:
        assert standings.rows[-1].likes > every[len(standings.rows)].likes
    if rules[Ranking].at_cut == "all":
        assert standings.tied_at_cut == max(0, len(standings.rows) - limit)
        assert len(standings.rows) >= min(limit, len(every))
    else:
        assert len(standings.rows) + standings.left_out == min(limit, len(every))


def test_the_rule_is_told_in_words_with_the_cut_off_in_local_time():
    text = describe(changed(cut_off="2023-06-30T18:00", accounts="个人号"))
    assert text == (
        "按点赞数从高到低取前 100 名；每人取点赞最多的一件作品；点赞数相同名次并列，其后名次空出（1、2、2、4）；"
        "末位并列者全部列入；只计个人号发布的作品；点赞数截至 2023-06-30 18:00。"
    )


def test_the_rule_says_when_no_cut_off_is_set():
    assert describe(CAMP).endswith("点赞数以最近一次读取为准，截止时间尚未设定。")
    assert "每件作品单独排名" in describe(changed(per_person="each"))
