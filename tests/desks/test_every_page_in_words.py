"""Every page that each of the made-up camp's people can come to by its links.

The links open, the forms are taken, and the words are people's words.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple

import pytest
from werkzeug.exceptions import HTTPException

from campmgr.app.web_app import Settings, create_app
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.demo.cast import guests
from campmgr.facts import world as worlds
from campmgr.ids import random_token
from campmgr.store import data_file
from tests.kit.heard_forms import unheard_forms
from tests.kit.pages import OWN

NOW = "2023-07-01T11:00"

MACHINE_WORDS = {
    "a setting's key": r"\b(?:camp|live|people|hours|course|certificate|ranking|works|prizes|limits|taking_part)\.[a-z_]+\b",
    "a word of the code": r"\b[a-z]+_[a-z_]+\b",
    "class-hours in hundredths": "百分之[一几]课时",
    "a row of the notice": r"\bF-\d\d\b",
    "a stored instant": r"\d{4}-\d\d-\d\dT\d\d|\d\d:\d\d(?::\d\d)?Z\b|\bUTC\b|\bGMT\b|\+08:00",
    "a hash or an id": r"\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{8,}\b",
    "a list in brackets": r"\[[\"'][^\]]*[\"']\]",
    "a word of the ledger": r"节点|\b(?:scope|fold|writer|seq|chain|batch|digest|None|null|True|False|NaN|undefined)\b",
    "a command": r"\bcampmgr [a-z]+\b|--[a-z]+",
    "another word for 预览": r"试算|试导入|试一下|预演|试运行",
}
"""What no page shows, and what it looks like."""

IN_ADDRESSES = re.compile(r"https?://\S+|/[a-z]\S*")
"""What people wrote themselves or copy whole: a link holds what it holds."""

LEFT_OUT = re.compile(r"pdf|png|svg|xlsx|jwt|csv|blank|workbook|spreadsheet|table|checker|export|print|poster_file")
"""Files take long to make, and their own tests open them."""


class _Page(HTMLParser):
    """The links of a page, and every word that it shows or says."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.words: list[str] = []
        self._silent = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self._silent += tag in {"script", "style"}
        if tag == "a" and (to := told.get("href")):
            self.links.append(to.partition("#")[0])
        self.words += [words for name in ("placeholder", "title", "aria-label", "alt") if (words := told.get(name))]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


class Walk(NamedTuple):
    """What somebody met on their way: links that do not open, machine words, forms nobody takes, and how many pages that were."""

    shut: list[str]
    machine: list[str]
    unheard: list[str]
    pages: int


@pytest.fixture(scope="module")
def walked(demo_camp, tmp_path_factory) -> dict[str, Walk]:
    """Everybody's way through the made-up camp, from where they come in: two links of each sort from each sort of page."""
    built = demo_camp(tmp_path_factory.mktemp("walked"))
    store = data_file.open_file(built.path, CATALOGUE, FixedClock(NOW))
    with store.writing() as w:
        ways = {guest.who: guest.path for guest in guests(w, worlds.load(w), built, random_token())}
    app = create_app(store, Settings(store.path))
    found = {who: _walk(app, way) for who, way in {"nobody": "/", **ways}.items()}
    data_file.close(store)
    return found


def _walk(app, way: str) -> Walk:
    browser, views = app.test_client(), app.url_map.bind("localhost")
    if way.startswith("/link"):
        way = browser.post(way, headers=OWN).location or "/"
    waiting, seen, taken = [("the way in", way)], set[str](), dict[tuple[str, str], int]()
    met = Walk([], [], [], 0)
    pages = 0
    while waiting:
        place, address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = browser.get(address)
        if answer.status_code in {301, 302, 303}:
            waiting.append((place, answer.location.removeprefix("http://localhost")))
            continue
        if answer.status_code != 200:
            met.shut.append(f"{place} → {address}: {answer.status_code}")
        if answer.mimetype != "text/html":
            continue
        pages += 1
        met.unheard.extend(unheard_forms(app, address, answer.text))
        page, view = _Page(answer.text), _view(views, address)
        text = IN_ADDRESSES.sub(" ", " ".join(page.words))
        met.machine.extend(
            f"{address}: {what}: …{text[max(0, each.start() - 20) : each.end() + 10]}…"
            for what, pattern in MACHINE_WORDS.items()
            for each in re.finditer(pattern, text)
        )
        for link in page.links:
            if link.startswith("/") and not link.startswith("/static") and not LEFT_OUT.search(to := _view(views, link)):
                taken[view, to] = taken.get((view, to), 0) + 1
                if taken[view, to] <= 2:
                    waiting.append((address, link))
    return met._replace(pages=pages)


def _view(views, address: str) -> str:
    try:
        return str(views.match(address.partition("?")[0])[0])
    except HTTPException:
        return address


@pytest.mark.parametrize(
    ("who", "least"), [("nobody", 7), ("participant", 10), ("school", 25), ("federation", 25), ("organizer", 70)]
)
def test_every_link_opens_every_form_is_taken_and_no_page_shows_a_machine_word(walked, who, least):
    met = walked[who]
    assert met.shut == []
    assert met.machine == []
    assert met.unheard == []
    assert met.pages >= least
