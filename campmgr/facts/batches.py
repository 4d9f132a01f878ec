"""What was recorded together: the facts of one import, one class, one round of scans."""

from __future__ import annotations

from collections.abc import Iterable

from campmgr.store.door import Reader


def scopes_of_batch(r: Reader, batch: str) -> list[str]:
    """The scopes in which a batch said something, in order; none for an unknown batch."""
    return [row[0] for row in r.all("select distinct scope from facts where batch = :batch order by scope", batch=batch)]


def is_batch(r: Reader, batch: str) -> bool:
    """Whether anything was recorded as this batch."""
    return r.one("select 1 from facts where batch = :batch limit 1", batch=batch) is not None


def is_of_batch(r: Reader, fact: str, batch: str) -> bool:
    """Whether a fact was recorded as part of a batch."""
    return r.one("select 1 from facts where chain = :fact and batch = :batch", fact=fact, batch=batch) is not None


def is_withdrawn(r: Reader, batch: str) -> bool:
    """Whether a batch was taken back, wherever that was said."""
    return r.one("select 1 from withdrawn where batch = :batch limit 1", batch=batch) is not None


def withdrawn_among(r: Reader, batches: Iterable[str]) -> set[str]:
    """Those of these batches that were taken back."""
    return {row[0] for row in r.among("select batch from withdrawn where batch in (:keys)", batches)}
