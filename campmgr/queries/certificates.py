"""Certificates: who can have one, who has one, and whether a number is real (F-19, F-21)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from campmgr.ids import tidy_certificate_number
from campmgr.projections.world import World
from campmgr.queries.finding import people_by_id
from campmgr.store.door import Reader

State = Literal["valid", "revoked", "superseded", "unknown", "forged"]


@dataclass(frozen=True, slots=True)
class Verified:
    """What is known of a certificate's number."""

    number: str
    state: State
    name: str
    issued_on: str
    reason: str


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


def verify_certificate(r: Reader, text: str) -> Verified:
    """Whether a number is real; a later valid certificate of the same person makes an earlier one superseded."""
    number = tidy_certificate_number(text)
    row = r.one("select person, state, issued_on, reason, edition from certificates where number = :number", number=number)
    if row is None:
        return Verified(number, "unknown", "", "", "")
    person, state, issued_on, reason, edition = row
    newer = r.one("select 1 from certificates where person = :person and edition > :edition and state = 'valid'",
                  person=person, edition=edition)  # fmt: skip
    known = people_by_id(r, [person]).get(person)
    name = known.shown_name if known else ""
    return Verified(number, "superseded" if newer else state, name, issued_on, reason)


_CANDIDATES = """
    select p.person, p.home, p.credited, p.ready, p.signed_in,
           (select count(*) from certificates c where c.person = p.person and c.state = 'valid'),
           (select count(*) from certificates c where c.person = p.person)
    from people p where p.complete = 1 and p.home <> '' order by p.person"""


def candidates(r: Reader, world: World, unit: str = "") -> list[Candidate]:
    """Everyone who has the hours, in a unit's subtree or everywhere."""
    found = [Candidate(row[0], row[1], row[2], bool(row[3]), bool(row[4]), bool(row[5]), row[6]) for row in r.each(_CANDIDATES)]
    return [each for each in found if not unit or unit in world.tree.path_on(each.home, "9999")]
