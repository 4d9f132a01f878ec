"""This machine's browser: is the program running already, which port is free, and showing its first page."""

from __future__ import annotations

import socket
import webbrowser
from contextlib import suppress

from campmgr import config

_HERE = "127.0.0.1"
_PATIENCE = 2.0
_HEADERS = 8192
_MORE = 20


def running_at(port: int) -> str:
    """The address of this program where it runs on a port of this machine already; "". Known by its own picture, nobody else's."""
    address = f"http://{_HERE}:{port}/"
    own = (config.package_folder("static") / "icon.svg").read_bytes()
    with suppress(OSError), socket.create_connection((_HERE, port), timeout=_PATIENCE) as line:
        line.sendall(f"GET /static/icon.svg HTTP/1.0\r\nHost: {_HERE}:{port}\r\n\r\n".encode())
        with line.makefile("rb") as answer:
            if answer.read(len(own) + _HEADERS).endswith(own):
                return address
    return ""


def free_port(port: int) -> int:
    """A port that nobody listens on: the one that was asked for, or one of the next; 0, for any, where all are taken."""
    for each in range(port, port + _MORE):
        with socket.socket() as tried:
            if tried.connect_ex((_HERE, each)):
                return each
    return 0


def show(address: str) -> None:
    """Open the browser, where there is one; the address stands in the window as well."""
    with suppress(webbrowser.Error, OSError):
        webbrowser.open(address)
