"""Erasure: bodies and salts of a person's details go, and those of their carriers; envelopes, chain and totals stay."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.areas.people.kinds import DETAILS
from campmgr.facts.catalogue import kinds_of
from campmgr.ledger.carrier import CARRIER, carried_original
from campmgr.ledger.envelope import Fact, subject
from campmgr.ledger.kinds import read_body
from campmgr.ledger.order import ReadFact, order_key
from campmgr.store import ledger
from campmgr.store.door import Reader, Writer


def forget(w: Writer, person: str, heard: Sequence[ReadFact]) -> list[ReadFact]:
    """Erase the details said before the last erasure that was heard, and those an erasure names, whatever their clocks say.

    What is left of what was heard comes back. Runs in every fold of an erased person, so that details which arrive late, on a
    slow stick, go the same way; so do those that no grant covers, since they are on the disk all the same.
    """
    erasures = [one for one in heard if one.fact.kind == "person_erased"]
    erased, named = max(order_key(one.fact) for one in erasures), _named(erasures, heard)
    gone = []
    for fact in ledger.of_subjects(w, [subject("person", person)]):
        original = _original(w, fact)
        if original.kind == DETAILS and fact.body is not None and (order_key(original) < erased or original.chain in named):
            gone.append(fact.chain)
    if gone:
        ledger.erase_bodies(w, gone)
    return [one for one in heard if one.fact.kind != DETAILS or (order_key(one.fact) > erased and one.id not in named)]


def _named(erasures: Sequence[ReadFact], heard: Sequence[ReadFact]) -> set[str]:
    """The details that erasures replace, back through what those had replaced."""
    before = {one.id: one.fact.replaces for one in heard}
    named: set[str] = set()
    for one in erasures:
        known = one.fact.replaces
        while known and known not in named:
            named.add(known)
            known = before.get(known)
    return named


def _original(r: Reader, fact: Fact) -> Fact:
    body = read_body(kinds_of(r), fact) if fact.kind == CARRIER else None
    return fact if body is None else carried_original(fact, body)
