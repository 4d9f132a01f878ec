"""How often something may be asked from one address within a while; kept in memory alone, since it is about minutes.

A page asks its `Rate` to refuse whoever is over it before anything is looked up, and counts once it turned out to be a miss.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from flask import request

from campmgr.errors import TooMany
from campmgr.web.current import frame


@dataclass(frozen=True, slots=True)
class Rate:
    """At most so many within so many seconds from one address (a whole school may share one)."""

    what: str
    most: int
    seconds: int

    def refuse_if_over(self) -> None:
        """Raises TooMany once as many as may be have been counted."""
        if frame().counts.so_far((self.what, address()), frame().open_store().clock.now(), self.seconds) >= self.most:
            raise TooMany("从这个网络发来的请求太多。", hint=f"请等 {self.seconds // 60} 分钟再试。")

    def count(self) -> None:
        """Count one."""
        frame().counts.add((self.what, address()), frame().open_store().clock.now(), self.seconds)


def address() -> str:
    """Where the request in hand comes from: the address of the connection, of IPv6 the part that belongs to one customer.

    No header is believed here; behind a proxy that was named at the start, the server has put the visitor's own address there.
    """
    text = (request.remote_addr or "").partition("%")[0]
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return text
    if found.version == 4:
        return text
    mapped = found.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.ip_network((text, 64), strict=False).network_address)
