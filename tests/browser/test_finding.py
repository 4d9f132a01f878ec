"""Found while typing, in a real browser: a roster by initials and Back again, a unit by initials in a form."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import NARROW


def test_a_roster_is_searched_while_typing_and_back_returns_to_what_was_found(visit, served):
    page = visit("school")
    page.goto(f"/desk/units/{served.built.school}/people")
    page.locator("#f-query").press_sequentially("ch")
    expect(page.locator("#people h2").first).to_contain_text("查找结果")
    expect(page).to_have_url(re.compile(r"\?search=[0-9a-f]+$"))
    found = page.locator("#people tbody tr").count()
    page.locator("#people tbody a").first.click()
    page.wait_for_url("**/desk/people/*")
    page.go_back()
    expect(page.locator("#f-query")).to_have_value("ch")
    expect(page.locator("#people tbody tr")).to_have_count(found)
    page.locator("#people tbody input").first.check()
    expect(page.get_by_role("button", name="放在一起看")).to_be_visible()


def test_a_unit_is_offered_while_typing_and_chosen(visit):
    page = visit("organizer", size=NARROW)
    page.goto("/office/accounts")
    page.locator("#f-unit").press_sequentially("glq")
    page.locator("#o-unit label", has_text="350102").first.click()
    page.get_by_role("button", name="生成邀请链接").click()
    expect(page.locator("h1")).to_have_text("邀请链接")
