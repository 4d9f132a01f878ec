"""The made-up camp as chapters: on which day what was recorded, in the order in which a camp would have recorded it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from campmgr.areas.hours.actions.lessons import lesson_draft
from campmgr.areas.hours.actions.marks import mark_draft
from campmgr.areas.people.actions.people import Registration, membership_draft, register_drafts
from campmgr.areas.units.actions.units import added_draft
from campmgr.areas.works.actions.works import reading_draft, work_draft
from campmgr.areas.works.rules.work import work_id
from campmgr.demo.lessons import LESSONS
from campmgr.demo.people import JOINING_DAYS, Someone
from campmgr.demo.places import DemoPlace
from campmgr.demo.study import MadeStudy
from campmgr.demo.works import READ_AT, MadeWork
from campmgr.facts.world import World
from campmgr.ids import born_in, hash_id
from campmgr.ledger.envelope import Draft, subject

_HALVES = ("2023-06-15", "2023-06-30")
"""The days on whose evening the marks of the last half month were recorded; more often only takes longer to build."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is recorded at once: when (China time), and the drafts, given the world of then and the batch they go into.

    `is_ground`: the others look for it in their world.
    """

    at: str
    name: str
    tell: Callable[[World, str], Iterable[Draft]]
    is_ground: bool = False


def chapters(homes: Sequence[DemoPlace], studies: Sequence[MadeStudy], outside: Sequence[Registration], works: Sequence[MadeWork],
             authors: Sequence[int]) -> list[Chapter]:  # fmt: skip
    """The whole story in order of time. `authors` are places in `studies`; behind them, works count on through `outside`."""
    everyone = [study.someone for study in studies]
    inside = [everyone[at].who for at in authors]
    found = [
        Chapter("2023-05-26T10:00", "units", partial(_units, homes), is_ground=True),
        Chapter("2023-05-26T11:00", "lessons", _lessons, is_ground=True),
        *(Chapter(f"{day}T16:00", f"people {day}", partial(_people, [one for one in everyone if one.joined_on == day]))
          for day in JOINING_DAYS),
        *(Chapter(f"{upto}T20:00", f"marks {upto}", partial(_marks, studies, after, upto))
          for after, upto in zip(("", *_HALVES), _HALVES, strict=False)),
        Chapter(f"{READ_AT[0]}:00", "works", partial(_works, inside, outside, works)),
        *(Chapter(f"{read_at}:30", f"likes {read_at}", partial(_likes, inside, outside, works, at))
          for at, read_at in enumerate(READ_AT)),
    ]  # fmt: skip
    return sorted(found, key=lambda chapter: chapter.at)


def _units(homes: Sequence[DemoPlace], world: World, batch: str) -> Iterator[Draft]:
    return (added_draft(world, place.row, _unit(world, place.row.parent), batch) for place in homes if place.row)


def _unit(world: World, code: str) -> str:
    """The id of a unit of the story, which knows them by their codes."""
    return world.tree.by_code[code][0].unit


def settled(world: World, who: Registration) -> tuple[str, Registration]:
    """The id of somebody of the story, and their words with the id of their unit."""
    home = _unit(world, who.unit)
    return born_in(home, hash_id(world.campaign, "demo", who.unit, who.number)), replace(who, unit=home)


def _lessons(_world: World, batch: str) -> Iterator[Draft]:
    return (lesson_draft(lesson, batch=batch) for lesson in LESSONS.values())


def _people(joining: Sequence[Someone], world: World, batch: str) -> Iterator[Draft]:
    for one in joining:
        person, who = settled(world, one.who)
        yield from register_drafts(person, who, batch)
        if one.second:
            yield membership_draft(person, who.unit, _unit(world, one.second), batch)


def _marks(studies: Sequence[MadeStudy], after: str, upto: str, world: World, batch: str) -> Iterator[Draft]:
    for study in studies:
        person, who = settled(world, study.someone.who)
        about = subject("person", person)
        for row in (*study.marks, *study.conditions):
            if after < row.day <= upto:
                yield mark_draft(who.unit, about, row, batch=batch)


def _works(
    inside: Sequence[Registration], outside: Sequence[Registration], works: Sequence[MadeWork], world: World, batch: str
) -> Iterator[Draft]:
    """Works, and before them those of their authors who never joined."""
    people = _authors(world, inside, outside)
    for (person, home), who in zip(people[len(inside) :], outside, strict=True):
        yield from register_drafts(person, replace(who, unit=home), batch)
    for each in works:
        person, home = people[each.author]
        yield work_draft(world.campaign, each.work, person, home, each.work.published_on, batch)


def _likes(
    inside: Sequence[Registration], outside: Sequence[Registration], works: Sequence[MadeWork], at: int, world: World, batch: str
) -> Iterator[Draft]:
    people = _authors(world, inside, outside)
    for each in works:
        yield reading_draft(people[each.author][1], work_id(world.campaign, each.work), each.readings[at], batch=batch)


def _authors(world: World, inside: Sequence[Registration], outside: Sequence[Registration]) -> list[tuple[str, str]]:
    """Id and home of every author; who never joined has no 编号, and gets an id from the place in the list."""
    people = [(person, who.unit) for person, who in (settled(world, who) for who in inside)]
    homes = [_unit(world, who.unit) for who in outside]
    return people + [(born_in(home, hash_id(world.campaign, "demo outside", at)), home) for at, home in enumerate(homes)]
