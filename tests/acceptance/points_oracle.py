"""What the notice on correspondents makes of items and adoptions, worked out once more from its own inputs.

Nothing here is taken from the program: days, weeks, holidays, points, tasks are counted with the standard library alone.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone

HERE = timezone(timedelta(hours=8))
NEWS, OPINION, ARTICLE, ASKED = "工作动态", "舆情", "综合性原创文章", "约稿"
WORTH = {NEWS: 1, OPINION: 1, ARTICLE: 2, ASKED: 2}
ADOPTED = {1: 15, 2: 12, 3: 10, 4: 6, 5: 4}
OUTLETS = {"人民日报": 1, "光明日报": 1, "新华网": 2, "学习强国": 2, "常州日报": 3, "今日武进": 3, "区应急管理局微信": 4, "区政府网站": 5,
           "某某周刊": 0}  # fmt: skip
OFF = {(1, 1), (1, 2), (1, 3), *((1, 31), *((2, day) for day in range(1, 7))), (4, 3), (4, 4), (4, 5), (4, 30),
       *((5, day) for day in range(1, 5)), (6, 3), (6, 4), (6, 5), (9, 10), (9, 11), (9, 12), *((10, day) for day in range(1, 8)),
       (12, 31)}  # fmt: skip
WORKED = {(1, 29), (1, 30), (4, 2), (4, 24), (5, 7), (10, 8), (10, 9)}
FIRST = date(2022, 2, 28)


@dataclass
class Told:
    """An item: who reported it when, of which day it tells, how long it is, and who took it on which day."""

    unit: int
    sort: str
    title: str
    sent: datetime
    event: date | None
    length: int
    adoptions: list[tuple[str, date]] = field(default_factory=list)


@dataclass(frozen=True)
class Decided:
    """The open points that are tried in all combinations."""

    several: str
    counted: str
    week_of: str
    adopted_sorts: str

    def typed(self) -> dict[str, str]:
        """As the program is told them."""
        return {"points.several": self.several, "timeliness.counted": self.counted, "quotas.week_of": self.week_of,
                "points.adopted_sorts": self.adopted_sorts}  # fmt: skip


EVERY = [
    Decided(several, counted, week_of, sorts)
    for several in ("highest", "sum", "each_class_once")
    for counted in ("calendar", "working")
    for week_of in ("monday", "thursday")
    for sorts in ("article", "commissioned", "all")
]


def made(seed: int, count: int) -> list[Told]:
    """Items of 23 units, sent about every midnight, week, month, quarter and year edge of 2022; some adopted."""
    dice = random.Random(seed)
    edges = [date(2022, 1, 1) + timedelta(days=n) for n in range(366)]
    edges += [each for each in edges if each.day == 1 or each.weekday() == 0] * 3
    edges += [date(2022, month, 1) for month in (1, 4, 7, 10)] * 20 + [date(2023, 1, 1)] * 20
    found = []
    for number in range(count):
        sort = dice.choice((NEWS, NEWS, OPINION, OPINION, OPINION, ARTICLE, ARTICLE, ASKED))
        edge = datetime.combine(dice.choice(edges), datetime.min.time(), HERE)
        sent = edge + timedelta(seconds=dice.choice((-1, 0, 1, -3600, 3600, 36_000, 50_000, dice.randrange(-80_000, 80_000))))
        sent = max(sent, datetime(2022, 1, 1, tzinfo=HERE))
        back = dice.choice((0, 1, 2, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11))
        event = max(sent.date() - timedelta(days=back), date(2022, 1, 1))
        one = Told(dice.randrange(23), sort, f"稿件{number}", sent.astimezone(UTC), event if sort in {NEWS, OPINION} else None,
                   dice.choice((799, 800, 801, 400, 1500)))  # fmt: skip
        for outlet in dice.sample(sorted(OUTLETS), dice.choice((0, 0, 0, 1, 1, 2, 3))):
            one.adoptions.append((outlet, sent.date() + timedelta(days=dice.randrange(100))))
        found.append(one)
    return found


def is_worked(day: date) -> bool:
    """Whether people work on a day of 2022; other years are not known."""
    if day.year == 2022 and (day.month, day.day) in OFF:
        return False
    return day.weekday() < 5 or (day.year == 2022 and (day.month, day.day) in WORKED)


def is_late(one: Told, how: Decided) -> bool:
    """Whether it came later than two days after what it tells of."""
    if one.event is None:
        return False
    day, left = one.event, 2
    while left:
        day += timedelta(days=1)
        left -= how.counted == "calendar" or is_worked(day)
    return sent_on(one) > day


def sent_on(one: Told) -> date:
    """The day in China."""
    return one.sent.astimezone(HERE).date()


def row_of(one: Told, how: Decided) -> tuple[int, int, list[int], int]:
    """Reports, articles, adoptions of each class, points."""
    earns = {"article": {ARTICLE}, "commissioned": {ARTICLE, ASKED}, "all": set(WORTH)}[how.adopted_sorts]
    classes = [OUTLETS[outlet] for outlet, _ in sorted(one.adoptions, key=lambda each: each[1]) if OUTLETS[outlet]]
    if one.sort not in earns:
        classes = []
    if how.several == "highest":
        classes = classes and [min(classes)]
    elif how.several == "each_class_once":
        classes = list(set(classes))
    numbers = [classes.count(cls) for cls in range(1, 6)]
    if classes:
        return 0, 0, numbers, sum(ADOPTED[cls] for cls in classes)
    if is_late(one, how):
        return 0, 0, numbers, 0
    return (1, 0, numbers, 1) if one.sort in {NEWS, OPINION} else (0, 1, numbers, 2)


def table(items: Sequence[Told], how: Decided, first: date, last: date) -> list[tuple[int, ...]]:
    """The rows of all units over a stretch of days."""
    rows = [[0] * 8 for _ in range(23)]
    for one in items:
        if first <= sent_on(one) <= last:
            reports, articles, numbers, points = row_of(one, how)
            for place, value in enumerate((reports, articles, *numbers, points)):
                rows[one.unit][place] += value
    return [tuple(row) for row in rows]


def tasks(items: Sequence[Told], how: Decided, today: date) -> Iterator[tuple[int, str, str, int, int, str]]:
    """(Unit, period, sort, due, done, state) of the whole year. Units from 13 on are offices."""
    done: dict[tuple[int, str], list[date]] = defaultdict(list)
    for one in items:
        if one.sort in {NEWS, OPINION} or (one.sort == ARTICLE and one.length >= 800):
            done[one.unit, one.sort].append(sent_on(one))
    for unit in range(23):
        for monday in (date(2021, 12, 27) + timedelta(days=7 * n) for n in range(54)):
            anchor = monday if how.week_of == "monday" else monday + timedelta(days=3)
            sunday = monday + timedelta(days=6)
            if anchor.year == 2022 and sunday >= FIRST:
                year, week, _ = monday.isocalendar()
                for sort, due in ((NEWS, 1), (OPINION, 3)):
                    yield _task(unit, f"{year}-W{week:02}", sort, due, done[unit, sort], monday, sunday, today)
        length = 1 if unit >= 13 else 3
        for month in range(1, 13, length):
            first = date(2022, month, 1)
            last = (date(2022 + (month + length > 12), (month + length - 1) % 12 + 1, 1)) - timedelta(days=1)
            if last >= FIRST:
                name = f"2022-{month:02}" if length == 1 else f"2022Q{month // 3 + 1}"
                yield _task(unit, name, ARTICLE, 1, done[unit, ARTICLE], first, last, today)


def _task(
    unit: int, name: str, sort: str, due: int, days: Sequence[date], first: date, last: date, today: date
) -> tuple[int, str, str, int, int, str]:
    count = sum(first <= day <= last for day in days)
    state = "done" if count >= due else "excused" if first < FIRST else "short" if today > last else "open"
    return unit, name, sort, due, count, state
