"""`campmgr serve`: the pages, for this laptop or for everyone on the local network."""

from __future__ import annotations

import logging
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from math import inf
from pathlib import Path
from typing import Any

import click

from campmgr.accounts import local
from campmgr.app.browser import free_port, running_at, show
from campmgr.app.regularly import Regularly, look_at_backup, look_at_sync
from campmgr.app.server import SWITCH, create_server
from campmgr.app.web_app import Settings, create_app, end_jobs, most_bytes, store_of, stores_of
from campmgr.areas.drafts.files import drafts_path
from campmgr.areas.whole import CATALOGUE
from campmgr.cli.lan import lan_addresses
from campmgr.cli.output import db_option
from campmgr.config import data_file
from campmgr.errors import Trouble
from campmgr.facts import world as worlds
from campmgr.files.qr import qr_text
from campmgr.ids import random_id
from campmgr.store import data_file as data_files
from campmgr.store.door import Store
from campmgr.store.upgrading import before_upgrade, note_program

_OWN = {"127.0.0.1", "localhost", "::1"}
"""Hosts at which this machine alone can open the pages."""

_LAN_KEPT = 30.0
"""Seconds for which this machine's addresses are believed to stay; asking may take long where a network has no names."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址；0.0.0.0 让局域网内的手机和电脑都能打开。")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="端口；0 由系统挑一个。")
@click.option("--organizer-link", is_flag=True, help="再给一个开通组织方账号的链接（忘记密码时用）。")
@click.option(
    "--proxy", default="", metavar="地址", help="前面的反向代理的地址；只信它送来的 X-Forwarded-For 和 X-Forwarded-Proto。"
)
@click.option("--browser", is_flag=True, help="打开本机的浏览器；已经在运行的，只打开浏览器；端口被占的，换一个。")
@db_option
def serve(host: str, port: int, organizer_link: bool, proxy: str, browser: bool, db: str | None) -> None:
    """打开网页服务。没有数据文件时，本机的浏览器会问怎样开始：加入、新开，或从备份恢复。"""
    path = data_file(db)
    if browser and (at := running_at(port)):
        click.echo(f"程序已经在运行：{at}")
        show(at)
        return
    port = free_port(port) if browser else port
    store, beside = _opened(path) if path.is_file() else None, drafts_path(path)
    drafts = _opened(beside) if store and beside.is_file() else None
    from_elsewhere = host not in _OWN and (store is None or _has_nobody(store))
    token = random_id() if organizer_link or from_elsewhere else ""
    serve_pages(store, Settings(path, token), host, port, [f"/setup/{token}"] if token else [], proxy=proxy,
                when_up=show if browser else None, drafts=drafts)  # fmt: skip


def _opened(path: Path) -> Store:
    """A data file that is there; what another version of the program served last is copied first."""
    copy = before_upgrade(path)
    if copy:
        click.echo(f"升级前的数据已备份：{copy}")
    store = data_files.open_file(path, CATALOGUE)
    note_program(store, copy)
    return store


def serve_camp(store: Store, port: int, people: Sequence[tuple[str, str]]) -> None:
    """Serve an open camp on this machine alone, until interrupted; `people` are (words, path) to print. Closes the store."""
    serve_pages(store, Settings(store.path), "127.0.0.1", port, people=people)


def serve_pages(
    store: Store | None, settings: Settings, host: str, port: int, links: list[str] | None = None,
    people: Sequence[tuple[str, str]] = (), proxy: str = "", when_up: Callable[[str], object] | None = None,
    drafts: Store | None = None,
) -> None:  # fmt: skip
    """Serve until interrupted, after printing the addresses; `links` are paths to print first, `people` whose page is where;
    `when_up` is told the address once somebody listens there. `drafts`: see `create_app`.

    Raises Trouble for a busy port. Closes the stores, also the one that the set-up page opens.
    """
    served = _Served(host, port)
    sys.setswitchinterval(SWITCH)
    app = create_app(store, replace(settings, addresses=served), drafts=drafts)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a class that comes in at once is no fault worth a line each
    signal.signal(signal.SIGTERM, _stop)  # a service manager's stop leaves the marker too
    try:
        with _server(app, host, port, proxy) as (server, at):
            served.port = at
            own = [Regularly(partial(store_of, app), look) for look in (look_at_backup, look_at_sync)]
            click.echo("\n".join(_greeting(host, at, links or [], settings, people, is_open=store is not None)))
            if when_up:
                when_up(f"http://127.0.0.1:{at}/")
            try:
                server.run()
            finally:
                for each in own:
                    each.close()
    finally:
        end_jobs(app)
        for held in stores_of(app):
            note_program(held, None)
            data_files.close(held)


@contextmanager
def _server(app: Any, host: str, port: int, proxy: str) -> Iterator[tuple[Any, int]]:
    try:
        server = create_server(app, host, port, partial(most_bytes, app), proxy)
    except OSError as problem:
        raise Trouble(f"端口 {port} 打不开：可能已被别的程序占用。", hint="请用 --port 换一个端口，例如 --port 8080。") from problem
    try:
        yield server, int(getattr(server, "effective_port", port))
    finally:
        server.close()


class _Served:
    """Where the pages are served: on the network first, since that is where links have to lead. A laptop may change its network."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self.port = port
        self._asked_at = -inf
        self._lan: list[str] = []

    def __call__(self) -> list[str]:
        if self._host in {"0.0.0.0", "::"} and time.monotonic() - self._asked_at > _LAN_KEPT:  # noqa: S104 - compared, not bound
            self._lan, self._asked_at = lan_addresses(), time.monotonic()
        named = [] if self._host in {"0.0.0.0", "::", "127.0.0.1"} else [self._host]  # noqa: S104 - as above
        return [f"http://{each}:{self.port}" for each in (*self._lan, *named, "127.0.0.1", "localhost")]


def _stop(number: int, frame: object) -> None:
    del number, frame
    raise SystemExit(0)


def _has_nobody(store: Store) -> bool:
    """Whether a camp is there and nobody can run it in a browser yet."""
    with store.reading() as r:
        return bool(worlds.load(r).root_unit) and not local.has_organizer(r)


def _greeting(
    host: str, port: int, links: list[str], settings: Settings, people: Sequence[tuple[str, str]] = (), *, is_open: bool = True
) -> list[str]:
    own = f"http://{'127.0.0.1' if host in {'0.0.0.0', '::'} else host}:{port}"  # noqa: S104 - compared, not bound
    lines = [f"数据文件：{settings.data_path}"]
    if settings.setup_token:
        lines.append("开营链接（只能用一次，请勿转发）：")
    lines += [f"  {own}{path}" for path in links]
    lines += [f"{whom}\n  {own}{path}" for whom, path in people]
    lines += [] if is_open else ["第一次用：请在这台电脑的浏览器里打开下面的地址，选怎样开始。"]
    lines.append(f"本机地址：{own}/")
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        for address in lan_addresses():
            lines += [f"局域网地址：http://{address}:{port}/", qr_text(f"http://{address}:{port}/")]
    return [*lines, "按 Ctrl+C 停止。"]
