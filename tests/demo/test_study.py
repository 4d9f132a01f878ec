"""Who learned what in the made-up camp, before anything is recorded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from campmgr.areas.hours.rules.credit import credit
from campmgr.areas.hours.rules.lesson import Mark
from campmgr.areas.whole import CATALOGUE
from campmgr.demo.lessons import ENOUGH, HALF_HOUR_SHORT, LESSONS, LIVE_ON, TOPICS
from campmgr.demo.people import people_of
from campmgr.demo.places import PRESET, DemoPlace, places
from campmgr.demo.study import studies_of


def _worth(left_out) -> int:
    return sum(LESSONS[topic].hundredths for topic in TOPICS if topic not in left_out)


@pytest.mark.parametrize("left_out", HALF_HOUR_SHORT)
def test_half_an_hour_short_is_exactly_that(left_out):
    assert _worth(left_out) == 750


@pytest.mark.parametrize("left_out", ENOUGH)
def test_enough_is_enough(left_out):
    assert _worth(left_out) >= 800


@pytest.fixture(scope="module")
def few():
    return people_of(places(300, CATALOGUE.book.preset(PRESET)))


def test_what_was_watched_once_more_earns_nothing(few):
    rules = CATALOGUE.book.preset(PRESET)
    for study in studies_of(few, 2_400):
        total = credit(rules, LESSONS, [Mark("", row.lesson, row.day, row.minutes, row.source) for row in study.marks]).total
        assert study.course != "half_hour_short" or total == 750
        assert (total >= 800) == (study.course == "complete")
        assert (total == 0) == (study.course == "never")


def test_nobody_learns_before_joining_or_sees_a_replay_before_its_live(few):
    for study in studies_of(few, 2_400):
        for row in study.marks:
            assert study.someone.joined_on < row.day <= "2023-06-30"
            assert row.lesson not in LIVE_ON or row.day >= LIVE_ON[row.lesson]
            assert not row.lesson.endswith("-R") or row.day > LIVE_ON[LESSONS[row.lesson].replay_of]


def test_no_mark_is_there_twice(few):
    for study in studies_of(few, 2_400):
        keys = [row.key for row in study.marks]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("marks", [100, 10_000])
def test_a_number_of_marks_out_of_proportion_is_refused(few, marks):
    with pytest.raises(ValueError, match="out of proportion"):
        studies_of(few, marks)


def test_where_there_is_zeal_more_people_finish():
    def finished(zeal: int, marks: int) -> int:
        place = replace(DemoPlace("3501", "3501", "region", 1), members=400, zeal=zeal)
        return sum(study.course == "complete" for study in studies_of(people_of([place]), marks))

    assert finished(140, 4_100) > finished(60, 3_100)


def test_the_members_of_all_places_add_up_and_no_code_is_there_twice():
    found = places(1234, CATALOGUE.book.preset(PRESET))
    assert sum(place.members for place in found) == 1234
    assert len({place.unit for place in found}) == len(found)
