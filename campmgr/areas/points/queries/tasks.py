"""What each unit owes in a period and has done of it; who is short; texts to paste into a group chat."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from campmgr.areas.holidays.world import calendar_of
from campmgr.areas.points.queries.rows import RowUnit, rows_of
from campmgr.areas.points.rules.tasks import OFFICES, Owing, TaskLine
from campmgr.areas.points.settings import ARTICLE, Points, Tasks
from campmgr.clock import later
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.periods.spans import Span, named, next_span, owner, span_of, spans_in
from campmgr.store.door import Reader


class UnitTask(NamedTuple):
    """A task of a unit in a week, month or quarter."""

    row: RowUnit
    line: TaskLine


def unit_tasks(
    r: Reader, world: World, activity: Activity, within: Span, rows: Iterable[RowUnit], today: str
) -> tuple[UnitTask, ...]:
    """Every task of these units in a period, as it stands today; nothing is owed outside the activity's year."""
    rules, year = activity.rules[Tasks], str(activity.rules[Points].year)
    owing = Owing(within, rules, calendar_of(world))
    done, excused = _Done(r, world, activity, within), _excused(r, activity)
    return tuple(
        UnitTask(row, line)
        for row in rows
        for line in owing.lines(row.group, row.joined, done.counted_for(row.unit.unit), excused.get(row.unit.unit, {}), today)
        if owner(line.period, "year", rules.week_of).name == year
    )


def owed_now(r: Reader, world: World, activity: Activity, unit: str, today: str) -> tuple[TaskLine, ...]:
    """The tasks of a unit whose week, month or quarter goes on today; none for a unit without a row, or outside the year."""
    row = next((each for each in rows_of(r, world, activity) if each.unit.unit == unit), None)
    if row is None:
        return ()
    lines = lines_around(r, world, activity, row, span_of("week", today), today, today)
    return tuple(line for line in lines if line.state != "excused")


def lines_around(r: Reader, world: World, activity: Activity, row: RowUnit, week: Span, day: str, today: str) -> list[TaskLine]:
    """The tasks of a unit in a week, and in the month or quarter that holds a day."""
    spans = (week, span_of("month" if row.group == OFFICES else "quarter", day))
    return [each.line for span in spans for each in unit_tasks(r, world, activity, span, [row], today)
            if (each.line.sort == ARTICLE) == (span.kind != "week")]  # fmt: skip


def short_of(tasks: Iterable[UnitTask]) -> tuple[UnitTask, ...]:
    """Those that were not fulfilled."""
    return tuple(each for each in tasks if each.line.state == "short")


def open_of(tasks: Iterable[UnitTask]) -> tuple[UnitTask, ...]:
    """Those that are not fulfilled yet, and still can be."""
    return tuple(each for each in tasks if each.line.state != "short" and each.line.missing)


def day_within(activity: Activity, today: str) -> str:
    """Today, or the day of the activity's year that is nearest: who looks later still sees the year, and not an empty week."""
    year = named(str(activity.rules[Points].year))
    return min(max(today, year.first), year.last)


def last_week(activity: Activity, today: str) -> Span:
    """The last week that is over, of those of the activity's year."""
    day = day_within(activity, later(today, -7))
    return _own_week(activity, span_of("week", day))


def this_week(activity: Activity, today: str) -> Span:
    """The week of today, or the one of the activity's year that is nearest."""
    return _own_week(activity, span_of("week", day_within(activity, today)))


def periods_to_ask(activity: Activity, today: str) -> tuple[Span, ...]:
    """Last week, this week, last month, this month, and every quarter so far, as far as they lie in the activity's year."""
    year, day = named(str(activity.rules[Points].year)), day_within(activity, today)
    month = span_of("month", day)
    found = (last_week(activity, today), this_week(activity, today), span_of("month", later(month.first, -1)), month,
             *spans_in("quarter", year.first, day))  # fmt: skip
    return tuple(dict.fromkeys(each for each in found if each.last >= year.first))


def _own_week(activity: Activity, week: Span) -> Span:
    """This week, or the nearest that belongs to the activity's year: at its ends a week may be another year's."""
    year, of = str(activity.rules[Points].year), activity.rules[Tasks].week_of
    if owner(week, "year", of).name > year:
        return span_of("week", later(week.first, -1))
    return next_span(week) if owner(week, "year", of).name < year else week


def short_words(period: Span, tasks: Sequence[UnitTask]) -> str:
    """Who is short, as text to paste; a line for each unit. While the period goes on, who has something left to report."""
    owed = [each for each in tasks if each.line.state != "excused"]
    if not owed:
        return f"{period.words}没有信息报送任务。"
    missing, left = short_of(owed), open_of(owed)
    if not missing and not left:
        return f"{period.words}：各单位信息报送任务都已完成。"
    head, foot = ("信息报送还差", "请尽快补报。") if missing else ("信息报送还没有到期，目前还差", "请在到期以前报齐。")
    told = (f"{row.unit.name}：{'，'.join(_missing(line, period) for line in lines)}" for row, lines in by_unit(missing or left))
    return "\n".join([f"{period.words}{head}：", *told, foot])


def _missing(line: TaskLine, period: Span) -> str:
    return f"{within_words(line, period)}{line.sort} {line.done}/{line.due}，还差 {line.missing}"


def within_words(line: TaskLine, period: Span) -> str:
    """Which part of a longer period a task is of: 第25周; "" for a task of the period itself."""
    if line.period == period:
        return ""
    return f"第{int(line.period.name[6:])}周" if line.period.kind == "week" else line.period.words[5:]


class _Done:
    """How many items of a sort each unit has reported in any span."""

    def __init__(self, r: Reader, world: World, activity: Activity, within: Span) -> None:
        self._days: dict[tuple[str, str], list[str]] = defaultdict(list)
        sql = """select unit, task, sent_on from items
                 where activity = :activity and sent_on between :first and :last and task <> '' order by sent_on"""
        first, last = later(within.first, -7), later(within.last, 7)  # weeks reach over the ends of what they belong to
        for unit, task, day in r.each(sql, activity=activity.id, first=first, last=last):
            known = world.tree.units.get(unit)
            self._days[world.tree.standing(known).unit if known else unit, task].append(day)

    def counted_for(self, unit: str) -> _OfUnit:
        """The counts of one unit."""
        return _OfUnit(self._days, unit)


class _OfUnit:
    def __init__(self, days: dict[tuple[str, str], list[str]], unit: str) -> None:
        self._days, self._unit = days, unit

    def __call__(self, sort: str, span: Span) -> int:
        days = self._days.get((self._unit, sort), [])
        return bisect_right(days, span.last) - bisect_left(days, span.first)


def _excused(r: Reader, activity: Activity) -> dict[str, dict[str, str]]:
    """Unit -> period -> why it owes nothing, as the host says."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    sql = "select unit, period, reason from quota_excuses where activity = :activity and host = :host"
    for unit, period, reason in r.all(sql, activity=activity.id, host=activity.host):
        found[unit][period] = reason
    return found


def by_unit(tasks: Iterable[UnitTask]) -> Iterator[tuple[RowUnit, tuple[TaskLine, ...]]]:
    """Tasks unit by unit, in the order given."""
    found: dict[str, tuple[RowUnit, list[TaskLine]]] = {}
    for each in tasks:
        found.setdefault(each.row.unit.unit, (each.row, []))[1].append(each.line)
    return ((row, tuple(lines)) for row, lines in found.values())
