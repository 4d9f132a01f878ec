"""The batches in which works were handed in, and the late ones that the host takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from campmgr.areas.entries.fold.tables import HANDED_IN, HANDINS, LEAVES
from campmgr.areas.entries.rules.batch import handin_id
from campmgr.facts.fold import Fold, Folding
from campmgr.facts.seats import Seats, seat_reads, told_of
from campmgr.facts.tables import RULED_WORDS
from campmgr.ids import canonical
from campmgr.ledger.envelope import people_scope
from campmgr.ledger.order import ReadFact
from campmgr.store.door import Row
from campmgr.store.tables import sync_rows

_SAID = ("handin_closed", "handin_reopened")
"""What is said of a batch, beside what takes that back."""


def fold_handins(folding: Folding, handins: Sequence[str]) -> tuple[()]:
    """Fold these batches: as last closed, and whether they were opened again since."""
    rows: list[Row] = []
    held: list[Row] = []
    leaves: list[Row] = []
    every = told_of(folding, "handin", handins)
    seats = Seats(folding, every.values())
    for handin, told in every.items():
        activity, unit = _home_of(handin, told.facts)
        if not unit:
            continue
        home = seats.heard(told, activity, unit).facts
        taken = [one.body for one in home if one.fact.kind == "handin_late_taken"]
        leaves += [(body["unit"], handin, body["activity"], body["window"], body["reason"]) for body in taken[-1:]]
        own = [one for one in home if one.fact.kind in _SAID]
        last = own[-1] if own else None
        if last is None:
            continue
        body, state = last.body, "closed" if last.fact.kind == "handin_closed" else "reopened"
        closed = body if state == "closed" else {}
        rows.append((
            body["unit"], handin, body["activity"], body["window"], state, closed.get("late", ""),
            canonical(closed.get("rows", [])),
            closed.get("contact", ""), closed.get("share", ""), canonical(closed.get("statements", [])), closed.get("sent_on", ""),
            closed.get("digest", ""), body.get("reason", ""),
        ))  # fmt: skip
        held += [(body["unit"], handin, row[1], row[0]) for row in closed.get("rows", [])]
    sync_rows(folding.w, HANDINS, handins, rows)
    sync_rows(folding.w, HANDED_IN, handins, held)
    sync_rows(folding.w, LEAVES, handins, leaves)
    seats.keep("handin", handins)
    return ()


def _home_of(handin: str, told: Iterable[ReadFact]) -> tuple[str, str]:
    """The activity and the unit of a batch, of which its id is made; nobody speaks of it from elsewhere."""
    for one in told:
        body = one.body
        is_home = body.keys() >= {"activity", "unit", "window"} and one.fact.scope == people_scope(body["unit"])
        if is_home and handin_id(body["activity"], body["unit"], body["window"]) == handin:
            return body["activity"], body["unit"]
    return "", ""


HANDINS_FOLD = Fold(
    name="handins", sort="handin", run=fold_handins, tables=(HANDINS, HANDED_IN, LEAVES), shares=(RULED_WORDS,),
    reads=seat_reads("handin"),
)  # fmt: skip
