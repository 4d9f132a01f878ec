"""When award lists are put up and taken down, and the objections to them, as the host says in its own scope."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.areas.judging.fold.awards import list_key
from campmgr.areas.judging.fold.tables import OBJECTIONS, POSTINGS
from campmgr.facts.batches import BATCHES, spoken_of, told_by_unit
from campmgr.facts.fold import Fold, Folding
from campmgr.ledger.order import ReadFact
from campmgr.store.door import Row
from campmgr.store.tables import sync_rows

_KINDS = frozenset({"awards_posted", "awards_taken_down", "award_objection_raised", "award_objection_answered"})


def fold_publicity(folding: Folding, keys: Sequence[str]) -> tuple[()]:
    """Fold what was said of these lists; those of the camp are no business of this fold."""
    keys = [key for key in keys if "/" in key]
    postings: list[Row] = []
    objections: list[Row] = []
    for (key, unit), stood in told_by_unit(folding, "list", keys, _KINDS).items():
        own = [one for one in stood.facts if key == list_key(one.body.get("activity", ""), one.body.get("number", 0))]
        if unit:
            postings += _postings(unit, key, own)
            objections += _objections(unit, key, own)
    sync_rows(folding.w, POSTINGS, keys, postings)
    sync_rows(folding.w, OBJECTIONS, keys, objections)
    return ()


def _postings(unit: str, key: str, said: Sequence[ReadFact]) -> list[Row]:
    rows: list[Row] = []
    for one in said:
        body, place = one.body, len(rows) + 1
        if one.fact.kind == "awards_posted":
            rows.append((unit, key, one.id, place, "posted", body["starts_on"], body["ends_on"], body["shown_until"],
                         body["counted"], body["how"]))  # fmt: skip
        elif one.fact.kind == "awards_taken_down":
            rows.append((unit, key, one.id, place, "taken_down", one.fact.happened_on, "", "", "", body["reason"]))
    return rows


def _objections(unit: str, key: str, said: Sequence[ReadFact]) -> list[Row]:
    answers = {one.body["objection"]: one for one in said if one.fact.kind == "award_objection_answered"}
    rows: list[Row] = []
    for one in said:
        if one.fact.kind == "award_objection_raised":
            answer, body = answers.get(one.id), one.body
            state = "waiting" if answer is None else "upheld" if answer.body["upheld"] else "rejected"
            rows.append((unit, key, one.id, one.fact.happened_on, body["line"], body["way"], body["matter"], state,
                         answer.body["answer"] if answer else "", answer.fact.happened_on if answer else ""))  # fmt: skip
    return rows


PUBLICITY_FOLD = Fold(
    name="award_publicity", sort="list", run=fold_publicity, tables=(POSTINGS, OBJECTIONS), reads={BATCHES: spoken_of("list")}
)
