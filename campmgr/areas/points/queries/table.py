"""The table of points: what each unit has reported and where it was adopted, summed up over a period, with place, grade and bonus.

It sums up entries that the fold has made (`item_points`), so that it costs the same whatever the rules are. `table_under` works
the same out anew under other rules, from the items themselves: the preview of a decision.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from campmgr.areas.holidays.world import calendar_of
from campmgr.areas.points.fold.outlets import dictionary_of
from campmgr.areas.points.queries.rows import RowUnit, rows_of
from campmgr.areas.points.rules.ranking import bonus, grade, places
from campmgr.areas.points.rules.worth import ARTICLES, REPORTS, Adoption, Item, Scoring
from campmgr.areas.points.settings import CLASSES, Points
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.periods.spans import Span
from campmgr.settings.rules import Rules
from campmgr.store.door import Reader

Columns = Mapping[str, Mapping[str, tuple[int, int]]]
"""Unit -> column -> (how many, points)."""


@dataclass(frozen=True, slots=True)
class PointsRow:
    """A row: how many reports, articles and adoptions of each class, the points, the place in its group, what the place is given
    (None where no table of grades is set), the bonus in tenths after it was cancelled or not.
    """

    row: RowUnit
    reports: int
    articles: int
    adopted: tuple[int, ...]
    points: int
    place: int
    grade: int | None
    bonus: int
    earned: tuple[int, int]
    """What reports and articles earned, where the table prints that instead of how many there are."""

    def printed(self, rules: Points) -> tuple[int, ...]:
        """The figures of its row as the table prints them."""
        first = (self.reports, self.articles) if rules.first_columns == "count" else self.earned
        return (*first, *self.adopted, self.points)


@dataclass(frozen=True, slots=True)
class PointsTable:
    """A period's table. `digest` is that of the rules; `unclassed`: adoptions of it in outlets nobody has classed."""

    period: Span
    digest: str
    rows: tuple[PointsRow, ...]
    unclassed: int

    @property
    def total(self) -> tuple[int, ...]:
        """The sums: reports, articles, five classes, points."""
        lines = ((each.reports, each.articles, *each.adopted, each.points) for each in self.rows)
        return tuple(map(sum, zip(*lines, strict=True))) or (0,) * 8


@dataclass(frozen=True, slots=True)
class Gain:
    """What a decision does to a unit: its points, its place and what that is given, before and after."""

    row: RowUnit
    now: int
    then: int
    place: int
    place_then: int
    grade: int | None = None
    grade_then: int | None = None


def points_table(
    r: Reader, world: World, activity: Activity, period: Span, group: str = "", as_of: str = ""
) -> PointsTable:  # fmt: skip
    """The table of a period; `as_of`: only what counts on a day up to this one."""
    last = min(period.last, as_of) if as_of else period.last
    sql = """select unit, column_, sum(number), sum(points) from item_points
             where activity = :activity and day between :first and :last and column_ <> '' group by unit, column_"""
    found: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for unit, column, number, points in r.all(sql, activity=activity.id, first=period.first, last=last):
        found[unit][column] = (number, points)
    return _table(r, world, activity, activity.rules, period, group, found)


def table_under(r: Reader, world: World, activity: Activity, rules: Rules, period: Span, group: str = "") -> PointsTable:
    """The same under other rules, worked out from the items."""
    scoring = Scoring(rules, calendar_of(world))
    outlets = dictionary_of(r, replace(activity, rules=rules))
    adoptions: dict[str, list[Adoption]] = defaultdict(list)
    sql = "select item, fact, outlet, said_class, adopted_on, settled from adoptions where activity = :activity"
    for item, fact, outlet, said, day, settled in r.all(sql, activity=activity.id):
        adoptions[item].append(Adoption(fact, day, said or outlets.class_of(outlet, day), settled != "refused"))
    sql = "select item, unit, sort, sent_on, event_on, urgent, characters, state from items where activity = :activity"
    found: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    first, last = period.first, period.last
    for item, unit, sort, sent_on, event_on, urgent, characters, state in r.each(sql, activity=activity.id):
        length = scoring.length(json.loads(characters)) if characters != "{}" else None
        about = Item(sort, sent_on, event_on, bool(urgent), length, state == "passed", adoptions.get(item, ()))
        columns = found[unit]
        for entry in scoring.judge(about).entries:
            if entry.column and first <= entry.day <= last:
                number, points = columns.get(entry.column, (0, 0))
                columns[entry.column] = (number + entry.number, points + entry.points)
    return _table(r, world, activity, rules, period, group, found)


