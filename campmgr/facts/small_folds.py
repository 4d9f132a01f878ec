"""The fold that every camp has, of imported and withdrawn batches; and what every fold asks: what stands of its subjects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from campmgr.facts.carry_due import withdrawals_of
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.fold import Fold, Folding
from campmgr.facts.tables import IMPORTS, WITHDRAWN
from campmgr.ledger.order import ReadFact, read_facts, standing
from campmgr.ledger.scopes import scope_unit, subject, subject_key
from campmgr.store import ledger
from campmgr.store.door import Row
from campmgr.store.tables import sync_rows

BATCHES = "batches"
"""Whoever takes off what was withdrawn (`standing_of` does) reads this fold."""


def standing_of(folding: Folding, sort: str, keys: Collection[str]) -> dict[str, list[ReadFact]]:
    """What stands of each of these subjects, by key, of what counts and in order."""
    facts = defaultdict(list)
    for fact in folding.admission.of(ledger.of_subjects(folding.w, (subject(sort, key) for key in keys))):
        facts[subject_key(fact.subject)].append(fact)
    told = {key: read_facts(kinds_of(folding.w), facts.get(key, ())) for key in keys}
    withdrawn = withdrawals_of(folding.w, told.values())
    return {key: standing(some, withdrawn) for key, some in told.items()}


def spoken_of(sort: str) -> Callable[[Folding, Collection[str]], Iterable[str]]:
    """How a fold of this sort follows withdrawn batches: whatever their facts speak of."""

    def follow(folding: Folding, batches: Collection[str]) -> Iterable[str]:
        return map(subject_key, ledger.subjects_of_batches(folding.w, batches, sort))

    return follow


def fold_batches(folding: Folding, batches: Sequence[str]) -> set[str]:
    """Imported files, and withdrawn batches with the scopes their withdrawals stand in.

    Those whose withdrawals are now others come back: a file that was imported changes nothing of what its batch speaks of.
    """
    rows: list[Row] = []
    files: list[Row] = []
    for batch, told in standing_of(folding, "batch", batches).items():
        rows += {(batch, scope, one.id) for one in told if one.fact.kind == "batch_withdrawn" for scope in one.scopes}
        files += [_imported(batch, one) for one in told if one.fact.kind == "file_imported"]
    sync_rows(folding.w, IMPORTS, batches, files)
    old = sync_rows(folding.w, WITHDRAWN, batches, rows)
    return {row[0] for row in set(old) ^ set(rows)}


def _imported(batch: str, one: ReadFact) -> Row:
    fact, body = one.fact, one.body
    counts = (body[each] for each in ("rows", "new", "changed", "unchanged", "rejected"))
    return (batch, one.id, scope_unit(fact.scope) or "", body["kind"], body["file"], body["sha256"], body["read_at"], *counts,
            fact.actor, fact.recorded_at, fact.clock)  # fmt: skip


FOLDS = (Fold(name=BATCHES, sort="batch", run=fold_batches, tables=(IMPORTS, WITHDRAWN)),)
