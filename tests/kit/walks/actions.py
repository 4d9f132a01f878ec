"""The verb."""

from __future__ import annotations

from campmgr.facts.activities import Activity
from campmgr.facts.saying import say
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Writer


def report_walk(w: Writer, activity: Activity, unit: str, place: str, minutes: int, actor: str = "") -> Fact:
    """A unit has inspected a place; the same place again is another round only where its minutes differ."""
    key = hash_id("walk", activity.id, unit, place, str(minutes))
    body = {"activity": activity.id, "unit": unit, "place": place, "minutes": minutes}
    return say(w, [Draft(unit, "walk_reported", subject("walk", key), body, actor=actor, client_id=key)])[0].fact
