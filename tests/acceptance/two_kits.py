"""From a stick to the first receipt: `python -m tests.acceptance.two_kits`, what `先看这里.html` says done by a script of clicks.

Two laptops out of the box, each with the kit unpacked in an empty home, a network of its own and a browser in it: one opens a camp,
the other joins by a picture, marks a class and learns by a receipt that it has arrived. Between them go files alone.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Page, Playwright, expect, sync_playwright

from tests.acceptance.real_kit import NO_NETWORK, Unpacked, kit_of_this_machine
from tests.browser import test_two_laptops as steps
from tests.browser.conftest import PHONE, QUIET, program
from tests.browser.test_joining import mark_class

_PATIENCE = 120
_INTO = ("nsenter", "--net", *(() if os.geteuid() == 0 else ("--user", "--preserve-credentials")))


class Pages:
    """Pictures of what is seen on the way, where somebody wants them."""

    def __init__(self, folder: Path | None) -> None:
        self.folder, self.count, self.began = folder, 0, time.perf_counter()

    def seen(self, page: Page, what: str) -> None:
        """Tell how far it is, and keep a picture."""
        self.count += 1
        sys.stdout.write(f"  {time.perf_counter() - self.began:5.1f} s  {what}\n")
        sys.stdout.flush()
        if self.folder:
            page.screenshot(path=self.folder / f"{self.count:02d}.png", full_page=True)


@contextmanager
def started(playwright: Playwright, kit: Unpacked) -> Iterator[steps.Machine]:
    """The start script pressed, and a browser at the address that it opened by itself, in the same network."""
    told = kit.home / "opened"
    opener = _script(kit.home / "opens.sh", f'printf %s "$1" > {told}.half; mv {told}.half {told}')
    command = [*NO_NETWORK, "sh", str(kit.folder / "启动.sh")]
    env = {"HOME": str(kit.home), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "BROWSER": f"{opener} %s"}
    with subprocess.Popen(command, cwd=kit.home, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            for _ in range(_PATIENCE * 10):
                if told.exists() or process.poll() is not None:
                    break
                time.sleep(0.1)
            assert told.exists(), process.communicate()[0].decode()
            inside = _script(kit.home / "browser.sh", f'exec {" ".join(_INTO)} --target {process.pid} {program()} "$@"')
            browser = playwright.chromium.launch(executable_path=inside, args=[*QUIET.split(), "--no-sandbox"])
            yield steps.Machine(browser, told.read_text().rstrip("/"))
            browser.close()
        finally:
            process.terminate()


def _script(path: Path, line: str) -> Path:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)
    return path


def journey(county: steps.Machine, village: steps.Machine, folder: Path, pages: Pages) -> None:
    """Every step of the page that lies on the stick. Raises where a page is not as it says."""
    office = county.open()
    opens_a_camp(office, pages)
    school, phone = village.open(), village.open(PHONE)
    steps.ask(school)
    pages.seen(school, "the school's request")
    request = steps.photographed(school, folder / "request.png")
    own = steps.works_while_it_waits(school, phone)
    pages.seen(school, "drafts, and a pupil who joined by a code")
    try:
        answer = steps.agree(office, request, folder)
    except AssertionError:
        pages.seen(office, "FAILED")
        raise
    pages.seen(office, "who asked is taken in")
    steps.take_answer(school, answer)
    pages.seen(school, "the answer taken")
    steps.bring_drafts_in(school)
    pages.seen(school, "the drafts are facts")
    mark_class(school, steps.UNIT, "三年1班", "V01")
    pages.seen(school, "a class marked")
    phone.goto(own)
    expect(phone.locator(".score strong")).to_have_text("1.00")
    pack = steps.saved(school, "/office/packs/", "做包", folder / "up.pack")
    receipt = steps.accept(office, pack, folder)
    pages.seen(office, "the pack taken in")
    steps.give(school, receipt)
    arrived = school.locator(".card", has=school.get_by_role("heading", name="本机记的，到了哪里"))
    expect(arrived).to_contain_text("都到了")
    pages.seen(school, "the receipt: all has arrived")
    assert (county.refused, village.refused) == ([], [])


def opens_a_camp(office: Page, pages: Pages) -> None:
    """The laptop above, out of the box as well: a camp of the preset, and one lesson."""
    office.goto("/")
    pages.seen(office, "the first page")
    office.get_by_role("link", name="新开", exact=True).click()
    office.locator(".card", has_text="逃生演练").get_by_role("link", name="用这个预设").click()
    for label, text in (("您的姓名", "张科长"), ("登录名", "zhang"), ("密码", steps.PASSWORD)):
        office.get_by_label(label).fill(text)
    pages.seen(office, "a camp to open")
    office.get_by_role("button", name="开营", exact=True).click()
    expect(office.get_by_role("link", name="组织工作")).to_be_visible()
    pages.seen(office, "the camp is open")
    office.get_by_role("link", name="组织工作").click()
    office.get_by_role("link", name="设置", exact=True).click()
    office.get_by_role("link", name="课程", exact=True).click()
    office.get_by_role("link", name="新增课程").first.click()
    for label, text in (("编号", "V01"), ("名称", "家庭用电安全"), ("课时", "1.00"), ("时长（分钟）", "60")):
        office.get_by_label(label, exact=True).fill(text)
    office.get_by_role("button", name="保存").click()
    expect(office.get_by_role("main")).to_contain_text("V01")


def main() -> None:
    """Make the kit, and walk."""
    expect.set_options(timeout=30_000)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wheels", type=Path, help="a folder of wheels instead of the index")
    parser.add_argument("--stick", type=Path, help="a kit's archive that is there already")
    parser.add_argument("--pictures", type=Path, help="a folder for pictures of what is seen")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="campmgr-two-kits-") as made, ExitStack() as stack:
        folder = Path(made)
        stick = told.stick or kit_of_this_machine(folder, told.wheels)
        kits = [Unpacked(folder / name, stick) for name in ("county", "village")]
        pages = Pages(told.pictures)
        playwright = stack.enter_context(sync_playwright())
        county, village = (stack.enter_context(started(playwright, kit)) for kit in kits)
        journey(county, village, folder, pages)


if __name__ == "__main__":
    main()
