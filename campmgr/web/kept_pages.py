"""The pages that an application keeps as they were drawn (web/kept.py)."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import NamedTuple

_MOST = 64
"""Pages kept at once: addresses are made up by whoever asks."""


class KeptPage(NamedTuple):
    """A page as it was drawn: what it was drawn from, its text, its sort."""

    stamp: str
    body: bytes
    mimetype: str


class KeptPages:
    """The pages by their addresses, those asked for last."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, KeptPage] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, address: str, stamp: str) -> KeptPage | None:
        """The page of an address, where it was drawn from just what is there now."""
        with self._lock:
            found = self._pages.get(address)
            if found is None or found.stamp != stamp:
                return None
            self._pages.move_to_end(address)
            return found

    def keep(self, address: str, page: KeptPage) -> None:
        """Keep a page, in place of an older one of that address."""
        with self._lock:
            self._pages[address] = page
            self._pages.move_to_end(address)
            while len(self._pages) > _MOST:
                self._pages.popitem(last=False)
