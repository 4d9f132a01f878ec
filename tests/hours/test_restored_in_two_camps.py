"""A record that was taken back and is said again, where a second camp has begun."""

from __future__ import annotations

import pytest

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.hours.actions.corrections import correct_mark, say_again, withdraw
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions.carrying_over import ClassChoice, carried_lines, carry_over
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.desks.queries.histories import history_lines
from campmgr.desks.queries.person import person_page
from campmgr.errors import Refused
from campmgr.facts.world import load
from tests.kit.desk_story import DAY, UNIT, school


def _marked(w, person: str) -> str:
    return mark(w, person, MarkRow(DAY, "V1", source="hand")).fact


def _second_camp(w, unit: str) -> None:
    open_activity(w, "escape-drill-2023", "2024")
    carry_over(w, carried_lines(w, unit, [ClassChoice("三年1班", "")]), "carried")
    describe_lesson(w, Lesson("V1", "家庭用电安全", 100, 60, "科普视频", "家庭"))


def test_what_was_said_last_year_is_not_restored_into_this_one(pages):
    (person,) = school(pages, "林小明")
    with pages.store.writing() as w:
        fact = _marked(w, person)
        withdraw(w, fact, "记错了")
        _second_camp(w, pages.unit(UNIT))
    with pages.store.writing() as w:
        page = person_page(w, load(w), person)
        assert not [each.fact for each in history_lines(w, load(w), page.history) if each.may_restore]
        with pytest.raises(Refused, match="往届"):
            say_again(w, fact)


def test_what_is_restored_in_the_second_camp_is_the_same_word(pages):
    (person,) = school(pages, "林小明")
    with pages.store.writing() as w:
        _second_camp(w, pages.unit(UNIT))
        fact = _marked(w, person)
        withdraw(w, fact, "记错了")
        again = say_again(w, fact).chain
        assert _marked(w, person) == again
        assert person_page(w, load(w), person).hours.credit.total == 100


def test_what_was_said_last_year_is_named_so_and_neither_corrected_nor_taken_back(pages):
    (person,) = school(pages, "林小明")
    with pages.store.writing() as w:
        fact = _marked(w, person)
        _second_camp(w, pages.unit(UNIT))
        _marked(w, person)
    with pages.store.writing() as w:
        page = person_page(w, load(w), person)
        lines = [each for each in history_lines(w, load(w), page.history) if each.lesson]
        assert [(each.what, each.may_correct, each.may_withdraw) for each in lines] == [
            ("学习", True, True),
            ("学习（往届）", False, False),
        ]
        with pytest.raises(Refused, match="往届"):
            correct_mark(w, people_by_id(w, [person])[person], fact, 30, "看错了")
    text = pages.browser("dora").get(f"/desk/people/{person}").text
    assert "学习（往届）" in text
