"""A log-in that ends in the middle of a summary loses nothing: what was typed stands there again after the next one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from campmgr.accounts.governing import NewAccount, Place, open_account
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit

TEXT = "组织了三场逃生演练，\n共 900 人参加。"
LOGIN, PASSWORD = "zhou", "correct horse"


@pytest.fixture
def summary(served):
    """Where the summary of the made-up school is written, by somebody with a password of their own."""
    with served.store.writing() as w:
        unit = find_unit(worlds.load(w), served.built.school).unit
        open_account(w, NewAccount(LOGIN, "周老师", PASSWORD), Place("coordinator", unit), cost="scrypt:256:8:1")
    return f"/desk/units/{served.built.school}/summary"


def test_a_summary_is_gone_on_with_after_the_log_in_has_ended_in_the_middle(visit, summary):
    page = visit()
    page.goto(summary)
    log_in(page)
    with page.expect_response(lambda answer: "/desk/unsaved" in answer.url) as kept:
        page.get_by_label("总结").fill(TEXT)
    assert kept.value.status == 204

    # in another window the same person logs out, and is asked about it
    other = page.context.new_page()
    other.goto("/desk/")
    other.get_by_role("button", name="退出").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("填了还没有保存")
    other.get_by_role("button", name="留着，退出").click()

    # what is pressed afterwards is kept, and leads to the log-in and back
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.get_by_role("alert").last).to_contain_text("刚才填的内容都存着")
    log_in(page)
    expect(page.get_by_label("总结")).to_have_value(TEXT)
    expect(page.locator("#left")).to_contain_text("还没有保存")
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.locator("#done")).to_contain_text("已报送总结")
    expect(page.locator("#left")).to_have_count(0)


def log_in(page: Page) -> None:
    """With name and password, on the page in hand."""
    page.get_by_label("登录名").fill(LOGIN)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/summary")
