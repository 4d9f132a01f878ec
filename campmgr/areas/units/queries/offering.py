"""The units that what somebody types may mean, to be offered beside the field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from campmgr.accounts.queries import Account, in_subtree
from campmgr.facts.finding import MOST_OFFERED, Offer, Offering
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.pinyin import spellings, typed_pinyin
from campmgr.wording import name_key

_LIKELY = 6
"""How many are offered that are but alike."""


def units_offered(world: World, account: Account) -> Offering:
    """Finds units within an account's own by code, id or name, else by a part of the name, its pinyin or its initials."""
    return _offering(world, lambda unit: in_subtree(world, unit.unit, account.unit))


def counting_units_offered(world: World, account: Account) -> Offering:
    """Finds units that may count somebody of the account's too: its own, and those of another line wherever they stand.

    Names of units are public; whoever is at home here may be counted by 妇联, 社区 or 企业 as well (docs/ledger.md#homes).
    """
    own = account.line or world.tree.units[account.unit].line
    return _offering(world, lambda unit: in_subtree(world, unit.unit, account.unit) or unit.line not in {"", own})


def every_unit_offered(world: World) -> Offering:
    """Finds every unit: to ask for something one need not govern it, and names of units are public."""
    return _offering(world, lambda _unit: True)


def likely_units(world: World, account: Account, text: str) -> list[Offer]:
    """Units within an account's own whose names have most in common with a name that is nobody's: 鼓楼教育局 for 鼓楼区教育局."""
    pairs = _pairs(name_key(text))
    scored = [
        (len(pairs & _pairs(name_key(unit.name))), unit)
        for unit in world.tree.units.values()
        if not unit.merged_into and in_subtree(world, unit.unit, account.unit)
    ]
    likely = sorted((one for one in scored if one[0]), key=lambda one: (-one[0], len(one[1].name), one[1].place))
    return [_offer(world, unit) for _, unit in likely[:_LIKELY]]


def _pairs(key: str) -> set[str]:
    return {key[at : at + 2] for at in range(len(key) - 1)}


def _offering(world: World, is_meant: Callable[[Unit], bool]) -> Offering:
    def find(text: str) -> list[Offer]:
        called = world.tree.called(text) or world.tree.called(text.partition(" ")[0])  # "3501 福州市", as lists write it
        exact = [unit for unit in called if is_meant(unit)]
        return [_offer(world, unit) for unit in exact or _like(filter(is_meant, world.tree.units.values()), text)]

    return find


def _like(units: Iterable[Unit], text: str) -> list[Unit]:
    key, typed, code = name_key(text), typed_pinyin(text), text.strip().upper()
    if not key:
        return []
    own = (unit for unit in units if not unit.merged_into)
    if typed.isascii():
        found = [
            unit for unit in own if (code and unit.code.startswith(code)) or any(typed in each for each in _spelled(unit.name))
        ]
    else:
        found = [unit for unit in own if key in name_key(unit.name)]
    return sorted(found, key=lambda unit: (not name_key(unit.name).startswith(key), len(unit.name), unit.place))[:MOST_OFFERED]


def is_called_like(unit: Unit, text: str) -> bool:
    """Whether a unit may be meant by a part of its name, its code, its pinyin or its initials."""
    key, typed, code = name_key(text), typed_pinyin(text), text.strip().upper()
    if unit.code.startswith(code) or key in name_key(unit.name):
        return True
    return typed.isascii() and any(typed in each for each in _spelled(unit.name))


@lru_cache(maxsize=1 << 15)
def _spelled(name: str) -> tuple[str, ...]:
    """A unit's name in pinyin, and its initials."""
    return tuple(text for way in spellings(name) for text in ("".join(way), "".join(syllable[0] for syllable in way)))


def _offer(world: World, unit: Unit) -> Offer:
    above = world.tree.units.get(unit.parent)
    return Offer(unit.unit, unit.name, " · ".join(filter(None, (above.name if above else "", unit.code))))
