"""Every rule of hours against a slow counting that tries everything."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campmgr.areas.hours.rules.credit import credit
from campmgr.areas.hours.rules.lesson import Lesson, Mark
from campmgr.areas.hours.rules.meter import Meter, counted_by_day
from campmgr.areas.hours.settings import Hours
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import parse_instant
from campmgr.settings.rules import Rules

CAMP = CATALOGUE.book.preset("camp")


def ruled(**changes: object) -> Rules:
    rules = CAMP
    for name, value in changes.items():
        rules = rules.with_change(f"hours.{name}", str(value))
    return rules


def bands_of(rules: Rules) -> list[tuple[int, int]]:
    return [(int(least), int(worth)) for least, _, worth in (each.partition("=") for each in rules[Hours].bands)]


def slow_worth(rules: Rules, lesson: Lesson, minutes: int) -> Fraction:
    """Exact hundredths of so many minutes; proportional ones are rounded down for each lesson, as the contract says."""
    counting = min(minutes, max(lesson.length_minutes, 1))
    if rules[Hours].rule == "minutes_per_unit":
        worth = Fraction(100 * counting, rules[Hours].unit_minutes)
    elif rules[Hours].rule == "bands":
        worth = Fraction(max((value for least, value in bands_of(rules) if counting >= max(least, 1)), default=0))
    else:
        worth = Fraction(floor(Fraction(lesson.hundredths * counting, max(lesson.length_minutes, 1))))
    return min(worth, Fraction(rules[Hours].lesson_cap_hundredths)) if rules[Hours].lesson_cap_hundredths else worth


def slow_most(rules: Rules, lesson: Lesson, minutes: int) -> Fraction:
    """The most that a day's minutes of a lesson can bring, whatever was watched before."""
    length = max(lesson.length_minutes, 1)
    counting = min(minutes, length)
    uncapped = rules.with_change("hours.lesson_cap_hundredths", "0")
    befores = range(length - counting + 1)
    most = max(slow_worth(uncapped, lesson, before + counting) - slow_worth(uncapped, lesson, before) for before in befores)
    return min(most, Fraction(rules[Hours].lesson_cap_hundredths)) if rules[Hours].lesson_cap_hundredths else most


def root_of(lessons: dict[str, Lesson], code: str) -> str:
    seen = [code]
    while seen[-1] in lessons and lessons[seen[-1]].replay_of:
        following = lessons[seen[-1]].replay_of
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]


def exclude_each_other(rules: Rules, lessons: dict[str, Lesson], one: str, other: str) -> bool:
    if rules[Hours].live_and_replay == "once" and root_of(lessons, one) == root_of(lessons, other):
        return True
    lives = [lessons[one], lessons[other]]
    if rules[Hours].overlapping_lives != "count_larger" or any(not live.starts_at or live.replay_of for live in lives):
        return False
    (a, a_long), (b, b_long) = ((parse_instant(live.starts_at).timestamp() / 60, max(live.length_minutes, 1)) for live in lives)
    return a < b + b_long and b < a + a_long


def slow_together(rules: Rules, lessons: dict[str, Lesson], worths: dict[str, Fraction]) -> Fraction:
    """The best choice of lessons of which no two exclude each other: every choice is tried."""
    best = Fraction(0)
    for many in range(1, len(worths) + 1):
        for some in combinations(worths, many):
            if not any(exclude_each_other(rules, lessons, one, other) for one, other in combinations(some, 2)):
                best = max(best, sum((worths[code] for code in some), Fraction(0)))
    return best


def slow_by_day(rules: Rules, lessons: dict[str, Lesson], marks: list[Mark]) -> list[tuple[str, int]]:
    counted, cap, result = 0, rules[Hours].day_cap_hundredths, []
    watched: dict[str, int] = {}
    for day in sorted({mark.day for mark in marks}):
        today: dict[str, int] = {}
        for mark in marks:
            if mark.day == day and mark.lesson in lessons:
                minutes = max(lessons[mark.lesson].length_minutes, 1) if mark.minutes is None else mark.minutes
                today[mark.lesson] = max(minutes, today.get(mark.lesson, 0))
        for code, minutes in today.items():
            watched[code] = watched.get(code, 0) + minutes
        earned = floor(slow_together(rules, lessons, {code: slow_worth(rules, lessons[code], watched[code]) for code in watched}))
        most = slow_together(rules, lessons, {code: slow_most(rules, lessons[code], today[code]) for code in today})
        counted = min(earned, counted + min(cap, ceil(most))) if cap else earned
        result.append((day, counted))
    return result


