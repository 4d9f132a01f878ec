"""What units ask for, each with the last answer to it."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.facts.batches import BATCHES, spoken_of, standing_of
from campmgr.facts.fold import Fold, Folding
from campmgr.ledger.envelope import scope_unit
from campmgr.ledger.order import ReadFact
from campmgr.store.door import Row
from campmgr.store.tables import Table, sync_rows

REQUESTS = Table(
    "requests",
    ("request", "unit", "sort", "person", "target", "text", "asked_on", "fact", "state", "reason", "answered_on"),
    1,
    "request",
)


def fold_requests(folding: Folding, keys: Sequence[str]) -> tuple[()]:
    """Fold these requests again. An answer counts where it stands in the scope of the unit that asked."""
    rows: list[Row] = []
    for key, told in standing_of(folding, "request", keys).items():
        rows += _row(key, told)
    sync_rows(folding.w, REQUESTS, keys, rows)
    return ()


def _row(key: str, told: Sequence[ReadFact]) -> list[Row]:
    made = next((one for one in told if one.fact.kind == "request_made"), None)
    if made is None:  # taken back, or the answer has come before it
        return []
    answers = [one for one in told if one.fact.kind == "request_answered" and one.fact.scope == made.fact.scope]
    last, body = (answers[-1] if answers else None), made.body
    state = "open" if last is None else "done" if last.body["done"] else "refused"
    return [(key, scope_unit(made.fact.scope) or "", body["sort"], body["person"], body["target"], body["text"],
             made.fact.happened_on, made.id, state,
             last.body["reason"] if last else "", last.fact.happened_on if last else "")]  # fmt: skip


FOLDS = (Fold(name="requests", sort="request", run=fold_requests, tables=(REQUESTS,), reads={BATCHES: spoken_of("request")}),)
