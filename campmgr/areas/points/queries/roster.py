"""The correspondents of units: who has the duty, from when to when; which unit has handed in none by the day it was due."""

from __future__ import annotations

import json
from typing import NamedTuple

from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.points.queries.rows import RowUnit, rows_of
from campmgr.areas.points.settings import Due
from campmgr.clock import later
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.store.door import Reader

DUTY = "宣传员"


class Correspondent(NamedTuple):
    """Somebody with the duty, for which unit, from when to when ("" where it goes on); 已删除 for somebody erased."""

    person: str
    unit: str
    name: str
    post: str
    phone: str
    note: str
    from_on: str
    until_on: str


class UnitRoster(NamedTuple):
    """A unit and its correspondents; `overdue`: the list was due, and there is nobody."""

    row: RowUnit
    correspondents: tuple[Correspondent, ...]
    overdue: bool


def correspondents_of(r: Reader, activity: Activity, unit: str = "") -> tuple[Correspondent, ...]:
    """The correspondents of an activity, of one unit where it is named, former ones too."""
    sql = """select person, unit, from_on, until_on, state, ended_on, more from duties
             where activity = :activity and duty = :duty order by unit, from_on, person"""
    rows = [row for row in r.all(sql, activity=activity.id, duty=DUTY) if unit in {"", row[1]}]
    people = people_by_id(r, {row[0] for row in rows})
    found: list[Correspondent] = []
    for person, of, from_on, until_on, state, ended_on, more in rows:
        who, told = people.get(person), json.loads(more)
        full = {True: "专职", False: "兼职"}.get(told.get("full_time"), "")
        until = ended_on if state != "given" else until_on
        name, phone = (who.shown_name, who.phone) if who else ("", "")
        found.append(Correspondent(person, of, name, str(told.get("post", "")), phone, full, from_on, until))
    return tuple(found)


def unit_rosters(r: Reader, world: World, activity: Activity, today: str) -> tuple[UnitRoster, ...]:
    """Every unit with its correspondents."""
    every, due = correspondents_of(r, activity), last_day(activity.rules[Due], activity.rules[Due].roster_on)
    return tuple(_unit(row, every, overdue=bool(due) and today > due) for row in rows_of(r, world, activity))


def _unit(row: RowUnit, every: tuple[Correspondent, ...], *, overdue: bool) -> UnitRoster:
    own = tuple(each for each in every if each.unit == row.unit.unit)
    return UnitRoster(row, own, overdue and not own)


def last_day(due: Due, day: str) -> str:
    """The last day in time of something due 某日前; "" for none."""
    return later(day, -1) if day and due.before == "excluded" else day
