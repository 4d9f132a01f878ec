"""评审.html in a browser that is connected to nothing: opened from a stick, marked, saved, and taken in by the office."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page

from campmgr.areas.judging.files.pack import PackFile, write_pack
from campmgr.areas.judging.queries.forms import form_of
from campmgr.areas.judging.queries.scores import own_marks
from campmgr.facts import world as worlds
from campmgr.files.imports.importing import Options, import_file
from tests.judging.stage import Contest
from tests.kit.made_media import jpg
from tests.kit.story import Cast

WIDE, PHONE = {"width": 1366, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def panel(tmp_path_factory):
    """Three works, one judge; the pack unpacked in a folder, the first work with a picture."""
    folder = tmp_path_factory.mktemp("judge")
    contest = Contest(Cast(folder).root(lessons=())).opens()
    for title, unit in (("晨曦", "3502"), ("炉火", "3503"), ("织机", "3504")):
        contest.has_work(title, unit)
    contest.has_judge("张评委", "3507")
    contest.sets()
    contest.assigns(per_work=1)

    def ask(r):
        world = worlds.load(r)
        return form_of(r, world, contest.activity_in(world), contest.line(), contest.judges["张评委"]).form

    form = contest.node.see(ask)
    picture = folder / "a.jpg"
    picture.write_bytes(jpg())
    with (folder / "pack.zip").open("wb") as out:
        write_pack(form, [PackFile(f"{form.works[0].entry[:8]}-1.jpg", picture)], out)
    zipfile.ZipFile(folder / "pack.zip").extractall(folder / "pack")
    yield contest, folder / "pack" / "评审.html"
    contest.node.close()


def opened(browser, path: Path, size=WIDE) -> Page:
    context = browser.new_context(viewport=size, locale="zh-CN", offline=True, accept_downloads=True)
    page: Page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda problem: pytest.fail(str(problem)))
    page.goto(path.as_uri())
    assert all(url.startswith(("file:", "blob:", "data:")) for url in asked)
    return page


def mark(page: Page, steps: int) -> None:
    """Each slider so many steps up from the middle, by keyboard."""
    for slider in page.locator(".slider input").all():
        slider.focus()
        for _ in range(steps):
            page.keyboard.press("ArrowRight")


def saved(page: Page, folder: Path, button: str) -> Path:
    """What a button saves, under the name that the browser would give it."""
    with page.expect_download() as made:
        page.get_by_role("button", name=button).last.click()
    path = folder / made.value.suggested_filename
    made.value.save_as(path)
    return path


def test_marks_are_kept_saved_read_back_and_taken_in(browser, panel, tmp_path):
    contest, path = panel
    page = opened(browser, path)
    mark(page, 6)
    page.get_by_label("备注").fill("=节奏好")
    page.get_by_role("button", name="下一件").click()
    page.get_by_role("button", name="我要回避这件").click()
    page.get_by_role("button", name="下一件").click()
    mark(page, 1)
    assert page.locator("#done").inner_text() == "3"
    page.reload()
    assert page.locator("#done").inner_text() == "3", "the browser keeps what was given"
    page.locator("summary", has_text="换电脑接着评").click()
    draft = saved(page, tmp_path, "另存草稿")
    page.evaluate("localStorage.clear()")
    page.reload()
    assert page.locator("#done").inner_text() == "0"
    page.locator("#file").set_input_files(draft)
    page.get_by_text("已读回以前存的分数").wait_for()
    assert page.locator("#done").inner_text() == "3"
    sheet = saved(page, tmp_path, "存成交回的文件")
    page.locator("#book").set_input_files(draft)
    page.get_by_text("封好的文件在浏览器").wait_for()
    page.context.close()
    assert sheet.suffix == ".sealed"
    assert b"8," not in sheet.read_bytes()
    result = import_file(contest.node.store, "scores", sheet, Options())
    assert (result.counts.new, result.counts.rejected) == (3, 0)
    held = contest.node.see(own_marks, contest.activity, contest.line(), contest.judges["张评委"])
    assert sorted((min(each.marks.values()), max(each.marks.values()), each.note) for each in held.values() if each.marks) == [
        (550, 550, ""),
        (800, 800, "=节奏好"),
    ]


def test_on_a_phone_works_are_looked_at_and_not_marked(browser, panel):
    page = opened(browser, panel[1], PHONE)
    assert page.get_by_text("手机上只能看作品").is_visible()
    assert page.locator(".slider").first.is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.context.close()


def test_a_browser_that_keeps_nothing_says_so(browser, panel):
    context = browser.new_context(viewport=WIDE, locale="zh-CN", offline=True)
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })")
    page = context.new_page()
    page.goto(panel[1].as_uri())
    assert page.get_by_text("这个浏览器不让页面保存内容").is_visible()
    mark(page, 2)
    assert page.locator("#done").inner_text() == "1"
    context.close()
