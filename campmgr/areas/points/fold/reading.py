"""Reading what was told of an item without trusting it: a fact that makes no sense must not stop the fold of everything else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from campmgr.areas.points.settings import SORTS
from campmgr.clock import local_day, parse_day, parse_instant, utc_text
from campmgr.ids import hash_id
from campmgr.ledger.envelope import scope_unit
from campmgr.ledger.order import ReadFact
from campmgr.wording import name_key

KEY = frozenset({"activity", "sort", "title", "event_on", "sent_at"})
"""What the first word of an item holds, whatever else."""


def item_id(activity: str, unit: str, sort: str, event_on: str, title: str) -> str:
    """The id of an item: the same from page and sheet, however its title is spelt in width, case and blanks."""
    return hash_id("item", activity, unit, sort, event_on, name_key(title))


def noted_id(said: Mapping[str, Any], unit: str, outlet: str) -> str:
    """The id of an adoption without a known item: the same however often it is imported; `outlet` as names are compared."""
    return hash_id("noted", said["activity"], unit, said["item"], name_key(said["title"]), outlet, said["adopted_on"])


def home_of(item: str, told: Iterable[ReadFact]) -> tuple[str, str]:
    """The activity and the unit of an item, of which its id is made; nobody changes it from elsewhere. ("", "") where nobody
    reported it.
    """
    for one in told:
        body = one.body
        if one.fact.kind == "item_reported" and body.keys() >= KEY:
            unit = scope_unit(one.fact.scope) or ""
            if item_id(body["activity"], unit, body["sort"], body["event_on"], body["title"]) == item:
                return body["activity"], unit
    return "", ""


def said_of(facts: Iterable[ReadFact]) -> dict[str, Any]:
    """All fields of an item as they stand; {} where its first word does not stand, or says what no item is."""
    said: dict[str, Any] = {}
    for one in facts:
        if one.fact.kind == "item_reported":
            said |= one.body
    if not said.keys() >= KEY or said["sort"] not in SORTS:
        return {}
    try:
        moment = parse_instant(said["sent_at"])
    except (ValueError, OverflowError):
        return {}
    return {**said, "sent_at": utc_text(moment), "sent_on": local_day(moment), "event_on": known_day(said["event_on"])}


def known_day(text: str) -> str:
    """A day, or "" for what is none."""
    try:
        return parse_day(text) if text else ""
    except ValueError:
        return ""


def stages_of(facts: Sequence[ReadFact], stages: int) -> tuple[int, str]:
    """How many stages in a row have passed an item, and its state; what was returned waits again once it was changed."""
    answers: dict[int, ReadFact] = {}
    changed_at = 0
    for place, one in enumerate(facts):
        if one.fact.kind == "item_passed":
            answers[one.body["stage"]] = one
        elif one.fact.kind == "item_reported":
            changed_at = place
    places = {one.id: place for place, one in enumerate(facts)}
    passed = 0
    while passed < stages and (answer := answers.get(passed + 1)) is not None and answer.body["accepted"]:
        passed += 1
    if passed >= stages:
        return passed, "passed"
    back = answers.get(passed + 1)
    return passed, "returned" if back is not None and places[back.id] > changed_at else "waiting"
