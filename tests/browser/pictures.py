"""`python -m tests.browser.pictures`: the two pictures of the README, taken of the made-up camp as `campmgr demo` serves it.

And those of the kit's first page, taken there and of a laptop that has joined it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from campmgr.accounts import governing
from campmgr.accounts.governing import NewAccount, Place
from campmgr.app.web_app import Settings, create_app
from campmgr.areas.nodes.actions import Grant, enrol
from campmgr.areas.nodes.files.packs import accept_pack, send_pack
from campmgr.areas.nodes.queries.nodes import asking
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.demo.camp import build_demo
from campmgr.facts import world as worlds
from campmgr.facts.laptops import own_place
from campmgr.store import data_file
from tests.browser.conftest import NO_BROWSER, QUIET, Visitors, let_in, program
from tests.browser.served import NOW, Served, listening, serve_demo
from tests.house.sources import ROOT

FOLDER, KIT = ROOT / "docs" / "pictures", ROOT / "campmgr" / "app" / "kit" / "pictures"
_DESK: ViewportSize = {"width": 1100, "height": 860}
_PHONE: ViewportSize = {"width": 390, "height": 860}
_START: ViewportSize = {"width": 1000, "height": 600}
_STEP: ViewportSize = {"width": 1000, "height": 980}
_COLOURS = 128
"""As many as a page needs; a picture stays well below 150 KB."""


def main() -> None:
    """Serve the camp and a laptop that has joined it, and take all pictures."""
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
            _first_page(browser, camp, Path(made))
        browser.close()


def _desk(browser: Browser, camp: Served) -> None:
    state = let_in(Visitors(browser, camp.address, {}), camp.ways["school"])
    _take(Visitors(browser, camp.address, {"school": state}), "school", f"/desk/units/{camp.built.school}/behind", _DESK, "desk")


def _phone(browser: Browser, camp: Served) -> None:
    _take(Visitors(browser, camp.address, {}), "nobody", camp.ways["participant"], _PHONE, "phone")


def _first_page(browser: Browser, camp: Served, folder: Path) -> None:
    """What whoever unpacks a kit sees: how to begin, the request, and what goes on the stick."""
    _take(Visitors(browser, camp.address, {}), "nobody", camp.start, _START, "start", KIT)
    _take(Visitors(browser, camp.address, {}), "nobody", camp.waiting, _STEP, "waiting", KIT)
    child = data_file.create(folder / "joined.sqlite", CATALOGUE, FixedClock(NOW))
    with child.reading() as r:
        asked = asking(r, "鼓楼区")
    with camp.store.writing() as w:
        node = enrol(w, asked, Grant("350102"))
    send_pack(camp.store, folder / "answer.pack", node, whole=True)
    accept_pack(child, folder / "answer.pack")
    with child.writing() as w:
        place = Place("organizer", *own_place(w, worlds.load(w)))
        account = governing.open_account(w, NewAccount("wang", "王老师", "battery staple"), place)
        way = f"/link/{governing.login_link(w, account.account)}"
        register(w, Registration("350102", "欧阳晓光", class_name="三年1班"))
    with listening(create_app(child, Settings(child.path))) as address:
        state = let_in(Visitors(browser, address, {}), way)
        _take(Visitors(browser, address, {"wang": state}), "wang", "/office/packs/", _STEP, "packs", KIT)
    data_file.close(child)


def _take(visitors: Visitors, who: str, path: str, size: ViewportSize, name: str, folder: Path = FOLDER) -> None:
    page = visitors.open(who, size=size)
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelector('.note.keep')?.remove()")  # the first visit's reminder to keep the link
    seen = Image.open(BytesIO(page.screenshot()))
    seen.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(folder / f"{name}.png", optimize=True)
    visitors.close()


if __name__ == "__main__":
    main()
