"""What each page of the made-up camp weighs on a first visit, as sent to a browser that takes gzip: itself and all it loads."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from gzip import decompress
from html import unescape
from pathlib import Path
from urllib.parse import quote, urlsplit

from campmgr.accounts import local
from campmgr.accounts.logging_in import open_device
from campmgr.demo.camp import build_demo
from tests.bench.figures import Figure, of_limit
from tests.browser.addresses import ADDRESSES, Address, parts
from tests.browser.served import Served, serve_demo

LIMIT_KB = 40
APART = {"station.page", "station.shell"}
"""The station is loaded once and then works without the server."""

_LOADED = re.compile(r'<(?:script|link|img)\b(?![^>]*loading="lazy")[^>]*?\b(?:src|href)="([^"]+)"')


def weighing(folder: Path) -> Iterator[Figure]:
    """A row for every page above the limit, or the three heaviest; pictures that wait to come into sight are not counted."""
    own = folder / "weighed"  # what is served lies beside the camp, and other rows serve one too
    own.mkdir()
    with serve_demo(build_demo(own / "camp.sqlite")) as camp:
        visit = Visit(camp)
        weights = sorted((visit.weight(each), str(each)) for each in ADDRESSES if each.endpoint not in APART)
    for sent, words in [one for one in weights if one[0] > LIMIT_KB * 1024] or weights[-3:]:
        yield of_limit(f"first visit of {words}"[:58], sent / 1024, LIMIT_KB, "KB")
    yield of_limit(f"first visit, the middle of {len(weights)} pages", weights[len(weights) // 2][0] / 1024, LIMIT_KB, "KB")


class Visit:
    """Somebody's first visit to a page, as each of the cast."""

    def __init__(self, camp: Served) -> None:
        self.camp = camp
        self.named = parts(camp)
        with camp.store.writing() as w:
            accounts = {who: local.account_of_login(w, f"demo-{who}") for who in ("organizer", "school", "federation")}
            self.tokens = {who: open_device(w, found.account, "bench", kept=True) for who, found in accounts.items() if found}

    def weight(self, address: Address) -> int:
        """Bytes of a page and of each file it loads, as they come over the line."""
        where = urlsplit(address.path.format_map(self.named))
        host = where.netloc or urlsplit(self.camp.address).netloc
        page, text = self._body(host, where._replace(scheme="", netloc="").geturl(), address.who)
        loaded = {unescape(each) for each in _LOADED.findall(text) if each.startswith("/")}
        return page + sum(self._body(host, each, address.who)[0] for each in loaded)

    def _body(self, host: str, path: str, who: str) -> tuple[int, str]:
        line = http.client.HTTPConnection(host)
        cookie = f"campmgr{host.rpartition(':')[2].rjust(6, '-')}={self.tokens.get(who, '')}"
        line.request("GET", quote(path, safe="/?&=%:"), headers={"Accept-Encoding": "gzip", "Cookie": cookie})
        answer = line.getresponse()
        sent = answer.read()
        line.close()
        plain = decompress(sent) if answer.headers.get("Content-Encoding") == "gzip" else sent
        return len(sent), plain.decode("utf-8", "replace")
