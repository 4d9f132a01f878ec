"""One person: hours with reasons, marks, conditions, certificates, history; and who is behind in a unit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from campmgr.areas.certificates.queries.camps import camp_words
from campmgr.areas.certificates.queries.certificates import PlatformCertificate, platform_certificates
from campmgr.areas.hours.rules.credit import Credit, credit
from campmgr.areas.hours.rules.doubts import MATTERS, about, doubt_sentence
from campmgr.areas.hours.rules.lesson import Mark
from campmgr.areas.hours.rules.readiness import Readiness, readiness
from campmgr.areas.hours.settings import Completion
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.fold.people import IS_HERE
from campmgr.areas.people.queries.finding import Person, find_person, people_by_id
from campmgr.areas.units.settings import OUTSIDE
from campmgr.clock import local_text
from campmgr.facts.batches import withdrawals_of
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.world import World
from campmgr.ledger.envelope import subject
from campmgr.ledger.order import ReadFact, read_facts, standing
from campmgr.store import ledger
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class OpenDoubt:
    """A doubt about marks that nobody has settled: `about` is the fact or the day, `lesson` its lesson or ""; `case` its name."""

    about: str
    lesson: str
    sentence: str
    case: str


@dataclass(frozen=True, slots=True)
class PersonHours:
    """A person's hours: what counted, lesson by lesson with reasons, and what is missing."""

    person: Person
    credit: Credit
    readiness: Readiness
    signed_in: bool
    marks: tuple[Mark, ...] = ()
    doubts: tuple[OpenDoubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A lesson that did not count in full, and why."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One line of a person's history: a fact, and whether it stands."""

    fact: str
    kind: str
    happened_on: str
    recorded_at: str
    scope: str
    writer: str
    actor: str
    batch: str
    body: Mapping[str, object]
    stands: bool


class HeldLine(NamedTuple):
    """A certificate: number, state, day of issue; `camp`: which it is of, "" where there is but one; whether that is going on."""

    number: str
    state: str
    issued_on: str
    camp: str
    is_present: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything recorded about a person."""

    hours: PersonHours
    memberships: tuple[str, ...]
    same_as: tuple[str, ...]
    conditions: tuple[tuple[str, str], ...]
    certificates: tuple[HeldLine, ...]
    platform_certificates: tuple[PlatformCertificate, ...]
    history: tuple[HistoryEvent, ...]


@dataclass(frozen=True, slots=True)
class BehindRow:
    """Somebody who joined and is not ready: hours earned and missing, in hundredths."""

    person: Person
    credited: int
    missing: int
    signed_in: bool


def shortfalls(hours: PersonHours) -> tuple[Shortfall, ...]:
    """Why a person's hours are not more, lesson by lesson; what was merely watched longer than it is long takes nothing away."""
    return tuple(
        Shortfall(each.lesson, reason.sentence)
        for each in hours.credit.lessons
        for reason in each.because
        if reason.code != "over_length"
    )


def hours_of(r: Reader, world: World, person: Person) -> PersonHours:
    """The hours of one person with every reason (F-19)."""
    rows = r.all("select fact, lesson, day, minutes, source from marks where person = :person order by day, fact",
                 person=person.person)  # fmt: skip
    marks = tuple(Mark(*row) for row in rows)
    earned = credit(world.rules, lessons_of(world), marks)
    conditions = {row[0] for row in r.all("select condition from conditions where person = :person", person=person.person)}
    ready = readiness(world.rules, earned.total, conditions)
    return PersonHours(person, earned, ready, "sign_in" in conditions, marks, _open_doubts(r, person, marks))


def _open_doubts(r: Reader, person: Person, marks: Iterable[Mark]) -> tuple[OpenDoubt, ...]:
    rows = r.all("select matter, detail from review where subject = :subject order by matter, detail",
                 subject=subject("person", person.person))  # fmt: skip
    lessons = {mark.fact: mark.lesson for mark in marks} if rows else {}
    found = [(matter, detail, json.loads(detail)) for matter, detail in rows if matter in MATTERS]
    return tuple(OpenDoubt(about(told), lessons.get(about(told), ""), doubt_sentence(matter, told), f"{matter}:{detail}")
                 for matter, detail, told in found)  # fmt: skip


def person_page(r: Reader, world: World, text: str) -> PersonPage:
    """The page of the person a code or 编号 means. Raises NotFound, BadInput."""
    return page_of(r, world, find_person(r, text))


def page_of(r: Reader, world: World, person: Person) -> PersonPage:
    """The page of a person."""
    key = person.person
    same_as = [row[0] for row in r.all("select person from aliases where stands_for = :person order by person", person=key)]
    return PersonPage(
        hours=hours_of(r, world, person),
        memberships=tuple(row[0] for row in r.all("select unit from memberships where person = :person order by unit", person=key)),
        same_as=tuple(same_as),
        conditions=tuple((row[0], row[1]) for row in r.all(
            "select condition, day from conditions where person = :person order by day, condition", person=key)),
        certificates=tuple(HeldLine(row[0], row[1], row[2], camp_words(world, row[3]), row[3] == world.activity) for row in r.all(
            "select number, state, issued_on, activity from certificates where person = :person order by issued_on, edition",
            person=key)),
        platform_certificates=platform_certificates(r, key),
        history=_history(r, [key, *same_as]),
    )  # fmt: skip


def _history(r: Reader, people: list[str]) -> tuple[HistoryEvent, ...]:
    told = read_facts(kinds_of(r), ledger.of_subjects(r, (subject("person", person) for person in people)))
    stands = {one.id: one.body for one in standing(told, withdrawals_of(r, [told]))}
    return tuple(_event(one, stands.get(one.id) == one.body) for one in told)  # of some only a part stands


def _event(one: ReadFact, stands: bool) -> HistoryEvent:  # noqa: FBT001 - built in one place
    fact = one.fact
    return HistoryEvent(fact.chain, fact.kind, fact.happened_on, local_text(fact.recorded_at), fact.scope, fact.writer, fact.actor,
                 fact.batch or "", one.body, stands)  # fmt: skip


_BEHIND = f"""
    select p.person, p.credited, p.signed_in from units u join people p on p.home = u.unit
    where u.path >= :path and u.path < :end and (:line = '' or u.line = :line) and p.ready = 0 and p.kind <> :outside
        and {IS_HERE}
    union
    select p.person, p.credited, p.signed_in from units u join memberships m on m.unit = u.unit join people p on p.person = m.person
    where u.path >= :path and u.path < :end and (:line = '' or u.line = :line) and p.ready = 0 and p.kind <> :outside
        and {IS_HERE}
    order by 2, 1"""  # noqa: S608 - our own words


def behind(r: Reader, world: World, unit: str, line: str = "") -> tuple[BehindRow, ...]:
    """Who joined in a unit or below it and is not ready yet, the furthest behind first; with a line, in that line's units."""
    required = world.rules[Completion].required_hundredths
    path = world.tree.units[unit].path
    rows = r.all(_BEHIND, path=path, end=path[:-1] + "0", outside=OUTSIDE, line=line)  # "0" comes right after "/"
    people = people_by_id(r, (row[0] for row in rows))
    return tuple(BehindRow(people[key], credited, max(0, required - credited), bool(signed)) for key, credited, signed in rows)
