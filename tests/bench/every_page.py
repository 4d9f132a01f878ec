"""`python -m tests.bench.every_page FILE`: processor time of every address on a filled file, the slowest first.

FILE is copied first, since whoever looks has to log in. Each page is opened once unseen, so that what is remembered of a camp is
there, and then measured; pages of what the file has not are left out and counted. A page about a unit is opened for the province,
a city, a county with very many schools, a federation and a school; with --ways, also in every order and by every filter it offers.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import tempfile
import time
from html import unescape
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from flask.testing import FlaskClient

from campmgr.accounts.governing import NewAccount, Place, open_account
from campmgr.accounts.logging_in import open_device
from campmgr.app.web_app import Settings, create_app
from campmgr.areas.people.actions import joining
from campmgr.areas.people.local import new_page
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.ids import random_token
from campmgr.store import data_file
from campmgr.store.door import Writer
from tests.bench.figures import say
from tests.bench.ground import state_in
from tests.bench.made_camp import NOW
from tests.browser.addresses import ADDRESSES, of_somebody

LIMIT_MS = 100
_TIMES = 3
_ROW = re.compile(rb"<(?:tr|li)\b")


class Timed(NamedTuple):
    """A page: its address, milliseconds of processor time and until it is there, what it weighs, how many rows it shows (at
    least 1: of a table or a list). `named`: the address with its parts by name, alike for any file.
    """

    named: str
    path: str
    ms: float
    wall_ms: float
    kb: float
    rows: int


UNITS = ("35", "3501", "350102", "3501-FL")
"""Whose pages are opened beside those of a school."""

_OF_UNIT = re.compile(r"/(desk|office)/units/<code>(?!.*(/carry|\.|preview|<.*<))")


def every_page(file: Path, only: str = "", *, ways: bool = False) -> tuple[list[Timed], int]:
    """Every page that this file has, and how many addresses it has not; `ways`: in each of its orders, too."""
    with tempfile.TemporaryDirectory(prefix="campmgr-pages-") as folder, state_in(Path(folder)):
        path = Path(folder) / "camp.sqlite"
        shutil.copyfile(file, path)
        store = data_file.open_file(path, CATALOGUE, FixedClock(NOW))
        with store.writing() as w:
            named, token = _named(w), _organizer(w)
        app = create_app(store, Settings(path))
        mine, anyone = app.test_client(), app.test_client()
        mine.set_cookie("campmgr", token)
        found, absent = [], 0
        paths = _paths(named) | _of_units(app, named)
        for (path_of, is_public), pattern in paths.items():
            if only and not re.search(only, path_of):
                continue
            client = anyone if is_public else mine
            timed = _timed(client, path_of, pattern)
            found += [timed] if timed else []
            absent += timed is None
            if ways and timed:
                found += filter(None, (_timed(client, each, each) for each in _ways(client, path_of)))
        store.close()
    return sorted(found, key=lambda each: -each.ms), absent


def _paths(named: dict[str, str]) -> dict[tuple[str, bool], str]:
    """Where a page is and whether it is public -> the address with its parts by name."""
    known: dict[tuple[str, bool], str] = {}
    for each in ADDRESSES:
        parts = set(re.findall(r"\{(\w+)\}", each.path))
        if each.status == 200 and parts <= named.keys():
            known[each.path.format_map(named), each.who == "nobody"] = each.path
    return known


def _of_units(app: Flask, named: dict[str, str]) -> dict[tuple[str, bool], str]:
    known: dict[tuple[str, bool], str] = {}
    for rule in app.url_map.iter_rules():
        if rule.methods and "GET" in rule.methods and _OF_UNIT.match(rule.rule) and rule.arguments == {"code"}:
            known |= {(path, False): path for path in (rule.rule.replace("<code>", unit) for unit in UNITS)}
            known[rule.rule.replace("<code>", named["school"]), False] = rule.rule
    return known


def _ways(client: FlaskClient, path: str) -> list[str]:
    """The same page in other orders, by other filters, and further on: as its own links and choices lead to them."""
    text, bare = client.get(path).text, path.partition("?")[0]
    linked = [unescape(each) for each in re.findall(r'href="([^"#]+)"', text)]
    found = [each if each.startswith("/") else bare + each for each in linked if each.startswith((f"{bare}?", "?"))]
    for name, choices in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        found += [f"{bare}?{name}={value}" for value in re.findall(r'<option value="(\w+)"', choices)[:12]]
    return list(dict.fromkeys(each for each in found if each != path))[:40]


def _timed(client: FlaskClient, path: str, named: str) -> Timed | None:
    answer = client.get(path)
    if answer.status_code != 200:
        return None
    spent, waited = [], []
    for _ in range(_TIMES):
        start, began = time.process_time(), time.perf_counter()
        answer = client.get(path)
        spent.append(1000 * (time.process_time() - start))
        waited.append(1000 * (time.perf_counter() - began))
    shown = len(_ROW.findall(answer.data))
    return Timed(named, path, statistics.median(spent), statistics.median(waited), len(answer.data) / 1024, max(shown, 1))


def _named(w: Writer) -> dict[str, str]:
    school = str(w.value("select home from people p join certificates c on c.person = p.person limit 1"))
    found = find_unit(worlds.load(w), school)
    some = of_somebody(w, found.unit)
    return some | {"school": found.address, "federation": "3501-FL", "list": "1",
                   "join": joining.make_join_code(w, found.unit).code,
                   "own": f"/p/{new_page(w, some['person'])}"}  # fmt: skip


def _organizer(w: Writer) -> str:
    account = open_account(w, NewAccount("pages", "测速", random_token()), Place("organizer", "35"))
    return open_device(w, account.account, "bench", kept=True)


def main() -> None:
    """Print the slowest pages."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.every_page", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--only", default="", help="a pattern that addresses match")
    parser.add_argument("--ways", action="store_true", help="also in every order and by every filter")
    parser.add_argument("--most", type=int, default=10)
    asked = parser.parse_args()
    found, absent = every_page(asked.file, asked.only, ways=asked.ways)
    for each in found[: asked.most]:
        say(f"{each.ms:7.0f} ms {each.kb:7.0f} KB  {each.path}")
    over = sum(each.ms > LIMIT_MS for each in found)
    say(f"{len(found)} pages, {over} of them above {LIMIT_MS} ms; {absent} addresses that this file has not")


if __name__ == "__main__":
    main()
