"""What must be carried: facts that stand outside their subject's home scope and are not yet inside (docs/ledger.md#carrying)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from campmgr.ledger.kinds import Kinds
from campmgr.ledger.order import ReadFact
from campmgr.ledger.scopes import people_scope
from campmgr.store.door import Reader, Row

Withdrawals = Mapping[str, Mapping[str, str]]
"""Withdrawn batch -> scope its withdrawal stands in -> the withdrawal's id."""


def withdrawals_of(r: Reader, told: Iterable[Sequence[ReadFact]]) -> Withdrawals:
    """The withdrawals among the batches of these facts."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    if r.one("select 1 from withdrawn limit 1"):
        batches = {one.fact.batch for some in told for one in some if one.fact.batch}
        for batch, scope, fact in r.among("select batch, scope, fact from withdrawn where batch in (:keys)", batches):
            found[batch][scope] = min(fact, found[batch].get(scope, fact))
    return found


def carry_due(
    kinds: Kinds, subject: str, home: str, told: Sequence[ReadFact], left: Sequence[ReadFact], withdrawals: Withdrawals
) -> list[Row]:
    """(subject, fact, its scope, the home scope) of everything still to be carried: facts, and withdrawals of carried ones.

    A fact written in both scopes at once (equal client ids) is inside already; a withdrawn one need not travel; what
    nodes tell each other is told anew.
    """
    target = people_scope(home)
    if not home or all(one.scopes[0] == target for one in told):
        return []
    inside = {one.fact.client_id for one in told if target in one.scopes and one.fact.client_id}
    stands = {one.id for one in left}
    due: set[Row] = set()
    for one in told:
        gone = withdrawals.get(one.fact.batch or "") if one.id not in stands else None
        if target in one.scopes:
            if gone and target not in gone:
                due |= {(subject, fact, scope, target) for scope, fact in gone.items()}
        elif (
            not gone and not kinds[one.fact.kind].between_nodes and (one.fact.client_id is None or one.fact.client_id not in inside)
        ):
            due.add((subject, one.id, one.scopes[0], target))
    return sorted(due)
