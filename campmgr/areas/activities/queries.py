"""What pages and commands show of activities: whose they are, who may run them, what is open and what is settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from campmgr.facts.activities import SEATS, Activity
from campmgr.facts.area import Remark
from campmgr.facts.catalogue import catalogue
from campmgr.facts.finding import shown_code
from campmgr.facts.world import World
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity as it is listed: `sort` and `seat` in words, the host's name, what names it in an address; `is_past_camp`:
    whether another camp has followed it.
    """

    activity: Activity
    address: str
    sort: str
    seat: str
    host: str
    host_code: str
    is_going_on: bool
    is_past_camp: bool

    @property
    def words(self) -> str:
        """How it stands, in Chinese."""
        return "进行中" if self.is_going_on else "已结束" if self.activity.closed else "往届"


def line_of(r: Reader, world: World, activity: Activity) -> ActivityLine:
    """One activity, with what stands around it in words."""
    sort, host = catalogue(r).sorts.get(activity.sort), world.tree.units.get(activity.host)
    return ActivityLine(
        activity,
        world.activities.address(activity),
        sort.title if sort else activity.sort,
        SEATS.get(activity.seat, activity.seat),
        host.name if host else "未知单位",
        shown_code(world, activity.host),
        activity in world.activities.going_on(),
        world.activities.is_earlier_camp(activity),
    )


def lines_of(r: Reader, world: World) -> Iterator[ActivityLine]:
    """Every activity, in the order in which they were opened."""
    return (line_of(r, world, each) for each in world.activities.values())


def still_open(r: Reader, world: World, activity: Activity) -> tuple[Remark, ...]:
    """What would be left undone if the activity were closed now, as its areas tell."""
    return _remarks(r, world, activity, "unfinished")


def settled(r: Reader, world: World, activity: Activity) -> tuple[Remark, ...]:
    """What no longer changes whatever its rules say, as its areas tell."""
    return _remarks(r, world, activity, "frozen")


def _remarks(r: Reader, world: World, activity: Activity, what: str) -> tuple[Remark, ...]:
    return tuple(
        each for area, told in catalogue(r).named(what) if area.sort == activity.sort for each in told(r, world, activity)
        if each.count
    )  # fmt: skip


class UnheardWords(NamedTuple):
    """What was said in a unit's scope in an activity and counts for nothing, since whoever said it may not: (word, subject, fact)
    each, and the day of the first.
    """

    activity: str
    unit: str
    words: list[tuple[str, str, str]]
    since: str


def unheard_words(r: Reader) -> Iterator[UnheardWords]:
    """Those of every activity and unit, in one order on every laptop (docs/ledger.md#seats)."""
    rows = r.all("select activity, unit, word, subject, fact, said_on from ruled_words where tells = 1 order by 1, 2, 3, 4, 5")
    for (activity, unit), some in groupby(rows, key=lambda row: (row[0], row[1])):
        told = list(some)
        yield UnheardWords(activity, unit, [(row[2], row[3], row[4]) for row in told], min(row[5] for row in told))
