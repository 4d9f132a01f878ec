"""Erasure: bodies and salts of a person's details go, and those of their carriers; envelopes, chain and totals stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from campmgr.areas.people.kinds import DETAILS
from campmgr.facts.catalogue import kinds_of
from campmgr.ledger.carrier import DETAILS_CARRIER, carried_original
from campmgr.ledger.envelope import Fact, subject
from campmgr.ledger.kinds import read_body
from campmgr.ledger.order import ReadFact
from campmgr.store import ledger
from campmgr.store.door import Reader, Writer


def forget(w: Writer, person: str, heard: Sequence[ReadFact]) -> list[ReadFact]:
    """Erase all details but those said knowing of every erasure: only somebody who joined anew names one.

    So whoever had not heard of an erasure cannot undo it, whatever the clocks say. What is left of what was heard comes back. Runs
    in every fold of an erased person, so that details which arrive late, on a slow stick, go the same way; so do those that no
    grant covers, since they are on the disk all the same.
    """
    erasures = {one.id for one in heard if one.fact.kind == "person_erased"}
    held = [(fact.chain, _original(w, fact)) for fact in ledger.of_subjects(w, [subject("person", person)])]
    before = {original.chain: original.replaces.split() for _, original in held if original.kind in {DETAILS, "person_erased"}}
    stays = {chain for chain in before if erasures <= _known_to(chain, before)}
    gone = [
        chain for chain, original in held
        if original.kind == DETAILS and original.body is not None and original.chain not in stays
    ]  # fmt: skip
    if gone:
        ledger.erase_bodies(w, gone)
    return [one for one in heard if one.fact.kind != DETAILS or one.id in stays]


def _known_to(chain: str, before: Mapping[str, Sequence[str]]) -> set[str]:
    """What a fact replaces, and all that those had replaced."""
    known: set[str] = set()
    waiting = [*before.get(chain, ())]
    while waiting:
        if (each := waiting.pop()) not in known:
            known.add(each)
            waiting += before.get(each, ())
    return known


def _original(r: Reader, fact: Fact) -> Fact:
    body = read_body(kinds_of(r), fact) if fact.kind == DETAILS_CARRIER else None
    return fact if body is None else carried_original(fact, body)
