"""Addresses that get printed: the camp's base address, or one at which these pages are served, with a warning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from flask import url_for

from campmgr.accounts.queries import holds_all
from campmgr.areas.camp.rules import address_warning
from campmgr.areas.camp.settings import Camp
from campmgr.facts.world import World
from campmgr.web.current import account_or_none, own_address


class AddressNote(NamedTuple):
    """What to warn of before an address is printed ("" for nothing), and where its reader can put it right ("" for nowhere)."""

    words: str
    fill_at: str


@dataclass(frozen=True, slots=True)
class PrintedAddress:
    """A whole address for paper, and what to warn of before printing."""

    address: str
    warning: AddressNote


def printed(world: World, path: str) -> PrintedAddress:
    """A path of ours as printed material should say it."""
    base = world.rules[Camp].base_address
    words, account = address_warning(base, own_address()), account_or_none()
    can_fill = words and account is not None and account.has("organizer") and holds_all(world, account)
    note = AddressNote(words, url_for("office_rules.rule", key="camp.base_address") if can_fill else "")
    return PrintedAddress((base or own_address()).rstrip("/") + path, note)
