"""Erasure: bodies and salts of a person's details go, and those of their carriers; envelopes, chain and totals stay."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.ledger.carrier import CARRIER, carried_original
from campmgr.ledger.envelope import Fact
from campmgr.ledger.kinds import DETAILS
from campmgr.ledger.order import order_key
from campmgr.ledger.upcast import read_body
from campmgr.store import ledger
from campmgr.store.door import Writer


def forget(w: Writer, facts: Sequence[Fact]) -> list[Fact]:
    """Erase the details said before the last erasure of this person; what is left comes back.

    Runs in every fold of an erased person, so that details which arrive late, on a slow stick, go the same way.
    """
    erased = max((order_key(original) for fact in facts if (original := _original(fact)).kind == "person_erased"), default=None)
    gone = set()
    for fact in facts:
        original = _original(fact)
        if erased and original.kind == DETAILS and fact.body is not None and order_key(original) < erased:
            gone.add(fact.chain)
    if gone:
        ledger.erase_bodies(w, gone)
    return [fact for fact in facts if fact.chain not in gone]


def _original(fact: Fact) -> Fact:
    body = read_body(fact) if fact.kind == CARRIER else None
    return fact if body is None else carried_original(fact, body)
