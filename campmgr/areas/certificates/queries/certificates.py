"""Certificates: who can have one, who has one, and what issuing comes to, unit by unit (F-19, F-21)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campmgr.accounts.queries import unit_name
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.facts.finding import shown_code
from campmgr.facts.world import World
from campmgr.store.door import Reader

REASONS = {"sign_in_missing": "没有签到", "follow_missing": "没有关注并预约", "daily_scan_missing": "没有每日扫码",
           "certificate_revoked": "证书曾被撤销；要补发请用“换发”"}  # fmt: skip
"""Why somebody with the hours gets no certificate, in words."""


@dataclass(frozen=True, slots=True)
class PlatformCertificate:
    """A certificate that the platform itself gave, recorded beside ours (F-19)."""

    number: str
    issued_on: str


@dataclass(frozen=True, slots=True)
class CertificateCandidate:
    """Somebody with enough hours: their home, earlier certificates, and what keeps them from one ("" for nothing)."""

    person: str
    home: str
    credited: int
    ready: bool
    signed_in: bool
    valid: bool
    editions: int


_CANDIDATES = """
    select p.person, p.home, p.credited, p.ready, p.signed_in,
           (select count(*) from certificates c where c.person = p.person and c.activity = :activity and c.state = 'valid'),
           (select count(*) from certificates c where c.person = p.person and c.activity = :activity)
    from people p where p.complete = 1 and p.home <> '' order by p.person"""


def candidates(r: Reader, world: World, unit: str = "") -> list[CertificateCandidate]:
    """Everyone who has the hours, in a unit's subtree or everywhere."""
    found = [
        CertificateCandidate(row[0], row[1], row[2], bool(row[3]), bool(row[4]), bool(row[5]), row[6])
        for row in r.each(_CANDIDATES, activity=world.activity)
    ]
    return [each for each in found if not unit or unit in world.tree.path_on(each.home, "9999")]


def platform_certificates(r: Reader, person: str) -> tuple[PlatformCertificate, ...]:
    """What was recorded of the platform's own certificates of somebody, the oldest first."""
    rows = r.all(
        "select number, issued_on from platform_certificates where person = :person order by issued_on, fact", person=person
    )
    return tuple(PlatformCertificate(number, issued_on) for number, issued_on in rows)


@dataclass(frozen=True, slots=True)
class NotIssued:
    """Somebody with the hours who gets none, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class UnitOutcome:
    """One unit's people: the names of those who get a certificate, and those who do not."""

    code: str
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
    units = sorted(
        {*getting, *missing}, key=lambda unit: (world.tree.units[unit].place if unit in world.tree.units else "\uffff", unit)
    )
    return tuple(
        UnitOutcome(
            shown_code(world, unit),
            unit_name(world, unit),
            tuple(sorted(getting[unit])),
            tuple(sorted(missing[unit], key=lambda each: (each.reason, each.name))),
        )
        for unit in units
    )
