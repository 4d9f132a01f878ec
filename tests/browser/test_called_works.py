"""A call for works in a browser: a unit checks files where they lie, hands in; the host screens and shows; the gallery opens."""

from __future__ import annotations

import shutil
from pathlib import Path
from zlib import crc32

import pytest
from playwright.sync_api import Page, expect

from campmgr.accounts.governing import login_link
from campmgr.app.web_app import Settings, create_app
from campmgr.areas.activities.actions import open_activity
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.ids import person_code
from campmgr.store import data_file
from tests.browser.conftest import Visitors, let_in
from tests.browser.served import listening
from tests.kit import made_media
from tests.kit.agreed import list_agreed
from tests.kit.made_media import Film, jpg, write_film

GOOD = {
    "class": "图片类", "sub": "海报", "theme": "安全宣传和应急科普", "created_on": "2023-05-20", "title": "守夜",
    "published_on": "2023-05-30", "words": "夜班的人", "link": "https://example.org/1",
}  # fmt: skip


@pytest.fixture
def call(filled, browser, tmp_path):
    """The camp of the cast with a call for works, served; a window for each of the cast, and the code of who answers questions."""
    path, cast = filled
    store = data_file.open_file(Path(shutil.copy(path, tmp_path / "camp.sqlite")), CATALOGUE, FixedClock("2023-06-26T09:00"))
    with store.writing() as w:
        open_activity(w, "works-collection-2023", "ZP")
        world = worlds.load(w)
        list_agreed(w, world.activities.called("ZP")[0], find_unit(world, "3501-X1").unit, GOOD)
        who = person_code(register(w, Registration("3501-X1", "林老师", "M1", "")))
        links = {name: f"/link/{login_link(w, cast[name].account)}" for name in ("dora", "root")}
    with listening(create_app(store, Settings(store.path))) as address:
        visitors = Visitors(browser, address, {})
        visitors.states.update({name: let_in(visitors, link) for name, link in links.items()})
        yield visitors, who
        visitors.close()
        assert visitors.outside == []
    data_file.close(store)


def checks(page: Page, folder: Path) -> None:
    write_film(folder / "车间.mp4", Film(data=3 * 2**30, length=(901_000, 1000), turned=90))
    (folder / "好.jpg").write_bytes(filled_picture())
    half = jpg((2400, 1600), 3, 95)
    (folder / "半张.jpg").write_bytes(half[: len(half) // 2])
    head = b"IHDR" + (30_000).to_bytes(4) * 2 + b"\x08\x02\0\0\0"
    (folder / "炸弹.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\r" + head + crc32(head).to_bytes(4) + b"\0\0\0\0IEND\xaeB`\x82")
    page.goto("/desk/units/3501-X1/a/ZP/check")
    page.set_input_files("#f-files", [str(folder / name) for name in ("车间.mp4", "好.jpg", "半张.jpg", "炸弹.png")])
    cards = page.locator(".checked")
    expect(cards).to_have_count(4)
    expect(cards.nth(0)).to_contain_text("长了 1 秒")
    expect(cards.nth(0)).to_contain_text("1080×1920，旋转 90° 以后")
    expect(cards.nth(1).locator("h2")).to_have_text("好.jpg 合格")
    expect(cards.nth(2)).to_contain_text("文件不完整（没有传完或存完）")
    expect(cards.nth(3)).to_contain_text("展开后大得离谱，没有打开")


def filled_picture() -> bytes:
    return made_media.filled(jpg((1800, 1200)), 1_500_000)


def test_a_unit_checks_and_hands_in_and_the_host_shows(call, tmp_path):
    visitors, who = call
    desk = visitors.open("dora")
    checks(desk, tmp_path)
    desk.goto("/desk/units/3501-X1/a/ZP/handin")
    desk.get_by_text("结批：2023年第二季度，1 件").click()
    desk.get_by_label("联系人").fill(who)
    desk.get_by_label("以上各项已向创作者逐项核实，同意承诺").check()
    desk.get_by_role("button", name="结批").click()
    expect(desk.locator("main")).to_contain_text("【第四届新媒体作品征集】图片类+演练小学1")
    office = visitors.open("root")
    office.goto("/office/a/ZP/works/")
    expect(office.locator("main")).to_contain_text("收到的批次")
    office.get_by_role("checkbox").first.check()
    office.get_by_label("办理").select_option("展播")
    office.get_by_label("展播平台").select_option("微信")
    office.get_by_role("button", name="办理").click()
    expect(office.locator("main")).to_contain_text("展播 1")
    gallery = visitors.open()
    gallery.goto("/a/ZP/gallery")
    expect(gallery.locator("main")).to_contain_text("展播平台：微信")
