"""Nobody's connections, slowness or bodies keep others out: a real server, real sockets, and seconds made shorter."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from contextlib import ExitStack, contextmanager
from functools import partial

import pytest

from campmgr.app import server
from campmgr.app.server import create_server
from campmgr.app.web_app import most_bytes


@pytest.fixture
def served(pages):
    """The pages behind the server that `campmgr serve` starts; its port."""
    made = create_server(pages.app, "127.0.0.1", 0, partial(most_bytes, pages.app))
    thread = threading.Thread(target=made.run)
    thread.start()
    yield int(made.effective_port)
    made.task_dispatcher.shutdown()
    made.trigger.pull_trigger(partial(made.asyncore.close_all, made._map))  # noqa: SLF001 - by the loop itself, which ends with it
    thread.join()


def _opened(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def _status(port: int, method: str = "GET", path: str = "/", **more) -> int:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        asked.request(method, path, **more)
        return asked.getresponse().status
    finally:
        asked.close()


def _closed_after(one: socket.socket, drip: bytes = b"") -> float:
    """Seconds until the server closes a connection over which one byte a fifth of a second is sent."""
    began = time.monotonic()
    one.settimeout(0.2)
    while time.monotonic() - began < 20:
        try:
            if drip:
                one.send(drip)
            if not one.recv(100):
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - began


@contextmanager
def _idle(port: int, count: int):
    with ExitStack() as stack:
        yield [stack.enter_context(_opened(port)) for _ in range(count)]


def test_hundreds_of_idle_connections_shut_nobody_out(served):
    with _idle(served, 450):
        began = time.monotonic()
        assert _status(served) == 200
        assert time.monotonic() - began < 5


def test_one_address_keeps_only_so_many_that_never_asked_anything(served, monkeypatch):
    monkeypatch.setattr(server, "PER_ADDRESS", 10)
    with _idle(served, 30) as idle:
        assert _status(served) == 200
        idle_still = [each for each in idle if _is_open(each)]
        assert idle_still == idle[-9:], "the tenth is the one that asked"


def test_a_class_that_has_asked_may_keep_its_connections(served, monkeypatch):
    monkeypatch.setattr(server, "PER_ADDRESS", 10)
    kept = [http.client.HTTPConnection("127.0.0.1", served, timeout=10) for _ in range(30)]
    for each in kept * 2:
        each.request("GET", "/static/icon.svg")
        assert each.getresponse().read()
    for each in kept:
        each.close()


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\n", b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\n"])
def test_who_sends_a_byte_now_and_then_is_closed(served, monkeypatch, begun):
    monkeypatch.setattr(server, "GRACE", 2)
    monkeypatch.setattr(server, "FIRST", 2)
    with _opened(served) as slow:
        slow.send(begun)
        assert _closed_after(slow, b"x" if begun else b"") < 8


def test_who_takes_no_answer_is_closed(served, monkeypatch):
    monkeypatch.setattr(server, "IDLE", 2)
    with _opened(served) as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.sendall(b"GET /static/campmgr.css HTTP/1.1\r\nHost: x\r\n\r\n" * 400)
        time.sleep(6)
        with pytest.raises(OSError, match=r"reset|Broken pipe"):
            _sent_on(deaf)


def _sent_on(deaf: socket.socket) -> None:
    for _ in range(100):
        deaf.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.02)


def test_while_everything_that_writes_waits_pages_are_answered(served, pages):
    threads = [threading.Thread(target=_login, args=(served,)) for _ in range(12)]
    with pages.store.writing():
        for each in threads:
            each.start()
        time.sleep(1)
        began = time.monotonic()
        assert _status(served) == 200
        assert time.monotonic() - began < 3
    for each in threads:
        each.join()


def _login(port: int) -> None:
    head = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{port}"}
    _status(port, "POST", "/login", body="login=nobody&password=nothing", headers=head)


def test_a_body_that_is_too_large_is_answered_with_a_page_and_not_kept(served):
    head = {"Origin": f"http://127.0.0.1:{served}", "Content-Type": "multipart/form-data; boundary=x"}
    assert _status(served, "POST", "/login", body=bytes(30_000_000), headers=head) == 413
    pieces = (bytes(100_000) for _ in range(100))
    assert (
        _status(served, "POST", "/login", body=pieces, headers=head | {"Transfer-Encoding": "chunked"}, encode_chunked=True) == 413
    )


@pytest.mark.parametrize(("who", "path", "sent", "kept"), [
    ("a stranger", "/start/restore", 5_000_000, 0),
    ("nobody", "/start/restore", 5_000_000, 5_000_000),
    ("nobody", "/login", 5_000_000, 0),
    ("nobody", "/c/photo", 5_000_000, 5_000_000),
    ("nobody", "/c/photo", 17_000_000, 0),
    ("nobody", "/nowhere", 5_000_000, 0),
    ("dora", "/login", 5_000_000, 5_000_000),
    ("dora", "/desk/imports", 70_000_000, 0),
])  # fmt: skip
def test_what_is_kept_of_a_body_depends_on_who_sends_it_where(pages, who, path, sent, kept):
    """Who sits at the machine itself may send a backup; a stranger who only says so in the Host header may not."""
    cookie = pages.browser(who).get_cookie("campmgr") if who == "dora" else None
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {sent}\r\nCookie: campmgr={cookie.value if cookie else 'x'}"
    with _one_server(pages) as made:
        asked = made.channel_class.parser_class.fget(_Channel(made, "192.168.1.9" if who == "a stranger" else "127.0.0.1"))(
            made.adj
        )
        asked.received(head.encode() + b"\r\n\r\n")
        while not asked.completed:
            asked.received(bytes(1_000_000))
        assert len(asked.get_body_stream().read()) == kept
        asked.close()


class _Channel:
    """Whoever asks for a parser: it has a server, and an address it comes from."""

    def __init__(self, made, address: str = "127.0.0.1") -> None:
        self.server = made
        self.addr = (address, 40_000)


@contextmanager
def _one_server(pages):
    made = create_server(pages.app, "127.0.0.1", 0, partial(most_bytes, pages.app))
    try:
        yield made
    finally:
        made.task_dispatcher.shutdown()
        made.asyncore.close_all(made._map)  # noqa: SLF001 - as above


def _is_open(one: socket.socket) -> bool:
    one.settimeout(0.05)
    try:
        return one.recv(1) != b""
    except TimeoutError:
        return True
    except OSError:
        return False


def test_all_large_bodies_together_are_bounded(pages, monkeypatch):
    monkeypatch.setattr(server, "ALTOGETHER", 12_000_000)
    head = b"POST /c/photo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n\r\n"
    with _one_server(pages) as made:
        parsers = [made.channel_class.parser_class.fget(_Channel(made))(made.adj) for _ in range(4)]
        for place, parser in enumerate(parsers):
            parser.received(head)
            made.active_channels[place] = _Waiting(parser)
        assert [parser.granted for parser in parsers] == [5_000_000, 5_000_000, 0, 0]
        made.active_channels.clear()
        for parser in parsers:
            parser.close()


class _Waiting:
    """A connection whose request is not whole yet."""

    def __init__(self, request) -> None:
        self.request = request
        self.requests: list[object] = []


@pytest.mark.parametrize("sent", [b"POST http:" + b"//[::1/login HTTP/1.1\r\n", b"POST / HTTP/1.1\r\nContent-Length: -5\r\n"])
def test_an_address_that_is_none_is_answered(served, sent):
    with _opened(served) as odd:
        odd.sendall(sent + b"Host: x\r\n\r\n")
        assert b" 400 " in odd.recv(100)
