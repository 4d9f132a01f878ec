"""A form that is sent in place and pressed twice says once what was done, and nothing of an address that cannot be used so."""

from __future__ import annotations

from playwright.sync_api import expect

TWICE = "form => { form.requestSubmit(); form.requestSubmit(); }"


def test_a_unit_is_added_by_two_presses_after_a_mistake(visit, served):
    page = visit("organizer")
    page.goto(f"/office/units/{served.built.school}/add")
    page.get_by_label("代码").fill(served.built.school)  # which is taken
    page.get_by_label("名称").fill("两次按下的单位")
    form = page.locator("form", has=page.get_by_label("名称"))
    form.evaluate("form => form.requestSubmit()")
    expect(page.locator("#e-code")).to_be_visible()
    page.get_by_label("代码").fill("")
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(answer.status))
    form.evaluate(TWICE)
    expect(page.locator("#done")).to_contain_text("已新增单位")
    page.wait_for_timeout(2000)  # in which a second press would have been answered
    expect(page.locator("#refusal")).to_have_text("")
    assert [each for each in answers if each >= 400] == []