starts = st.sampled_from(
    ["", "", "2023-06-01T01:00:00Z", "2023-06-01T01:30:00Z", "2023-06-01T02:00:00Z", "2023-06-01T10:00", "nonsense"]
)
rules_drawn = st.builds(
    ruled,
    rule=st.sampled_from(["proportional", "minutes_per_unit", "bands"]),
    unit_minutes=st.sampled_from([45, 40, 7]),
    bands=st.sampled_from(["30=100、15=50、0=25", "0=25", "60=200、59=199、1=0", "20=100"]),
    day_cap_hundredths=st.sampled_from([0, 1, 50, 100, 175, 100_000]),
    lesson_cap_hundredths=st.sampled_from([0, 0, 33, 100]),
    live_and_replay=st.sampled_from(["once", "both"]),
    overlapping_lives=st.sampled_from(["count_all", "count_larger"]),
)
lesson_tables = st.fixed_dictionaries({
    code: st.builds(Lesson, st.just(code), st.just(code), st.integers(0, 300), st.integers(0, 90), st.just("专家直播"), st.just(""),
                    st.sampled_from(["", "", "", "A", "B", "Z"]), starts.filter(lambda text: text != "nonsense"))
    for code in "ABCDE"
})  # fmt: skip
mark_lists = st.lists(
    st.builds(Mark, st.just("f"), st.sampled_from("ABCDEQ"), st.sampled_from([f"2023-06-0{day}" for day in range(1, 5)]),
              st.none() | st.integers(1, 120), st.just("own")),
    max_size=14,
)  # fmt: skip


@given(rules_drawn, lesson_tables, mark_lists)
def test_the_running_total_is_what_trying_everything_finds(rules, lessons, marks):
    assert counted_by_day(Meter(rules, lessons), marks) == slow_by_day(rules, lessons, marks)


@given(rules_drawn, lesson_tables, mark_lists)
def test_the_explained_credit_is_the_running_total(rules, lessons, marks):
    earned = credit(rules, lessons, marks)
    by_day = counted_by_day(Meter(rules, lessons), marks)
    assert earned.total == (by_day[-1][1] if by_day else 0) == sum(each.credited for each in earned.lessons)
    assert all(each.credited >= 0 for each in earned.lessons)


@given(rules_drawn, lesson_tables, mark_lists, st.randoms(use_true_random=False))
def test_no_order_matters(rules, lessons, marks, chance: random.Random):
    mixed, table = marks[:], list(lessons.items())
    chance.shuffle(mixed)
    chance.shuffle(table)
    assert credit(rules, dict(table), mixed) == credit(rules, lessons, marks)


@given(rules_drawn, lesson_tables, mark_lists, mark_lists)
def test_another_mark_never_takes_hours_away(rules, lessons, marks, more):
    assert credit(rules, lessons, marks + more).total >= credit(rules, lessons, marks).total


@given(rules_drawn, lesson_tables, mark_lists)
def test_no_day_brings_more_than_its_cap_and_whatever_is_missing_says_why(rules, lessons, marks):
    before, cap = 0, rules[Hours].day_cap_hundredths
    for _, total in counted_by_day(Meter(rules, lessons), marks):
        assert total >= before
        assert not cap or total - before <= cap
        before = total
    free = credit(rules.with_change("hours.day_cap_hundredths", "0"), lessons, marks)
    told = any(reason.code == "day_cap" for each in credit(rules, lessons, marks).lessons for reason in each.because)
    assert told == (before < free.total)


@given(lesson_tables, mark_lists)
def test_a_start_nobody_can_read_is_no_start(lessons, marks):
    rules = ruled(overlapping_lives="count_larger")
    odd = {code: Lesson(code, code, each.hundredths, each.length_minutes, each.kind, "", each.replay_of, "nonsense")
           for code, each in lessons.items()}  # fmt: skip
    assert credit(rules, odd, marks).total == credit(CAMP, odd, marks).total


V1, V2 = (Lesson(code, f"第{code}课", 100, 60, "科普视频", "") for code in ("V1", "V2"))
PLAIN = {"V1": V1, "V2": V2}


