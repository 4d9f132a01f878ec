"""Who has which duty: of one person, and in one activity as far as its people are somebody's to see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from campmgr.accounts.queries import Account, is_theirs, unit_name
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.facts.activities import Activity
from campmgr.facts.catalogue import Catalogue
from campmgr.facts.world import World
from campmgr.store.door import Reader, Row

COMMON = ("联络员", "专家")
"""Duties of every sort of activity; each sort names more of its own."""


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty: whose, in which activity (its name, what names it in an address), for which unit, from when, until when; `name` is
    已删除 for somebody erased; `words`: how it stands today.
    """

    person: str
    name: str
    activity: str
    address: str
    duty: str
    unit: str
    from_on: str
    until_on: str
    state: str
    reason: str
    words: str

    @property
    def goes_on(self) -> bool:
        """Whether it can still be ended."""
        return self.state == "given"


def words_for(every: Catalogue, activity: Activity) -> tuple[str, ...]:
    """The duties that an activity of its sort knows."""
    sort = every.sorts.get(activity.sort)
    return (*(sort.duties if sort else ()), *COMMON)


_ROWS = "select person, activity, duty, unit, from_on, until_on, state, ended_on, reason from duties"


def has_duty(r: Reader, person: str, activity: str, duty: str) -> bool:
    """Whether somebody has a duty that goes on."""
    sql = "select 1 from duties where person = :person and activity = :activity and duty = :duty and state = 'given'"
    return r.one(sql, person=person, activity=activity, duty=duty) is not None


def duties_of(r: Reader, world: World, person: str, today: str) -> tuple[DutyLine, ...]:
    """All duties of one person, those that go on first."""
    rows = r.all(f"{_ROWS} where person = :person order by from_on, activity, duty, fact", person=person)
    lines = _lines(r, world, rows, today)
    return (*(each for each in lines if each.goes_on), *(each for each in lines if not each.goes_on))


def duties_in(r: Reader, world: World, activity: Activity, today: str, account: Account | None = None) -> tuple[DutyLine, ...]:
    """The duties in an activity, by duty; with an account only of people at home in its units."""
    rows = r.all(f"{_ROWS} where activity = :activity order by duty, state, from_on, person, fact", activity=activity.id)
    if account is not None:
        people, units = people_by_id(r, {row[0] for row in rows}), world.tree.units
        theirs = {key for key, who in people.items() if who.home in units and is_theirs(world, account, units[who.home])}
        rows = [row for row in rows if row[0] in theirs]
    return _lines(r, world, rows, today)


def _lines(r: Reader, world: World, rows: Iterable[Row], today: str) -> tuple[DutyLine, ...]:
    rows = list(rows)
    people = people_by_id(r, {row[0] for row in rows})
    return tuple(_line(world, people[row[0]].shown_name if row[0] in people else "", row, today) for row in rows)


def _line(world: World, name: str, row: Row, today: str) -> DutyLine:
    person, activity, duty, unit, from_on, until_on, state, ended_on, reason = row
    known = world.activities.get(activity)
    return DutyLine(
        person,
        name,
        known.name if known else "未知活动",
        world.activities.address(known) if known else "",
        duty,
        unit_name(world, unit),
        from_on,
        ended_on or until_on,
        state,
        reason,
        _words("given", from_on, ended_on, today)
        if state == "ended" and today < ended_on
        else _words(state, from_on, until_on, today),
    )


def _words(state: str, from_on: str, until_on: str, today: str) -> str:
    if state != "given":
        return {"ended": "已结束", "followed": "已变更", "erased": "个人信息已删除"}[state]
    return "未开始" if today < from_on else "已到期" if until_on and until_on < today else "在任"
