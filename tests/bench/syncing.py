"""Forty laptops that sync with one at the same moment, while somebody goes on opening a page there; then one with nothing new."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from campmgr.accounts.governing import NewAccount, Place, open_account
from campmgr.accounts.logging_in import open_device
from campmgr.areas.camp.actions import open_camp
from campmgr.areas.nodes import actions as nodes
from campmgr.areas.nodes.exchange.client import Destination
from campmgr.areas.nodes.files.calling import Synced, sync
from campmgr.areas.nodes.files.packs import accept_pack, send_pack
from campmgr.areas.nodes.queries.nodes import asking
from campmgr.areas.people.actions.people import Registration, register_drafts
from campmgr.areas.units.actions.units import UnitRow, add_unit
from campmgr.areas.whole import CATALOGUE
from campmgr.ids import born_in, hash_id
from campmgr.ledger.envelope import Draft
from campmgr.store import data_file
from campmgr.store.door import Store
from tests.bench.figures import Figure, of_limit
from tests.bench.made_camp import say_all, units_by_code
from tests.kit.pages import CHEAP
from tests.kit.server_process import Served, serving

_PEOPLE = 50
_PAGE = "/desk/"
_TIMES_IDLE = 60
_SLOWER = 3
_MOST_BYTES, _MOST_MS = 4096, 1000


def syncing(folder: Path, laptops: int = 40) -> Iterator[Figure]:
    """How long a page takes meanwhile beside three times as long as on an idle server, who failed; what nothing new costs."""
    with ExitStack() as stack:
        path = folder / "sync.sqlite"
        root = open_camp(path, "escape-drill-2023", CATALOGUE)
        with root.writing() as w:
            account = open_account(w, NewAccount("联络员", "desk", "correct horse"), Place("organizer", "35"), cost=CHEAP)
            device = open_device(w, account.account, "Firefox", kept=True)
        children = [_taken_in(root, folder, number) for number in range(laptops)]
        for child in children:
            stack.callback(data_file.close, child)
        data_file.close(root)
        server = stack.enter_context(serving(path))
        cookie = f"campmgr-{server.address.rpartition(':')[2]}={device}"
        idle = _p95([_opened(server, cookie) for _ in range(_TIMES_IDLE)])
        during, took, failed = _all_at_once(server, cookie, children)
        yield of_limit(
            f"a page while {laptops} laptops sync at once in {took:.0f} s, p95", 1000 * during, _SLOWER * 1000 * idle, "ms"
        )
        yield of_limit("of them failed", failed, 1, "laptops")
        while not (last := _timed(server, children[0]))[0].is_even:
            pass
        last = _timed(server, children[0])
        yield of_limit("sync, nothing new", 1000 * last[1], _MOST_MS, "ms")
        yield of_limit("its messages", last[0].bytes_sent + last[0].bytes_came, _MOST_BYTES, "bytes")


def _taken_in(root: Store, folder: Path, number: int) -> Store:
    """A laptop with a school of its own, that has registered some people since it was taken in."""
    child = data_file.create(folder / f"sync-{number}.sqlite", CATALOGUE)
    with child.reading() as r:
        asked = asking(r)
    code = f"SYNC{number}"
    with root.writing(alone=True) as w:
        add_unit(w, UnitRow(code, f"第{number}小学", "350102", "学校", "教育"))
        node = nodes.enrol(w, asked, nodes.Grant(code))
    pack = folder / "sync.pack"
    send_pack(root, pack, node, whole=True)
    accept_pack(child, pack)
    with child.writing(alone=True) as w:
        say_all(w, _people(units_by_code(w)[code], number))
    return child


def _people(unit: str, number: int) -> Iterator[Draft]:
    for each in range(_PEOPLE):
        yield from register_drafts(born_in(unit, hash_id("sync", number, each)), Registration(unit, f"人{each}", kind="学校师生"))


def _opened(server: Served, cookie: str) -> float:
    began = time.perf_counter()
    status = server.ask(_PAGE, cookie=cookie)[0]
    assert status == 200, status
    return time.perf_counter() - began


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


def _timed(server: Served, child: Store) -> tuple[Synced, float]:
    began = time.perf_counter()
    return sync(child, Destination(server.address, "")), time.perf_counter() - began


def _all_at_once(server: Served, cookie: str, children: list[Store]) -> tuple[float, float, int]:
    """p95 of the page meanwhile, seconds until the last has synced, and how many failed."""
    failures: list[BaseException] = []

    def call(child: Store) -> None:
        try:
            sync(child, Destination(server.address, ""))
        except BaseException as problem:  # noqa: BLE001 - a thread has nobody above it to tell
            failures.append(problem)

    threads = [threading.Thread(target=call, args=(child,)) for child in children]
    began, opened = time.perf_counter(), list[float]()
    for each in threads:
        each.start()
    while any(each.is_alive() for each in threads):
        opened.append(_opened(server, cookie))
        time.sleep(0.05)
    return _p95(opened), time.perf_counter() - began, len(failures)
