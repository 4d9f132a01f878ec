from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campmgr.areas.hours.rules.credit import credit
from campmgr.areas.hours.rules.lesson import Lesson, Mark
from campmgr.areas.hours.rules.meter import Meter, counted_by_day
from campmgr.areas.whole import CATALOGUE
from campmgr.settings.rules import Rules
from campmgr.wording import hours_text

CAMP = CATALOGUE.book.preset("camp")
PER_UNIT = CAMP.with_change("hours.rule", "minutes_per_unit")
BOTH = CAMP.with_change("hours.live_and_replay", "both")


def lesson(code: str, hundredths: int = 100, length: int = 60, replay_of: str = "") -> Lesson:
    return Lesson(code, f"第{code}课", hundredths, length, "科普视频", "家庭", replay_of)


def table(*lessons: Lesson) -> dict[str, Lesson]:
    return {each.code: each for each in lessons}


def tell(story: str) -> list[Mark]:
    """Marks from lines "lesson day-of-June [minutes]"."""
    marks = []
    for at, line in enumerate(story.strip().splitlines()):
        code, day, *minutes = line.split()
        marks.append(Mark(str(at), code, f"2023-06-{int(day):02}", int(minutes[0]) if minutes else None, "class"))
    return marks


def reasons(earned, code):
    return [reason.code for each in earned.lessons if each.lesson == code for reason in each.because]


def test_eighty_lessons_of_a_tenth_are_exactly_eight():
    lessons = table(*(lesson(f"L{at:02}", hundredths=10, length=5) for at in range(80)))
    marks = tell("\n".join(f"L{at:02} 1" for at in range(80)))
    assert hours_text(credit(CAMP, lessons, marks).total) == "8.00"


def test_a_lesson_without_minutes_counts_in_full_and_needs_no_reason():
    earned = credit(CAMP, table(lesson("A")), tell("A 1"))
    assert (earned.total, earned.lessons[0].minutes, earned.lessons[0].because) == (100, 60, ())


@pytest.mark.parametrize(("minutes", "hundredths"), [(0, 0), (1, 1), (20, 33), (40, 66), (59, 98), (60, 100), (1440, 100)])
def test_minutes_earn_in_proportion_rounded_down(minutes, hundredths):
    assert credit(CAMP, table(lesson("A")), tell(f"A 1 {minutes}")).total == hundredths


def test_minutes_are_kept_as_recorded_and_the_rest_is_explained():
    earned = credit(CAMP, table(lesson("A")), tell("A 1 50\nA 2 40"))
    assert (earned.lessons[0].minutes, earned.total) == (90, 100)
    assert reasons(earned, "A") == ["over_length"]


def test_the_largest_of_a_day_counts_and_days_add_up():
    earned = credit(CAMP, table(lesson("A")), tell("A 1 20\nA 1 15\nA 2 20"))
    assert (earned.lessons[0].minutes, earned.total) == (40, 66)
    assert reasons(earned, "A") == ["part_watched", "same_day_largest"]


def test_part_watched_says_how_much_and_what_to_do():
    earned = credit(CAMP, table(lesson("A")), tell("A 1 20"))
    assert earned.lessons[0].because[0].sentence == "全长 60 分钟，已学 20 分钟，计 0.33 课时；学完余下部分可补足。"


def test_live_and_two_replays_earn_the_largest_once():
    lessons = table(lesson("L"), lesson("R1", replay_of="L"), lesson("R2", replay_of="R1"), lesson("X"))
    earned = credit(CAMP, lessons, tell("L 1 10\nR1 2 50\nR2 3 30\nX 3"))
    assert [(each.lesson, each.credited) for each in earned.lessons] == [("L", 0), ("R1", 83), ("R2", 0), ("X", 100)]
    assert reasons(earned, "L") == reasons(earned, "R2") == ["counted_once"]
    assert "R1" in earned.lessons[0].because[0].sentence


def test_replays_of_a_live_that_is_not_in_the_table_are_still_one():
    lessons = table(lesson("R1", replay_of="L"), lesson("R2", replay_of="L"))
    assert credit(CAMP, lessons, tell("R1 1\nR2 1")).total == 100


def test_lessons_that_replay_each_other_in_a_circle_earn_once():
    lessons = table(lesson("A", replay_of="B"), lesson("B", replay_of="A"), lesson("C", replay_of="B"))
    assert credit(CAMP, lessons, tell("A 1\nB 1\nC 1")).total == 100
    assert counted_by_day(Meter(CAMP, lessons), tell("A 1\nB 1\nC 1")) == [("2023-06-01", 100)]


def test_a_camp_may_credit_live_and_replay_both():
    lessons = table(lesson("L"), lesson("R", replay_of="L"))
    assert credit(BOTH, lessons, tell("L 1\nR 1 30")).total == 150


