"""What each page of the made-up camp costs where people work in place: the page whose part is put in, in the processor's time."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from flask.testing import FlaskClient

from campmgr.accounts import local
from campmgr.accounts.logging_in import open_device
from campmgr.demo.camp import build_demo
from tests.bench.figures import Figure, of_limit
from tests.browser.addresses import ADDRESSES, parts
from tests.browser.served import Served, serve_demo

LIMIT_MS = 40
APART = {"batches.show"}
"""The receipt of a batch counts every fact it is about: of a class these are sixty, of the made-up camp's largest 24,633."""

_RUNS = 9
_OWN = {"Origin": "http://localhost", "HX-Request": "true"}
_IN_PLACE = re.compile(r"\bhx-(?:get|post)=")


def fragments(folder: Path) -> Iterator[Figure]:
    """A row for every page or search above the limit, or for the three dearest: the median of nine runs each."""
    with serve_demo(build_demo(folder / "fragments.sqlite")) as camp:
        taken = sorted((_median(work), words) for words, work in works(camp))
    dear = [one for one in taken if one[0] > LIMIT_MS] or taken[-3:]
    for took, words in dear:
        yield of_limit(f"in place: {words}"[:58], took, LIMIT_MS, "ms")
    yield of_limit(f"in place: the middle of {len(taken)}", taken[len(taken) // 2][0], LIMIT_MS, "ms")


def works(camp: Served) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is asked for in place: each page a part of itself is taken of, the parts with addresses of their own, searches."""
    named, clients = parts(camp), {who: _client(camp, who) for who in ("nobody", "organizer", "school", "federation")}
    for each in ADDRESSES:
        if each.path.startswith("{setup}") or each.who not in clients or each.endpoint in APART:
            continue
        path = each.path.format_map(named)
        if _IN_PLACE.search(clients[each.who].get(path).text.partition("<main")[2]):
            yield str(each), partial(clients[each.who].get, path, headers=_OWN)
    for path in ("/totals", "/board/rows", "/board/screen/rows"):
        yield path, partial(clients["nobody"].get, path, headers=_OWN)
    school = f"/desk/units/{named['school']}"
    chosen = f"{school}/marking?class=一年1班&what=V05&day=2023-06-30"
    yield "a class to mark", partial(clients["school"].get, chosen, headers=_OWN)
    for query in ("张", "陈雨", "zy", "2023", "0258"):
        yield f"search {query}", partial(clients["school"].post, f"{school}/people/search", data={"query": query}, headers=_OWN)


def _client(camp: Served, who: str) -> FlaskClient:
    client = camp.app.test_client()
    with camp.store.writing() as w:
        found = local.account_of_login(w, f"demo-{who}")
        if found:
            client.set_cookie("campmgr", open_device(w, found.account, "bench", kept=True))
    return client


def _median(work: Callable[[], object]) -> float:
    """Milliseconds of the processor."""
    taken = []
    for _ in range(_RUNS):
        begun = time.process_time()
        work()
        taken.append((time.process_time() - begun) * 1000)
    return statistics.median(taken)