def tell(*lines: str) -> list[Mark]:
    """Marks from "lesson day-of-June [minutes]"."""
    parts = [line.split() for line in lines]
    return [Mark(str(at), code, f"2023-06-{int(day):02}", int(rest[0]) if rest else None, "class")
            for at, (code, day, *rest) in enumerate(parts)]  # fmt: skip


@pytest.mark.parametrize(("marks", "cap", "days"), [
    (["V1 6", "V2 6"], 100, [100]),  # the second lesson of the day is lost
    (["V1 6", "V2 6", "V2 7"], 100, [100, 200]),  # … and earned by learning it again
    (["V1 6", "V2 6", "V1 7 6"], 100, [100, 110]),  # six minutes bring no more than six minutes
    (["V1 6", "V2 7"], 100, [100, 200]),  # a day at its cap loses nothing
    (["V1 5 20", "V1 6 20", "V1 7 20"], 100, [33, 66, 100]),  # rounding is no loss
    (["V1 6", "V2 6"], 0, [200]),
])  # fmt: skip
def test_a_cap_per_day_by_hand(marks, cap, days):
    rules = ruled(day_cap_hundredths=cap)
    assert [total for _, total in counted_by_day(Meter(rules, PLAIN), tell(*marks))] == days


def test_what_the_cap_took_is_told_with_day_and_minutes():
    earned = credit(ruled(day_cap_hundredths=167), PLAIN, tell("V1 6", "V2 6"))
    assert [(each.lesson, each.credited) for each in earned.lessons] == [("V1", 100), ("V2", 67)]
    assert [each.sentence for each in earned.lessons[1].because] == [
        "6月6日超过每天最多 1.67 课时的部分不计：0.33 课时（约 20 分钟）；改日再学可以补上。"
    ]


@pytest.mark.parametrize(("minutes", "hundredths"), [(1, 25), (14, 25), (15, 50), (29, 50), (30, 100), (31, 100), (90, 100)])
def test_a_band_includes_its_first_minute(minutes, hundredths):
    assert credit(ruled(rule="bands"), PLAIN, tell(f"V1 1 {minutes}")).total == hundredths


def test_bands_say_what_is_left_to_watch():
    earned = credit(ruled(rule="bands"), PLAIN, tell("V1 1 20"))
    assert [each.sentence for each in earned.lessons[0].because] == [
        "已学 20 分钟，按时长分段计 0.50 课时；满 30 分钟计 1.00 课时。"
    ]


def test_a_cap_per_lesson_says_so():
    earned = credit(ruled(lesson_cap_hundredths=50), PLAIN, tell("V1 1"))
    assert (earned.total, [each.code for each in earned.lessons[0].because]) == (50, ["lesson_cap"])


def live(code: str, starts_at: str, length: int = 60, hundredths: int = 100) -> Lesson:
    return Lesson(code, f"直播{code}", hundredths, length, "专家直播", "", starts_at=starts_at)


def test_of_two_lives_at_the_same_time_the_larger_counts():
    lives = {
        each.code: each for each in (live("A", "2023-06-01T10:00"), live("B", "2023-06-01T10:30"), live("C", "2023-06-01T11:30"))
    }
    rules = ruled(overlapping_lives="count_larger")
    earned = credit(rules, lives, tell("A 1 60", "B 1 30", "C 1"))
    assert [(each.lesson, each.credited) for each in earned.lessons] == [("A", 100), ("B", 0), ("C", 100)]
    assert [each.code for each in earned.lessons[1].because] == ["overlapping"]
    assert "直播A" in earned.lessons[1].because[0].sentence
    assert credit(CAMP, lives, tell("A 1 60", "B 1 30", "C 1")).total == 250


def test_a_chain_of_lives_counts_both_ends_rather_than_the_middle():
    lives = {each.code: each for each in (live("A", "2023-06-01T10:00"), live("B", "2023-06-01T10:50", hundredths=150),
                                          live("C", "2023-06-01T11:40"))}  # fmt: skip
    assert credit(ruled(overlapping_lives="count_larger"), lives, tell("A 1", "B 1", "C 1")).total == 200


def test_a_replay_takes_the_place_of_a_live_that_gave_way():
    lessons = {each.code: each for each in (live("A", "2023-06-01T10:00"), live("B", "2023-06-01T10:30"))}
    lessons["BR"] = Lesson("BR", "重播B", 100, 60, "直播重播", "", "B")
    earned = credit(ruled(overlapping_lives="count_larger"), lessons, tell("A 1", "B 1", "BR 2"))
    assert earned.total == 200
