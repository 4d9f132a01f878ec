"""What is left before an activity is closed, and what no longer changes before its rules are amended."""

from __future__ import annotations

from collections.abc import Iterator

from campmgr.areas.points.queries.bulletins import bulletins_of
from campmgr.areas.points.queries.items import unsettled_count
from campmgr.areas.points.queries.noted import noted_count
from campmgr.areas.points.queries.table import unclassed_count
from campmgr.facts.activities import Activity
from campmgr.facts.area import Remark
from campmgr.facts.world import World
from campmgr.store.door import Reader


def unfinished(r: Reader, _: World, activity: Activity) -> Iterator[Remark]:
    """Items that nobody has passed, adoptions nobody has settled or matched, outlets nobody has classed."""
    waiting = r.value("select count(*) from items where activity = :activity and state <> 'passed'", activity=activity.id)
    yield Remark("没有审完的稿件", int(waiting or 0))
    yield Remark("没有核定的录用", unsettled_count(r, activity))
    yield Remark("媒体没有归类的录用", unclassed_count(r, activity))
    yield Remark("没有对上稿件的录用", noted_count(r, activity))


def frozen(r: Reader, _: World, activity: Activity) -> Iterator[Remark]:
    """Bulletins."""
    yield Remark("定稿的通报", len(bulletins_of(r, activity)))


def same_files(r: Reader) -> Iterator[tuple[str, str, list[str], str]]:
    """(Activity, unit, items, since) of items of one unit that bear the same file under several titles."""
    sql = """select activity, unit, sha256, min(sent_on) from items where sha256 <> ''
             group by activity, unit, sha256 having count(*) > 1 order by activity, unit, sha256"""
    for activity, unit, digest, since in r.all(sql):
        rows = r.all(
            "select item from items where activity = :activity and unit = :unit and sha256 = :digest order by item",
            activity=activity, unit=unit, digest=digest,
        )  # fmt: skip
        yield activity, unit, [row[0] for row in rows], since
