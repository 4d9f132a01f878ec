"""Which facts of a subject stand, and in which order: pure, so that every node decides alike (docs/ledger.md#order)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from campmgr.ledger.carrier import CARRIER, carried_original
from campmgr.ledger.envelope import Fact
from campmgr.ledger.kinds import Kinds, read_body


class ReadFact(NamedTuple):
    """A fact as a fold sees it: carrier unwrapped, body decoded, with every scope it was met in."""

    fact: Fact
    body: dict[str, Any]
    scopes: tuple[str, ...]

    @property
    def id(self) -> str:
        """The fact's id: its chain value."""
        return self.fact.chain


def order_key(fact: Fact) -> tuple[int, str, int, str]:
    """The total order: clock, writer, number, chain."""
    return (fact.clock, fact.writer, fact.seq, fact.chain)


def read_facts(kinds: Kinds, facts: Iterable[Fact]) -> list[ReadFact]:
    """Facts in total order, carriers unwrapped, each original once; what cannot be read is left out."""
    met: dict[str, ReadFact] = {}
    for carrier in facts:
        fact, body = carrier, read_body(kinds, carrier)
        if body is None:
            continue
        if carrier.kind == CARRIER:
            fact = carried_original(carrier, body)
            body = read_body(kinds, fact)
            if body is None:
                continue
        known = met.get(fact.chain)
        scopes = (carrier.scope,) if known is None else tuple(sorted({*known.scopes, carrier.scope}))
        met[fact.chain] = ReadFact(fact, body, scopes)
    return sorted(met.values(), key=lambda one: order_key(one.fact))


Withdrawn = Mapping[str, Collection[str]]
"""Withdrawn batches, each with the scopes its withdrawal was met in."""


def standing(tolds: list[ReadFact], withdrawn: Withdrawn) -> list[ReadFact]:
    """What is left of a subject's facts once withdrawals, replacements and repeats are taken off. Keeps the order.

    A batch's withdrawal takes the batch's facts in the scopes it was met in. A fact that stands takes all it replaces,
    back through the chain of corrections. Of equal client ids the first counts.
    """
    gone = {one.body["fact"] for one in tolds if one.fact.kind == "fact_withdrawn"}
    left = [one for one in tolds if one.id not in gone and not _batch_withdrawn(one, withdrawn)]
    if any(one.fact.replaces for one in left):
        replaced = _replaced(left, tolds)
        left = [one for one in left if one.id not in replaced]
    return _once(left)


def _batch_withdrawn(one: ReadFact, withdrawn: Withdrawn) -> bool:
    batch = one.fact.batch
    if batch is None or batch not in withdrawn or one.fact.kind == "batch_withdrawn":
        return False
    scopes = withdrawn[batch]
    return one.fact.scope in scopes or any(scope in scopes for scope in one.scopes)


def _replaced(left: list[ReadFact], everything: list[ReadFact]) -> set[str]:
    """Ids of all facts that a standing fact replaces, their equals by client id included."""
    by_id = {one.id: one for one in everything}
    equals: dict[str, list[str]] = defaultdict(list)
    for one in everything:
        if one.fact.client_id:
            equals[one.fact.client_id].append(one.id)
    replaced: set[str] = set()
    waiting = [one.fact.replaces for one in left if one.fact.replaces]
    while waiting:
        target = waiting.pop()
        if target in replaced:
            continue
        replaced.add(target)
        known = by_id.get(target)
        if known is None:
            continue
        waiting += [known.fact.replaces] if known.fact.replaces else []
        waiting += equals.get(known.fact.client_id or "", ())
    return replaced


def _once(left: list[ReadFact]) -> list[ReadFact]:
    seen: set[str] = set()
    kept = []
    for one in left:
        client_id = one.fact.client_id
        if client_id is None or client_id not in seen:
            kept.append(one)
            if client_id is not None:
                seen.add(client_id)
    return kept
