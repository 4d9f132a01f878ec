"""Rows of this data file alone: how it stands, and with whom it was even when, over the network (docs/ledger.md#sync)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import NamedTuple

from campmgr.areas.nodes.local.incoming import packs_taken
from campmgr.areas.nodes.local.receipts import held_above_version
from campmgr.clock import minute_text, parse_instant, utc_text
from campmgr.ids import canonical, hash_id
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER
from campmgr.store.ledger import heads

_PEERS, _PLAN, _LAST = "sync_peers", "sync_plan", "sync_last"
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


class SyncPlan(NamedTuple):
    """With which address this file syncs by itself while it is served, and every how many minutes; 0: not at all."""

    address: str = ""
    minutes: int = 0


class LastSync(NamedTuple):
    """How the last sync went: when it ended, with which address, in a sentence; whether it failed."""

    at: str
    address: str
    sentence: str
    has_failed: bool

    @property
    def minute(self) -> str:
        """When, as people read it."""
        return minute_text(self.at)


def plan_of(r: Reader) -> SyncPlan:
    """How this file syncs by itself."""
    return SyncPlan(*json.loads(r.meta(_PLAN, "[]")))


def set_plan(w: Writer, plan: SyncPlan) -> None:
    """Sync so from now on."""
    w.set_meta(_PLAN, canonical(plan))


def last_sync(r: Reader) -> LastSync | None:
    """How the last sync went; None where there was none."""
    told = json.loads(r.meta(_LAST, "[]"))
    return LastSync(*told) if told else None


def note_sync(w: Writer, address: str, sentence: str, *, has_failed: bool) -> None:
    """Keep how a sync went."""
    w.set_meta(_LAST, canonical(LastSync(utc_text(w.clock.now()), address, sentence, has_failed)))


def is_due(r: Reader) -> bool:
    """Whether it is time to sync by itself. A clock that was set back begins anew."""
    plan, last = plan_of(r), last_sync(r)
    if not plan.minutes or not plan.address:
        return False
    return last is None or not 0 <= (r.clock.now() - parse_instant(last.at)).total_seconds() < plan.minutes * 60
