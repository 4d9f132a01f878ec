"""The one client on the network: a message to another laptop and its answer, bounded in size and in time.

Whoever is at the other end may stall, lie about lengths or send without end: an answer is read up to what a message may have, and
the whole of a question takes a minute at most, whatever trickles in. Nobody's word is believed here; messages prove themselves.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple
from urllib.parse import urlsplit

from campmgr.areas.nodes.exchange.message import LONGEST, Message, read_message
from campmgr.areas.nodes.exchange.trusted import untrusted
from campmgr.clock import seconds_passed
from campmgr.errors import REASONS, BadInput, Busy, CampError, NotAllowed, Trouble
from campmgr.facts.importing import Progress, nobody_watches
from campmgr.ids import random_id

PATH, TYPE = "/exchange/", "application/campmgr-sync+json"
"""Where a served laptop takes messages, and what they say they are."""

_PORT = 8000
"""Where campmgr serves if nobody says otherwise."""

_LONGEST_WAIT = 10.0
"""Seconds between two tries with one who is busy."""


class Patience(NamedTuple):
    """Seconds: for which nothing may come, for a whole question with its answer, for which one who is busy is asked again."""

    silence: float = 10.0
    whole: float = 60.0
    busy: float = 600.0


_USUAL = Patience()

_MARK = "campmgr-sync"
_NO_SUCH_PLACE = {http.client.NOT_FOUND, http.client.METHOD_NOT_ALLOWED}
_LONGEST_REFUSAL = 16 * 1024
_LONGEST_WORDS = 200
_UNREACHABLE = "请核对地址，看两台电脑是否在同一个网络、对方的程序是否开着并允许局域网打开；连不上时照常用 U 盘。"


def peer_address(text: str) -> str:
    """An address as somebody types it, in one form: scheme, host, port and path. Raises BadInput."""
    plain = text.strip()
    try:
        parts = urlsplit(plain if "//" in plain else f"//{plain}")
        port = parts.port or (None if parts.scheme else _PORT)
        host = parts.hostname or ""
    except ValueError:
        host, port = "", None
        parts = urlsplit("")
    if (
        not host
        or parts.scheme not in {"", "http", "https"}
        or parts.username
        or parts.query
        or not host.isprintable()
        or " " in host
    ):
        raise BadInput(
            f"“{text[:_LONGEST_WORDS]}”不是地址。", reason="bad_link", hint="请照对方“接力包”页上的写，例如 192.168.1.5:8000。"
        )
    named = f"[{host}]" if ":" in host else host
    return f"{parts.scheme or 'http'}://{named}{f':{port}' if port else ''}{parts.path.rstrip('/')}"


class Destination(NamedTuple):
    """Where another laptop is, and which node it is to be; "" where nobody said."""

    address: str
    node: str


def peer_words(address: str, node: str) -> str:
    """What the QR code of a served laptop says."""
    return f"{_MARK} {address} {node}"


def destination_of(text: str) -> Destination:
    """What somebody typed, pasted or scanned. Raises BadInput."""
    words = text.split()
    if words[:1] == [_MARK] and len(words) == 3:
        return Destination(peer_address(words[1]), words[2])
    return Destination(peer_address(text), "")


class Line:
    """A connection to a served laptop. `sent`, `came`: bytes of messages so far; `trusts`: what https is proved by."""

    def __init__(
        self,
        address: str,
        told: Progress = nobody_watches,
        patience: Patience = _USUAL,
        trusts: Callable[[], ssl.SSLContext] = ssl.create_default_context,
    ) -> None:
        parts = urlsplit(address)
        self.address = address
        self.sent = self.came = 0
        self._told = told
        self._patience = patience
        self._path = parts.path + PATH
        self._origin = f"{parts.scheme}://{parts.netloc}"
        host, port = parts.hostname or "", parts.port
        self._connection = (
            http.client.HTTPSConnection(host, port, timeout=patience.silence, context=trusts())
            if parts.scheme == "https"
            else http.client.HTTPConnection(host, port, timeout=patience.silence)
        )

    def close(self) -> None:
        """End it."""
        self._connection.close()

    def ask(self, make: Callable[[], bytes]) -> Message:
        """The answer to a message; one who is busy is asked again for a while, by a message that is made anew.

        Raises Trouble where nobody answers or the answer stops half-way, BadInput for what is no answer of ours, Busy, and what
        the other refuses with.
        """
        until = seconds_passed() + self._patience.busy
        while True:
            try:
                return read_message(self._asked(make))
            except _TryAgain as busy:
                if seconds_passed() > until:
                    raise Busy("对方的电脑一直很忙。", hint="请过一会儿再同步；已经送到的不会重复。") from busy
                self.wait(busy.seconds)

    def wait(self, seconds: float) -> None:
        """Let about so many seconds pass, never the same twice: so forty do not come back at once."""
        self._told(0, 0)
        time.sleep(seconds * (0.5 + int(random_id()[:4], 16) / 0xFFFF))

    def _asked(self, make: Callable[[], bytes]) -> bytes:
        with _told_as_trouble():
            try:
                return self._once(make())
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                self._connection.close()  # it stood idle, and the other has closed it meanwhile
                return self._once(make())

    def _once(self, message: bytes) -> bytes:
        if self._connection.sock is None:
            self._connection.connect()
        with _cut_after(self._connection.sock, self._patience.whole) as was_cut:
            try:
                self._connection.request("POST", self._path, message, {"Content-Type": TYPE, "Origin": self._origin})
                answer = self._connection.getresponse()
                data = answer.read(LONGEST + 1)
                if was_cut() or (answer.length and len(data) <= LONGEST):  # it ends before it should
                    raise http.client.IncompleteRead(data)
            except (OSError, http.client.HTTPException) as problem:
                self._connection.close()
                if was_cut():
                    raise TimeoutError from problem
                raise
        self.sent, self.came = self.sent + len(message), self.came + len(data)
        if answer.status == http.client.OK and answer.headers.get_content_type() == TYPE and len(data) <= LONGEST:
            return data
        self._connection.close()
        if answer.status == http.client.OK and len(data) > LONGEST and answer.headers.get_content_type() == TYPE:
            raise BadInput("对方发来的内容太多，没有再收。", reason="too_large", hint="请核对地址，或请技术支持看看那台电脑。")
        raise _refusal(answer.status, answer.headers.get("Retry-After", ""), data)


class _TryAgain(Exception):
    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


def _refusal(status: int, wait: str, data: bytes) -> Exception:
    """What the other refuses with; somebody else's page is not campmgr."""
    told: object = None
    with suppress(ValueError, RecursionError):
        told = json.loads(data[:_LONGEST_REFUSAL])
    error = told.get("error") if isinstance(told, dict) else None
    if not isinstance(error, dict) or error.get("reason") not in REASONS or status in _NO_SUCH_PLACE:
        return BadInput(
            "这个地址上不是 campmgr，或对方的版本还不会同步。", reason="not_campmgr", hint="请核对地址；不行就照常用 U 盘。"
        )
    if status == http.client.SERVICE_UNAVAILABLE:
        return _TryAgain(min(float(wait) if wait.isascii() and wait.isdigit() else 3.0, _LONGEST_WAIT))
    words, hint = (_plain(error.get(name)) for name in ("sentence", "hint"))
    family = NotAllowed if status == http.client.FORBIDDEN else BadInput if status < http.client.INTERNAL_SERVER_ERROR else Trouble
    return family(f"对方的电脑说：{words}", reason=str(error["reason"]), hint=hint)


