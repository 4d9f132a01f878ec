"""What is due to be carried, and carrying it: facts into their person's home scope, scans to their person, progress to other units.

Done after everything that can make something due, by whichever node may write into the target; carrying twice adds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from campmgr.facts.batches import Withdrawals
from campmgr.facts.catalogue import Catalogue, catalogue, kinds_of
from campmgr.facts.tables import CARRY_DUE
from campmgr.ids import hash_id
from campmgr.ledger.carrier import CARRIER, CARRIERS, DETAILS_CARRIER, carried_id, wrap
from campmgr.ledger.envelope import Draft, family_of, scope_unit
from campmgr.ledger.kinds import Kinds, read_body
from campmgr.ledger.order import ReadFact
from campmgr.store import ledger
from campmgr.store.door import Reader, Row
from campmgr.store.tables import Table, has_rows

_RUN = 400
"""Facts that are looked up at once."""

Reach = Callable[[ReadFact], Collection[str]]
"""The scopes in which a fact ought to stand."""


def carry_due(told: Sequence[ReadFact], said: Sequence[ReadFact], withdrawals: Withdrawals, reach: Reach) -> list[Row]:
    """(subject, fact, its scope, another scope) of everything still to be carried: facts, and withdrawals of carried ones.

    The subject is whom the fact is about, of several who are one the one: parted again, each has their own. `said`: what of `told`
    was not withdrawn. An entry recorded in both scopes by two nodes (equal client ids) is inside already; a withdrawn one need not
    travel; what nodes tell each other is told anew.
    """
    inside = {(one.fact.client_id, scope) for one in told if one.fact.client_id for scope in one.scopes}
    stands = {one.id for one in said}
    due: set[Row] = set()
    for one in told:
        if one.row.between_nodes:
            continue
        about = one.fact.subject
        gone = withdrawals.get(one.fact.batch or "") if one.id not in stands else None
        for target in reach(one):
            if target in one.scopes:
                if gone and target not in gone:
                    due |= {(about, fact, scope, target) for scope, fact in gone.items()}
            elif not gone and (one.registers or (one.fact.client_id, target) not in inside):
                due.add((about, one.id, one.scopes[0], target))
    return sorted(due)


class Due(NamedTuple):
    """What an area knows to be due, beside the rows of `carry_due`; each is None where it knows of nothing such.

    `table` has a row whenever something is due: mostly it has none, and then nobody is asked.
    `facts`: (fact, scope it is to be carried into, subject it is about there). `drafts`: what is told rather than carried.
    `also`: the other subjects under which carriers of these subjects may stand.
    """

    table: Table
    facts: Callable[[Reader], Iterable[tuple[str, str, str]]] | None = None
    drafts: Callable[[Reader], Iterable[Draft]] | None = None
    also: Callable[[Reader, Collection[str]], Iterable[str]] | None = None


def drafts_due(r: Reader) -> Iterator[Draft]:
    """Everything that ought to be carried or told by a node that may; `facts/saying` says what this file is allowed to."""
    asked = [due for due in _brought(r) if has_rows(r, due.table)]
    due: list[tuple[str, str, str]] = []
    if has_rows(r, CARRY_DUE):
        due = [(fact, target, about) for about, fact, target in r.all("select subject, fact, target from carry_due")]
    due += [each for one in asked if one.facts for each in one.facts(r)]
    for start in range(0, len(due), _RUN):
        yield from _carriers(r, due[start : start + _RUN])
    for one in asked:
        if one.drafts:
            yield from one.drafts(r)


def _carriers(r: Reader, due: Sequence[tuple[str, str, str]]) -> list[Draft]:
    """What carries these facts: (fact, scope it is to be carried into, subject it is about there)."""
    originals = ledger.by_chain(r, {fact for fact, _, _ in due})
    carried = _carried(r, {about for fact, _, about in due if fact not in originals})
    drafts = []
    for chain, target, about in due:
        if not family_of(target):  # somebody was moved to what no unit can be called: nothing can be said there
            continue
        original = originals.get(chain)
        if original is not None and original.body is not None:
            body = wrap(r.meta("campaign"), original)
            drafts.append(_carrier(kinds_of(r), body, chain, target, about))
        elif chain in carried:
            drafts.append(_carrier(kinds_of(r), carried[chain], chain, target, about))
    return drafts


def _carrier(kinds: Kinds, body: dict[str, Any], chain: str, target: str, about: str) -> Draft:
    envelope = body["envelope"]
    carrier = DETAILS_CARRIER if envelope["kind"] in kinds and kinds[envelope["kind"]].erasable else CARRIER
    kept = about if envelope["subject"].startswith("code:") else envelope["subject"]
    return Draft(scope_unit(target) or "", carrier, kept, body, batch=envelope["batch"], happened_on=envelope["happened_on"],
                 client_id=hash_id("carried", chain, target))  # fmt: skip


def _carried(r: Reader, about: set[str]) -> dict[str, dict[str, Any]]:
    """What these subjects' carriers hold, by the original's id: what was carried here can be carried on."""
    others = {other for due in _brought(r) if due.also for other in due.also(r, about)}
    found = {}
    for fact in ledger.of_subjects(r, about | others, CARRIERS):
        body = read_body(kinds_of(r), fact)
        if body is not None and body["body"] is not None:
            found[carried_id(body)] = body
    return found


def _brought(r: Reader) -> list[Due]:
    return catalogue(r).joined(_every_due)


def _every_due(every: Catalogue) -> list[Due]:
    return [due for _, due in every.named("due")]
