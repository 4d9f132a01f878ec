"""Adoptions that were noted without a known item, and what the host answered to each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from campmgr.areas.points.fold.reading import known_day, noted_id
from campmgr.areas.points.fold.tables import NOTED_ADOPTIONS
from campmgr.areas.points.rules.outlets import outlet_key
from campmgr.areas.points.settings import CLASSES
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.fold import Fold, Folding
from campmgr.facts.review import sides_row
from campmgr.facts.seats import Seats, seat_reads, told_of
from campmgr.facts.tables import REVIEW, RULED_WORDS
from campmgr.ledger.envelope import scope_unit, subject
from campmgr.ledger.kinds import read_body
from campmgr.ledger.order import ReadFact
from campmgr.store import ledger
from campmgr.store.door import Row
from campmgr.store.tables import sync_rows


def fold_noted(folding: Folding, adoptions: Sequence[str]) -> set[str]:
    """Fold these again; the items that they may be of come back. The id of each is made of all that was noted, in which unit, so
    nobody answers for another's.
    """
    rows: list[Row] = []
    review: list[Row] = []
    every = told_of(folding, "adoption", adoptions)
    seats = Seats(folding, every.values())
    for key, told in every.items():
        home = next((one for one in told.facts if _is_own(key, one)), None)
        if home is None:
            continue
        unit = scope_unit(home.fact.scope) or ""
        heard = seats.heard(told, home.body["activity"], unit)
        first = next((one for one in heard.facts if _is_own(key, one)), None)
        body, answers = (first or home).body, [one for one in heard.facts if one.fact.kind == "adoption_answered"]
        review += [sides_row(sides, unit) for sides in heard.stood.sides]
        answer = answers[-1].body if answers else None
        state = "withdrawn" if first is None else "waiting" if answer is None else "matched" if answer["item"] else "refused"
        cls = body["class"] if body["class"] in CLASSES else 0
        rows.append((key, (first or home).id, body["activity"], unit, body["item"], body["title"], body["outlet"], cls,
                     known_day(body["adopted_on"]) or home.fact.happened_on, body["link"], state,
                     answer["item"] if answer else "", answer["reason"] if answer else ""))  # fmt: skip
    before = sync_rows(folding.w, NOTED_ADOPTIONS, adoptions, rows)
    sync_rows(folding.w, REVIEW, [subject("adoption", key) for key in adoptions], review)
    seats.keep("adoption", adoptions)
    return _items_of(folding, {row[0] for row in set(before) ^ set(rows)})


def _items_of(folding: Folding, adoptions: Iterable[str]) -> set[str]:
    """Every item that anybody has ever said one of these to be of: of each it may count now, or count no more."""
    said = ledger.of_subjects(folding.w, (subject("adoption", key) for key in adoptions), {"adoption_answered"})
    return {str(body["item"]) for fact in said if (body := read_body(kinds_of(folding.w), fact)) and body["item"]}


def _is_own(key: str, one: ReadFact) -> bool:
    unit = scope_unit(one.fact.scope)
    return (
        one.fact.kind == "adoption_noted" and unit is not None and noted_id(one.body, unit, outlet_key(one.body["outlet"])) == key
    )


NOTED_FOLD = Fold(
    name="noted_adoptions", sort="adoption", run=fold_noted, tables=(NOTED_ADOPTIONS,), shares=(REVIEW, RULED_WORDS),
    reads=seat_reads("adoption"),
)  # fmt: skip
