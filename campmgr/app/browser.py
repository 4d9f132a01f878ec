"""This machine's browser: is the program running already, which port is free, and showing its first page."""

from __future__ import annotations

import socket
import urllib.request
import webbrowser
from contextlib import suppress

from campmgr import config

_HERE = "127.0.0.1"
_PATIENCE = 2.0
_MORE = 20


def running_at(port: int) -> str:
    """The address of this program where it runs on a port of this machine already; "". Known by its own picture, nobody else's."""
    address = f"http://{_HERE}:{port}/"
    own = (config.package_folder("static") / "icon.svg").read_bytes()
    with suppress(OSError, ValueError), urllib.request.urlopen(f"{address}static/icon.svg", timeout=_PATIENCE) as answer:  # noqa: S310 - http on this machine
        if answer.read(len(own) + 1) == own:
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
