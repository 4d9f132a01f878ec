"""The camp that everything is measured with: made of a seed, the same in every run, in any size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

from campmgr.areas.camp.actions import open_camp
from campmgr.areas.certificates.actions.issuing import issue_draft
from campmgr.areas.hours.actions.lessons import lesson_draft
from campmgr.areas.hours.actions.marks import MarkRow, mark_draft
from campmgr.areas.hours.rules.credit import credit
from campmgr.areas.hours.rules.lesson import Lesson, Mark
from campmgr.areas.people.actions.people import Registration, membership_draft, register_drafts
from campmgr.areas.units.actions.units import UnitRow, added_draft
from campmgr.areas.units.settings import OUTSIDE, PARTICIPANT_KINDS
from campmgr.areas.whole import CATALOGUE
from campmgr.areas.works.actions.works import Reading, reading_draft, work_draft
from campmgr.areas.works.rules.work import Work, work_id
from campmgr.clock import FixedClock
from campmgr.facts import world as worlds
from campmgr.facts.saying import Speech
from campmgr.ids import born_in
from campmgr.ledger.envelope import Draft, subject
from campmgr.settings.rules import Rules
from campmgr.store.door import Reader, Store, Writer

PRESET = "escape-drill-2023"
NOW = "2023-07-15T10:00:00"
JOINED_ON, CERTIFIED_ON = "2023-06-01", "2023-07-05"
PEOPLE_PER_SCHOOL = 200
MARKS = 10
"""Marks of each person."""

READ_AT = ("2023-06-20T04:00:00Z", "2023-06-24T04:00:00Z", "2023-06-28T04:00:00Z")
RUN = 2000

LESSONS = tuple(Lesson(f"L{n:02d}", f"第{n}课", 100, 60, "科普视频", "") for n in range(1, 13))


class MadeCourse(NamedTuple):
    """What somebody did: marks, and the day of the sign-in or ""."""

    marks: tuple[MarkRow, ...]
    signed_in_on: str


class MadeWork(NamedTuple):
    """A work, and its likes at each of `READ_AT`."""

    work: Work
    likes: tuple[int, ...]


class MadePerson(NamedTuple):
    """Somebody, and everything they did."""

    person: str
    who: Registration
    member_of: str
    course: MadeCourse
    work: MadeWork | None


def _course(dice: Random) -> MadeCourse:
    lessons = dice.sample(LESSONS, MARKS)
    days = sorted(f"2023-06-{dice.randint(1, 30):02d}" for _ in lessons)
    minutes = [None if dice.random() < 0.6 else dice.randint(10, 60) for _ in lessons]
    marks = (MarkRow(day, lesson=lesson.code, minutes=each) for day, lesson, each in zip(days, lessons, minutes, strict=True))
    return MadeCourse(tuple(marks), days[3] if dice.random() < 0.7 else "")


_dice = Random(20230531)
COURSES = tuple(_course(_dice) for _ in range(100))


_COUNTIES = {
    "3501": "02 03 04 05 11 12 21 22 23 24 25 81", "3502": "03 05 06 11 12 13", "3503": "02 03 04 05 22",
    "3504": "04 05 21 23 24 25 26 28 29 30 81", "3505": "02 03 04 05 21 24 25 26 27 81 82 83",
    "3506": "02 03 04 05 22 23 24 26 27 28 29", "3507": "02 03 21 22 23 24 25 81 82 83",
    "3508": "02 03 21 23 24 25 81", "3509": "02 21 22 23 24 25 26 81 82",
}  # fmt: skip


def homes(count: int, units: int = 0) -> list[UnitRow]:
    """The units that so many people are at home in: their schools, or so many units of every sort."""
    return [_wide(n, -(-count // units)) for n in range(units)] if units else schools(count)


def _wide(n: int, people: int) -> UnitRow:
    """One of many units all over the province: of ten, six are schools of any county and one of 鼓楼, which so has very many; the
    others are a community, a federation below a city's and an office.
    """
    counties = [city + county for city, some in _COUNTIES.items() for county in some.split()]
    sort = n % 10
    county = "350102" if sort == 6 else counties[(n // 10 * 7 + sort) % len(counties)]
    match sort:
        case 7:
            return UnitRow(f"{county}C{n:05d}", f"第{n}社区", county, "社区", "社区", people)
        case 8:
            return UnitRow(f"{county}F{n:05d}", f"第{n}妇联", f"{county[:4]}-FL", "妇联", "妇联", people)
        case 9:
            return UnitRow(f"{county}O{n:05d}", f"第{n}办公室", f"{county[:4]}-YJ", "机关", "应急", people)
        case _:
            return UnitRow(f"{county}S{n:05d}", f"第{n}学校", county, "学校", "教育", people)


def schools(count: int) -> list[UnitRow]:
    """The schools of that many people, spread over the counties of 福州 and 厦门."""
    counties = [f"3501{n:02d}" for n in (2, 3, 4, 5, 11)] + [f"3502{n:02d}" for n in (3, 5, 6, 11, 12, 13)]
    places = range(max(count // PEOPLE_PER_SCHOOL, 10))
    return [_school(counties[n % 11], n) for n in places]


def _school(county: str, n: int) -> UnitRow:
    return UnitRow(f"{county}S{n:05d}", f"第{n}学校", county, "学校", "教育", PEOPLE_PER_SCHOOL)


def units_by_code(r: Reader) -> dict[str, str]:
    """The ids of a camp's units."""
    return dict(r.all("select code, unit from units"))


