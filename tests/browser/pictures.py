"""`python -m tests.browser.pictures`: the two pictures of the README, taken of the made-up camp as `campmgr demo` serves it."""

from __future__ import annotations

import os
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from campmgr.demo.camp import build_demo
from tests.browser.conftest import NO_BROWSER, QUIET, Visitors, let_in, program
from tests.browser.served import Served, serve_demo
from tests.house.sources import ROOT

FOLDER = ROOT / "docs" / "pictures"
_DESK: ViewportSize = {"width": 1100, "height": 860}
_PHONE: ViewportSize = {"width": 390, "height": 860}
_COLOURS = 128
"""As many as a page needs; a picture stays well below 150 KB."""


def main() -> None:
    """Serve the camp, and take both pictures."""
    found = program()
    if found is None:
        sys.exit(NO_BROWSER)
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="campmgr-pictures-") as made, sync_playwright() as playwright:
        os.environ["CAMPMGR_STATE"] = str(Path(made) / "state")
        browser = playwright.chromium.launch(executable_path=found, args=QUIET.split())
        with serve_demo(build_demo(Path(made) / "camp.sqlite")) as camp:
            _desk(browser, camp)
            _phone(browser, camp)
        browser.close()


def _desk(browser: Browser, camp: Served) -> None:
    state = let_in(Visitors(browser, camp.address, {}), camp.ways["school"])
    _take(Visitors(browser, camp.address, {"school": state}), "school", f"/desk/units/{camp.built.school}/behind", _DESK, "desk")


def _phone(browser: Browser, camp: Served) -> None:
    _take(Visitors(browser, camp.address, {}), "nobody", camp.ways["participant"], _PHONE, "phone")


def _take(visitors: Visitors, who: str, path: str, size: ViewportSize, name: str) -> None:
    page = visitors.open(who, size=size)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelector('.note.keep')?.remove()")  # the first visit's reminder to keep the link
    seen = Image.open(BytesIO(page.screenshot()))
    seen.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)
    visitors.close()


if __name__ == "__main__":
    main()
