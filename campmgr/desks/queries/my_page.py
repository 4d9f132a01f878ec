"""A participant's own page: hours with reasons, what is missing, every lesson and where it stands, certificates, declarations."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campmgr.accounts.queries import unit_name
from campmgr.areas.certificates.queries.camps import camp_words
from campmgr.areas.certificates.queries.certificates import PlatformCertificate, platform_certificates
from campmgr.areas.hours.queries.declarations import declaration_of
from campmgr.areas.hours.rules.credit import LessonCredit
from campmgr.areas.hours.rules.meter import Meter
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.settings import People
from campmgr.desks.queries.person import PersonHours, hours_of
from campmgr.facts.world import World
from campmgr.ledger.envelope import subject
from campmgr.store import ledger
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A lesson as its learner sees it: worth and earned in hundredths, why not more, and its length in minutes."""

    code: str
    name: str
    kind: str
    worth: int
    credit: LessonCredit | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Declared:
    """A declaration: lesson by code and as it is called, day, minutes (None: all), `state` "waiting", "accepted" or "refused", the
    reason given, and the digest of the picture shown with it.
    """

    fact: str
    lesson: str
    name: str
    day: str
    minutes: int | None
    state: str
    reason: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """A certificate: number, state, day of issue; `camp`: which it is of, "" where there is but one; whether that is going on."""

    number: str
    state: str
    issued_on: str
    camp: str = ""
    is_present: bool = True


@dataclass(frozen=True, slots=True)
class MyPage:
    """Everything `/p/<token>` shows. `closing`: lessons to go on with; `closes`: each is enough; `waits_alone`: what waits is."""

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
    closing: tuple[LessonLine, ...]
    closes: bool
    waits_alone: bool


_SUGGESTED = 2


def _closing(
    world: World, lines: Sequence[LessonLine], waiting: Iterable[str], missing: int
) -> tuple[tuple[LessonLine, ...], bool, int]:
    """The lessons that bring a learner soonest to what is required, whether any of them does, and what is missing (hundredths) once
    all that waits is confirmed.

    The smallest that suffice come first; where none does, those that bring most. A live lesson and its replays earn once.
    """
    family = {code: lesson.replay_of or code for code, lesson in lessons_of(world).items()}
    worth, had = {line.code: line.worth for line in lines}, dict.fromkeys(family.values(), 0)
    for line in lines:
        had[family[line.code]] = max(had[family[line.code]], line.credit.credited if line.credit else 0)
    for code in worth.keys() & set(waiting):
        missing -= max(0, worth[code] - had[family[code]])
        had[family[code]] = max(had[family[code]], worth[code])
    gains = {line: line.worth - had[family[line.code]] for line in lines if missing > 0}
    enough = sorted((line for line in gains if gains[line] >= missing), key=lambda line: (gains[line], line.minutes, line.code))
    most = sorted((line for line in gains if gains[line] > 0), key=lambda line: (-gains[line], line.minutes, line.code))
    each_once = {family[line.code]: line for line in reversed(enough or most)}
    return tuple(reversed(each_once.values()))[:_SUGGESTED], bool(enough), missing


def my_page(r: Reader, world: World, person: Person) -> MyPage:
    """The page of one person."""
    hours = hours_of(r, world, person)
    earned, meter = {each.lesson: each for each in hours.credit.lessons}, Meter(world.rules, lessons_of(world))
    lines = tuple(
        LessonLine(lesson.code, lesson.name, lesson.kind, meter.whole(lesson.code), earned.get(lesson.code), lesson.length_minutes)
        for lesson in lessons_of(world).values()
    )
    declared = r.all(
        "select fact, lesson, day, minutes, state, reason, evidence from declarations where person = :person order by day, fact",
        person=person.person,
    )
    issued = r.all(
        "select number, state, issued_on, activity from certificates where person = :person order by issued_on, edition",
        person=person.person,
    )
    names = {line.code: lesson_words(line.code, line.name) for line in lines}
    declarations = tuple(
        Declared(fact, lesson, names.get(lesson, lesson), *rest)
        for fact, lesson, rest in ((row[0], str(row[1]), row[2:]) for row in declared)
    )
    missing = hours.readiness.missing
    closing, closes, left = _closing(world, lines, (each.lesson for each in declarations if each.state == "waiting"), missing)
    return MyPage(
        person=person,
        unit=unit_name(world, person.home),
        camp=world.name,
        hours=hours,
        lessons=lines,
        declarations=declarations,
        certificates=tuple(
            CertificateLine(number, state, day, camp_words(world, camp), camp == world.activity)
            for number, state, day, camp in issued
        ),
        platform_certificates=platform_certificates(r, person.person),
        may_declare=world.rules[People].declarations != "off",
        consent_withdrawn_on=r.value("select withdrawn_on from consents where person = :person", person=person.person) or "",
        closing=closing,
        closes=closes,
        waits_alone=missing > 0 >= left,
    )


def lesson_words(code: str, name: str) -> str:
    """A lesson as its learner reads it: code and name."""
    return f"{code} {name}" if name else code


def said_of(r: Reader, world: World, person: Person, fact: str) -> tuple[str, str]:
    """State of a declaration of this person, and its lesson in words; "withdrawn" for one taken back, "" for none of theirs."""
    said = {each.chain: each for each in ledger.of_subjects(r, [subject("person", person.person)], {"mark_declared"})}.get(fact)
    if said is None:
        return "", ""
    row = declaration_of(r, fact)
    code = row[1] if row else str(json.loads(said.body)["lesson"]) if said.body else ""
    lesson = lessons_of(world).get(code)
    return row[4] if row else "withdrawn", lesson_words(code, lesson.name if lesson else "")
