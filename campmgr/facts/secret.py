"""The camp's secret, unit by unit: what lets two laptops make one id of one 编号, and nobody else guess either from the other.

A 编号 is short; a plain hash of it would tell it to whoever tries them all. So a person's id is keyed. The root makes a secret when
it opens the camp, and each unit's comes from the one above: K(child) = HMAC-SHA256(K(parent), child's id), along the birth path.
So whoever holds a unit's secret has those of all below it, and no other. Secrets are never in a fact; they are rows of this file.
"""

from __future__ import annotations

import hmac

from campmgr.facts.world import World
from campmgr.store.door import Reader, Writer


def held_keys(r: Reader) -> dict[str, str]:
    """The secrets that this data file was given, 64 hex digits each, by unit id; those of units below come from them."""
    return dict(r.all("select unit, key from local_unit_keys order by unit"))


def keep_key(w: Writer, unit: str, key: str) -> None:
    """Keep the secret of a unit that this data file was granted, or of the root when the camp is opened."""
    w.run("insert into local_unit_keys (unit, key) values (:unit, :key) on conflict (unit) do update set key = excluded.key",
          unit=unit, key=key)  # fmt: skip


def unit_key(r: Reader, world: World, unit: str) -> str:
    """The secret of a unit by its id, 64 hex digits: made from the nearest one held above it. "" where none is held."""
    held, below = held_keys(r), list[str]()
    here = world.tree.units.get(unit)
    for each in reversed(here.at_birth.path.strip("/").split("/") if here else ()):
        if each in held:
            return _derived(held[each], below)
        below.insert(0, each)
    return ""


def _derived(key: str, path: list[str]) -> str:
    secret = bytes.fromhex(key)
    for unit in path:
        secret = hmac.digest(secret, unit.encode(), "sha256")
    return secret.hex()
