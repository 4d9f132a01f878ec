"""Adoptions that were noted without a known item, and what the host answered to each."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.areas.points.fold.reading import is_hosts, known_day, noted_id
from campmgr.areas.points.fold.tables import NOTED_ADOPTIONS
from campmgr.areas.points.rules.outlets import outlet_key
from campmgr.areas.points.settings import CLASSES
from campmgr.facts.batches import BATCHES, all_of, spoken_of, standing_of
from campmgr.facts.fold import Fold, Folding
from campmgr.ledger.envelope import people_scope, scope_unit
from campmgr.ledger.order import ReadFact
from campmgr.store.door import Row
from campmgr.store.tables import sync_rows


def fold_noted(folding: Folding, adoptions: Sequence[str]) -> tuple[()]:
    """Fold these again. Its id is made of all that was noted, in which unit, so nobody answers for another's."""
    rows: list[Row] = []
    for key, told in standing_of(folding, "adoption", adoptions).items():
        first = next((one for one in told if _is_own(key, one)), None)
        if first is None:
            continue
        body, unit = first.body, scope_unit(first.fact.scope) or ""
        answers = [one for one in told if one.fact.kind == "adoption_answered" and _counts(folding, one, unit, body["activity"])]
        answer = answers[-1].body if answers else None
        state = "waiting" if answer is None else "matched" if answer["item"] else "refused"
        cls = body["class"] if body["class"] in CLASSES else 0
        rows.append((key, first.id, body["activity"], unit, body["item"], body["title"], body["outlet"], cls,
                     known_day(body["adopted_on"]) or first.fact.happened_on, body["link"], state,
                     answer["item"] if answer else "", answer["reason"] if answer else ""))  # fmt: skip
    sync_rows(folding.w, NOTED_ADOPTIONS, adoptions, rows)
    return ()


def _is_own(key: str, one: ReadFact) -> bool:
    unit = scope_unit(one.fact.scope)
    return (
        one.fact.kind == "adoption_noted" and unit is not None and noted_id(one.body, unit, outlet_key(one.body["outlet"])) == key
    )


def _counts(folding: Folding, one: ReadFact, unit: str, activity: str) -> bool:
    same = one.fact.scope == people_scope(unit) and one.body["activity"] == activity
    return same and is_hosts(one, activity, folding.world, folding.admission)


_EVERY = all_of("adoption")

NOTED_FOLD = Fold(
    name="noted_adoptions", sort="adoption", run=fold_noted, tables=(NOTED_ADOPTIONS,),
    reads={BATCHES: spoken_of("adoption"), "trust": _EVERY, "activities": _EVERY},
)  # fmt: skip
