"""Frozen bulletins: as they were frozen, amended and published, and whether all of that fits together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from campmgr.areas.points.fold.standings import bulletin_key
from campmgr.areas.points.queries.table import PointsTable, table_under
from campmgr.areas.points.rules.bulletin import BulletinChange, BulletinRow, Step, Unrolled, changes_between, unroll
from campmgr.errors import NotFound
from campmgr.facts.activities import Activity
from campmgr.facts.catalogue import catalogue
from campmgr.facts.world import World
from campmgr.periods.spans import Span, named
from campmgr.settings.rules import Rules
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class Amendment:
    """A numbered amendment: when, why, which rows."""

    step: Step
    said_on: str
    published: bool


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A bulletin. `content`: the whole body as frozen; `unrolled`: as it stands after its amendments."""

    number: int
    period: Span
    group: str
    at: str
    digest: str
    published: bool
    content: Mapping[str, Any]
    amendments: tuple[Amendment, ...]
    unrolled: Unrolled

    @property
    def is_whole(self) -> bool:
        """Whether every digest fits, and stands in public."""
        return self.unrolled.whole and self.published and all(each.published for each in self.amendments)


def bulletins_of(r: Reader, activity: Activity) -> tuple[Bulletin, ...]:
    """Every bulletin of an activity, by number."""
    sql = """select number, period, group_, at, digest, content, published from bulletins
             where activity = :activity and host = :host order by number, fact"""
    return tuple(_bulletin(r, activity, *row) for row in r.all(sql, activity=activity.id, host=activity.host))


def bulletin_of(r: Reader, activity: Activity, number: int) -> Bulletin:
    """The bulletin of a number. Raises NotFound."""
    found = next((each for each in bulletins_of(r, activity) if each.number == number), None)
    if found is None:
        raise NotFound(f"没有第 {number} 号通报。", reason="unknown_list", hint="请从通报列表里选。")
    return found


def next_number(r: Reader, activity: Activity) -> int:
    """The number that the next bulletin gets: they are numbered within their activity."""
    return 1 + int(r.value("select max(number) from bulletins where activity = :activity", activity=activity.id) or 0)


def rows_in(table: PointsTable) -> tuple[BulletinRow, ...]:
    """The rows of a table as a bulletin keeps them."""
    return tuple(
        BulletinRow(
            each.row.unit.unit, (each.reports, each.articles, *each.adopted, each.points), each.place, each.grade, each.bonus
        )
        for each in table.rows
    )


def rules_in(r: Reader, content: Mapping[str, Any]) -> Rules:
    """The rules by which a bulletin was frozen."""
    return catalogue(r).books["points"].understood(content["rules"])[0]


def changes_since(r: Reader, world: World, activity: Activity, bulletin: Bulletin) -> tuple[BulletinChange, ...]:
    """What the bulletin would say otherwise today, by the rules by which it was frozen: late items, withdrawals, adoptions."""
    table = table_under(r, world, activity, rules_in(r, bulletin.content), bulletin.period, bulletin.group)
    return changes_between(bulletin.unrolled.rows, rows_in(table))


def _bulletin(
    r: Reader,
    activity: Activity,
    number: int,
    period: str,
    group: str,
    at: str,
    digest: str,
    content: str,
    published: int,
) -> Bulletin:
    body = json.loads(content)
    sql = """select amendment, said_on, digest, content, published from bulletin_amendments
             where bulletin = :bulletin and host = :host order by amendment, fact"""
    rows = r.all(sql, bulletin=bulletin_key(activity.id, number), host=activity.host)
    told = tuple(Amendment(_step(amendment, each, text), on, bool(out)) for amendment, on, each, text, out in rows)
    unrolled = unroll(body, [each.step for each in told])
    return Bulletin(number, named(period), group, at, digest, bool(published), body, told, unrolled)


def _step(amendment: int, digest: str, content: str) -> Step:
    body = json.loads(content)
    return Step(amendment, tuple(map(BulletinChange.read, body["changes"])), body["reason"], digest)
