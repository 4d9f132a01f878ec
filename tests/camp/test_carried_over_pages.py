"""Carrying people over on pages, and coming again with last year's name: looked at first, taken back in one press."""

from __future__ import annotations

import re
from html import unescape

import pytest

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.people.actions.joining import make_join_code
from campmgr.areas.people.actions.people import change_details, join_again
from campmgr.areas.people.local import new_page
from campmgr.areas.people.queries.finding import people_by_id, people_by_name
from campmgr.wording import name_key
from tests.kit.desk_story import DESK, post, school
from tests.kit.pages import OWN

OVER = f"{DESK}/people/carry-over"
JOINING = {"kind": "学校师生", "consent": "1", "consent_version": "1"}


@pytest.fixture
def left(pages) -> list[str]:
    """Pupils of a camp that is over, when the next one has begun."""
    people = school(pages, "林小明", "陈小红")
    with pages.store.writing() as w:
        open_activity(w, "escape-drill-2023", "2024")
    return people


def _is_absent(pages, person: str) -> bool:
    with pages.store.reading() as r:
        return people_by_id(r, [person])[person].is_absent


def _sent_on(page) -> dict[str, str]:
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text)}


def test_the_roster_tells_who_was_left_and_leads_to_carrying_them_over(pages, left):
    roster = pages.browser("dora").get(f"{DESK}/people").text
    assert "林小明" not in roster
    assert "上一届还有 2 人没有带入本届" in roster
    assert f'href="{OVER}"' in roster
    (address,) = re.findall(r'href="([^"]+/people\?filter=[^"]+)"', pages.browser("dora").get(OVER).text)
    listed = pages.browser("dora").get(unescape(address)).text
    assert "上一届的人，还没有带入" in listed
    assert "林小明" in listed


def test_a_class_is_carried_over_and_taken_back_in_one_press(pages, left):
    page = pages.browser("dora").get(OVER).text
    assert 'value="四年1班"' in page
    key = re.findall(r'name="(to_[^"]+)"', page)[0]
    look = post(pages, OVER, **{"class": "三年1班", key: "四年1班"})
    assert look.status_code == 200
    assert "带入 2 人" in look.text
    assert all(_is_absent(pages, each) for each in left)

    done = post(pages, f"{OVER}/now", **_sent_on(look))
    assert done.status_code == 303
    told = pages.browser("dora").get(done.location).text
    assert "已把 2 人带入本届" in told
    assert "四年1班" in told
    assert not any(_is_absent(pages, each) for each in left)
    assert post(pages, f"{OVER}/now", **_sent_on(look)).status_code == 303

    undo = re.findall(r'action="(/desk/done/[^"]+)"|action="([^"]*undo[^"]*)"', told)
    address = next(filter(None, undo[0]))
    assert pages.browser("dora").post(address, headers=OWN).status_code == 303
    assert all(_is_absent(pages, each) for each in left)


def test_some_are_ticked_in_the_roster(pages, left):
    look = post(pages, OVER, picked=left[0])
    assert "带入 1 人" in look.text
    post(pages, f"{OVER}/now", **_sent_on(look))
    assert [_is_absent(pages, each) for each in left] == [False, True]


def test_nothing_ticked_is_said_beside_the_list(pages, left):
    answer = post(pages, OVER)
    assert answer.status_code == 422
    assert "先勾选要带入的班级" in answer.text


def test_what_changed_meanwhile_is_shown_again(pages, left):
    look = post(pages, OVER, **{"class": "三年1班"})
    seen = _sent_on(look)
    with pages.store.writing() as w:
        join_again(w, people_by_id(w, left[:1])[left[0]])
    answer = post(pages, f"{OVER}/now", **seen)
    assert answer.status_code == 409
    assert _is_absent(pages, left[1])


def test_who_scans_the_new_code_with_last_years_name_is_known_again(pages, left):
    with pages.store.writing() as w:
        code = make_join_code(w, "3501-X1").code
        change_details(w, people_by_id(w, left[:1])[left[0]], phone="13800001234")
    typed = JOINING | {"name": "林小明", "phone": "13800001234", "class_name": "四年1班", "client_id": "c1"}
    page = pages.browser().post(f"/j/{code}/sent", data=typed, headers=OWN)
    assert page.status_code == 200
    assert "欢迎回来" in page.text
    with pages.store.reading() as r:
        (person,) = people_by_name(r, ["林小明"])[name_key("林小明")]
    assert (person.is_absent, person.class_name) == (False, "四年1班")


def test_ones_own_page_offers_to_take_part(pages, left):
    with pages.store.writing() as w:
        token = new_page(w, left[0])
    page = pages.browser().get(f"/p/{token}").text
    assert "我也参加本届" in page
    assert pages.browser().post(f"/p/{token}/again", headers=OWN).status_code == 303
    assert not _is_absent(pages, left[0])
    assert "我也参加本届" not in pages.browser().get(f"/p/{token}").text


def test_searching_and_editing_somebody_of_last_year_still_works(pages, left):
    found = pages.browser("dora").post(f"{DESK}/people/search", data={"query": "林小明"}, headers=OWN)
    assert found.location.startswith(f"/desk/people/{left[0]}")
    page = pages.browser("dora").get(f"/desk/people/{left[0]}").text
    assert "上一届的人，还没有带入" in page
    typed = {"name": "林小鸣", "kind": "学校师生", "class_name": "三年1班", "number": "3501-X1-林小明"}
    assert post(pages, f"/desk/people/{left[0]}/details", **typed).status_code == 303
    assert _is_absent(pages, left[0])
