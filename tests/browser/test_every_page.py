"""Every page, by day and night, on a laptop and on the narrowest phone, in large text: readable for everyone, and from us alone.

With text of twice the size axe looks at a dozen pages, and at all of them with CAMPMGR_FULL=1.
"""

from __future__ import annotations

import os
from functools import cache
from random import Random

import pytest

from tests.browser.addresses import ADDRESSES, NO_PAGES, Address, parts
from tests.browser.conftest import Visitors
from tests.browser.looking import NOTHING_WRONG, complaints, looked_at, looked_at_large

LARGE = ADDRESSES if os.environ.get("CAMPMGR_FULL") == "1" else Random(360).sample(ADDRESSES, 12)


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


@pytest.mark.parametrize("address", LARGE, ids=str)
def test_a_page_can_be_read_by_everyone_with_large_text(windows, named, address: Address):
    _, window = windows
    page = window(address.who)
    page.goto(address.path.format_map(named))
    assert looked_at_large(page) == []


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
        const [thin, closed] = [document.createElement("p"), document.createElement("p")];
        thin.textContent = closed.textContent = "一二三四五六七八";
        thin.style.width = "1em";
        closed.style.cssText = "width: 5em; overflow: hidden; white-space: nowrap";
        main.append(thin, closed);
    }""")
    found = looked_at(page)
    assert [any(words in each for each in found[where]) for where, words in (
        ("at 360 px", "px wide"), ("at 360 px", "cut"), ("at 360 px", "one character"),
        ("by night", "image-alt"), ("by night", "color-contrast"), ("by day", "color-contrast"),
    )] == [True] * 6  # fmt: skip


def test_every_address_is_visited(served):
    views = {rule.endpoint for rule in served.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert {address.endpoint for address in ADDRESSES} | NO_PAGES.keys() == views
