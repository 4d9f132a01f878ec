"""Each round as it is set, how it was set before, and every opening."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.areas.judging.fold.tables import ROUNDS
from campmgr.facts.batches import BATCHES, spoken_of, told_by_unit
from campmgr.facts.fold import Fold, Folding
from campmgr.ids import canonical
from campmgr.ledger.order import ReadFact, Stood
from campmgr.store.door import Row
from campmgr.store.tables import sync_rows


def round_key(activity: str, name: str) -> str:
    """What a round is named by: its name within its activity."""
    return f"{activity}/{name}"


def fold_rounds(folding: Folding, rounds: Sequence[str]) -> tuple[()]:
    """Fold these rounds again."""
    rows: list[Row] = []
    for (round_, unit), stood in told_by_unit(folding, "round", rounds).items():
        rows += _row(round_, unit, stood)
    sync_rows(folding.w, ROUNDS, rounds, rows)
    return ()


def _row(round_: str, unit: str, stood: Stood) -> list[Row]:
    own = [one for one in stood.facts if round_ == round_key(one.body.get("activity", ""), one.body.get("name", ""))]
    sets = [one for one in own if one.fact.kind == "round_set"]
    if not sets:
        return []
    last = sets[-1]
    earlier = [_told(one) for one in stood.said if one.fact.kind == "round_set" and one.id != last.id]
    openings = [
        [one.fact.happened_on, one.fact.actor, one.body["reason"], one.id] for one in own if one.fact.kind == "round_opened"
    ]
    body = last.body
    return [(unit, round_, body["activity"], body["name"], canonical(body), last.id, body["digest"], last.fact.happened_on,
             canonical(earlier), canonical(openings))]  # fmt: skip


def _told(one: ReadFact) -> list[object]:
    return [one.fact.happened_on, one.fact.actor, one.body]


ROUNDS_FOLD = Fold(name="rounds", sort="round", run=fold_rounds, tables=(ROUNDS,), reads={BATCHES: spoken_of("round")})
