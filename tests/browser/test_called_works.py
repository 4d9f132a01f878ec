"""A call for works in a browser: a unit checks files where they lie and hands in, the city passes on, the host counts and shows."""

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
    """The camp of the cast with a call for works, served; a window for each of the cast; who answers questions, by their codes."""
    path, cast = filled
    store = data_file.open_file(Path(shutil.copy(path, tmp_path / "camp.sqlite")), CATALOGUE, FixedClock("2023-06-26T09:00"))
    with store.writing() as w:
        open_activity(w, "works-collection-2023", "ZP")
        world = worlds.load(w)
        list_agreed(w, world.activities.called("ZP")[0], find_unit(world, "3501-X1").unit, GOOD)
        who = person_code(register(w, Registration("3501-X1", "林老师", "M1", "")))
        at_the_city = person_code(register(w, Registration("3501", "陈主任", "M2", "")))
        links = {name: f"/link/{login_link(w, cast[name].account)}" for name in ("dora", "root")}
    with listening(create_app(store, Settings(store.path))) as address:
        visitors = Visitors(browser, address, {})
        visitors.states.update({name: let_in(visitors, link) for name, link in links.items()})
        yield visitors, who, at_the_city
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


def closes(desk: Page, unit: str, who: str) -> None:
    """Close the batch of the quarter with its one work."""
    desk.goto(f"/desk/units/{unit}/a/ZP/handin")
    desk.get_by_text("结批：2023年第二季度，1 件").click()
    desk.get_by_label("联系人").fill(who)
    desk.get_by_label("以上各项已向创作者逐项核实，同意承诺").check()
    desk.get_by_role("button", name="结批").click()


def does(office: Page, what: str, told: str, **chosen: str) -> None:
    """One press of the host on the one work: `chosen` by label."""
    office.goto("/office/a/ZP/works/")
    office.locator('input[name="entry"]').first.check()
    office.get_by_label("办理").select_option(what)
    if what == "初筛":
        office.get_by_text("初筛逐项看").click()
        office.locator('input[name="check"]').first.check()
    if outlet := chosen.get("outlet"):
        office.get_by_label("展播平台").select_option(outlet)
    office.get_by_label("原因").fill(chosen.get("reason", ""))
    office.get_by_role("button", name="办理").click()
    expect(office.locator("main")).to_contain_text(told)


def votes(office: Page, folder: Path, rows: str, read_at: str) -> None:
    """A sheet of votes, looked at; it is taken in by a press of its own."""
    (folder / "票.csv").write_text(f"作品名称,票数\n{rows}", "utf-8")
    office.goto("/office/a/ZP/import/votes")
    office.set_input_files('input[type="file"]', str(folder / "票.csv"))
    office.locator('[name="read_at"]').fill(read_at)
    office.locator("main form button").last.click()
    expect(office.get_by_role("heading", level=1)).to_have_text("导入预览")


def test_a_unit_checks_and_hands_in_an_office_passes_on_and_the_host_screens_counts_and_shows(call, tmp_path):
    visitors, who, at_the_city = call
    desk = visitors.open("dora")
    checks(desk, tmp_path)
    closes(desk, "3501-X1", who)
    expect(desk.locator("main")).to_contain_text("【第四届新媒体作品征集】图片类+演练小学1")
    closes(desk, "3501", at_the_city)
    expect(desk.locator("main")).to_contain_text("【第四届新媒体作品征集】图片类+福州市")
    office = visitors.open("root")
    office.goto("/office/a/ZP/works/")
    expect(office.locator("main")).to_contain_text("收到的批次 2")
    expect(office.locator("main")).to_contain_text("已并入福州市的批次")
    does(office, "初筛", "初筛 1")
    does(office, "入围", "入围 1")
    votes(office, tmp_path, "守夜,4200\n没有这件,5\n", "2023-06-20 18:00")
    expect(office.locator("main")).to_contain_text("没有这件作品")
    office.get_by_role("button", name="导入").last.click()
    votes(office, tmp_path, "守夜,-3\n", "2023-06-21 18:00")
    expect(office.locator("main")).to_contain_text("-3")
    votes(office, tmp_path, "守夜,4000\n", "2023-06-22 18:00")
    office.get_by_role("button", name="导入").last.click()
    office.goto("/office/a/ZP/works/votes")
    expect(office.locator("main")).to_contain_text("4,000")
    expect(office.locator("main")).to_contain_text("有一次下降")
    does(office, "展播", "展播 1", outlet="微信")
    gallery = visitors.open()
    gallery.goto("/a/ZP/gallery")
    expect(gallery.locator("main")).to_contain_text("展播平台：微信")
    does(office, "撤销资格", "撤销", reason="有人投诉")
    gallery.reload()
    expect(gallery.locator("main")).not_to_contain_text("守夜")
