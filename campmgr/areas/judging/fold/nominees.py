"""What the host says of people, teams and units that may get an award: who is to have one and why, and points for units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from campmgr.areas.judging.fold.tables import NOTES, POINTS
from campmgr.facts.batches import BATCHES, spoken_of, told_by_unit
from campmgr.facts.fold import Fold, Folding
from campmgr.store.door import Row
from campmgr.store.tables import sync_rows


def nominee_key(activity: str, line: str) -> str:
    """What is spoken of: somebody within an activity."""
    return f"{activity}/{line}"


def fold_nominees(folding: Folding, keys: Sequence[str]) -> tuple[()]:
    """Fold what was said of these; a word whose subject is not what its body says counts for nothing."""
    notes: list[Row] = []
    points: list[Row] = []
    for (key, unit), stood in told_by_unit(folding, "nominee", keys).items():
        own = [one for one in stood.facts if unit and _is_of(key, one.body)]
        noted = {one.body["award"]: one for one in own if one.fact.kind == "nominee_noted"}
        rated = {
            part: (one.body, count) for one in own if one.fact.kind == "nominee_rated" for part, count in one.body["parts"].items()
        }
        notes += [
            (unit, key, award, *(one.body[each] for each in ("activity", "line", "sort", "unit", "name", "reason")), one.id)
            for award, one in noted.items()
        ]
        points += [
            (unit, key, part, body["activity"], body["line"], count, body["reason"])
            for part, (body, count) in rated.items() if type(count) is int
        ]  # fmt: skip
    sync_rows(folding.w, NOTES, keys, notes)
    sync_rows(folding.w, POINTS, keys, points)
    return ()


def _is_of(key: str, body: Mapping[str, Any]) -> bool:
    return key == nominee_key(str(body.get("activity", "")), str(body.get("line", "")))


NOMINEES_FOLD = Fold(
    name="nominees", sort="nominee", run=fold_nominees, tables=(NOTES, POINTS), reads={BATCHES: spoken_of("nominee")}
)
