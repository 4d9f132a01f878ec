"""The server: waitress, so bounded that nobody's connections, slowness or bodies keep others out.

A class of browsers opens a hundred connections and leaves them idle; somebody sends a byte a second; somebody sends gigabytes to
the log-in. So a connection that does not get on is closed, whoever holds most makes room, what is sent beyond what that address
takes is not kept, and some threads answer pages only, whatever is being written.
"""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import MultiSocketServer, TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

MostBytes = Callable[[str, str, dict[str, str], str], int]
"""How many bytes may be sent, by method, path, headers (in waitress' spelling: COOKIE) and the address they come from."""

THREADS, PAGE_THREADS = 12, 3
"""Threads for everything, most of whom wait together for one commit; and threads for pages alone: whatever is written or read from
photos, a page is answered.
"""

SWITCH = 0.0005
"""Seconds after which a thread that only computes lets another go on. Whoever has the turn to write lets go at each of its
statements; by Python's usual 0.005 they would stand back that long behind every page that is being drawn, thirty times for one
joining.
"""

CONNECTIONS = 400
"""Open connections at which room is made; Windows' select takes 512 of anything."""

PER_ADDRESS = 150
"""Connections from one address that have not brought a whole request yet. A class stands behind one address."""

GRACE, SLOWEST = 15, 4096
"""Seconds that a request has to arrive, and bytes that each further second must have brought."""

FIRST, IDLE = 10, 60
"""Seconds for which a connection may stand idle: before its first request (browsers open some in advance), and after one."""

_LOOK = 2
_BODY = 1 << 30
"""What the server reads at all; what the camp takes is less, and the pages say so in a sentence."""

_ALWAYS = 256 * 1024
"""Bytes that everybody may send anywhere: not worth asking."""

ALTOGETHER = 512 * 1024 * 1024
"""Bytes of larger bodies that are kept at once, whoever sends them: what more comes meanwhile is answered as too large."""


class _Kept:
    """A body as far as it may be kept; its length is that of all that came, so that the page knows it was too much."""

    def __init__(self, buffer: Any, most: int) -> None:
        self._buffer = buffer
        self._most = most
        self._came = 0

    def append(self, data: bytes) -> None:
        self._came += len(data)
        if self._came <= self._most:
            self._buffer.append(data)

    def __len__(self) -> int:
        return self._came

    def __getattr__(self, name: str) -> Any:
        return getattr(self._buffer, name)


class _Parser(HTTPRequestParser):  # type: ignore[misc]  # published without types, as all of waitress
    granted = 0
    """Bytes of its body that may be kept, where these are many."""

    def __init__(self, server: Any, address: str, adjustments: Any) -> None:
        super().__init__(adjustments)
        self._server = server
        self._address = address

    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
        except ValueError as problem:  # an address that is none, which the library lets through
            raise ParsingError("Invalid address") from problem
        if self.body_rcv is None or (self.content_length <= _ALWAYS and not self.chunked):
            return
        most = self._server.most_bytes(self.command, self.path, self.headers, self._address)
        asked = most if self.chunked else self.content_length
        if asked <= most and asked + self._server.granted() <= ALTOGETHER:
            self.granted = asked
        self.body_rcv.buf = _Kept(self.body_rcv.buf, self.granted)


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that knows how it gets on, by a clock that nobody sets back."""

    def __init__(self, *args: Any, **more: Any) -> None:
        self.has_answered = False
        self.moved = self.began = time.monotonic()
        self.came = 0
        super().__init__(*args, **more)

    @property
    def parser_class(self) -> Callable[[Any], _Parser]:
        return partial(_Parser, self.server, self.addr[0])

    def received(self, data: bytes) -> Any:
        self.moved = time.monotonic()
        if self.request is None:
            self.began, self.came = self.moved, 0
        self.came += len(data)
        return super().received(data)

    def service(self) -> None:
        super().service()
        self.has_answered, self.moved = True, time.monotonic()

    def _flush_some(self, *args: Any, **more: Any) -> Any:
        sent = super()._flush_some(*args, **more)
        if sent:
            self.moved = time.monotonic()
        return sent

    @property
    def is_waiting(self) -> bool:
        """Whether nothing is being done for it: no whole request has come, or the last was answered."""
        return not self.requests and not self.total_outbufs_len

    def is_late(self, now: float) -> bool:
        """Whether it does not get on: a request that trickles in, an answer that nobody takes, or nothing at all for long."""
        if self.total_outbufs_len:
            return now - self.moved > IDLE
        if self.requests:
            return False
        if self.request is not None:
            return now - self.began > GRACE + self.came / SLOWEST
        return now - self.moved > (IDLE if self.has_answered else FIRST)

    def drop(self) -> None:
        """Close it, also when its other side takes nothing any more."""
        self.will_close = True
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)


class _Dispatcher(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Threads for everything, and beside them some for pages alone."""

    def __init__(self) -> None:
        super().__init__()
        self.pages = ThreadedTaskDispatcher()

    def add_task(self, task: _Channel) -> None:
        asked = task.requests[0]
        is_page = not asked.error and asked.command in {"GET", "HEAD"}
        if is_page and _load(self.pages) <= _load(self):
            self.pages.add_task(task)
        else:
            super().add_task(task)

    def start(self) -> None:
        self.set_thread_count(THREADS)
        self.pages.set_thread_count(PAGE_THREADS)

    def shutdown(self, *args: Any, **more: Any) -> Any:
        self.pages.shutdown(*args, **more)
        return super().shutdown(*args, **more)


