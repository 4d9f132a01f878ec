"""Two laptops that never share a network: a village's joins, works while it waits, and learns that its records have arrived.

Between them go only a picture on a telephone and files on a stick.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from campmgr.accounts import governing
from campmgr.accounts.governing import NewAccount, Place
from campmgr.app.web_app import Settings, create_app, stores_of
from campmgr.areas.camp.actions import open_camp
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.whole import CATALOGUE
from campmgr.facts import world as worlds
from campmgr.store import data_file
from tests.browser.conftest import LAPTOP, PATIENCE_MS, PHONE
from tests.browser.looking import NOTHING_WRONG, looked_at
from tests.browser.served import listening
from tests.browser.test_joining import join, make_join_code, mark_class
from tests.kit.pages import CHEAP

PASSWORD = "battery staple"  # noqa: S105 - of made-up people
UNIT = "350102"


class Machine:
    """A laptop with the program, and browsers that reach nothing but it."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address
        self.refused: list[str] = []
        self._browser = browser

    def open(self, size: ViewportSize = LAPTOP) -> Page:
        """A page in a window of its own."""
        context = self._browser.new_context(
            base_url=self.address, viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE_MS)
        context.route(self._is_elsewhere, self._refuse)
        return context.new_page()

    def _is_elsewhere(self, url: str) -> bool:
        return not url.startswith((self.address, "data:", "blob:"))

    def _refuse(self, route: Route) -> None:
        self.refused.append(route.request.url)
        route.abort()


@pytest.fixture
def county(browser, tmp_path) -> Iterator[Machine]:
    """The laptop of whoever organizes: a camp with one lesson, and an account."""
    store = open_camp(tmp_path / "county.sqlite", "escape-drill-2023", CATALOGUE)
    with store.writing() as w:
        describe_lesson(w, Lesson("V01", "家庭用电安全", 100, 60, "科普视频", "家庭"))
        account = Place("organizer", worlds.load(w).root_unit)
        governing.open_account(w, NewAccount("zhang", "张科长", PASSWORD), account, cost=CHEAP)
    with listening(create_app(store, Settings(store.path, "", CHEAP))) as address:
        yield Machine(browser, address)
    data_file.close(store)


@pytest.fixture
def village(browser, tmp_path) -> Iterator[Machine]:
    """A laptop out of the box."""
    app = create_app(None, Settings(tmp_path / "village" / "camp.sqlite", "", CHEAP))
    with listening(app) as address:
        yield Machine(browser, address)
    for store in stores_of(app):
        data_file.close(store)


def test_from_the_first_page_to_the_first_receipt(county, village, tmp_path):
    school, office, phone = village.open(), county.open(), village.open(PHONE)
    log_in(office)
    ask(school)
    request = photographed(school, tmp_path / "request.png")
    own = works_while_it_waits(school, phone)
    answer = agree(office, request, tmp_path)
    take_answer(school, answer)
    bring_drafts_in(school)
    mark_class(school, UNIT, "三年1班", "V01")
    phone.goto(own)  # the link that was given out before the laptop was taken in
    expect(phone.locator(".score strong")).to_have_text("1.00")
    pack = saved(school, "/office/packs/", "做包", tmp_path / "up.pack")
    receipt = accept(office, pack, tmp_path)
    give(school, receipt)
    expect(school.get_by_role("status").filter(has_text="到")).to_be_visible()
    arrived = school.locator(".card", has=school.get_by_role("heading", name="本机记的，到了哪里"))
    expect(arrived).to_contain_text("都到了")
    office.goto(f"/desk/units/{UNIT}/people")
    expect(office.get_by_role("main")).to_contain_text("欧阳晓光")
    assert (county.refused, village.refused) == ([], [])


def log_in(office: Page) -> None:
    """With a password, as every morning."""
    office.goto("/login")
    office.get_by_label("登录名").fill("zhang")
    office.get_by_label("密码").fill(PASSWORD)
    office.get_by_role("button", name="登录").click()
    expect(office.get_by_role("link", name="组织工作")).to_be_visible()


def ask(school: Page) -> None:
    """The first page leads to a request."""
    school.goto("/")
    expect(school.get_by_role("heading", level=1)).to_have_text("这台电脑第一次用")
    school.get_by_role("link", name="加入", exact=True).click()
    school.get_by_label("您是哪个单位").fill("鼓楼区第一小学")
    school.get_by_role("button", name="做一张申请").click()
    expect(school.get_by_role("heading", level=1)).to_contain_text("等上级同意")


