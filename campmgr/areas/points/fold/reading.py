"""Reading what was told of an item without trusting it: a fact that makes no sense must not stop the fold of everything else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from campmgr.areas.points.rules.passing import host_stage
from campmgr.areas.points.settings import SORTS, Passing
from campmgr.clock import local_day, parse_day, parse_instant, utc_text
from campmgr.facts.activities import Activity
from campmgr.facts.admission import Admission
from campmgr.facts.kinds import WITHDRAWN
from campmgr.facts.world import World
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Stream, people_scope, scope_unit
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


class OwnFacts(NamedTuple):
    """The unit of an item, what was said of it there and of its activity, and `unheard`: what the host decides, said by others."""

    unit: str
    facts: list[ReadFact]
    unheard: list[ReadFact]


def own_facts(item: str, told: Sequence[ReadFact], world: World, admission: Admission) -> OwnFacts:
    """What counts of an item; nothing where nobody reported it.

    Its id is made of activity, unit and title, so nobody changes another unit's item from where they may write. What the host
    decides counts only from a laptop that holds the host unit, too: no other word of a register takes its place.
    """
    for one in told:
        body = one.body
        if one.fact.kind == "item_reported" and body.keys() >= KEY:
            unit = scope_unit(one.fact.scope) or ""
            if item_id(body["activity"], unit, body["sort"], body["event_on"], body["title"]) == item:
                scope, activity = people_scope(unit), body["activity"]
                own = [each for each in told if scope in each.scopes and each.body.get("activity", activity) == activity]
                for_the_host = [each for each in own if _is_for_the_host(each, activity, world)]
                ruled = {each.id for each in for_the_host if is_hosts(each, activity, world, admission)}
                heard = [each for each in own if _may(each, activity, world, admission, ruled)]
                return OwnFacts(unit, heard, [each for each in own if each not in heard] if len(heard) < len(own) else [])
    return OwnFacts("", [], [])


def _may(one: ReadFact, activity: str, world: World, admission: Admission, ruled: Collection[str]) -> bool:
    """What the host alone decides, and what takes back a word of its own (`ruled`), is the host's to say."""
    takes_back = one.fact.kind == WITHDRAWN and one.body["fact"] in ruled
    return not (takes_back or _is_for_the_host(one, activity, world)) or is_hosts(one, activity, world, admission)


def _is_for_the_host(one: ReadFact, activity: str, world: World) -> bool:
    if one.fact.kind == "adoption_settled":
        return True
    return one.fact.kind == "item_passed" and _of_the_host(one, world.activities.get(activity))


def _of_the_host(one: ReadFact, activity: Activity | None) -> bool:
    """Whether a word of a stage is about the host's own."""
    if activity is None or activity.sort != "points" or not activity.is_known:
        return False
    last = host_stage(activity.rules[Passing])
    return bool(last) and one.body["stage"] >= last


def is_hosts(one: ReadFact, activity: str, world: World, admission: Admission) -> bool:
    """Whether it was said by whoever holds the host unit of an activity."""
    known = world.activities.get(activity)
    fact = one.fact
    return known is not None and admission.counts_for(known.host, Stream(fact.scope, fact.writer), fact.seq, fact.chain)


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


def passings_of(facts: Collection[ReadFact]) -> list[ReadFact]:
    """Every word of the stages that stands."""
    return [one for one in facts if one.fact.kind == "item_passed"]


def withdrawals_in(facts: Iterable[ReadFact]) -> list[ReadFact]:
    """What takes single facts back."""
    return [one for one in facts if one.fact.kind == WITHDRAWN]