def made_people(count: int, units: Mapping[str, str] | None = None, wide: int = 0) -> Iterator[MadePerson]:
    """That many people, unit after unit; their ids lie as they would with hashes.

    `units`: the ids of the camp they are for; without, their units stand there by their codes. `wide`: how many units, as in
    `homes`.
    """
    dice, places = Random(count), homes(count, wide)
    each = -(-count // len(places))
    step = (1 << 128) // (each * len(places) + 1)
    kinds = [kind for kind in PARTICIPANT_KINDS.words if kind != OUTSIDE]
    for n in range(count):
        school, seat = divmod(n, each)
        home = places[school].code
        kind = kinds[int(dice.random() * len(kinds))]
        who = Registration(
            _id(home, units), f"人{n % 90_000:05d}", f"N{n:08d}", f"三年级{seat // 40 + 1}班", f"138{n:08d}", kind, guardian=True
        )
        member_of = _id(home[:4] + "-FL", units) if dice.random() < 0.1 and places[school].line != "妇联" else ""
        course = COURSES[int(dice.random() * len(COURSES))]
        work = _work(n, dice) if dice.random() < 0.125 else None
        person = born_in(who.unit, f"{(seat * len(places) + school + 1) * step:032x}")
        yield MadePerson(person, who, member_of, course, work)


def _id(code: str, units: Mapping[str, str] | None) -> str:
    return units[code] if units else code


def _work(n: int, dice: Random) -> MadeWork:
    likes = [int(50 / (dice.random() + 0.0001))]
    for _ in READ_AT[1:]:
        likes.append(likes[-1] + dice.randint(0, 300))
    link = f"video.example/v/{n}"
    work = Work(f"作品{n}", link, account="个人号", published_on=f"2023-06-{dice.randint(1, 18):02d}")
    return MadeWork(work, tuple(likes))


def open_made(path: Path, count: int, wide: int = 0) -> Store:
    """A camp with the units and lessons for that many people, and nobody in it."""
    store = open_camp(path, PRESET, CATALOGUE, FixedClock(NOW))
    with store.writing() as w:
        world = worlds.load(w)
        ids = units_by_code(w)
        say_all(
            w,
            [
                *(added_draft(world, row, ids[row.parent]) for row in homes(count, wide)),
                *(lesson_draft(lesson) for lesson in LESSONS),
            ],
        )
    return store


def say_all(w: Writer, drafts: Iterable[Draft]) -> None:
    """Say any number of drafts in runs, as an import does, and fold once."""
    speech = Speech(w)
    waiting = iter(drafts)
    while run := list(islice(waiting, RUN)):
        speech.say(run)
    speech.finish()


def joining(one: MadePerson) -> list[Draft]:
    """What registers somebody, with their second membership."""
    drafts = register_drafts(one.person, one.who)
    if one.member_of:
        drafts.append(membership_draft(one.person, one.who.unit, one.member_of))
    return [draft._replace(happened_on=JOINED_ON) for draft in drafts]


def learning(one: MadePerson) -> list[Draft]:
    """What marks somebody's lessons and sign-in."""
    place, about = one.who.unit, subject("person", one.person)
    drafts = [mark_draft(place, about, mark) for mark in one.course.marks]
    if one.course.signed_in_on:
        drafts.append(mark_draft(place, about, MarkRow(one.course.signed_in_on, condition="sign_in")))
    return drafts


def publishing(campaign: str, one: MadePerson) -> list[Draft]:
    """What registers somebody's work and its like counts."""
    if one.work is None:
        return []
    work, place, key = one.work.work, one.who.unit, work_id(campaign, one.work.work)
    readings = [Reading(at, likes) for at, likes in zip(READ_AT, one.work.likes, strict=True)]
    registered = work_draft(campaign, work, one.person, one.who.unit, work.published_on)
    return [registered, *(reading_draft(place, key, reading) for reading in readings)]


def earnings(rules: Rules) -> dict[MadeCourse, int]:
    """The hundredths of a class-hour that each of the courses earns."""
    lessons = {lesson.code: lesson for lesson in LESSONS}
    marks = {course: [Mark("", each.lesson, each.day, each.minutes, each.source) for each in course.marks] for course in COURSES}
    return {course: credit(rules, lessons, some).total for course, some in marks.items()}


def certifying(campaign: str, one: MadePerson, credited: int, required: int) -> list[Draft]:
    """What gives somebody their certificate, where the hours and the sign-in are there."""
    if credited < required or not one.course.signed_in_on:
        return []
    return [issue_draft(campaign, "", one.person, one.who.unit, 1, credited, CERTIFIED_ON, "")]