def _plain(told: object) -> str:
    """Somebody else's words, as far as they can be shown."""
    return "".join(each for each in str(told or "")[:_LONGEST_WORDS] if each.isprintable())


@contextmanager
def _told_as_trouble() -> Iterator[None]:
    try:
        yield
    except TimeoutError as problem:
        raise Trouble("对方的电脑没有答复，或答得太慢。", reason="unreachable", hint=_UNREACHABLE) from problem
    except ConnectionRefusedError as problem:
        raise Trouble("那台电脑上没有开着的 campmgr。", reason="unreachable", hint=_UNREACHABLE) from problem
    except ssl.SSLError as problem:
        raise untrusted(problem) from problem
    except (OSError, http.client.HTTPException, ValueError) as problem:
        if isinstance(problem, CampError):
            raise
        raise Trouble("连不上对方的电脑，或说到一半断了。", reason="unreachable",
                      hint="再同步一次，会从断开的地方接着来。" + _UNREACHABLE) from problem  # fmt: skip


@contextmanager
def _cut_after(sock: socket.socket, seconds: float) -> Iterator[Callable[[], bool]]:
    """Shut a socket when a question takes too long in all: a byte now and then would keep any other clock from ringing."""
    rang = threading.Event()

    def ring() -> None:
        rang.set()
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, ring)
    timer.start()
    try:
        yield rang.is_set
    finally:
        timer.cancel()
