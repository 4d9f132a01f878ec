"""The addresses under which other machines on the local network reach this one."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address

_SOMEWHERE = ("10.255.255.255", 1)
"""Nobody need be there: connecting a datagram socket sends nothing, it only asks which of our addresses would be used."""


def lan_addresses() -> list[str]:
    """Our IPv4 addresses, the most likely first; none where there is no network."""
    found = [*_outgoing(), *_named()]
    return [each for each in dict.fromkeys(found) if not IPv4Address(each).is_loopback]


def answers_itself(address: str, port: int) -> str:
    """Whether a listener on a port can be reached at one of our addresses from here: "yes", "busy" (somebody listens), "no".

    A yes does not prove that others get through a firewall or an isolating Wi-Fi; a no proves that nobody does.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        try:
            listener.bind((address, port))
            listener.listen(1)
        except OSError:
            return "busy"
        try:
            with socket.create_connection((address, port), timeout=2):
                return "yes"
        except OSError:
            return "no"


def _outgoing() -> list[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_SOMEWHERE)
        except OSError:
            return []
        return [str(probe.getsockname()[0])]


def _named() -> list[str]:
    try:
        return socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []
