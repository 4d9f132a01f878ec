"""Erasure: bodies and salts of a person's details go, and those of their carriers; envelopes, chain and totals stay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from campmgr.ledger.carrier import CARRIER, carried_original
from campmgr.ledger.envelope import Fact
from campmgr.ledger.kinds import DETAILS
from campmgr.ledger.order import Told, order_key
from campmgr.ledger.upcast import read_body
from campmgr.store import ledger
from campmgr.store.door import Writer


def forget(w: Writer, facts: Iterable[Fact], heard: Sequence[Told]) -> list[Told]:
    """Erase the details said before the last erasure that was heard; what is left of what was heard comes back.

    Runs in every fold of an erased person, so that details which arrive late, on a slow stick, go the same way.
    """
    erased = max(order_key(one.fact) for one in heard if one.fact.kind == "person_erased")
    gone = [fact.chain for fact in facts if fact.body is not None and _is_older_detail(fact, erased)]
    if gone:
        ledger.erase_bodies(w, gone)
    return [one for one in heard if one.fact.kind != DETAILS or order_key(one.fact) > erased]


def _is_older_detail(fact: Fact, erased: tuple[int, str, int, str]) -> bool:
    if fact.kind == CARRIER and (body := read_body(fact)) is not None:
        fact = carried_original(fact, body)
    return fact.kind == DETAILS and order_key(fact) < erased
