"""A wire between two programs that counts, cuts and alters what goes over it; and an end that answers whatever a test says."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

Meddle = Callable[[bytes], bytes]
"""What becomes of bytes on their way. Raises Cut."""


class Cut(Exception):
    """The wire is cut at this moment."""


def _as_it_is(data: bytes) -> bytes:
    return data


class Wire:
    """What went to the served program and what came back, in bytes; `there` and `back` may alter it, or cut."""

    def __init__(self, address: str) -> None:
        self.sent = self.came = 0
        self.there: Meddle = _as_it_is
        self.back: Meddle = _as_it_is
        self.address = ""
        self._to = (urlsplit(address).hostname or "", urlsplit(address).port or 80)

    def serve(self, near: socket.socket) -> None:
        """Relay one connection until either end closes."""
        with suppress(OSError), socket.create_connection(self._to) as far:
            other = threading.Thread(target=self._relay, args=(far, near, False), daemon=True)
            other.start()
            self._relay(near, far, True)
            other.join()

    def _relay(self, source: socket.socket, target: socket.socket, is_there: bool) -> None:
        with suppress(OSError, Cut):
            while data := source.recv(1 << 16):
                if is_there:
                    self.sent += len(data)
                else:
                    self.came += len(data)
                target.sendall((self.there if is_there else self.back)(data))
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


@contextmanager
def wired(address: str) -> Iterator[Wire]:
    """A wire to a served program."""
    wire = Wire(address)
    with answering(wire.serve) as at:
        wire.address = at
        yield wire


@contextmanager
def answering(serve: Callable[[socket.socket], object]) -> Iterator[str]:
    """A listener that hands each connection to a function, in a thread of its own; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def run() -> None:
            with suppress(OSError):
                while True:
                    near, _ = listener.accept()
                    threading.Thread(target=_serve, args=(serve, near), daemon=True).start()

        threading.Thread(target=run, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)


def _serve(serve: Callable[[socket.socket], object], near: socket.socket) -> None:
    with near, suppress(OSError):
        serve(near)
