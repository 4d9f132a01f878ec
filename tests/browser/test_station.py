"""The check-in station at the school gate: scanners, input methods, photos and cameras, and a server that is not always there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Error, Page, Route, expect

from campmgr.files.qr import qr_png
from tests.browser.conftest import NARROW, QUIET, program
from tests.browser.gate import LESSON, Gate, gate, ready, scan
from tests.browser.looking import EVERYTHING, barriers


@pytest.fixture
def school(browser, tmp_path):
    """A served school; after the browser, so that nothing is built where there is none."""
    with gate(tmp_path) as found:
        found.start()
        yield found


def panel(page: Page):
    return page.locator("#panel")


def test_the_server_is_killed_while_a_class_is_scanned_and_every_scan_arrives_once(browser, school: Gate):
    page = school.open(browser)
    page.evaluate("navigator.serviceWorker.ready.then((it) => it.active.state)")
    expect_shell_kept(page)
    for code in school.codes[:3]:
        scan(page, code)
    expect(page.locator("#count")).to_have_text("3")
    for at, code in enumerate(school.codes[3:7]):
        if at == 2:
            school.kill()
        scan(page, code)
    expect(panel(page)).to_have_class("panel kept")
    expect(panel(page)).to_contain_text("已暂存")
    expect(page.locator("#kept")).to_contain_text("服务器连不上，已暂存 ")
    waiting = int(page.locator("#waiting").inner_text())
    assert waiting >= 2
    page.reload()
    ready(page)
    expect(page.locator("#waiting")).to_have_text(str(waiting))
    expect(page.locator("main")).not_to_contain_text(school.names[0])
    for code in [*school.codes[7:10], school.codes[9]]:
        scan(page, code)
    expect(page.locator("#waiting")).to_have_text(str(waiting + 3))
    school.start()
    expect(page.locator("#waiting")).to_have_text("0")
    expect(page.locator("#kept")).to_be_hidden()
    expect(page.locator("#all")).to_have_text("10 / 12")
    school.kill()
    assert school.facts() == dict.fromkeys(school.codes[:10], 1)
    assert credited(school, school.codes[9]) == "1.00"


def test_answers_that_get_lost_and_two_windows_at_once_count_nothing_twice(browser, school: Gate):
    page = school.open(browser, service_workers="block")
    lost: list[int] = []

    def lose_the_answer(route: Route) -> None:
        if (route.request.post_data_json or {}).get("scans") and len(lost) < 3:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.context.route("**/station/scans", lose_the_answer)
    for code in school.codes[:6]:
        scan(page, code)
    second = page.context.new_page()
    school.visit(second)
    for code in school.codes[4:9]:
        scan(second, code)
    expect(panel(second)).to_contain_text(school.names[8])
    for each in (page, second):
        expect(each.locator("#waiting")).to_have_text("0")
    assert lost == [200, 200, 200]
    school.kill()
    assert school.facts() == dict.fromkeys(school.codes[:9], 1)


def test_a_card_is_answered_with_name_hours_and_count(browser, school: Gate):
    page = school.open(browser)
    scan(page, school.codes[0])
    expect(panel(page)).to_have_class("panel recorded")
    for words in ("已登记", school.names[0], "1.00 / 8.00", "三年1班"):
        expect(panel(page)).to_contain_text(words)
    expect(page.locator("#all")).to_have_text("1 / 12")
    scan(page, school.codes[0])
    expect(panel(page)).to_contain_text("刚才已登记")
    page.reload()
    ready(page)
    expect(page.locator("#last li")).to_have_count(1)
    scan(page, school.codes[0])
    expect(panel(page)).to_contain_text("已登记过")
    scan(page, "0000000000000098")
    expect(panel(page)).to_have_class("panel pending")
    scan(page, "1234567890123456")
    expect(panel(page)).to_contain_text("校验位不对")
    scan(page, "S11")
    expect(panel(page)).to_contain_text(school.names[11])
    expect(page.locator("#count")).to_have_text("3")


def test_the_last_scan_is_taken_back_with_its_reason(browser, school: Gate):
    page = school.open(browser)
    scan(page, school.codes[0])
    page.get_by_role("button", name=f"撤回 {school.names[0]}").click()
    page.get_by_label("撤回的原因").fill("不是本人")
    page.get_by_role("button", name="确定撤回").click()
    expect(page.locator("#last .gone")).to_contain_text(school.names[0])
    expect(page.locator("#all")).to_have_text("0 / 12")
    scan(page, school.codes[0])
    expect(panel(page)).to_have_class("panel recorded")


_AT_A_SCANNERS_PACE = """(text) => {
    const on = document.activeElement;
    const press = (key, code) => on.dispatchEvent(new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true }));
    for (const each of text) {
        if (!press(each, `Digit${each}`) || !("value" in on)) continue;
        if (on.type === "date") on.value = "0003-02-08"; else on.value += each;
        on.dispatchEvent(new Event("change", { bubbles: true }));
    }
    press("Enter", "Enter");
}"""
"""The keys in one burst, and what they do to a field; one by one from here they would come as slowly as the machine is busy."""


@pytest.mark.parametrize("where", ["nowhere", "#f-text", "#f-what", "#f-day", "#sound"])
def test_a_scanner_needs_no_field_and_harms_none(browser, school: Gate, where):
    page = school.open(browser)
    choices = page.evaluate("[...document.querySelectorAll('#choosing [name]')].map((each) => each.value)")
    if where != "nowhere":
        page.locator(where).focus()
    page.evaluate(_AT_A_SCANNERS_PACE, school.codes[0])
    expect(panel(page)).to_contain_text(school.names[0])
    expect(page.locator("#f-text")).to_have_value("")
    expect(page.locator("#sound")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("[...document.querySelectorAll('#choosing [name]')].map((each) => each.value)") == choices


def test_an_input_method_that_swallows_the_letters_does_not_swallow_the_card(browser, school: Gate):
    page = school.open(browser)
    page.locator("#f-text").focus()
    page.evaluate(
        """(text) => {
            const field = document.getElementById("f-text");
            const press = (code) => field.dispatchEvent(new KeyboardEvent("keydown",
                { key: "Process", code, keyCode: 229, isComposing: true, bubbles: true, cancelable: true }));
            for (const each of text) { press(/[0-9]/.test(each) ? `Digit${each}` : `Key${each}`); field.value += "诶"; }
            press("Enter");
            setTimeout(() => { field.value = "诶诶诶"; }, 20);
        }""",
        "S07",
    )
    expect(panel(page)).to_contain_text(school.names[7])
    expect(page.locator("#f-text")).to_have_value("")


def test_typing_slowly_is_typing(browser, school: Gate):
    page = school.open(browser)
    field = page.locator("#f-text")
    code = school.codes[2]
    field.press_sequentially(" ".join(code[at : at + 4] for at in range(0, 16, 4)), delay=90)
    expect(field).not_to_have_value("")
    page.wait_for_timeout(200)
    field.press("Enter")
    expect(panel(page)).to_contain_text(school.names[2])
    field.evaluate("field => field.blur()")
    page.keyboard.type(" ".join(school.codes[1][at : at + 4] for at in range(0, 16, 4)))  # as it stands on the card
    page.keyboard.press("Enter")
    expect(panel(page)).to_contain_text(school.names[1])
    field.press_sequentially("演练丁", delay=90)
    page.wait_for_timeout(200)
    field.press("Enter")
    page.get_by_role("button", name="演练丁").click()
    expect(panel(page)).to_have_class("panel recorded")
    expect(panel(page)).to_contain_text("演练丁")
    assert page.url.partition("?")[2].startswith("what=") or "?" not in page.url


def test_an_own_page_link_is_not_kept(browser, school: Gate):
    page = school.open(browser)
    scan(page, "http://127.0.0.1/p/SECRETSECRET")
    expect(panel(page)).to_contain_text("不是胸卡")
    expect(page.locator("#waiting")).to_have_text("0")


def test_the_shell_tells_that_the_server_is_away_and_a_browser_that_was_never_here_says_so_instead_of_keeping_what_it_cannot_send(
    browser, school: Gate
):
    page = school.open(browser)
    expect_shell_kept(page)
    school.kill()
    page.reload()
    expect(page.locator("#kept")).to_contain_text("服务器连不上。可以继续扫")
    school.start()
    expect(page.locator("#all")).to_have_text("0 / 12")
    expect(page.locator("#kept")).to_be_hidden()
    page.evaluate("localStorage.clear()")
    school.kill()
    with suppress(Error):  # a machine that does much else may give up once on the worker that keeps the page
        page.reload()
    page.reload()
    ready(page)
    scan(page, school.codes[0])
    expect(panel(page)).to_contain_text("本机还不认识这个签到台")
    expect(page.locator("#waiting")).to_have_text("0")


def test_a_photo_of_a_pass_is_read(browser, school: Gate):
    page = school.open(browser)
    page.locator("#photo").set_input_files({"name": "pass.png", "mimeType": "image/png", "buffer": qr_png(school.codes[5], 20)})
    expect(panel(page)).to_contain_text(school.names[5])
    page.locator("#photo").set_input_files({"name": "cat.png", "mimeType": "image/png", "buffer": b"no picture"})
    expect(panel(page)).to_contain_text("没有认出二维码")


def test_the_live_camera_reads_a_pass(browser, school: Gate, tmp_path):
    film = tmp_path / "pass.y4m"
    film.write_bytes(film_of(school.codes[4]))
    words = "--use-fake-ui-for-media-stream --use-fake-device-for-media-stream"
    started = browser.browser_type.launch(
        executable_path=program(), args=[*QUIET.split(), *words.split(), f"--use-file-for-fake-video-capture={film}"]
    )
    try:
        page = school.open(started)
        page.get_by_role("button", name="用摄像头连续扫").click()
        expect(panel(page)).to_contain_text(school.names[4])
        page.wait_for_timeout(500)
        expect(page.locator("#count")).to_have_text("1")
        page.get_by_role("button", name="停止连续扫").click()
        expect(page.locator("#live")).to_be_hidden()
        school.contexts.pop().close()
    finally:
        started.close()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_every_answer_can_be_read_by_everyone(browser, school: Gate, colours):
    page = school.open(browser, color_scheme=colours)
    for text, state in (
        (school.codes[0], "recorded"),
        (school.codes[0], "known"),
        ("0000000000000098", "pending"),
        ("NOBODY9", "refused"),
    ):
        scan(page, text)
        expect(panel(page)).to_have_class(f"panel {state}")
        assert barriers(page, EVERYTHING) == []
    school.kill()
    scan(page, school.codes[1])
    expect(panel(page)).to_have_class("panel kept")
    page.get_by_role("button", name=f"撤回 {school.names[0]}").click()
    page.set_viewport_size(NARROW)
    assert barriers(page, EVERYTHING) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_what_is_refused_while_nobody_looks_stays_until_somebody_has(browser, school: Gate):
    page = school.open(browser)
    school.kill()
    for text in ("NOBODY9", school.codes[0]):
        scan(page, text)
    expect(page.locator("#waiting")).to_have_text("2")
    school.start()
    expect(page.locator("#waiting")).to_have_text("0")
    expect(panel(page)).to_contain_text("有 1 条没有登记")
    page.reload()
    ready(page)
    expect(page.locator("#last .refused")).to_contain_text("没有编号为“NOBODY9”的人")
    page.get_by_role("button", name="知道了").click()
    expect(page.locator("#last .refused")).to_have_count(0)
    expect(page.locator("#last li")).to_have_count(1)


def test_a_network_that_swallows_everything_holds_nobody_up(browser, school: Gate):
    page = school.open(browser, service_workers="block")
    page.context.route("**/station/scans", lambda _: None)
    for code in school.codes[:2]:
        scan(page, code)
        expect(panel(page)).to_have_class("panel kept")
    expect(page.locator("#kept")).to_contain_text("服务器连不上")
    page.context.unroute("**/station/scans")
    expect(page.locator("#all")).to_have_text("2 / 12")


def test_on_plain_http_it_says_what_is_missing_and_keeps_every_scan(browser, school: Gate):
    started = browser.browser_type.launch(
        executable_path=program(), args=[*QUIET.split(), "--host-resolver-rules=MAP gate.example 127.0.0.1"]
    )
    try:
        page = school.open(started, host="gate.example")
        assert page.evaluate("isSecureContext") is False
        expect(page.locator("#insecure")).to_contain_text("普通 http")
        expect(page.locator("#camera")).to_be_hidden()
        school.kill()
        for code in school.codes[:3]:
            scan(page, code)
        expect(page.locator("#waiting")).to_have_text("3")
        page.close()
        school.start()
        again = school.contexts[-1].new_page()
        school.visit(again)
        expect(again.locator("#all")).to_have_text("3 / 12")
        expect(again.locator("#waiting")).to_have_text("0")
        school.contexts.pop().close()
    finally:
        started.close()
    school.kill()
    assert school.facts() == dict.fromkeys(school.codes[:3], 1)


def test_somebody_elses_queue_waits_for_them(browser, school: Gate):
    page = school.open(browser, service_workers="block")
    page.context.route("**/station/scans", lambda route: route.abort())
    scan(page, school.codes[0])
    expect(page.locator("#waiting")).to_have_text("1")
    cookie = next(each for each in page.context.cookies() if each["name"].startswith("campmgr"))
    page.context.add_cookies([{"name": cookie["name"], "value": school.other, "domain": cookie["domain"], "path": "/"}])
    page.context.unroute("**/station/scans")
    expect(page.locator("#kept")).to_contain_text("登录")
    school.visit(page)
    expect(page.locator("#kept")).to_contain_text("还有 1 条是用别的账号扫的")
    page.get_by_role("button", name="由我补交").click()
    expect(page.locator("#kept")).to_be_hidden()
    expect(page.locator("#all")).to_have_text("1 / 12")


def expect_shell_kept(page: Page) -> None:
    """The worker has what it needs to open the station without a server."""
    assert page.evaluate("""async () => {
        for (let tries = 0; tries < 100; tries++) {
            if (await caches.match("/desk/station-shell")) return true;
            await new Promise((again) => setTimeout(again, 100));
        }
        return false;
    }""")
    assert (
        page.evaluate("""async () => (await Promise.all((await (await caches.open("station-shell")).keys()).map(
        async (each) => (await (await caches.match(each)).text())))).join("").includes("林")""")
        is False
    )


def credited(school: Gate, code: str) -> str:
    """What `campmgr report hours` says of somebody."""
    words = [sys.executable, "-m", "campmgr", "report", "hours", "--db", str(school.path), "--person", code, "--json"]
    done = subprocess.run(words, capture_output=True, check=True, env=os.environ | {"PYTHONUTF8": "1"})
    told = json.loads(done.stdout)
    assert [each["lesson"] for each in told["lessons"]] == [LESSON]
    return str(told["credited"])


def film_of(code: str, side: int = 480) -> bytes:
    """A film of one picture, a pass in the middle, as Chromium takes it for a camera: y4m, grey."""
    png = qr_png(code, 10)
    grey = _grey(png)
    size = len(grey)
    assert size <= side
    left, width = (640 - size) // 2, 640
    top = (side - size) // 2
    lines = [bytes([200]) * width] * top
    lines += [bytes([200]) * left + line + bytes([200]) * (width - left - size) for line in grey]
    lines += [bytes([200]) * width] * (side - len(lines))
    frame = b"FRAME\n" + b"".join(lines) + bytes([128]) * (width * side // 2)
    return f"YUV4MPEG2 W{width} H{side} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 3


def _grey(png: bytes) -> list[bytes]:
    picture = Image.open(BytesIO(png)).convert("L")
    flat = picture.tobytes()
    return [flat[at : at + picture.width] for at in range(0, len(flat), picture.width)]
