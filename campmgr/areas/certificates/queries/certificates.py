"""Certificates: who can have one, and who has one (F-19, F-21)."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.facts.world import World
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class PlatformCertificate:
    """A certificate that the platform itself gave, recorded beside ours (F-19)."""

    number: str
    issued_on: str


@dataclass(frozen=True, slots=True)
class Candidate:
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
           (select count(*) from certificates c where c.person = p.person and c.state = 'valid'),
           (select count(*) from certificates c where c.person = p.person)
    from people p where p.complete = 1 and p.home <> '' order by p.person"""


def candidates(r: Reader, world: World, unit: str = "") -> list[Candidate]:
    """Everyone who has the hours, in a unit's subtree or everywhere."""
    found = [Candidate(row[0], row[1], row[2], bool(row[3]), bool(row[4]), bool(row[5]), row[6]) for row in r.each(_CANDIDATES)]
    return [each for each in found if not unit or unit in world.tree.path_on(each.home, "9999")]


def platform_certificates(r: Reader, person: str) -> tuple[PlatformCertificate, ...]:
    """What was recorded of the platform's own certificates of somebody, the oldest first."""
    rows = r.all(
        "select number, issued_on from platform_certificates where person = :person order by issued_on, fact", person=person
    )
    return tuple(PlatformCertificate(number, issued_on) for number, issued_on in rows)
