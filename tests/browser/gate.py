"""A school gate: a data file with a class, a server in a process of its own that can be killed, and a station in a browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Page, expect

from campmgr.accounts import governing as accounts
from campmgr.accounts.governing import NewAccount, Place
from campmgr.accounts.logging_in import open_device
from campmgr.areas.camp import actions as camp
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.units.actions import units
from campmgr.areas.units.actions.units import UnitRow
from campmgr.areas.whole import CATALOGUE
from campmgr.ids import person_code
from campmgr.store import data_file
from tests.browser.conftest import LAPTOP

UNIT, LESSON = "3501-X1", "V1"
STATION = f"/desk/units/{UNIT}/station"
_CHEAP = "scrypt:256:8:1"
_UP_WITHIN = 60
_STEMS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


@dataclass
class Gate:
    """A station, its server, and the pupils who come by; `codes` are their cards, `names` who they are."""

    path: Path
    port: int
    token: str
    other: str
    codes: list[str]
    names: list[str]
    server: subprocess.Popen[bytes] | None = None
    contexts: list[BrowserContext] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def cookie(self) -> str:
        """What the log-in's cookie is called behind this port (`web/guard`)."""
        return "campmgr" + str(self.port).rjust(6, "-")

    def start(self) -> None:
        """Serve the data file, as a coordinator's laptop does, and wait until it answers."""
        words = [sys.executable, "-m", "campmgr", "serve", "--db", str(self.path), "--port", str(self.port)]
        self.server = subprocess.Popen(
            words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"PYTHONUTF8": "1"}
        )
        until = time.monotonic() + _UP_WITHIN
        while time.monotonic() < until:
            with suppress(URLError, ConnectionError), urlopen(self.address + "/login", timeout=5):  # noqa: S310 - our own server
                return
            assert self.server.poll() is None, "the server ended by itself"
            time.sleep(0.1)
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        """The plug is pulled: nothing is closed, nothing said."""
        assert self.server is not None
        self.server.kill()
        self.server.wait()

    def open(self, browser: Browser, *, token: str = "", host: str = "127.0.0.1", **more: Any) -> Page:
        """The station in a window of its own, ready to scan."""
        context = browser.new_context(
            base_url=f"http://{host}:{self.port}", viewport=LAPTOP, locale="zh-CN", timezone_id="Asia/Shanghai", **more
        )
        context.add_cookies([{"name": self.cookie, "value": token or self.token, "domain": host, "path": "/"}])
        self.contexts.append(context)
        page = context.new_page()
        self.visit(page)
        return page

    def visit(self, page: Page) -> None:
        page.goto(f"{STATION}?what={LESSON}")
        ready(page)

    def facts(self) -> dict[str, int]:
        """How many facts about the lesson each pupil has in the ledger, by code."""
        store = data_file.open_file(self.path, CATALOGUE)
        try:
            with store.reading() as r:
                told: dict[str, int] = dict(
                    r.all("select subject, count(*) from facts where kind = 'mark_recorded' group by subject")
                )
                known = {row[0]: row[1] for row in r.all("select person, code from people")}
        finally:
            data_file.close(store)
        return {known[about.partition(":")[2]]: count for about, count in told.items()}

    def close(self) -> None:
        while self.contexts:
            self.contexts.pop().close()
        if self.server is not None and self.server.poll() is None:
            self.kill()


@contextmanager
def gate(folder: Path, pupils: int = 12) -> Iterator[Gate]:
    """A school with pupils and one lesson, a coordinator and another one, and a free port; the server is not started yet."""
    path = folder / "camp.sqlite"
    store = camp.open_camp(path, "escape-drill-2023", CATALOGUE)
    names = [f"演练{_STEMS[at] if at < len(_STEMS) else at}" for at in range(pupils)]
    with store.writing() as w:
        units.add_unit(w, UnitRow(UNIT, "演练小学", "3501", "学校", "教育"))
        describe_lesson(w, Lesson(LESSON, "家庭用电安全", 100, 60, "科普视频", "家庭"))
        ids = [people.register(w, Registration(UNIT, name, f"S{at:02}", "三年1班")) for at, name in enumerate(names)]
        tokens = [open_device(w, _coordinator(w, login), "Chromium", kept=True) for login in ("lin", "chen")]
    data_file.close(store)
    found = Gate(path, _free_port(), tokens[0], tokens[1], [person_code(each) for each in ids], names)
    try:
        yield found
    finally:
        found.close()


def ready(page: Page) -> None:
    """Wait until the station listens."""
    expect(page.locator("#station[data-ready=yes]")).to_have_count(1)


def scan(page: Page, text: str) -> None:
    """A scanner reads a card: keys and Enter, wherever one stands."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def _coordinator(w: Any, login: str) -> str:
    return accounts.open_account(w, NewAccount(login, login, "correct horse"), Place("coordinator", UNIT), cost=_CHEAP).account


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])
