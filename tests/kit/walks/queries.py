"""The questions, and what an activity's closing and amending ask."""

from __future__ import annotations

from collections.abc import Iterator

from campmgr.facts.activities import Activity
from campmgr.facts.area import Remark
from campmgr.facts.world import World
from campmgr.store.door import Reader


def walks_of(r: Reader, activity: str) -> list[tuple[str, str, int, int]]:
    """Unit's code, place, minutes and whether it counts, of every round of an activity."""
    return [(code, place, minutes, counts) for code, place, minutes, counts in r.all(
        "select u.code, w.place, w.minutes, w.counts from walks w join units u on u.unit = w.unit where w.activity = :activity"
        " order by u.place, w.place", activity=activity)]  # fmt: skip


def unfinished(r: Reader, _: World, activity: Activity) -> Iterator[Remark]:
    """Rounds that are too short to count."""
    short = r.value("select count(*) from walks where activity = :activity and counts = 0", activity=activity.id)
    yield Remark("时间不够的巡查", int(short or 0))


def frozen(r: Reader, _: World, activity: Activity) -> Iterator[Remark]:
    """Rounds at a place called 已存档."""
    kept = r.value("select count(*) from walks where activity = :activity and place = '已存档'", activity=activity.id)
    yield Remark("已存档的巡查", int(kept or 0))
