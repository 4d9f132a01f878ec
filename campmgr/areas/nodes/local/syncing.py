"""Rows of this data file alone: how it stands, and with whom it was even when, over the network (docs/ledger.md#sync)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from campmgr.areas.nodes.local.incoming import packs_taken
from campmgr.areas.nodes.local.receipts import held_above_version
from campmgr.ids import canonical, hash_id
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER
from campmgr.store.ledger import heads

_PEERS = "sync_peers"
_MOST_PEERS = 8


def mark(r: Reader) -> str:
    """What changes whenever this file may have something new for somebody: facts, bodies that came back, words from above.

    Made of numbers that are kept by difference: nobody looks at 20,000 streams to say it.
    """
    return hash_id("mark", r.meta(WRITER), heads(r), packs_taken(r), held_above_version(r))


@dataclass(frozen=True, slots=True)
class Peer:
    """A laptop that was reached at an address: its node and key, what it is called, and both marks when nothing was left to send
    either way ("" where something was). `arrived`: up to whom all of this file's own records had come by then, in words.
    """

    address: str
    node: str
    key: str
    name: str
    own: str = ""
    theirs: str = ""
    arrived: str = ""


def peers(r: Reader) -> tuple[Peer, ...]:
    """Those that were reached, the last one first."""
    return tuple(Peer(**told) for told in json.loads(r.meta(_PEERS, "[]")))


def peer_at(r: Reader, address: str) -> Peer | None:
    """Who was reached at an address."""
    return next((peer for peer in peers(r) if peer.address == address), None)


def keep_peer(w: Writer, peer: Peer) -> None:
    """Remember who was reached, instead of what was known of that address."""
    others = [each for each in peers(w) if each.address != peer.address]
    w.set_meta(_PEERS, canonical([asdict(each) for each in (peer, *others)][:_MOST_PEERS]))
