"""Back to the form after an undo, and sent again: it stays undone, and nothing says that it was done."""

from __future__ import annotations

import re
from html import unescape

import pytest

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.people.queries.finding import people_by_id
from tests.kit.desk_story import DAY, DESK, credited, declared, mark, post, school, undone
from tests.kit.pages import OWN


def _classes(pages, *people: str) -> set[str]:
    with pages.store.reading() as r:
        return {each.class_name for each in people_by_id(r, people).values()}


def _absent(pages, *people: str) -> set[bool]:
    with pages.store.reading() as r:
        return {each.is_absent for each in people_by_id(r, people).values()}


def _chosen(pages, sent: dict[str, object]):
    return pages.browser("dora").post(f"{DESK}/people/carry-over", data=sent, headers=OWN)


def _back_after_undo(pages, press, state) -> tuple[object, object]:
    """What stands after a press and after its undo, when the same form is sent again."""
    done = press()
    assert done.status_code == 303, done.text
    first = state()
    undone(pages, done)
    again = press()
    assert again.status_code in {409, 422}
    assert "撤销过" in again.text
    return first, state()


def test_a_class_is_marked(pages):
    people = school(pages, "林小明", "陈小红")
    stands = _back_after_undo(pages, lambda: mark(pages, people), lambda: {credited(pages, each) for each in people})
    assert stands == ({100}, {0})


def test_one_person_is_marked(pages):
    (person,) = school(pages, "林小明")
    typed = {"lesson": "V1", "day": DAY, "minutes": "", "client_id": "form-1"}
    stands = _back_after_undo(pages, lambda: post(pages, f"/desk/people/{person}/mark", **typed), lambda: credited(pages, person))
    assert stands == (100, 0)


def test_declarations_are_accepted(pages):
    (person,) = school(pages, "林小明")
    declared(pages, person, None)
    fact = re.findall(r'name="fact" value="([0-9a-f]+)"', pages.browser("dora").get(f"{DESK}/declarations").text)[0]
    typed = {"answer": "accept", "fact": fact, "client_id": "form-1"}
    stands = _back_after_undo(pages, lambda: post(pages, f"{DESK}/declarations", **typed), lambda: credited(pages, person))
    assert stands == (100, 0)


def test_people_are_carried_over(pages):
    people = school(pages, "林小明", "陈小红")
    with pages.store.writing() as w:
        open_activity(w, "escape-drill-2023", "2024")
    look = _chosen(pages, {"class": "三年1班"})
    typed = {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', look.text)}
    press, over = f"{DESK}/people/carry-over/now", lambda: _absent(pages, *people)
    assert _back_after_undo(pages, lambda: post(pages, press, **typed), over) == ({False}, {True})


@pytest.mark.parametrize("sent", [{"class": ["三年1班", "三年 1班"]}, {"class": "三年1班", "picked": "one of them"}])
def test_whoever_is_chosen_twice_is_carried_over_once(pages, sent):
    people = school(pages, "林小明", "陈小红")
    with pages.store.writing() as w:
        open_activity(w, "escape-drill-2023", "2024")
    look = _chosen(pages, sent | ({"picked": people[0]} if "picked" in sent else {}))
    assert "带入 2 人" in look.text