def test_unknown_lessons_earn_nothing_and_say_so():
    earned = credit(CAMP, {}, tell("Q 1 20"))
    assert (earned.total, reasons(earned, "Q")) == (0, ["unknown_lesson"])
    assert counted_by_day(Meter(CAMP, {}), tell("Q 1 20")) == [("2023-06-01", 0)]


def test_minutes_per_unit_rounds_the_running_total_in_the_order_of_codes():
    lessons = table(lesson("A", length=20), lesson("B", length=20), lesson("C", length=5))
    earned = credit(PER_UNIT, lessons, tell("C 1\nB 1\nA 1"))
    assert [each.credited for each in earned.lessons] == [44, 44, 12]
    assert earned.total == 100
    assert reasons(earned, "A") == ["rounded_down"]
    assert reasons(earned, "C") == []


def test_minutes_per_unit_takes_the_camps_unit_and_caps_at_the_length():
    rules = PER_UNIT.with_change("hours.unit_minutes", "40")
    assert credit(rules, table(lesson("A", length=60)), tell("A 1 80")).total == 150


def test_a_lesson_without_a_length_counts_in_full_at_the_first_minute():
    assert credit(CAMP, table(lesson("A", length=0)), tell("A 1 1")).total == 100


def test_nobody_has_hours_without_marks():
    assert credit(CAMP, table(lesson("A")), []).total == 0
    assert counted_by_day(Meter(CAMP, table(lesson("A"))), []) == []


@pytest.mark.parametrize(("hundredths", "text"), [(0, "0.00"), (7, "0.07"), (750, "7.50"), (-1, "-0.01"), (123456, "1234.56")])
def test_hours_are_shown_with_two_places(hundredths, text):
    assert hours_text(hundredths) == text


codes = st.sampled_from("ABCDEF")
lesson_tables = st.fixed_dictionaries(
    {
        code: st.builds(
            lesson,
            st.just(code),
            st.integers(0, 300),
            st.integers(0, 120),
            st.sampled_from(["", "", "A", "B", "C", "Z"]),
        )
        for code in "ABCDE"
    }
)
mark_lists = st.lists(
    st.builds(
        Mark,
        st.just("f"),
        codes,
        st.sampled_from(["2023-06-01", "2023-06-02", "2023-06-03"]),
        st.none() | st.integers(1, 200),
        st.just("own"),
    ),
    max_size=12,
)
all_rules = st.sampled_from([CAMP, PER_UNIT, BOTH, PER_UNIT.with_change("hours.live_and_replay", "both")])


@given(all_rules, lesson_tables, mark_lists, st.randoms(use_true_random=False))
def test_the_order_of_marks_and_lessons_never_matters(rules: Rules, lessons, marks, chance: random.Random):
    mixed, other_table = marks[:], list(lessons.items())
    chance.shuffle(mixed)
    chance.shuffle(other_table)
    assert credit(rules, dict(other_table), mixed) == credit(rules, lessons, marks)
    assert counted_by_day(Meter(rules, dict(other_table)), mixed) == counted_by_day(Meter(rules, lessons), marks)


@given(all_rules, lesson_tables, mark_lists)
def test_the_running_total_is_the_credit_of_the_marks_so_far(rules, lessons, marks):
    days = sorted({mark.day for mark in marks})
    assert counted_by_day(Meter(rules, lessons), marks) == [
        (day, credit(rules, lessons, [mark for mark in marks if mark.day <= day]).total) for day in days
    ]


@given(all_rules, lesson_tables, mark_lists)
def test_the_lessons_add_up_to_the_total_and_whatever_falls_short_says_why(rules, lessons, marks):
    earned = credit(rules, lessons, marks)
    assert earned.total == sum(each.credited for each in earned.lessons)
    for each in earned.lessons:
        assert each.credited >= 0
        whole = credit(rules, lessons, [Mark("f", each.lesson, "2023-06-01", None, "own")]).total
        assert each.because or each.credited >= whole


@given(all_rules, lesson_tables, mark_lists, mark_lists)
def test_another_mark_never_takes_hours_away(rules, lessons, marks, more):
    assert credit(rules, lessons, marks + more).total >= credit(rules, lessons, marks).total


@given(lesson_tables, mark_lists)
def test_a_repeated_mark_changes_nothing(lessons, marks):
    again = [mark._replace(fact="another") for mark in marks]
    assert counted_by_day(Meter(CAMP, lessons), marks + again) == counted_by_day(Meter(CAMP, lessons), marks)


def test_an_amended_lesson_counts_from_the_next_fold():
    old = table(lesson("A", hundredths=100))
    new = {"A": replace(old["A"], hundredths=150)}
    assert [credit(CAMP, each, tell("A 1")).total for each in (old, new)] == [100, 150]
