"""The JSON shapes of the contract (docs/commands.md#json), from page data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from campmgr.areas.hours.rules.evidence import evidence_of
from campmgr.areas.hours.rules.lesson import Mark
from campmgr.areas.hours.rules.words import RULE_OF, all_rule_points
from campmgr.desks.queries.person import BehindRow, PersonHours, PersonPage
from campmgr.facts.finding import shown_code
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.wording import hours_text


def hours_data(hours: PersonHours) -> dict[str, Any]:
    """`report hours`."""
    ready = hours.readiness
    return {
        "person": hours.person.person,
        "name": hours.person.shown_name,
        "credited": hours_text(hours.credit.total),
        "required": hours_text(ready.required),
        "missing": hours_text(ready.missing),
        "complete": ready.complete,
        "signed_in": hours.signed_in,
        "ready": ready.ready,
        "because": [{"code": each.code, "sentence": each.sentence} for each in ready.because],
        "lessons": [
            {
                "lesson": each.lesson,
                "minutes": each.minutes,
                "credited": hours_text(each.credited),
                "because": [
                    {"code": reason.code, "sentence": reason.sentence, "rule": RULE_OF.get(reason.code)} for reason in each.because
                ],
                "marks": [_mark_data(mark) for mark in hours.marks if mark.lesson == each.lesson],
            }
            for each in hours.credit.lessons
        ],
        "doubts": [{"about": each.about, "lesson": each.lesson or None, "sentence": each.sentence} for each in hours.doubts],
    }


def _mark_data(mark: Mark) -> dict[str, Any]:
    return {"fact": mark.fact, "on": mark.day, "minutes": mark.minutes, "source": mark.source,
            "grade": evidence_of(mark.source).grade}  # fmt: skip


def rules_data(world: World) -> dict[str, Any]:
    """Which rules hours were counted by: version, since when, digest, and each rule in words with the notice's row."""
    said = [{"rule": each.key, "sentence": each.sentence, "source": each.source} for each in all_rule_points(world.rules)]
    return {"version": world.in_force.version, "since": world.in_force.since, "digest": world.in_force.digest, "said": said}


def person_data(world: World, page: PersonPage, telephone: Callable[[str], str]) -> dict[str, Any]:
    """`person show`; `telephone`: how one is shown, here and in the history."""
    who = page.hours.person
    return {
        "person": who.person, "code": who.code, "number": who.number, "name": who.shown_name, "unit": shown_code(world, who.home),
        "unit_id": who.home, "kind": who.kind,
        "class": who.class_name, "phone": telephone(who.phone), "erased": who.erased,
        "memberships": [shown_code(world, unit) for unit in page.memberships],
        "same_as": list(page.same_as), "hours": hours_data(page.hours),
        "conditions": [{"condition": what, "on": day} for what, day in page.conditions],
        "certificates": [
            {"number": each.number, "state": each.state, "issued_on": each.issued_on} | ({"camp": each.camp} if each.camp else {})
            for each in page.certificates
        ],
        "history": [
            {"fact": each.fact, "kind": each.kind, "on": each.happened_on, "recorded_at": each.recorded_at,
             "scope": each.scope, "writer": each.writer, "actor": each.actor, "batch": each.batch or None,
             "body": _body(each.body, telephone), "stands": each.stands}
            for each in page.history
        ],
    }  # fmt: skip


def _body(body: Mapping[str, Any], telephone: Callable[[str], str]) -> dict[str, Any]:
    return {name: telephone(value) if name == "phone" and isinstance(value, str) else value for name, value in body.items()}


def behind_data(unit: Unit, rows: tuple[BehindRow, ...]) -> dict[str, Any]:
    """`report behind`."""
    return {
        "unit": unit.shown_code,
        "id": unit.unit,
        "rows": [
            {"person": each.person.person, "name": each.person.shown_name, "credited": hours_text(each.credited),
             "missing": hours_text(each.missing), "signed_in": each.signed_in}
            for each in rows
        ],
    }  # fmt: skip
