"""What each unit hands in at the end (F-26): its last text, and what those above said to it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from campmgr.facts.small_folds import standing_of
from campmgr.facts.tables import SUMMARIES
from campmgr.facts.world import World
from campmgr.ledger.order import Told
from campmgr.ledger.scopes import people_scope, subject_key
from campmgr.store.door import Row, Writer
from campmgr.store.tables import sync_rows


def fold_summaries(w: Writer, world: World, subjects: Collection[str]) -> None:
    """Fold these summaries again. Only what stands in the unit's own scope speaks for it."""
    rows: list[Row] = []
    for subject, told in standing_of(w, world, subjects).items():
        unit = subject_key(subject)
        rows += _row(unit, [one for one in told if one.fact.scope == people_scope(unit)])
    sync_rows(w, SUMMARIES, [subject_key(subject) for subject in subjects], rows)


def _row(unit: str, told: Sequence[Told]) -> list[Row]:
    """The last text; an answer counts only for the text it was given to."""
    written = [one for one in told if one.fact.kind == "summary_written"]
    if not written:
        return []
    last = written[-1]
    answers = [one for one in told if one.fact.kind == "summary_judged" and one.body["summary"] == last.id]
    state = "handed_in" if last.body["handed_in"] else "draft"
    if state == "handed_in" and answers:
        state = "accepted" if answers[-1].body["accepted"] else "returned"
    answer = answers[-1] if state in {"accepted", "returned"} else None
    return [(unit, state, last.body["text"], last.fact.happened_on, last.id, answer.body["reason"] if answer else "",
             answer.fact.happened_on if answer else "")]  # fmt: skip
