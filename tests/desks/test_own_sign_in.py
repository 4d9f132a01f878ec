"""Participants sign in 签到 on their own page where the camp lets them (F-21)."""

from __future__ import annotations

import re

import pytest

from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.people.local import new_page
from tests.kit.desk_story import post, school


@pytest.fixture
def own(pages) -> str:
    """The address of somebody's own page."""
    (aya,) = school(pages, "阿雅")
    with pages.store.writing() as w:
        return f"/p/{new_page(w, aya)}"


def _allow(pages) -> None:
    with pages.store.writing() as w:
        amend_rule(w, "certificate.own_sign_in", "是", reason="本营自行签到")


def _signed(pages) -> list[tuple[str, str]]:
    with pages.store.reading() as r:
        return r.all("select condition, source from conditions")


def test_somebody_signs_in_on_their_page_and_takes_it_back(pages, own):
    _allow(pages)
    page = pages.browser().get(own).text
    assert ("请在自己的页面按“签到”" in page, f'action="{own}/sign-in"' in page) == (True, True)
    for _ in range(2):  # pressed twice it is once
        done = post(pages, f"{own}/sign-in", who="nobody")
        assert done.status_code == 303
    assert _signed(pages) == [("sign_in", "own")]
    told = pages.browser().get(done.location).text
    assert ("已签到。" in told, f'action="{own}/sign-in"' in told, "还没有签到" in told) == (True, False, False)
    (back,) = re.findall(rf'action="({own}/sign-in/[0-9a-f]+/back)"', told)
    for _ in range(2):
        assert post(pages, back, who="nobody").status_code == 303
    assert _signed(pages) == []
    assert "<strong>已收回</strong>" in pages.browser().get(done.location).text
    assert post(pages, f"{own}/sign-in", who="nobody").status_code == 303  # and signs in after all
    assert _signed(pages) == [("sign_in", "own")]


def test_by_default_the_coordinator_signs_people_in(pages, own):
    page = pages.browser().get(own).text
    assert ("请联络员登记签到" in page, f"{own}/sign-in" in page) == (True, False)
    refused = post(pages, f"{own}/sign-in", who="nobody")
    assert (refused.status_code, "由联络员登记" in refused.text) == (409, True)
    assert _signed(pages) == []


def test_nobody_signs_in_outside_the_camp_or_by_a_page_found_again(pages, own):
    _allow(pages)
    with pages.store.writing() as w:
        somebody = w.value("select person from people")
        found = "/p/" + new_page(w, somebody, recovered=True)
    assert f"{found}/sign-in" not in pages.browser().get(found).text
    assert post(pages, f"{found}/sign-in", who="nobody").status_code == 403
    pages.clock.move(days=-300)
    assert f"{own}/sign-in" not in pages.browser().get(own).text
    assert post(pages, f"{own}/sign-in", who="nobody").status_code == 409
    assert _signed(pages) == []


def test_another_persons_signing_in_is_not_taken_back(pages, own):
    _allow(pages)
    done = post(pages, f"{own}/sign-in", who="nobody")
    fact = done.location.partition("done=")[2]
    (badi,) = school(pages, "巴迪")
    with pages.store.writing() as w:
        other = f"/p/{new_page(w, badi)}"
    assert post(pages, f"{other}/sign-in/{fact}/back", who="nobody").status_code == 404
    assert _signed(pages) == [("sign_in", "own")]
