"""How long somebody at the school gate waits: from the scanner's Enter to the name on the screen, on one machine.

Measured inside the page: the last key is sent as an event, and a watcher of the panel notes when it has turned green. Between the
two lie the browser's own disk (the scan is kept there first), the request, the commit on the server's disk, and the drawing. The
unit has as many pupils as a large school, since the answer also counts how many of them are here.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench.figures import Figure, of_limit
from tests.browser.conftest import QUIET, program
from tests.browser.gate import LESSON, STATION, Gate, gate

LIMIT_MS = 150
_SCANS = 60
_WARM = 5

_SCAN = """(code) => new Promise((resolve) => {
    const panel = document.getElementById("panel");
    const press = (key, code) => document.body.dispatchEvent(
        new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true }));
    const watcher = new MutationObserver(() => {
        if (!panel.classList.contains("recorded")) return;
        watcher.disconnect();
        requestAnimationFrame(() => resolve(performance.now() - start));
    });
    panel.className = "panel idle";
    watcher.observe(panel, { attributes: true, attributeFilter: ["class"] });
    for (const each of code) press(each, `Digit${each}`);
    const start = performance.now();
    press("Enter", "Enter");
})"""


def station(folder: Path, pupils: int) -> Iterator[Figure]:
    """The request alone, then the whole way in a browser, where there is one: the middle one and the one in twenty."""
    (folder / "gate").mkdir()
    with gate(folder / "gate", pupils) as school:
        school.start()
        yield from _figures("a scan's request", _requests(school, school.codes[:_SCANS]))
        if program() is not None:
            yield from _figures("a scan at the station, Enter to name", _in_browser(school, school.codes[_SCANS : 2 * _SCANS]))


def _figures(what: str, milliseconds: list[float]) -> Iterator[Figure]:
    yield of_limit(f"{what}, the middle one", statistics.median(milliseconds), LIMIT_MS, "ms")
    yield of_limit(f"{what}, 19 of 20", statistics.quantiles(milliseconds, n=20)[-1], LIMIT_MS, "ms")


def _requests(school: Gate, codes: list[str]) -> list[float]:
    found, line = [], HTTPConnection("127.0.0.1", school.port)
    head = {"Origin": school.address, "Cookie": f"{school.cookie}={school.token}", "Content-Type": "application/json"}
    line.request("GET", STATION, headers=head)
    page = line.getresponse().read().decode()
    account, day = (page.partition(f'data-{name}="')[2].partition('"')[0] for name in ("account", "today"))
    for code in codes:
        one = {"id": code, "text": code, "what": LESSON, "day": day, "round": "bench"}
        body = json.dumps({"account": account, "what": LESSON, "day": day, "round": "bench", "scans": [one]})
        start = time.perf_counter()
        line.request("POST", f"{STATION}/scans", body, head)
        answer = line.getresponse().read()
        found.append((time.perf_counter() - start) * 1000)
        assert json.loads(answer)["scans"][0]["state"] == "recorded", answer
    return found[_WARM:]


def _in_browser(school: Gate, codes: list[str]) -> list[float]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=QUIET.split())
        page = school.open(browser)
        found = [float(page.evaluate(_SCAN, code)) for code in codes]
        browser.close()
        school.contexts.clear()
    return found[_WARM:]
