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
