"""A class that the screen does not show cannot be marked: after Back, in two tabs, over a slow network, without scripts."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

FIRST, SECOND = "三年1班", "三年2班"
LESSON, OTHER = "V07", "V08"


def test_a_wrong_class_cannot_be_marked(visit, served):
    at = f"/desk/units/{served.built.school}/marking"
    page = visit("school")
    page.goto(at)
    expect(page.locator("#press")).to_be_disabled()
    choose(page, "class", FIRST)
    choose(page, "what", LESSON)
    expect(page.locator("#list-of")).to_contain_text(f"{FIRST} · {LESSON}")

    # ticks taken off stay off when only the lesson changes, and the button counts them
    names = page.locator("#list [name=person]")
    many = names.count()
    names.first.uncheck()
    expect(page.locator("#press")).to_have_text(re.compile(rf"登记 {FIRST} {many - 1} 人 · {LESSON}"))
    choose(page, "what", OTHER)
    expect(page.locator("#press")).to_have_text(re.compile(rf"登记 {FIRST} {many - 1} 人 · {OTHER}"))
    choose(page, "what", LESSON)

    # while the next list is on its way nothing can be pressed
    page.route(re.compile(r"/marking\?class="), lambda _route: None)
    page.locator(f'input[value="{SECOND}"]').check(force=True)
    expect(page.locator("#press")).to_be_disabled()
    page.unroute(re.compile(r"/marking\?class="))
    expect(page.locator("#list-of")).to_contain_text(SECOND)

    # another tab marks another class; each records what itself shows, and Back shows a list of its own choices
    other = page.context.new_page()
    other.goto(f"{at}?class={FIRST}&what={LESSON}&day=2023-07-01")
    press(other, FIRST)
    press(page, SECOND)
    page.go_back()
    page.wait_for_load_state()
    chosen = page.locator("input[name=class]:checked")
    if page.url.partition("?")[0].endswith("/marking") and chosen.count():
        expect(page.locator("#list")).to_have_attribute("data-list", chosen.input_value())

    # what was pressed last is taken back in one press, where one stands
    other.get_by_role("button", name="撤销").click()
    expect(other.get_by_role("status")).to_contain_text("已撤销")
    expect(other.locator("#list-of")).to_contain_text(FIRST)
    expect(other.locator("#list [name=person]:checked")).to_have_count(many)


def test_a_wrong_class_cannot_be_marked_without_scripts(visit, served):
    page = visit("school", javascript=False)
    page.goto(f"/desk/units/{served.built.school}/marking?class={FIRST}&what={OTHER}&day=2023-07-01")
    page.locator(f'input[value="{SECOND}"]').check(force=True)
    page.locator("#press").click()
    expect(page.get_by_role("alert").last).to_contain_text("一个人也还没有登记")
    expect(page.locator("#list-of")).to_contain_text(SECOND)
    page.locator(f'input[value="{FIRST}"]').check(force=True)
    page.get_by_role("button", name="显示名单").click()
    expect(page.locator("#list-of")).to_contain_text(FIRST)
    press(page, FIRST)
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("status")).to_contain_text("已撤销")


def press(page: Page, class_name: str) -> None:
    """Press the button, which says what it will do, and read what it did."""
    button = page.get_by_role("button", name=re.compile(f"登记 {class_name}"))
    many = page.locator("#list [name=person]:checked").count()
    button.click()
    expect(page.get_by_role("status")).to_contain_text(f"已登记 {class_name} {many} 人")


def choose(page: Page, name: str, value: str) -> None:
    """A class or lesson is chosen, wherever it stands; the list follows at once."""
    choice = page.locator(f'input[name={name}][value="{value}"]')
    if not choice.is_visible():
        page.get_by_text(re.compile("^其余")).click()
    with page.expect_response(lambda answer: "/marking?" in answer.url):
        choice.check(force=True)
