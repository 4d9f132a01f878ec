"""A real browser before a real server: one of each for all tests, a window of its own for each visitor."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect, sync_playwright

from tests.browser.served import serve_demo

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = "no Chromium found: install the package chromium (and fonts-noto-cjk), or name a browser in CHROMIUM"
QUIET = "--disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"

PHONE: ViewportSize = {"width": 390, "height": 844}
NARROW: ViewportSize = {"width": 360, "height": 740}
LAPTOP: ViewportSize = {"width": 1366, "height": 768}

PATIENCE_MS = 30_000
"""How long a page may take: on a machine that does much else, a script that reads a picture takes seconds."""

expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Visitors:
    """Opens windows: `open(who)` is logged in as one of the cast, "nobody" is not. Requests to other hosts are kept and refused."""

    browser: Browser
    address: str
    states: dict[str, Any]
    outside: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, who: str = "nobody", *, size: ViewportSize = LAPTOP, javascript: bool = True) -> Page:
        """A page in a window of its own."""
        context = self.browser.new_context(
            base_url=self.address, storage_state=self.states.get(who), java_script_enabled=javascript, viewport=size,
            locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE_MS)
        context.route(_is_elsewhere, self._refuse)
        self.contexts.append(context)
        return context.new_page()

    def _refuse(self, route: Route) -> None:
        self.outside.append(route.request.url)
        route.abort()

    def close(self) -> None:
        """Close every window."""
        while self.contexts:
            self.contexts.pop().close()


def program() -> str | None:
    """Where this machine's browser is, if it has one."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, or the one named in CHROMIUM. Where there is none these tests are skipped, but never in CI."""
    found = program()
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=QUIET.split())
        yield started
        started.close()


@pytest.fixture(scope="session")
def served(browser, demo_camp, tmp_path_factory):
    """The made-up camp; after the browser, so that nothing is built where there is none."""
    with serve_demo(demo_camp(tmp_path_factory.mktemp("served"))) as camp:
        yield camp


@pytest.fixture(scope="session")
def states(browser, served) -> dict[str, Any]:
    """What a browser keeps of whoever came in by the link that `campmgr demo` prints."""
    return {who: let_in(Visitors(browser, served.address, {}), way) for who, way in served.ways.items() if way.startswith("/link")}


@pytest.fixture
def visitors(browser, served, states):
    """Windows, closed after the test; nothing that happens in them may ask another host for anything."""
    found = Visitors(browser, served.address, states)
    yield found
    found.close()
    assert found.outside == []


@pytest.fixture
def visit(visitors) -> Callable[..., Page]:
    """`visit("organizer", size=PHONE)`: a page in a window of its own."""
    return visitors.open


def let_in(visitors: Visitors, way: str) -> Any:
    page = visitors.open()
    page.goto(way)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("button", name="退出").wait_for()
    state = page.context.storage_state()
    visitors.close()
    return state


def _is_elsewhere(url: str) -> bool:
    return urlsplit(url).scheme in {"http", "https", "ws", "wss"} and urlsplit(url).hostname != "127.0.0.1"
