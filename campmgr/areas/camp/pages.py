"""Addresses that get printed: the camp's base address, or one at which these pages are served, with a warning."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.areas.camp.rules import address_warning
from campmgr.areas.camp.settings import Camp
from campmgr.facts.world import World
from campmgr.web.current import own_address


@dataclass(frozen=True, slots=True)
class PrintedAddress:
    """A whole address for paper, and what to warn of before printing ("" for nothing)."""

    address: str
    warning: str


def printed(world: World, path: str) -> PrintedAddress:
    """A path of ours as printed material should say it."""
    base = world.rules[Camp].base_address
    return PrintedAddress((base or own_address()).rstrip("/") + path, address_warning(base, own_address()))
