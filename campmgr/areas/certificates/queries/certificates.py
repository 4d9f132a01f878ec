"""Certificates: who can have one, who has one, and what issuing comes to, unit by unit (F-19, F-21)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from campmgr.accounts.queries import unit_name
from campmgr.areas.people.queries.class_sums import at_home, by_class, by_home, right_below
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.class_order import class_key
from campmgr.facts.finding import shown_code
from campmgr.facts.world import World
from campmgr.store.door import Reader, Row

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


@dataclass(frozen=True, slots=True)
class Whom:
    """The people of a unit and below, of one line, of one class, or one person of them; "" narrows nothing."""

    unit: str = ""
    line: str = ""
    class_name: str = ""
    person: str = ""

    def asked(self, world: World) -> dict[str, str]:
        """What a query of them asks (`HERE`)."""
        known = world.tree.units.get(self.unit)
        path = known.path if known else "\uffff" if self.unit else ""  # one that is not known here holds nobody
        return {"path": path, "end": path[:-1] + "0" if known else "\uffff", "line": self.line, "person": self.person,
                "class_key": class_key(self.class_name)}  # fmt: skip


HERE = """(u.path >= :path and u.path < :end and (:line = '' or u.line = :line) and (:person = '' or p.person = :person)
    and (:class_key = '' or p.class_key = :class_key))"""
"""Whether a person p, at home in a unit u, is one of `Whom`."""

_STATE = """
    select p.person, p.home, p.credited, p.ready, p.signed_in,
           (select count(*) from certificates c where c.person = p.person and c.activity = :activity and c.state = 'valid'),
           (select count(*) from certificates c where c.person = p.person and c.activity = :activity)"""

_EVERYONE = _STATE + " from people p where p.complete = 1 and p.home <> '' order by p.person"
_CANDIDATES = _STATE + f" from units u join people p on p.home = u.unit where p.complete = 1 and {HERE} order by p.person"


_AMONG = (
    _STATE
    + f""" from people p left join units u on u.unit = p.home
    where p.person in (:keys) and p.complete = 1 and p.home <> '' and (:path = '' or {HERE})"""
)


def candidates(r: Reader, world: World, whom: Whom, among: Collection[str] | None = None) -> list[CertificateCandidate]:
    """Everyone of these who has the hours; `among`: only of so many people, by their ids."""
    values = {"activity": world.activity, **whom.asked(world)}
    rows: Iterable[Row]
    if among is not None:
        rows = sorted(r.among(_AMONG, sorted(among), **values))
    elif whom.unit:
        rows = r.each(_CANDIDATES, **values)
    else:
        rows = r.each(_EVERYONE, activity=world.activity)
    return [CertificateCandidate(row[0], row[1], row[2], bool(row[3]), bool(row[4]), bool(row[5]), row[6]) for row in rows]


@dataclass(frozen=True, slots=True)
class ClassCertificates:
    """A class ("" for none) or, with a code, a unit below: how many people, how many wait for a certificate that can be issued, how
    many have the hours and lack a condition, how many hold one.
    """

    name: str
    people: int
    ready: int
    lacking: int
    certified: int
    unit: str = ""


_NAMES = ("people", "away", "due", "lacking", "certified")


def certificates_in_all(r: Reader, world: World, whom: Whom) -> ClassCertificates:
    """The sums of a unit, that is known, and those below."""
    return _line("", at_home(r, world.tree.units[whom.unit], whom.line, *_NAMES))


def certificates_by_class(r: Reader, world: World, whom: Whom, *, by_unit: bool) -> tuple[ClassCertificates, ...]:
    """The classes of a unit in their order, or the units right below it: itself for who is at home in none of them."""
    top, units = world.tree.units[whom.unit], world.tree.units
    if not by_unit:
        return tuple(_line(name, sums) for name, sums in by_class(r, top, whom.line, *_NAMES))
    below: dict[str, tuple[int, ...]] = {}
    for home, sums in by_home(r, top, whom.line, *_NAMES).items():
        key = right_below(world, top, home)
        below[key] = tuple(map(int.__add__, below.get(key, (0,) * len(_NAMES)), sums))
    return tuple(_line(units[key].name, below[key], key) for key in sorted(below, key=lambda key: units[key].place))


def _line(name: str, sums: tuple[int, ...], unit: str = "") -> ClassCertificates:
    people, away, due, lacking, certified = sums
    return ClassCertificates(name, people + away, due, lacking, certified, unit)


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
