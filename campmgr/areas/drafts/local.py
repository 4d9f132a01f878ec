"""Rows of drafts that wait for somebody: of this data file alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from campmgr.facts.area import Forgotten
from campmgr.store.door import Reader, Writer


class LeftDraft(NamedTuple):
    """A row that could not become a fact: what it was (JSON, and in words), why not, whose desk sees it, since which day."""

    draft: str
    about: str
    words: str
    reason: str
    unit: str
    left_on: str


def keep_left(w: Writer, rows: Iterable[LeftDraft]) -> None:
    """Keep rows until somebody decides; one that is tried again keeps its place."""
    w.many(
        "insert into local_left_drafts (draft, about, words, reason, unit, left_on) values (?, ?, ?, ?, ?, ?)"
        " on conflict (draft) do update set reason = excluded.reason",
        list(rows),
    )


def left_for(r: Reader, reasons: Iterable[str]) -> list[LeftDraft]:
    """The rows that these reasons keep out."""
    sql = "select draft, about, words, reason, unit, left_on from local_left_drafts where reason in (:keys) order by words, draft"
    return [LeftDraft(*row) for row in r.among(sql, reasons)]


def drop_left(w: Writer, drafts: Iterable[str]) -> None:
    """Let rows go."""
    w.many("delete from local_left_drafts where draft = ?", [(each,) for each in drafts])


def forget_names(w: Writer, who: Forgotten) -> None:
    """Forget rows that hold the name of somebody whose details are erased."""
    w.run("delete from local_left_drafts where instr(about, :name) > 0 or instr(words, :name) > 0", name=who.name)
