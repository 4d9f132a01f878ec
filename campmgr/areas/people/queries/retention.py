"""Whose details are still held when the day until which they are kept has passed, and what was erased for that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from campmgr.accounts.queries import actors, unit_name
from campmgr.areas.people.queries.class_sums import held_by_home
from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.areas.people.settings import People
from campmgr.clock import minute_text, today_of
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ids import hash_id
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER


@dataclass(frozen=True, slots=True)
class RetainedUnit:
    """A unit with all below it: how many people's details are held, of how many of them with a guardian's consent."""

    name: str
    people: int
    minors: int


@dataclass(frozen=True, slots=True)
class Retention:
    """Whose details are to go. `until`: the last day they are kept, "" for none; `elsewhere`: how many are held of whom this data
    file may not write; `done`: who erased how many for this day already, and when, "" for nobody; `waiting`: how many may have a
    certificate and hold none, `certified`: how many hold one.
    """

    until: str
    is_due: bool
    units: tuple[RetainedUnit, ...]
    elsewhere: int
    done: str
    waiting: int = 0
    certified: int = 0

    @property
    def people(self) -> int:
        """How many people it is about."""
        return sum(each.people for each in self.units)


_SOME = "select person from people where erased = 0 and home in (:keys) order by person limit :most"


_CERTIFICATES = "select ready, certified from unit_totals where unit = :unit and line = ''"


def retention(r: Reader, world: World, top: Unit) -> Retention:
    """What pressing would erase, by the units right below one."""
    until = world.rules[People].keep_until
    may = may_erase(r, world)
    below: dict[str, tuple[int, int]] = {}
    elsewhere = 0
    for home, people, minors in held_by_home(r):
        if not may(home):
            elsewhere += people
            continue
        key = _right_below(world, top, home)
        before = below.get(key, (0, 0))
        below[key] = before[0] + people, before[1] + minors
    units = tuple(RetainedUnit(unit_name(world, key), *below[key]) for key in sorted(below, key=lambda key: _place(world, key)))
    ready, certified = r.one(_CERTIFICATES, unit=top.unit) or (0, 0)
    return Retention(until, bool(until) and today_of(r.clock) > until, units, elsewhere, _done(r, until) if until else "",
                     max(0, ready - certified), certified)  # fmt: skip


def may_erase(r: Reader, world: World) -> Callable[[str], bool]:
    """Whether this data file may erase the people of a unit."""
    writer = r.meta(WRITER)
    return lambda home: world.trust.covers_people(writer, home)


def next_retained(r: Reader, world: World, most: int) -> Sequence[Person]:
    """The next people whose details go."""
    may = may_erase(r, world)
    homes = [home for home, *_ in held_by_home(r) if may(home)]
    found = sorted(row[0] for row in r.among(_SOME, homes, most=most))[:most]
    return tuple(people_by_id(r, found).values())


def batch_of_retention(r: Reader, until: str) -> str:
    """As which batch the details kept until a day are erased, on whatever node."""
    return hash_id(r.meta("campaign"), "retention", until)


def _right_below(world: World, top: Unit, home: str) -> str:
    """The unit right below one under which a home stands; itself for whoever is at home in it."""
    unit = world.tree.units.get(home)
    while unit is not None and unit.parent and top.unit not in {unit.parent, unit.unit}:
        unit = world.tree.units.get(unit.parent)
    return unit.unit if unit else home


def _place(world: World, unit: str) -> tuple[bool, str]:
    """In the order of the tree, what is unknown last."""
    known = world.tree.units.get(unit)
    return known is None, known.place if known else ""


def _done(r: Reader, until: str) -> str:
    sql = """select count(distinct subject), max(recorded_at), max(actor) from facts
             where batch = :batch and kind = 'person_erased'"""
    people, at, actor = r.one(sql, batch=batch_of_retention(r, until)) or (0, "", "")
    if not people:
        return ""
    who = actors(r).get(actor, "另一台电脑上的账号") if actor else "命令行"
    return f"{minute_text(at)} 由{who}删除了 {people} 人的个人信息"
