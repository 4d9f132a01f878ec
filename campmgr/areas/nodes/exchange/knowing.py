"""Whose key it is that signs: a laptop that trust knows, or the successor of one that nobody has heard of yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from campmgr.facts.world import World
from campmgr.ids import canonical
from campmgr.ledger.seal import KeyPair, sign, signed, writer_of
from campmgr.store.door import Reader
from campmgr.store.identity import PREDECESSOR
from campmgr.store.ledger import own_key


class Signer(NamedTuple):
    """Who signed: the node ("" where nobody knows it), and the writer of it that trust knows."""

    node: str
    known: str


def succession(r: Reader, world: World, giver: KeyPair, bound: str) -> tuple[str, ...]:
    """For a file that nobody may have heard of since it was copied: its first writer's word that this is the same laptop.

    [the earlier key, its signature], or []; `bound`: what the word is said for, so that it serves nowhere else.
    """
    first = world.trust.lineage(r.meta(PREDECESSOR) or giver.writer)[-1]  # nobody may have heard of those between, either
    if first == giver.writer:
        return ()
    key = own_key(r, first)
    return (key.public, sign(key, _succession_text(world.campaign, giver.public, bound)))


def signer(world: World, key: str, succeeds: Sequence[str], bound: str) -> Signer:
    """Whose key this is, by itself or by the word of the key before it."""
    writer = known = writer_of(key)
    if not world.trust.node_of(writer) and len(succeeds) == 2:
        before, signature = succeeds
        if signed(before, _succession_text(world.campaign, key, bound), signature):
            known = writer_of(before)
    return Signer(world.trust.node_of(known), known)


def may_speak(world: World, one: Signer) -> bool:
    """Whether whoever signed has rights today: neither revoked, nor succeeded by a root that was recovered."""
    return bool(one.node) and world.trust.state(one.node) != "revoked" and world.trust.speaks(one.known)


def _succession_text(campaign: str, key: str, bound: str) -> str:
    return canonical(["campmgr-receipt-of-successor", campaign, key, bound])
