"""Doubtful marks are named with their reason, whatever came first; nothing is taken off the hours."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campmgr.areas.hours.rules.doubts import Doubter, MarkSeen, doubt_sentence
from campmgr.areas.hours.rules.lesson import Lesson, Mark
from campmgr.areas.whole import CATALOGUE

CAMP = CATALOGUE.book.preset("escape-drill-2023")  # warm-up 20 to 30 May, live from 31 May
LESSONS = {
    "V1": Lesson("V1", "家庭用电安全", 100, 60, "科普视频", ""),
    "L1": Lesson("L1", "火场逃生直播", 100, 60, "专家直播", "", starts_at="2023-06-10T11:00:00Z"),  # 19:00 here
    "X": Lesson("X", "全部课程", 800, 1000, "科普视频", ""),
}
FACT = "ab" * 32


def seen(lesson: str, day: str, minutes: int | None, recorded_at: str = "2023-06-20T12:00:00+08:00") -> MarkSeen:
    return MarkSeen(Mark(FACT, lesson, day, minutes, "own"), recorded_at)


def doubts(*some: MarkSeen):
    return Doubter(CAMP, LESSONS).doubts(some)


@pytest.mark.parametrize(("mark", "matters"), [
    (seen("V1", "2023-06-10", 60), []),
    (seen("V1", "2023-06-10", None), []),
    (seen("V1", "2023-06-10", 61), ["longer_than_lesson"]),
    (seen("V1", "2023-06-10", 40, "2023-06-10T00:40:00+08:00"), []),
    (seen("V1", "2023-06-10", 41, "2023-06-10T00:40:00+08:00"), ["longer_than_clock"]),
    (seen("V1", "2023-06-10", None, "2023-06-10T00:40:00+08:00"), []),  # a whole class, marked as the lesson begins
    (seen("L1", "2023-06-10", 20, "2023-06-10T19:20:00+08:00"), []),
    (seen("L1", "2023-06-10", 21, "2023-06-10T19:20:30+08:00"), ["longer_than_clock"]),
    (seen("L1", "2023-06-10", 30, "2023-06-10T18:00:00+08:00"), []),  # recorded before it began: the day itself has room
    (seen("L1", "2023-06-09", None), ["impossible_day"]),
    (seen("V1", "2023-06-21", None), ["impossible_day"]),  # recorded on the 20th
    (seen("V1", "2023-05-19", None), ["impossible_day"]),  # before the warm-up
    (seen("V1", "2023-05-20", None), []),
    (seen("unknown", "2033-05-20", 900), []),
])  # fmt: skip
def test_what_is_doubtful(mark, matters):
    assert [each.matter for each in doubts(mark)] == matters


def test_a_day_of_more_than_sixteen_hours_is_doubtful_once():
    some = [seen("X", "2023-06-10", 960), seen("X", "2023-06-10", 900), seen("V1", "2023-06-10", 1)]
    assert doubts(*some[:2]) == []
    found = doubts(*some)
    assert [(each.matter, each.detail) for each in found] == [("long_day", ("2023-06-10", 961, 960))]
    assert doubt_sentence(*found[0]) == "2023-06-10 一天登记了 16.01 小时的学习，超过 16.00 小时。"


def test_the_limit_of_a_day_is_a_setting():
    rules = CAMP.with_change("doubts.day_minutes", "0")
    assert Doubter(rules, LESSONS).doubts([seen("X", "2023-06-10", 1000), seen("V1", "2023-06-10", 60)]) == []


def test_every_doubt_reads_as_a_sentence():
    some = [seen("V1", "2023-06-10", 500, "2023-06-10T00:40:00+08:00"), seen("L1", "2023-06-09", None)]
    assert [doubt_sentence(*each) for each in doubts(*some)] == [
        "一次登记 500 分钟，比课程全长 60 分钟还多；多出的不计课时。",
        "登记了 500 分钟，但到登记那一刻当天最多只可能学 40 分钟。",
        "日期 2023-06-09 早于直播开始的日期。",
    ]
    assert doubt_sentence("of_2030", ()) == doubt_sentence("long_day", (1,)) == "较新版本标出的存疑。"


marks = st.lists(
    st.builds(
        seen,
        st.sampled_from(["V1", "L1", "X", "none"]),
        st.sampled_from(["2023-05-19", "2023-06-10", "2023-06-11", "2030-01-01"]),
        st.none() | st.integers(1, 1440),
        st.sampled_from(["2023-06-10T09:00:00+08:00", "2023-06-11T20:30:00+08:00", "no time"]),
    ),
    max_size=8,
)


@given(marks, st.randoms(use_true_random=False))
def test_no_order_of_arrival_makes_another_doubt(some, chance: random.Random):
    mixed = some[:]
    chance.shuffle(mixed)
    assert sorted(doubts(*mixed)) == sorted(doubts(*some))


def test_a_lesson_that_is_put_right_clears_the_doubt():
    longer = {**LESSONS, "V1": replace(LESSONS["V1"], length_minutes=90)}
    assert Doubter(CAMP, longer).doubts([seen("V1", "2023-06-10", 61)]) == []
