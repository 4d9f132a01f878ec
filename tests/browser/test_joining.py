"""From the QR code on the wall to the certificate, as a pupil with a phone and a teacher with a laptop go through it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, PHONE

SEVEN_AND_A_HALF = ("V01", "V02", "V03", "V04", "V05", "V06", "V07", "V08", "L02")
"""Every lesson of the made-up camp but the live L01: 7.50 课时."""


def test_from_the_code_on_the_wall_to_the_certificate(visit, served):
    school, teacher, phone = served.built.school, visit("school"), visit(size=PHONE)
    own = learned_seven_and_a_half(teacher, phone, school, "欧阳晓光", "三年7班", 47)
    expect(phone.locator(".score .todo")).to_contain_text("还没有签到")
    mark_class(teacher, school, "三年7班", "L01", minutes="20")
    mark_class(teacher, school, "三年7班", "sign_in")
    phone.reload()
    expect(phone.locator(".score strong")).to_have_text("8.00")
    expect(phone.locator(".lessons li", has_text="L01").first).to_contain_text("0.50")
    expect(phone.locator(".score")).to_contain_text("条件已全部达到，等待颁发证书")
    issue_certificates(visit("organizer"), school)
    phone.goto(own)
    expect(phone.locator(".score")).to_contain_text("恭喜结业，证书已颁发")
    check_certificate(phone, "欧阳晓光")


def test_the_way_to_seven_and_a_half_without_javascript(visit, served):
    teacher, phone = visit("school", javascript=False), visit(size=PHONE, javascript=False)
    learned_seven_and_a_half(teacher, phone, served.built.school, "司马小雨", "三年8班", 48)


def test_who_is_unticked_gets_nothing(visit, served):
    school, teacher, phone = served.built.school, visit("school"), visit(size=PHONE)
    code = make_join_code(teacher, school, 49)
    here, away = join(phone, code, "上官到场", "三年9班"), join(phone, code, "上官缺席", "三年9班")
    mark_class(teacher, school, "三年9班", "V01", but="上官缺席")
    for own, hours in ((here, "1.00"), (away, "0.00")):
        phone.goto(own)
        expect(phone.locator(".score strong")).to_have_text(hours)


def test_the_made_up_participant_reads_what_is_missing(visit, served):
    phone = visit(size=PHONE)
    phone.goto(served.ways["participant"])
    expect(phone.locator(".score strong")).to_have_text("7.50")
    expect(phone.locator(".score .todo")).to_contain_text("0.50")


@pytest.mark.parametrize("code", ["NONESUCH", "🙈"])
def test_a_code_that_never_was_leads_on(visit, code):
    phone = visit(size=PHONE)
    phone.goto("/j/")
    phone.get_by_label("加入码").fill(code)
    phone.get_by_role("button", name="下一步").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("这个加入码现在不能用。")
    expect(phone.get_by_role("main").get_by_role("link", name="找回我的页面")).to_be_visible()


def learned_seven_and_a_half(teacher: Page, phone: Page, school: str, name: str, class_name: str, most: int) -> str:
    """Joins by a code for `most` people and is marked until 7.50; the address of their own page."""
    own = join(phone, make_join_code(teacher, school, most), name, class_name)
    expect(phone.locator(".score strong")).to_have_text("0.00")
    for lesson in SEVEN_AND_A_HALF:
        mark_class(teacher, school, class_name, lesson)
    phone.reload()
    expect(phone.locator(".score strong")).to_have_text("7.50")
    expect(phone.locator(".score .todo")).to_contain_text("0.50")
    return own


def make_join_code(teacher: Page, school: str, most: int) -> str:
    """A code of a school for so many people."""
    teacher.goto(f"/desk/units/{school}/codes")
    teacher.get_by_label("最多多少人").fill(str(most))
    teacher.get_by_role("button", name="生成").click()
    card = teacher.locator(".card.join", has_text=f"最多 {most} 人")
    expect(card).to_have_count(1)
    return card.locator("h2").inner_text()


def join(phone: Page, code: str, name: str, class_name: str) -> str:
    """Fill in the form behind a code; the address of the page that is theirs now."""
    phone.goto(f"/j/{code}")
    expect(phone.get_by_role("heading", name="请先看：我们会记录什么")).to_be_visible()
    phone.get_by_label("姓名").fill(name)
    phone.get_by_label("班级或部门").fill(class_name)
    phone.get_by_label("我已阅读并同意上面的告知内容").check()
    phone.get_by_role("button", name="加入", exact=True).click()
    expect(phone).to_have_url(re.compile(r"/p/[\w-]{10,}$"))
    expect(phone.get_by_role("heading", level=1)).to_have_text(name)
    return phone.url


def mark_class(teacher: Page, school: str, class_name: str, what: str, *, minutes: str = "", but: str = "") -> None:
    """Everyone of a class at once, but for who was not there."""
    teacher.goto(f"/desk/units/{school}/marking")
    choose_class(teacher, class_name, what)
    if but:
        teacher.get_by_role("checkbox", name=but).uncheck()
    if minutes:
        teacher.get_by_text("没看完：改成多少分钟").click()
        teacher.get_by_label("勾选的人都记这么多分钟").fill(minutes)
    teacher.get_by_role("button", name=f"登记 {class_name} 1 人").click()
    expect(teacher.get_by_role("status")).to_contain_text(f"已登记 {class_name} 1 人")


def choose_class(teacher: Page, class_name: str, what: str) -> None:
    """A class and a lesson are chosen; the list follows at once, or without scripts at the press of a button."""
    show = teacher.get_by_role("button", name="显示名单")
    for name, value in (("class", class_name), ("what", what)):
        choice = teacher.locator(f'input[name={name}][value="{value}"]')
        if not choice.is_visible():
            teacher.get_by_text(re.compile("^其余")).click()
        with teacher.expect_response(lambda answer: "/marking?" in answer.url):
            choice.check(force=True)
            if show.count():
                show.click()


def issue_certificates(organizer: Page, school: str) -> None:
    """Look at what issuing to a school would come to, then issue."""
    organizer.goto("/office/certificates/")
    organizer.get_by_label("只给这个单位").fill(school)
    organizer.get_by_role("button", name="预览").click()
    expect(organizer.get_by_role("heading", level=1)).to_contain_text("签发证书")
    for tick in organizer.locator("form.act [name=sure]").all():
        tick.check()
    organizer.get_by_role("button", name=re.compile(r"签发 \d+ 份")).click()
    expect(organizer.get_by_role("status").filter(has_text="已签发")).to_be_visible()


def check_certificate(phone: Page, name: str) -> None:
    """The page behind the number tells everybody that it is real, and nobody the name."""
    phone.get_by_role("link", name="查验页").click()
    expect(phone).to_have_url(re.compile(r"/c/[\w-]+$"))
    expect(phone.locator(".verdict")).to_contain_text("逃生演练训练营")
    expect(phone.locator(".verdict")).to_contain_text("持有人")
    expect(phone.locator(".verdict")).not_to_contain_text(name)


def test_known_classes_are_offered_below_their_field_and_one_press_takes_one(visit, served):
    teacher, phone = visit("school"), visit(size=NARROW)
    phone.goto(f"/j/{make_join_code(teacher, served.built.school, 46)}")
    field = phone.get_by_label("班级或部门")
    field.fill("三年")
    offers = phone.locator(".suggestions button")
    expect(offers.first).to_contain_text("三年")
    ends, begins = field.bounding_box(), offers.first.bounding_box()
    assert ends is not None
    assert begins is not None
    assert begins["y"] >= ends["y"] + ends["height"]
    words = offers.first.inner_text()
    offers.first.click()
    expect(field).to_have_value(words)
    expect(field).to_be_focused()
