"""What waits is answered in place, and taken back, with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

LONGER = "/office/review?sort=longer_than_lesson"


@pytest.mark.parametrize("javascript", [True, False])
def test_a_case_is_answered_and_taken_back(visit, javascript):
    page = visit("organizer", javascript=javascript)
    page.goto("/office/review")
    page.locator("nav.chips a", has_text="比课程还长").click()
    page.wait_for_url(f"**{LONGER}")
    cases = page.locator("section.case")
    first = cases.first.get_attribute("aria-labelledby")
    cases.first.locator("button[name=answer]").click()
    expect(page.get_by_role("status")).to_contain_text("已处理 1 件")
    expect(page.locator(f"#{first}")).to_have_count(0)
    if javascript:
        expect(page.locator("#cases")).to_be_focused()
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(f"#{first}")).to_have_count(1)
    assert page.locator("header.top").count() == 1
