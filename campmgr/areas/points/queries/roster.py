"""The correspondents of units: who has the duty, from when to when; which unit has handed in none by the day it was due."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.points.queries.items import ItemLine
from campmgr.areas.points.queries.rows import RowUnit, rows_of
from campmgr.areas.points.queries.tasks import UnitTask
from campmgr.areas.points.rules.passing import host_stage
from campmgr.areas.points.settings import Due, Passing
from campmgr.clock import later
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.store.door import Reader

DUTY = "宣传员"


class Correspondent(NamedTuple):
    """Somebody with the duty, for which unit, from when to when ("" where it goes on); 已删除 for somebody erased.

    `agreed`: which posts have agreed to somebody who was proposed on a page (None: the list came in signed), whom they follow
    (`follows`: a person's id, "" for nobody).
    """

    person: str
    unit: str
    name: str
    post: str
    phone: str
    note: str
    from_on: str
    until_on: str
    agreed: tuple[str, ...] | None = None
    follows: str = ""

    def waits_for(self, posts: Sequence[str]) -> tuple[str, ...]:
        """The posts that have not agreed yet to somebody who was proposed."""
        return () if self.until_on else self.lacks(posts)

    def lacks(self, posts: Sequence[str]) -> tuple[str, ...]:
        """The posts that have not agreed: whoever lacks one never was the correspondent."""
        return () if self.agreed is None else tuple(post for post in posts if post not in self.agreed)


class UnitRoster(NamedTuple):
    """A unit, its correspondents, who was proposed and waits for which posts; `overdue`: the list was due, and there is nobody."""

    row: RowUnit
    correspondents: tuple[Correspondent, ...]
    proposed: tuple[tuple[Correspondent, tuple[str, ...]], ...]
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
        if state == "followed" and until <= from_on:
            continue  # the same was said anew
        name, phone = (who.shown_name, who.phone) if who else ("", "")
        agreed = tuple(map(str, told["agreed"])) if isinstance(told.get("agreed"), list) else None
        found.append(Correspondent(person, of, name, str(told.get("post", "")), phone, full, from_on, until, agreed,
                                   str(told.get("follows", ""))))  # fmt: skip
    return tuple(found)


def unit_rosters(r: Reader, world: World, activity: Activity, today: str) -> tuple[UnitRoster, ...]:
    """Every unit with its correspondents."""
    every, due = correspondents_of(r, activity), last_day(activity.rules[Due], activity.rules[Due].roster_on)
    posts = agreeing(activity)
    return tuple(_unit(row, every, posts, overdue=bool(due) and today > due) for row in rows_of(r, world, activity))


def agreeing(activity: Activity) -> tuple[str, ...]:
    """The posts of a unit that agree to a correspondent: all that look at its items before the host does."""
    passing = activity.rules[Passing]
    return passing.stages[: host_stage(passing) - 1] if host_stage(passing) else passing.stages


def _unit(row: RowUnit, every: tuple[Correspondent, ...], posts: Sequence[str], *, overdue: bool) -> UnitRoster:
    mine = [each for each in every if each.unit == row.unit.unit]
    own = tuple(each for each in mine if not each.lacks(posts))
    proposed = tuple((each, waits) for each in mine if (waits := each.waits_for(posts)))
    return UnitRoster(row, own, proposed, overdue and not own)


def last_day(due: Due, day: str) -> str:
    """The last day in time of something due 某日前; "" for none."""
    return later(day, -1) if day and due.before == "excluded" else day


def handed_over_words(unit: str, items: Iterable[ItemLine], tasks: Iterable[UnitTask], passing: Passing) -> str:
    """What one correspondent hands over to the next, as text to paste."""
    told = [f"{line.sort} {line.title}（{line.waits_for(passing)}）" for line in items]
    owed = [f"{each.line.period.words}：{each.line.sort} {each.line.done}/{each.line.due}" for each in tasks]
    parts = [f"{unit}宣传员交接清单", f"没有办完的稿件 {len(told)} 篇", *told, f"还没有完成的任务 {len(owed)} 项", *owed]
    return "\n".join(parts)
