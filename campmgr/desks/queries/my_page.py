"""A participant's own page: hours with reasons, what is missing, every lesson and where it stands, certificates, declarations."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.accounts.queries import unit_name
from campmgr.areas.certificates.queries.certificates import PlatformCertificate, platform_certificates
from campmgr.areas.hours.rules.credit import LessonCredit
from campmgr.areas.hours.rules.meter import Meter
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.settings import People
from campmgr.desks.queries.person import PersonHours, hours_of
from campmgr.facts.world import World
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A lesson as its learner sees it: worth and earned in hundredths, and why not more."""

    code: str
    name: str
    kind: str
    worth: int
    credit: LessonCredit | None


@dataclass(frozen=True, slots=True)
class Declared:
    """A declaration: lesson, day, minutes (None: all), `state` "waiting", "accepted" or "refused", the reason given, and the digest
    of the picture shown with it.
    """

    fact: str
    lesson: str
    day: str
    minutes: int | None
    state: str
    reason: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A certificate: number, state, day of issue."""

    number: str
    state: str
    issued_on: str


@dataclass(frozen=True, slots=True)
class MyPage:
    """Everything `/p/<token>` shows."""

    person: Person
    unit: str
    camp: str
    hours: PersonHours
    lessons: tuple[LessonLine, ...]
    declarations: tuple[Declared, ...]
    certificates: tuple[CertificateLine, ...]
    platform_certificates: tuple[PlatformCertificate, ...]
    may_declare: bool
    consent_withdrawn_on: str


def my_page(r: Reader, world: World, person: Person) -> MyPage:
    """The page of one person."""
    hours = hours_of(r, world, person)
    earned, meter = {each.lesson: each for each in hours.credit.lessons}, Meter(world.rules, lessons_of(world))
    lines = tuple(
        LessonLine(lesson.code, lesson.name, lesson.kind, meter.whole(lesson.code), earned.get(lesson.code))
        for lesson in lessons_of(world).values()
    )
    declared = r.all(
        "select fact, lesson, day, minutes, state, reason, evidence from declarations where person = :person order by day, fact",
        person=person.person,
    )
    issued = r.all(
        "select number, state, issued_on from certificates where person = :person order by edition", person=person.person
    )
    return MyPage(
        person=person,
        unit=unit_name(world, person.home),
        camp=world.name,
        hours=hours,
        lessons=lines,
        declarations=tuple(Declared(*row) for row in declared),
        certificates=tuple(CertificateLine(*row) for row in issued),
        platform_certificates=platform_certificates(r, person.person),
        may_declare=world.rules[People].declarations != "off",
        consent_withdrawn_on=r.value("select withdrawn_on from consents where person = :person", person=person.person) or "",
    )
