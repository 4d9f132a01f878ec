"""What each unit hands in at the end (F-26): its last text, and what those above said to it."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.areas.summaries.kinds import summary_subject, unit_summed_up
from campmgr.facts.batches import BATCHES, spoken_of, standing_of
from campmgr.facts.fold import Fold, Folding
from campmgr.ledger.envelope import people_scope, subject_key
from campmgr.ledger.order import ReadFact
from campmgr.store.door import Row
from campmgr.store.tables import Table, sync_rows

SUMMARIES = Table("summaries", ("unit", "state", "text", "written_on", "fact", "reason", "judged_on"), 1, "unit")


def fold_summaries(folding: Folding, keys: Sequence[str]) -> tuple[()]:
    """Fold these units' summaries of the camp that is going on again. Only what stands in the unit's own scope speaks for it."""
    rows: list[Row] = []
    units = sorted({unit_summed_up(key) for key in keys})
    present = [subject_key(summary_subject(folding.world.activity, unit)) for unit in units]
    for key, told in standing_of(folding, "summary", present).items():
        unit = unit_summed_up(key)
        rows += _row(unit, [one for one in told if one.fact.scope == people_scope(unit)])
    sync_rows(folding.w, SUMMARIES, units, rows)
    return ()


def _row(unit: str, told: Sequence[ReadFact]) -> list[Row]:
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


FOLDS = (Fold(name="summaries", sort="summary", run=fold_summaries, tables=(SUMMARIES,), reads={BATCHES: spoken_of("summary")}),)