def gains(r: Reader, world: World, activity: Activity, rules: Rules, period: Span, group: str = "") -> tuple[Gain, ...]:
    """What each unit would gain or lose by other rules; those alone for whom something changes."""
    now = points_table(r, world, activity, period, group)
    then = {each.row.unit.unit: each for each in table_under(r, world, activity, rules, period, group).rows}
    pairs = ((each, then[each.row.unit.unit]) for each in now.rows)
    return tuple(
        Gain(one.row, one.points, other.points, one.place, other.place, one.grade, other.grade)
        for one, other in pairs
        if (one.points, one.place, one.grade) != (other.points, other.place, other.grade)
    )


def _table(
    r: Reader, world: World, activity: Activity, rules: Rules, period: Span, group: str, found: Columns
) -> PointsTable:  # fmt: skip
    merged = _standing(world, found)
    bonuses = bonuses_of(r, activity)
    rows: list[PointsRow] = []
    units = rows_of(r, world, activity, group)
    for name in dict.fromkeys(each.group for each in units):
        own = [each for each in units if each.group == name]
        totals = [sum(points for _, points in merged.get(each.unit.unit, {}).values()) for each in own]
        for each, total, place in zip(own, totals, places(totals), strict=True):
            columns = merged.get(each.unit.unit, {})
            adopted = tuple(columns.get(str(cls), (0, 0))[0] for cls in CLASSES)
            given = grade(place, rules[Points].grades)
            rows.append(PointsRow(each, columns.get(REPORTS, (0, 0))[0], columns.get(ARTICLES, (0, 0))[0], adopted, total, place,
                                  given, bonuses.get(each.unit.unit, 0),
                                  (columns.get(REPORTS, (0, 0))[1], columns.get(ARTICLES, (0, 0))[1])))  # fmt: skip
    return PointsTable(
        period, rules.digest(), tuple(rows), unclassed_count(r, activity, period, adopted_in=rules[Points].adopted_in)
    )


def _standing(world: World, found: Columns) -> Columns:
    """What was reported by units that are one with another now counts for that one."""
    merged: dict[str, Counter[str]] = defaultdict(Counter)
    points: dict[str, Counter[str]] = defaultdict(Counter)
    for unit, columns in found.items():
        known = world.tree.units.get(unit)
        stands = world.tree.standing(known).unit if known else unit
        for column, (number, worth) in columns.items():
            merged[stands][column] += number
            points[stands][column] += worth
    return {
        unit: {column: (number, points[unit][column]) for column, number in columns.items()} for unit, columns in merged.items()
    }


def bonuses_of(r: Reader, activity: Activity) -> dict[str, int]:
    """The bonus of each unit in tenths, as the host says it; nothing of one that was cancelled."""
    sql = "select unit, tenths, ground from bonuses where activity = :activity and host = :host"
    return {unit: bonus(tenths, ground) for unit, tenths, ground in r.all(sql, activity=activity.id, host=activity.host)}


def unclassed_count(r: Reader, activity: Activity, period: Span | None = None, adopted_in: str = "report") -> int:
    """How many adoptions wait for somebody to class their outlet; with a period those that would count in it, by the rule that says
    in which one an adoption counts.
    """
    sql = "select count(*) from adoptions d where d.activity = :activity and d.class = 0 and d.settled <> 'refused'"
    if period is None:
        return int(r.value(sql, activity=activity.id) or 0)
    day = "d.adopted_on" if adopted_in == "adoption" else "(select i.sent_on from items i where i.item = d.item)"
    sql = f"{sql} and {day} between :first and :last"
    return int(r.value(sql, activity=activity.id, first=period.first, last=period.last) or 0)
