"""The class of several pupils is corrected at once: those who are ticked, or a whole class; nobody of another unit."""

from __future__ import annotations

from campmgr.areas.people.actions import people
from campmgr.areas.people.queries.finding import people_by_id
from tests.kit.desk_story import DESK, UNIT, post, school, undone
from tests.kit.office import see

AT = f"{DESK}/people/class"


def classes(pages, some: list[str]) -> list[str]:
    """The classes of people, in the order of their ids."""
    with pages.store.reading() as r:
        known = people_by_id(r, some)
    return [known[each].class_name for each in some]


def test_a_class_is_corrected_for_several_at_once_and_taken_back(pages):
    everyone = school(pages, "阿雅", "巴迪", "齐拉")
    answer = post(pages, AT, picked=everyone[:2], new_class="三年2班", client_id="form")
    assert classes(pages, everyone) == ["三年2班", "三年2班", "三年1班"]
    assert "2 人的班级改成了三年2班" in see(pages, answer.location, "dora")
    again = post(pages, AT, picked=everyone[:2], new_class="三年2班", client_id="form")
    assert again.location == answer.location  # pressed twice
    undone(pages, answer)
    assert classes(pages, everyone) == ["三年1班"] * 3


def test_a_whole_class_is_renamed_without_ticking_anybody(pages):
    everyone = school(pages, "阿雅", "巴迪") + school(pages, "齐拉", class_name="四年1班")
    assert "三年1班全班都改" in see(pages, f"{DESK}/people?class=三年1班", "dora")
    assert post(pages, AT, **{"class": "三年1班", "whole": "1", "new_class": "三(1)班"}).status_code == 303
    assert classes(pages, everyone) == ["三(1)班", "三(1)班", "四年1班"]


def test_who_is_at_home_elsewhere_keeps_their_class_and_that_is_said(pages):
    (aya,) = school(pages, "阿雅")
    (member,) = school(pages, "外人", unit="3502")
    with pages.store.writing() as w:
        people.add_membership(w, people_by_id(w, [member])[member], UNIT)
    answer = post(pages, AT, picked=[aya, member], new_class="三年2班")
    assert "1 人登记在别的单位，班级由那里改" in see(pages, answer.location, "dora")
    assert classes(pages, [aya, member]) == ["三年2班", "三年1班"]


def test_nobody_is_changed_while_nobody_is_ticked_and_what_was_typed_stays(pages):
    (aya,) = school(pages, "阿雅")
    answer = post(pages, AT, new_class="三年2班")
    assert (answer.status_code, "先在名单里勾选" in answer.text, 'value="三年2班"' in answer.text) == (422, True, True)
    nothing = post(pages, AT, picked=[aya], new_class="")
    assert (nothing.status_code, f'value="{aya}" checked' in nothing.text) == (422, True)
    assert classes(pages, [aya]) == ["三年1班"]
