"""A county's laptop that the camp of the pages has taken in, for tests of what goes between the two."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from campmgr.areas.nodes.actions import Grant, enrol
from campmgr.areas.nodes.files.packs import accept_pack, send_pack
from campmgr.areas.nodes.queries.nodes import asking
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.store import data_file
from campmgr.store.door import Store
from tests.kit.pages import Pages

COUNTY = "350102"


@contextmanager
def taken_in(
    pages: Pages, folder: Path, at: str = "2023-06-10T09:30", *, whole: bool = False
) -> Iterator[tuple[Store, str, bytes]]:
    """The laptop's data file, its node, and the receipt that it gave for the grant; `at`: the time on its clock."""
    store = data_file.create(folder / "child.sqlite", CATALOGUE, FixedClock(at))
    with store.reading() as r:
        asked = asking(r)
    with pages.store.writing() as w:
        node = enrol(w, asked, Grant(COUNTY))
    send_pack(pages.store, folder / "grant.pack", node, whole=whole)
    yield store, node, accept_pack(store, folder / "grant.pack").receipt
    data_file.close(store)
