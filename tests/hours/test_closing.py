"""Lessons that close the gap: they do when watched, none of them is idle, and who lacks nothing is told nothing."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campmgr.areas.hours.rules.closing import Closing
from campmgr.areas.hours.rules.credit import credit
from campmgr.areas.hours.rules.lesson import Lesson, Mark
from campmgr.areas.whole import CATALOGUE

RULES = CATALOGUE.book.preset("escape-drill-2023")
LESSONS = {
    each.code: each
    for each in (
        Lesson("L1", "直播", 150, 90, "专家直播", "学校"),
        Lesson("L1-R", "重播", 150, 90, "直播重播", "学校", replay_of="L1"),
        Lesson("V1", "视频一", 100, 60, "科普视频", "学校"),
        Lesson("V2", "视频二", 100, 60, "科普视频", "学校"),
        Lesson("V3", "短片", 25, 15, "科普视频", "学校"),
    )
}
CLOSING = Closing(RULES, LESSONS)


def _mark(lesson: str, minutes: int | None = None, day: str = "2023-06-05") -> Mark:
    return Mark("f", lesson, day, minutes, "class")


@pytest.mark.parametrize(
    ("marks", "required", "lessons"),
    [
        ([], 25, ("V3",)),
        ([], 100, ("V1",)),
        ([], 150, ("L1-R",)),
        ([], 175, ("L1-R", "V3")),
        ([], 375, ("L1-R", "V1", "V2", "V3")),
        ([], 376, ()),
        ([_mark("V1")], 100, ()),
        ([_mark("V1")], 125, ("V3",)),
        ([_mark("V1", 30)], 100, ("V1",)),
        ([_mark("L1")], 200, ("V1",)),
        ([_mark("V9")], 25, ("V3",)),
    ],
)
def test_the_fewest_lessons_are_named_and_the_last_is_the_least_that_suffices(marks, required, lessons):
    assert CLOSING.lessons_for(marks, required) == lessons


_MARKS = st.lists(st.builds(_mark, st.sampled_from([*LESSONS, "V9"]), st.one_of(st.none(), st.integers(1, 120))), max_size=6)


@given(_MARKS, st.integers(0, 400))
def test_what_is_named_closes_the_gap_and_nothing_of_it_is_idle(marks, required):
    named = CLOSING.lessons_for(marks, required)
    total = _total(marks, named)
    if named:
        assert total >= required
        assert all(_total(marks, some) < required for some in combinations(named, len(named) - 1))
    else:
        assert total >= required or _total(marks, tuple(LESSONS)) < required


def _total(marks, more) -> int:
    ahead = [_mark(code, None, f"2023-07-{place:02d}") for place, code in enumerate(more, 1)]
    return credit(RULES, LESSONS, [*marks, *ahead]).total
