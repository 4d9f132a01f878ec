"""The made-up camp behind a real server on a free port, as `campmgr demo` serves it, with a clock that stands still."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from waitress import wasyncore
from waitress.server import create_server

from campmgr.app.web_app import Settings, create_app
from campmgr.areas.nodes.pages.joining import ASKED_AS
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.demo.camp import DemoCamp
from campmgr.demo.cast import guests
from campmgr.facts import world as worlds
from campmgr.ids import random_token
from campmgr.store import data_file
from campmgr.store.door import Store

NOW = "2023-07-01T11:00"
"""An hour after the made-up camp's last record."""

SETUP_TOKEN = "set-up-of-an-empty-data-file"  # noqa: S105 - of a made-up camp


@dataclass(frozen=True)
class Served:
    """A served camp. `ways` lead each of the cast in; `setup` is the link of a second server, on which no camp is open yet, `start`
    its first page; `waiting` the page of a third one, whose laptop has asked to join.
    """

    address: str
    app: Flask
    store: Store
    built: DemoCamp
    ways: dict[str, str]
    setup: str
    start: str
    waiting: str


@contextmanager
def serve_demo(built: DemoCamp) -> Iterator[Served]:
    """Serve this camp until the end of the block."""
    store = data_file.open_file(built.path, CATALOGUE, FixedClock(NOW))
    with store.writing() as w:
        ways = {guest.who: guest.path for guest in guests(w, worlds.load(w), built, random_token())}
    app, empty = (
        create_app(store, Settings(store.path)),
        create_app(None, Settings(built.path.with_name("none.sqlite"), SETUP_TOKEN)),
    )
    child = data_file.create(built.path.with_name("child.sqlite"), CATALOGUE)
    with child.writing(begins=False) as w:
        w.set_meta(ASKED_AS, "鼓楼区教育局")
    asking = create_app(child, Settings(child.path))
    try:
        with listening(app) as address, listening(empty) as second, listening(asking) as third:
            setup, start, waiting = f"{second}/setup/{SETUP_TOKEN}", f"{second}/start/", f"{third}/start/join/waiting"
            yield Served(address, app, store, built, ways, setup, start, waiting)
    finally:
        data_file.close(store)
        data_file.close(child)


@contextmanager
def listening(app: Flask, port: int = 0) -> Iterator[str]:
    """Serve an application on a free port, or on the one it was served on before; its address."""
    sockets: dict[int, object] = {}
    server = create_server(app, host="127.0.0.1", port=port, threads=4, map=sockets)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        # in the server's own thread, since its sockets must not vanish while it waits for them
        server.trigger.pull_trigger(lambda: wasyncore.close_all(sockets))
        thread.join()
        server.task_dispatcher.shutdown()
