"""Ties and cuts: every answer below was worked out by hand from the rule's words, none by running the program.

A work is `person:likes`, with `@` the day of June it was published, `~` the day its count was first read, `!` an official
account; a figure after the person tells several works of theirs apart. An answer is `place` and work for each line; then
`+` how many stand beyond the cut because of a tie, `-` how many places stay empty, `~` how many a tie-break left out.
Lots drawn with the seed 2023, the first digits of SHA-256("2023/x"): b 5152, c c336, d cd3f, a f663.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campmgr.areas.whole import CATALOGUE
from campmgr.areas.works.rules.standings import StandingEntry, Standings, rank
from campmgr.areas.works.rules.tie_breaks import TIE_BREAKS, draw
from campmgr.settings.rules import Rules
from tests.works.counted_ranking import counted

CAMP = CATALOGUE.book.preset("escape-drill-2023")
_WORK = re.compile(r"([a-z])(\d*):(\d+)(?:@(\d+))?(?:~(\d+))?(!)?$")

SHARED, RUNNING, BROKEN = {"ties": "1-2-2-4"}, {"ties": "1-2-2-3"}, {"ties": "broken"}
NONE, PARTED = {"at_cut": "none_beyond"}, {"at_cut": "tie_break"}
APART = {"account_lists": "apart"}
DRAWN = {"tie_breaks": "抽签", "draw_seed": "2023"}

CASES = [
    # places
    ("three different counts", {}, 3, "a:9 b:7 c:5", "1a 2b 3c"),
    ("after two seconds comes the fourth", SHARED, 4, "a:9 b:7 c:7 d:5", "1a 2b 2c 4d"),
    ("after two seconds comes the third", RUNNING, 4, "a:9 b:7 c:7 d:5", "1a 2b 2c 3d"),
    ("all equal", SHARED, 3, "a:5 b:5 c:5", "1a 1b 1c"),
    ("two pairs, gaps", SHARED, 5, "a:9 b:9 c:5 d:5 e:1", "1a 1b 3c 3d 5e"),
    ("two pairs, no gaps", RUNNING, 5, "a:9 b:9 c:5 d:5 e:1", "1a 1b 2c 2d 3e"),
    ("no likes at all is a count as well", {}, 2, "a:0 b:0", "1a 1b"),
    ("one work for five places", {}, 5, "b:3", "1b"),
    ("no works", {}, 5, "", ""),
    ("no places", {}, 0, "a:3", ""),
    # all equals at the cut are in
    ("one too many at the cut", {}, 2, "a:9 b:7 c:7 d:5", "1a 2b 2c +1"),
    ("equals end exactly at the cut", {}, 3, "a:9 b:7 c:7 d:5", "1a 2b 2c"),
    ("equals begin long before the cut", {}, 3, "a:9 b:7 c:7 d:7", "1a 2b 2c 2d +1"),
    ("running places change nothing at the cut", RUNNING, 3, "a:9 b:9 c:7 d:7", "1a 1b 2c 2d +1"),
    ("all equal and one place", {}, 1, "a:5 b:5 c:5", "1a 1b 1c +2"),
    # none beyond
    ("the pair does not fit", NONE, 2, "a:9 b:7 c:7", "1a -1"),
    ("the pair fits", NONE, 3, "a:9 b:7 c:7 d:5", "1a 2b 2c"),
    ("nobody fits", NONE, 2, "a:5 b:5 c:5", "-2"),
    ("three equals for two places", NONE, 4, "a:9 b:8 c:7 d:7 e:7", "1a 2b -2"),
    ("fewer works than places", NONE, 9, "a:1 b:1", "1a 1b"),
    # a tie-break at the cut; places stay shared
    ("published earlier is in", PARTED, 2, "a:9 b:7@3 c:7@2", "1a 2c ~1"),
    ("two of three, listed by their day", PARTED, 2, "a:7@3 b:7@2 c:7@1", "1c 1b ~1"),
    ("same day, the count was seen earlier", PARTED, 2, "a:9 b:7@2~5 c:7@2~4", "1a 2c ~1"),
    ("no day told stands behind", PARTED, 1, "a:7 b:7@9", "1b ~1"),
    ("nothing tells them apart, no seed: both in", PARTED, 1, "a:7@1~1 b:7@1~1", "1a 1b +1"),
    ("the first is told apart, the others are not", PARTED, 2, "a:9@1 b:9@2 c:9@2", "1a 1b 1c +1"),
    ("the camp's own order of grounds", PARTED | {"tie_breaks": "先达到该点赞数、发布较早"}, 1, "a:7@1~5 b:7@2~4", "1b ~1"),
    ("equals inside the list are listed by the tie-break", PARTED, 3, "a:9 b:7@2 c:7@1 d:5", "1a 2c 2b"),
    ("drawn at the cut", PARTED | DRAWN, 3, "a:7 b:7 c:7 d:7", "1b 1c 1d ~1"),
    ("drawn only where the day does not tell", PARTED | {"draw_seed": "2023"}, 2, "a:7@1 b:7@2 c:7@2", "1a 1b ~1"),
    # broken everywhere
    ("published earlier has the better place", BROKEN, 4, "a:9 b:7@2 c:7@1 d:5", "1a 2c 3b 4d"),
    ("still equal, still shared", BROKEN, 3, "a:7@1 b:7@1 c:5", "1a 1b 3c"),
    ("broken at the cut", BROKEN, 1, "a:7@2 b:7@1", "1b ~1"),
    ("still equal at the cut, all in", BROKEN, 2, "a:9 b:7@1 c:7@1", "1a 2b 2c +1"),
    ("still equal at the cut, none beyond", BROKEN | NONE, 2, "a:9 b:7@1 c:7@1", "1a -1"),
    ("every place drawn", BROKEN | DRAWN, 4, "a:7 b:7 c:7 d:7", "1b 2c 3d 4a"),
    # several works of a person
    ("the best counts", {}, 3, "a1:5 a2:9 b1:7", "1a2 2b1"),
    ("of equal works the one published earlier stands for the person", BROKEN, 3, "a1:9@2 a2:9@1 b1:9@3", "1a2 2b1"),
    ("the sum counts, named by the best", {"per_person": "sum"}, 3, "a1:4 a2:5 b1:8", "1a2 2b1"),
    ("a sum equals a single work", {"per_person": "sum"}, 1, "a1:5 a2:4 b1:9", "1a1 1b1 +1"),
    ("a sum was reached with its last work", BROKEN | {"per_person": "sum", "tie_breaks": "先达到该点赞数"}, 2,
     "a1:5~1 a2:4~9 b1:9~8", "1b1 2a1"),
    ("each work for itself", {"per_person": "each"}, 3, "a1:5 a2:9 b1:7", "1a2 2b1 3a1"),
    ("each work for itself at the cut", {"per_person": "each"}, 2, "a1:5 a2:5 b1:5", "1a1 1a2 1b1 +1"),
    # kinds of account
    ("personal accounts only", {"accounts": "个人号"}, 2, "a:9! b:7", "1b"),
    ("two lists, each with its own cut", APART, 1, "a:9! b:7 c:8! d:5", "1b 1a"),
    ("one person stands in both lists", APART, 2, "a1:9! a2:5 b1:7", "1b1 2a2 1a1"),
    ("a tie at the cut of one of two lists", APART, 1, "a:9! b:9! c:3", "1c 1a 1b +1"),
]  # fmt: skip


def changed(texts: dict[str, str]) -> Rules:
    rules = CAMP
    for name, text in texts.items():
        rules = rules.with_change(f"ranking.{name}", text)
    return rules


def entries_of(text: str) -> list[StandingEntry]:
    found = []
    for each in text.split():
        match = _WORK.match(each)
        assert match is not None, each
        person, number, likes, day, read, official = match.groups()
        published = f"2023-06-{int(day):02}" if day else ""
        reached = f"2023-06-{int(read):02}T10:00:00Z" if read else ""
        found.append(StandingEntry(person, person + number, int(likes), "官方号" if official else "个人号", published, reached))
    return found


def told(standings: Standings) -> str:
    rest = (("+", standings.tied_at_cut), ("-", standings.left_out), ("~", standings.decided_at_cut))
    return " ".join([*(f"{row.place}{row.work}" for row in standings.rows), *(f"{sign}{count}" for sign, count in rest if count)])


@pytest.mark.parametrize(("story", "settings", "limit", "works", "answer"), CASES, ids=[case[0] for case in CASES])
def test_worked_out_by_hand(story, settings, limit, works, answer):
    assert told(rank(changed(settings), entries_of(works), limit)) == answer


def test_a_sum_is_a_lower_bound_when_one_of_its_counts_is():
    works = [StandingEntry("a", "a1", 100_000, "", at_least=True), StandingEntry("a", "a2", 5, ""), StandingEntry("b", "b1", 9, "")]
    assert [(row.likes, row.at_least) for row in rank(changed({"per_person": "sum"}), works).rows] == [(100_005, True), (9, False)]


def test_the_lot_is_what_anyone_can_draw_again():
    assert [draw("2023", work)[:4] for work in "bcda"] == ["5152", "c336", "cd3f", "f663"]
    assert draw("", "a") == ""


made = st.lists(
    st.builds(
        StandingEntry,
        st.sampled_from("abcde"),
        st.sampled_from("uvwxyz"),
        st.integers(0, 3),
        st.sampled_from(["", "个人号", "官方号"]),
        st.sampled_from(["", "2023-06-01", "2023-06-02"]),
        st.sampled_from(["", "2023-06-01T10:00:00Z", "2023-06-02T10:00:00Z"]),
        st.booleans(),
    ),
    max_size=12,
    unique_by=lambda entry: entry.work,
)
settings = st.fixed_dictionaries(
    {
        "ties": st.sampled_from(["1-2-2-4", "1-2-2-3", "broken"]),
        "per_person": st.sampled_from(["best", "sum", "each"]),
        "at_cut": st.sampled_from(["all", "tie_break", "none_beyond"]),
        "tie_breaks": st.permutations(TIE_BREAKS).flatmap(
            lambda order: st.integers(1, 3).map(lambda many: "、".join(order[:many]))
        ),
        "draw_seed": st.sampled_from(["", "2023"]),
        "accounts": st.sampled_from(["个人号、官方号", "官方号"]),
        "account_lists": st.sampled_from(["together", "apart"]),
    }
)


@given(settings, made, st.integers(0, 7), st.randoms(use_true_random=False))
def test_counting_who_stands_in_front_of_whom_gives_the_same_list(texts, works, limit, chance):
    mixed = works[:]
    chance.shuffle(mixed)
    rules = changed(texts)
    standings = rank(rules, mixed, limit)
    assert [(row.place, row.person, row.work, row.likes) for row in standings.rows] == counted(texts, works, limit)
