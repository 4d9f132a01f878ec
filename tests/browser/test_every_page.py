"""Every page, by day and by night, on a laptop and on the narrowest phone: readable for everyone, and from here alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

from tests.browser.addresses import ADDRESSES, NO_PAGES, Address, parts
from tests.browser.conftest import LAPTOP, NARROW, Visitors

EVERYTHING = {"resultTypes": ["violations"]}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
"""What can be otherwise by day."""

_TOO_WIDE = """(size) => {
    document.documentElement.style.fontSize = size;
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const sticks_out = (each) => each.getBoundingClientRect().right > width && !each.closest(".scroll");
    const found = [...document.body.querySelectorAll("*")].filter(sticks_out).slice(0, 3);
    return [`${document.documentElement.scrollWidth} px wide`, ...found.map((each) => each.outerHTML.slice(0, 80))];
}"""
"""With the text as large as somebody set it; a table may be turned in its own frame."""

_MENUS = """() => [...document.querySelectorAll(".bar nav, .tabs")].reduce((sum, each) => sum + each.offsetHeight, 0)"""


_FEW_ROWS = """() => {
    for (const each of document.querySelectorAll("tbody > :nth-child(n+13), main li:nth-child(n+13)")) each.remove();
}"""
"""Rows of a list are alike, and axe takes its time with each."""


@pytest.fixture(scope="module")
def named(served) -> dict[str, str]:
    """What stands in for the parts of addresses."""
    return parts(served)


@pytest.fixture(scope="module")
def windows(browser, served, states):
    """One window for each visitor, since opening one takes as long as looking at a page."""
    visitors = Visitors(browser, served.address, states)
    yield visitors, cache(visitors.open)
    visitors.close()


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_a_page_can_be_read_by_everyone(windows, named, address: Address):
    visitors, window = windows
    page = window(address.who)
    with complaints(page, address.status) as said:
        answer = page.goto(address.path.format_map(named))
        assert answer is not None
        assert answer.status == address.status
        assert looked_at(page) == NOTHING_WRONG
    assert said == []
    assert visitors.outside == []


def test_what_is_wrong_is_found(windows):
    _, window = windows
    page = window("nobody")
    page.goto("/")
    page.evaluate("""() => {
        const main = document.querySelector("main");
        main.append(document.createElement("img"), document.createElement("hr"));
        main.querySelector("hr").className = "wide";
        for (const each of main.querySelectorAll("p")) each.style.cssText = "color: #777; background: #888";
        main.querySelector("hr").style.width = "500px";
    }""")
    found = looked_at(page)
    assert [any(words in each for each in found[where]) for where, words in (
        ("at 360 px", "px wide"), ("by night", "image-alt"), ("by night", "color-contrast"), ("by day", "color-contrast"),
    )] == [True] * 4  # fmt: skip


def test_every_address_is_visited(served):
    views = {rule.endpoint for rule in served.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert {address.endpoint for address in ADDRESSES} | NO_PAGES.keys() == views


MENUS = 120
"""What the menus may take of a phone's 740 px."""

NOTHING_WRONG: dict[str, list[str]] = {"at 360 px": [], "by night": [], "by day": []}


def looked_at(page: Page) -> dict[str, list[str]]:
    """What is wrong with the page in hand: on the narrowest phone at night, then on a laptop by day."""
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="dark")
    too_wide = [f"{size}: {each}" for size in ("150%", "100%") for each in page.evaluate(_TOO_WIDE, size)]
    if (menus := page.evaluate(_MENUS)) > MENUS:
        too_wide.append(f"menus of {menus} px")
    page.evaluate(_FEW_ROWS)
    by_night = barriers(page, EVERYTHING)
    page.set_viewport_size(LAPTOP)
    page.emulate_media(color_scheme="light")
    return {"at 360 px": too_wide, "by night": by_night, "by day": barriers(page, COLOURS)}


@contextmanager
def complaints(page: Page, status: int) -> Iterator[list[str]]:
    """What the browser itself complains of meanwhile, such as a blocked style; the page's own status is no complaint."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and f"status of {status}" not in message.text:
            said.append(message.text)

    page.on("console", note)
    yield said
    page.remove_listener("console", note)


def barriers(page: Page, options: Mapping[str, object]) -> list[str]:
    """What stands in the way of people, as axe finds it: rule, and the first element that breaks it."""
    found = Axe().run(page, options=options).response["violations"]
    grave = [each for each in found if each["impact"] in {"serious", "critical"}]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]} ({len(each['nodes'])})" for each in grave]
