"""What is wrong with a page as people see it: on the narrowest phone, with large text, by night and by day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

from tests.browser.conftest import LAPTOP, NARROW

EVERYTHING = {"resultTypes": ["violations"]}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
"""What can be otherwise by day."""

_AXE = Axe().axe_script

NOTHING_WRONG: dict[str, list[str]] = {"at 360 px": [], "by night": [], "by day": []}

MENUS = 120
"""What the menus may take of a phone's 740 px, however large the text is."""

_SIZES = ("200%", "150%", "100%")

_LOOK = """([size, most]) => {
    const page = document.documentElement;
    page.style.fontSize = size;
    const wrong = [];
    const width = page.clientWidth;
    const named = (each) => each.outerHTML.replace(/\\s+/g, " ").slice(0, 90);
    if (page.scrollWidth > width) {
        const sticks_out = (each) => each.getBoundingClientRect().right > width && !each.closest(".scroll, .tabs, nav");
        const found = [...document.body.querySelectorAll("*")].filter(sticks_out).slice(0, 3);
        wrong.push(`${page.scrollWidth} px wide`, ...found.map(named));
    }
    for (const each of document.body.querySelectorAll("*")) {
        if (![...each.childNodes].some((part) => part.nodeType === Node.TEXT_NODE && part.data.trim())) continue;
        if (each.closest(".unseen, .hidden, .skip, svg, script, noscript, option, .scroll thead")) continue;
        const box = each.getBoundingClientRect();
        if (!box.width || !box.height) continue;
        const style = getComputedStyle(each);
        const em = parseFloat(style.fontSize);
        const is_closed = style.overflowX !== "visible" && each.tagName !== "TEXTAREA";
        const is_over = each.scrollWidth > each.clientWidth + 1;
        if (is_over && (is_closed || each.matches("button, .button"))) wrong.push("cut: " + named(each));
        const inside = each.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        const is_thin = inside > 0 && inside < 1.9 * em && each.clientHeight > 3 * em;
        if (is_thin && each.textContent.trim().length > 2) wrong.push("one character a line: " + named(each));
    }
    const menus = [...document.querySelectorAll(".bar nav, .tabs")].reduce((sum, each) => sum + each.offsetHeight, 0);
    if (menus > most) wrong.push(`menus of ${menus} px`);
    return wrong.slice(0, 8);
}"""
"""With the text as large as somebody set it; a table may be turned in its own frame."""

_FEW_ROWS = """() => {
    for (const each of document.querySelectorAll("tbody > :nth-child(n+13), main li:nth-child(n+13)")) each.remove();
}"""
"""Rows of a list are alike, and axe takes its time with each."""


def looked_at(page: Page) -> dict[str, list[str]]:
    """What is wrong with the page in hand: on the narrowest phone at night, then on a laptop by day."""
    page.wait_for_load_state()  # a page can be read before its styles are there
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="dark")
    cut = [f"{size}: {each}" for size in _SIZES for each in page.evaluate(_LOOK, [size, MENUS])]
    page.evaluate(_FEW_ROWS)
    by_night = barriers(page, EVERYTHING)
    page.set_viewport_size(LAPTOP)
    page.emulate_media(color_scheme="light")
    return {"at 360 px": cut, "by night": by_night, "by day": barriers(page, COLOURS)}


def looked_at_large(page: Page) -> list[str]:
    """What stands in people's way on the narrowest phone by day, with text of twice the size."""
    page.wait_for_load_state()
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="light")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate(_FEW_ROWS)
    return barriers(page, EVERYTHING)


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
    if not page.evaluate("'axe' in window"):  # half a megabyte, and once a page is enough
        page.evaluate(_AXE)
    found = page.evaluate("(options) => axe.run(options).then((found) => found.violations)", options)
    grave = [each for each in found if each["impact"] in {"serious", "critical"}]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]} ({len(each['nodes'])})" for each in grave]
