"""Marks of codes nobody knew where they were scanned; they count once carried to the person."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.facts.fold import Fold, Folding
from campmgr.facts.small_folds import BATCHES, spoken_of, standing_of
from campmgr.facts.tables import PENDING
from campmgr.store.door import Row
from campmgr.store.tables import sync_rows


def fold_codes(folding: Folding, codes: Sequence[str]) -> tuple[()]:
    """Fold these codes again."""
    rows: list[Row] = [
        (code, one.id, one.fact.scope)
        for code, told in standing_of(folding, "code", codes).items()
        for one in told
        if one.fact.kind in {"mark_recorded", "condition_recorded"}
    ]
    sync_rows(folding.w, PENDING, codes, rows)
    return ()


CODES = Fold(name="codes", sort="code", run=fold_codes, tables=(PENDING,), reads={BATCHES: spoken_of("code")})
