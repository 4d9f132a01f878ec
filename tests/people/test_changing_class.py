"""The class of several pupils is corrected at once: those who are ticked, or all that a filter finds; nobody of another unit."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from campmgr.areas.people.actions import people
from campmgr.areas.people.queries.finding import people_by_id
from tests.kit.desk_story import DESK, UNIT, post, school, undone
from tests.kit.office import see, told_before

AT = "/desk/lists/people/act"


def classes(pages, some: list[str]) -> list[str]:
    """The classes of people, in the order of their ids."""
    with pages.store.reading() as r:
        known = people_by_id(r, some)
    return [known[each].class_name for each in some]


def chosen(pages, act: str = "class", **more: Any):
    """The page before something (the class, mostly) is done to those who are ticked."""
    return post(pages, AT, act=act, asked=f"unit={UNIT}", here=f"{DESK}/people", **more)


def pressed(pages, shown, new: str):
    """The press on it."""
    to = re.search(r'<form method="post" action="([^"]+)" class="card act', shown.text)
    assert to is not None, shown.text
    return post(pages, unescape(to[1]), **told_before(shown.text), reason=new)


def test_a_class_is_corrected_for_several_at_once_and_taken_back(pages):
    everyone = school(pages, "阿雅", "巴迪", "齐拉")
    shown = chosen(pages, picked=everyone[:2])
    answer = pressed(pages, shown, "三年2班")
    assert classes(pages, everyone) == ["三年2班", "三年2班", "三年1班"]
    assert "改班级：2 条，已办" in see(pages, answer.location, "dora")
    again = pressed(pages, shown, "三年2班")
    assert again.location == answer.location  # pressed twice
    undone(pages, answer)
    assert classes(pages, everyone) == ["三年1班"] * 3
    late = pressed(pages, shown, "三年2班")  # by the browser's Back
    assert (late.status_code, "撤销过" in late.text) == (409, True)
    assert classes(pages, everyone) == ["三年1班"] * 3


def test_who_is_at_home_elsewhere_keeps_their_class_and_that_is_said(pages):
    (aya,) = school(pages, "阿雅")
    (member,) = school(pages, "外人", unit="3502")
    with pages.store.writing() as w:
        people.add_membership(w, people_by_id(w, [member])[member], UNIT)
    shown = chosen(pages, picked=[aya, member])
    assert "登记在别的单位，由那里改" in shown.text
    pressed(pages, shown, "三年2班")
    assert classes(pages, [aya, member]) == ["三年2班", "三年1班"]


def test_nobody_is_changed_while_nobody_is_ticked_or_no_class_is_named(pages):
    (aya,) = school(pages, "阿雅")
    answer = chosen(pages)
    assert (answer.status_code, "还没有勾选" in answer.text) == (422, True)
    assert pressed(pages, chosen(pages, picked=[aya]), "").status_code == 422
    assert classes(pages, [aya]) == ["三年1班"]
