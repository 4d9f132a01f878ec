"""Paper and pictures in a real browser: a roster typed in by keyboard alone, and a screenshot on its way from phone to desk."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE

DAY = "2023-06-20"


def _print(page: Page, school: str, *, minutes: bool) -> None:
    """Make a roster of everybody and open its first sheet."""
    page.goto(f"/desk/units/{school}/paper")
    page.locator("#f-day").fill(DAY)
    if minutes:
        page.get_by_label("要一列“分钟”").check()
    page.get_by_role("button", name="生成名册").click()
    fresh = page.locator(".rosters .fresh")
    with page.expect_download() as paper:
        fresh.get_by_role("link", name="下载 PDF").click()
    assert Path(paper.value.path()).read_bytes().startswith(b"%PDF-")
    fresh.get_by_role("link", name="录入").click()
    page.wait_for_url("**/paper/*")  # loaded with its script, which moves on at Enter


def test_a_sheet_is_typed_in_by_keyboard_and_saved_once_its_totals_agree(visit, served):
    page = visit("school")
    _print(page, served.built.school, minutes=True)
    page.get_by_label("课程或签到").select_option("V03")
    page.locator("[name=m1]").focus()
    for typed in ("30", "", "全", "45"):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    expect(page.locator("[name=m5]")).to_be_focused()
    page.keyboard.press("Shift+Enter")
    expect(page.locator("[name=m4]")).to_be_focused()
    expect(page.locator("[data-count]")).to_have_text("现在录入了 3 人，合计 75 分钟")
    page.get_by_label("到场多少人").fill("4")
    page.get_by_label("分钟数合计").fill("75")
    page.get_by_role("button", name="核对合计并保存").click()
    expect(page.locator("#e-people")).to_contain_text("纸上合计 4 人，录入了 3 人，少了 1 人")
    expect(page.locator("[name=m4]")).to_have_value("45")
    page.get_by_label("到场多少人").fill("3")
    page.get_by_role("button", name="核对合计并保存").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已登记 3 人")
    page.get_by_role("link", name="录入名册第 2 页").click()
    expect(page.locator("main")).to_contain_text("第 2 页")


@pytest.mark.parametrize("javascript", [True, False])
def test_rows_are_typed_as_numbers_on_a_phone_too(visit, served, javascript):
    page = visit("school", size=PHONE, javascript=javascript)
    _print(page, served.built.school, minutes=False)
    page.get_by_label("课程或签到").select_option("V04" if javascript else "V05")
    page.get_by_label("到场的行号").fill("1-3，5")
    if javascript:
        expect(page.locator(".sheet .came")).to_have_count(4)
        expect(page.locator("[data-count]")).to_have_text("现在录入了 4 人")
    page.get_by_label("到场多少人").fill("4")
    page.get_by_role("button", name="核对合计并保存").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("已登记")


def test_a_screenshot_goes_from_the_phone_to_the_desk_and_is_gone_once_answered(visit, served):
    phone, teacher = visit(size=PHONE), visit("school")
    phone.goto(served.ways["participant"])
    picture = BytesIO()
    Image.new("RGB", (1080, 2340), "teal").save(picture, "PNG")
    phone.get_by_label("课程", exact=True).select_option("V03")
    phone.locator("#f-day").fill(DAY)
    phone.locator("#f-picture").set_input_files({"name": "截图.png", "mimeType": "image/png", "buffer": picture.getvalue()})
    phone.get_by_role("button", name="申报", exact=True).click()
    _is_drawn(phone)
    teacher.goto(f"/desk/units/{served.built.school}/declarations")
    _is_drawn(teacher)
    for tick in teacher.locator("[name=fact]").all():
        tick.set_checked("电动车充电" in (tick.locator("xpath=..").text_content() or ""))
    teacher.get_by_role("button", name="确认选中的").click()
    expect(teacher.locator("img.proof")).to_have_count(0)
    phone.reload()
    expect(phone.locator("img.proof")).to_have_count(0)


def test_the_text_for_a_chat_is_copied_with_one_press(visit, served):
    page = visit("school")
    page.goto(f"/desk/units/{served.built.school}/behind")
    text = page.locator("#chat").input_value()
    assert "未完成" in text
    page.get_by_role("button", name="复制全部").click()
    expect(page.get_by_role("button", name="已复制，去群里粘贴")).to_be_focused()
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'paste' }))")
    page.locator("#paste").focus()
    page.keyboard.press("Control+V")
    assert page.locator("#paste").input_value() == text


def _is_drawn(page: Page) -> None:
    picture = page.locator("img.proof").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_visible()
    page.wait_for_function("image => image.complete && image.naturalWidth > 50", arg=picture.element_handle())