def _load(threads: Any) -> int:
    """Tasks that would wait, or threads that are free (below zero)."""
    return int(threads.active_count + len(threads.queue) - len(threads.threads))


class _Server(TcpWSGIServer):  # type: ignore[misc]
    channel_class = _Channel
    most_bytes: MostBytes
    looks_at = 0.0

    def readable(self) -> Any:
        """Asked by the loop before each round."""
        now = time.monotonic()
        if now >= self.looks_at:
            self.looks_at = now + _LOOK
            for each in list(self.active_channels.values()):
                if each.is_late(now):
                    each.drop()
        return super().readable()

    def granted(self) -> int:
        """Bytes that requests under way may keep on the disk."""
        held = [(each.request, *each.requests) for each in self.active_channels.values()]
        return sum(one.granted for some in held for one in some if one is not None)

    def maintenance(self, now: float) -> None:
        """What the library would do by the wall clock is done above."""

    def handle_accept(self) -> None:
        super().handle_accept()
        waiting = [each for each in self.active_channels.values() if each.is_waiting and not each.will_close]
        new = Counter(each.addr[0] for each in waiting if not each.has_answered and each.addr[0] != self.adj.trusted_proxy)
        for address, count in new.items():
            if count > PER_ADDRESS:
                _drop_oldest([each for each in waiting if each.addr[0] == address and not each.has_answered])
        if len(self.active_channels) >= CONNECTIONS and waiting:
            most = Counter(each.addr[0] for each in waiting).most_common(1)[0][0]
            _drop_oldest([each for each in waiting if each.addr[0] == most])


def _drop_oldest(channels: list[_Channel]) -> None:
    min(channels, key=lambda each: (each.has_answered, each.moved)).drop()


def create_server(app: Any, host: str, port: int, most_bytes: MostBytes, proxy: str = "") -> Any:
    """A server that listens already; `run()` serves until interrupted. Raises OSError for a busy port, ValueError for no address.

    `proxy`: the address of a proxy in front of it, whose X-Forwarded-For and X-Forwarded-Proto are believed; nobody else's are.
    """
    trust = {"trusted_proxy": proxy, "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}} if proxy else {}
    adjustments = Adjustments(
        host=host, port=port, max_request_body_size=_BODY, max_request_header_size=32 * 1024, connection_limit=CONNECTIONS + 40,
        ident=None, clear_untrusted_proxy_headers=True, **trust,
    )  # fmt: skip
    sockets: dict[int, Any] = {}
    dispatcher = _Dispatcher()
    servers = [
        _Server(app, sockets, _start=True, dispatcher=dispatcher, adj=adjustments, sockinfo=each) for each in adjustments.listen
    ]
    for each in servers:
        each.most_bytes = most_bytes
    dispatcher.start()
    if len(servers) == 1:
        return servers[0]
    listening = [(each.effective_host, each.effective_port) for each in servers]
    several = MultiSocketServer(sockets, adjustments, listening, dispatcher, servers[0].log_info)
    several.effective_port = listening[0][1]
    return several
