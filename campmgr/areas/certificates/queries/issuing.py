"""What issuing certificates comes to, unit by unit and by name: who gets one, who does not, and why (F-19, F-21)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campmgr.accounts.queries import unit_name
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.facts.world import World
from campmgr.store.door import Reader

REASONS = {"sign_in_missing": "没有签到", "follow_missing": "没有关注并预约", "daily_scan_missing": "没有每日扫码",
           "certificate_revoked": "证书曾被撤销；要补发请用“换发”"}  # fmt: skip
"""Why somebody with the hours gets no certificate, in words."""


@dataclass(frozen=True, slots=True)
class NotIssued:
    """Somebody with the hours who gets none, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class UnitOutcome:
    """One unit's people: the names of those who get a certificate, and those who do not."""

    unit: str
    name: str
    ready: tuple[str, ...]
    refused: tuple[NotIssued, ...]


def outcome_by_unit(r: Reader, world: World, ready: Sequence[str], refused: Iterable[tuple[str, str]]) -> tuple[UnitOutcome, ...]:
    """The outcome for these people (ids; of the refused with the reason's key), by unit in the tree's order."""
    reasons = dict(refused)
    people = people_by_id(r, [*ready, *reasons])
    getting: dict[str, list[str]] = defaultdict(list)
    missing: dict[str, list[NotIssued]] = defaultdict(list)
    for person in ready:
        getting[people[person].home].append(people[person].shown_name)
    for person, reason in reasons.items():
        missing[people[person].home].append(NotIssued(people[person].shown_name, REASONS.get(reason, reason)))
    units = sorted({*getting, *missing}, key=lambda unit: world.tree.units[unit].path if unit in world.tree.units else "\uffff")
    return tuple(
        UnitOutcome(
            unit,
            unit_name(world, unit),
            tuple(sorted(getting[unit])),
            tuple(sorted(missing[unit], key=lambda each: (each.reason, each.name))),
        )
        for unit in units
    )
