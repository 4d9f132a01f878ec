"""For whom a pack is closed: those it is made for, by the keys of their enrolment, and this file itself (docs/ledger.md#packs)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from campmgr.areas.nodes.exchange.pack import Receiver
from campmgr.areas.nodes.local.receipts import marks_heard
from campmgr.facts.secret import unit_key
from campmgr.facts.world import World
from campmgr.ledger.hpke import is_sealing_key
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER
from campmgr.store.ledger import own_sealing_key


def receivers_of(r: Reader, world: World, nodes: Iterable[str]) -> list[Receiver]:
    """The present keys of these nodes, of one without any its parent's; each may read what it receives. This file may read all.

    Whoever stands below this one is given the secret of the unit it was granted, and of nothing above. Each is told which of its
    receipts are here, so that its next one can go on from there.
    """
    trust = world.trust
    found = {own_sealing_key(r).public: Receiver(own_sealing_key(r).public, lambda _: True)}
    for node in nodes:
        for holder in (node, *trust.above(node)[:1]):
            keys = [key for key in trust.sealing_keys(holder) if is_sealing_key(key)]
            for key in keys:
                may_read = partial(trust.receives, holder)
                found.setdefault(key, Receiver(key, may_read, _secrets(r, world, holder), marks_heard(r, holder)))
            if keys:
                break
    return list(found.values())


def _secrets(r: Reader, world: World, node: str) -> tuple[tuple[str, str], ...]:
    if world.trust.node_of(r.meta(WRITER)) not in world.trust.above(node) or world.trust.state(node) != "granted":
        return ()
    unit = world.trust.grants(node)[-1].unit
    return tuple((unit, key) for key in [unit_key(r, world, unit)] if key)