def photographed(page: Page, path: Path) -> Path:
    """A picture of the code on a screen."""
    page.locator("img.qr").screenshot(path=path)
    return path


def works_while_it_waits(school: Page, phone: Page) -> str:
    """Drafts are begun, and a pupil joins by a code; the address of the pupil's own page."""
    school.get_by_role("button", name="先记草稿").click()
    for label, text in (("您的姓名", "王老师"), ("登录名", "wang"), ("密码", PASSWORD)):
        school.get_by_label(label).fill(text)
    school.get_by_role("button", name="开通并登录").click()
    expect(school.get_by_role("main")).to_contain_text("这里记的还是草稿")
    school.get_by_role("link", name="加入码与海报").click()
    own = join(phone, make_join_code(school, school.url.split("/units/")[1].split("/")[0], 40), "欧阳晓光", "三年1班")
    expect(phone.locator(".score strong")).to_have_text("0.00")
    return own


def agree(office: Page, request: Path, folder: Path) -> tuple[Path, Path]:
    """Who asks is looked at and taken in; the picture of the answer, and the file."""
    office.goto("/office/nodes/")
    office.get_by_role("link", name="同意一台电脑加入").click()
    office.get_by_label("二维码的照片，或申请文件").set_input_files(request)
    expect(office.get_by_role("heading", level=1)).to_have_text("谁要加入")
    expect(office.get_by_role("main")).to_contain_text("鼓楼区第一小学")
    office.get_by_label("管哪个单位（含全部下级）").fill(UNIT)
    office.keyboard.press("Escape")
    office.get_by_role("button", name="同意加入").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("已同意：鼓楼区第1台")
    assert looked_at(office) == NOTHING_WRONG
    picture = photographed(office, folder / "answer.png")
    with office.expect_download() as file:
        office.get_by_role("link", name="下载要还给对方的文件").click()
    file.value.save_as(folder / "answer.pack")
    return picture, folder / "answer.pack"


def take_answer(school: Page, answer: tuple[Path, Path]) -> None:
    """First the picture says yes; the file brings the camp."""
    picture, file = answer
    school.goto("/desk/")
    school.route("**/static/codes*.js*", _late)
    school.get_by_role("link", name="看申请").click()
    school.get_by_label("上级还给您的文件，或二维码的照片").set_input_files(picture)  # before the script is there that reads it
    expect(school.get_by_role("heading", name="上级同意了")).to_be_visible()
    school.unroute("**/static/codes*.js*")
    assert looked_at(school) == NOTHING_WRONG
    expect(school.locator(".big")).to_have_text("鼓楼区第1台")
    school.get_by_label("上级还给您的文件，或二维码的照片").set_input_files(file)
    school.get_by_role("button", name="接收").click()
    expect(school.get_by_role("heading", level=1)).to_have_text("加入以前记的草稿")


def _late(route: Route) -> None:
    time.sleep(2)
    route.continue_()


def bring_drafts_in(school: Page) -> None:
    """They are looked at, and become facts."""
    assert looked_at(school) == NOTHING_WRONG
    school.get_by_role("button", name="看会怎样").click()
    expect(school.get_by_role("main")).to_contain_text(re.compile(r"新加入\s*1 人"))
    assert looked_at(school) == NOTHING_WRONG
    school.get_by_role("button", name="带进来").click()
    expect(school.get_by_role("status").filter(has_text="草稿带进来了")).to_be_visible()


def saved(page: Page, path: str, button: str, to: Path) -> Path:
    """What a button makes, as it lies on the stick."""
    page.goto(path)
    with page.expect_download() as file:
        page.get_by_role("button", name=button, exact=True).first.click()
    file.value.save_as(to)
    return to


def give(page: Page, file: Path) -> None:
    """What lies on the stick, a pack or a receipt."""
    page.goto("/office/packs/")
    page.get_by_label(re.compile("把 U 盘上的接力包或回执拖到这里")).set_input_files(file)
    page.get_by_role("button", name="打开", exact=True).click()


def accept(office: Page, pack: Path, folder: Path) -> Path:
    """The pack is looked into, taken in, and answered by a receipt."""
    give(office, pack)
    expect(office.get_by_role("main")).to_contain_text("1 人新加入")
    office.get_by_role("button", name="收下").click()
    with office.expect_download() as file:
        office.get_by_role("link", name="下载回执").click()
    file.value.save_as(folder / "up.pack.receipt")
    return folder / "up.pack.receipt"
