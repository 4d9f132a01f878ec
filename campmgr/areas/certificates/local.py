"""Rows of this data file alone: the picture of the seal, and ended numbers that were scanned from a signed list."""

from __future__ import annotations

from collections.abc import Iterable

from campmgr.store.door import Writer


def keep_seal(w: Writer, digest: str, png: bytes) -> None:
    """Keep the picture of a seal."""
    w.run("insert into local_pictures (digest, png) values (:digest, :png) on conflict (digest) do update set png = excluded.png",
          digest=digest, png=png)  # fmt: skip


def drop_seal(w: Writer, digest: str) -> None:
    """Delete the picture of a seal."""
    w.run("delete from local_pictures where digest = :digest", digest=digest)


def keep_ended_numbers(w: Writer, rows: Iterable[tuple[str, str, str, str, str]]) -> int:
    """Keep (number, state, number instead, as of when, node) where that is newer than what is kept; how many were news."""
    return w.many(
        "insert into local_ended_numbers (number, state, instead, as_of, node) values (?, ?, ?, ?, ?) on conflict (number)"
        " do update set state = excluded.state, instead = excluded.instead, as_of = excluded.as_of, node = excluded.node"
        " where excluded.as_of > local_ended_numbers.as_of",
        rows,
    )
