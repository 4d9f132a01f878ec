"""A class that the screen does not show cannot be marked: after Back, in two tabs, over a slow network, without scripts."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

KEYED = "四年1班"
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


def test_the_list_and_its_button_stay_beside_the_lesson_that_is_chosen(visit, served):
    page = visit("school")
    page.goto(f"/desk/units/{served.built.school}/marking")
    expect(page.get_by_text("学了什么")).to_be_in_viewport()
    choose(page, "class", FIRST)
    # in one step: what stands there may just be drawn anew
    page.evaluate("() => [...document.querySelectorAll('input[name=day]')].at(-1).scrollIntoView({block: 'nearest'})")
    choose(page, "what", LESSON)
    expect(page.locator(f'input[name=what][value="{LESSON}"]')).to_be_in_viewport()
    expect(page.locator("#list-of")).to_be_in_viewport()
    expect(page.locator("#press")).to_be_in_viewport()

    # minutes are said on the button while they are typed; who was ticked off stays so, and the count too
    names = page.locator("#list [name=person]")
    many = names.count()
    names.first.uncheck()
    page.get_by_text("没看完").click()
    page.locator("#f-minutes").fill("20")
    expect(page.locator("#press")).to_have_text(re.compile(rf"登记 {FIRST} {many - 1} 人 · {LESSON} · 20 分钟"))
    expect(names.first).not_to_be_checked()
    expect(page.locator("#f-minutes")).to_be_focused()


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


def test_a_class_is_marked_and_taken_back_by_keyboard_alone(visit, served):
    page = visit("school")
    page.goto(f"/desk/units/{served.built.school}/marking")
    keys = page.keyboard
    tab_to(page, "input[name=class]")
    for _ in range(40):
        if page.evaluate("document.activeElement.value") == KEYED:
            break
        keys.press("ArrowRight")
    expect(page.locator("#press")).to_have_text("还没有选课程")
    keys.press("Space")
    tab_to(page, "input[name=what]")
    with page.expect_response(lambda answer: "/marking?" in answer.url):
        keys.press("Space")
    expect(page.locator("#list-of")).to_contain_text(KEYED)
    chosen = page.locator("input[name=what]:checked").input_value()
    expect(page.locator(":focus")).to_have_value(chosen)  # the list came, and the keyboard stays where it was
    many = page.locator("#list [name=person]").count()
    tab_to(page, "#list [name=person]")
    keys.press("Space")  # the first was not there
    expect(page.locator("#press .count")).to_have_text(str(many - 1))
    tab_to(page, "#press")
    keys.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(f"已登记 {KEYED} {many - 1} 人")
    keys.press("Shift+Tab")
    for _ in range(40):
        if page.locator(":focus").inner_text() == "撤销":
            break
        keys.press("Shift+Tab")
    keys.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已撤销")
    expect(page.locator("#list [name=person]:checked")).to_have_count(many)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something of a kind has the focus, and see that it shows it."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            shown = """() => { const at = document.activeElement;
                return [at, at.closest("label"), at.nextElementSibling].some((each) => each
                    && (getComputedStyle(each).outlineStyle !== "none" || getComputedStyle(each).boxShadow !== "none")); }"""
            assert page.evaluate(shown), f"no ring shows that {selector} has the focus"
            return
    raise AssertionError(f"no Tab leads to {selector}")


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
