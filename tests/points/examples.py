"""What the worked examples are told in: items as people name them, days of 2022, and what rules make of them. No data file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from campmgr.areas.points.rules.tasks import Owing, joined_in
from campmgr.areas.points.rules.worth import Adoption, Item, Scoring
from campmgr.areas.points.settings import Tasks
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import CHINA, local_day, parse_instant
from campmgr.periods.published import published
from campmgr.periods.spans import named
from campmgr.settings.rules import Rules

CALENDAR = published()


def rules(**decided: str) -> Rules:
    """The preset, with decisions: `points__several="sum"`."""
    found = CATALOGUE.activity_rules("correspondents-2022")
    for key, value in decided.items():
        found = found.with_change(key.replace("__", "."), value)
    return found


def on(text: str) -> str:
    """The day in China time of an instant or a day of 2022: 03-12T23:59:59, 2022-03-06T15:30Z."""
    return local_day(parse_instant(text if text.startswith("202") else f"2022-{text}"))


@dataclass(frozen=True)
class Story:
    """Items under some rules; each line of an example asks something of it."""

    items: tuple[Item, ...]
    decided: Mapping[str, str]

    @property
    def scoring(self) -> Scoring:
        return Scoring(rules(**self.decided), CALENDAR)

    def points(self) -> int:
        return sum(self.scoring.judge(item).points for item in self.items)

    def row(self) -> str:
        """As the table prints it: 工作动态/舆情 ∣ 综合性文章/约稿 ∣ one number a class ∣ 总计."""
        columns: Counter[str] = Counter()
        for item in self.items:
            for entry in self.scoring.judge(item).entries:
                columns[entry.column] += entry.number
        classes = " ".join(str(columns[str(cls)]) for cls in range(1, 6))
        return f"{columns['reports']} | {columns['articles']} | {classes} | {self.points()}"

    def tasks(self, group: str, period: str, today: str, *, name: str = "某单位", excused: str = "") -> dict[str, str]:
        """By period and sort "done/due state", of a unit that has reported these."""
        judged = [(self.scoring.judge(item).task, item.sent_on) for item in self.items]
        owing = Owing(named(period), rules(**self.decided)[Tasks], CALENDAR)
        lines = owing.lines(
            group, joined_in(name), lambda sort, span: sum(task == sort and span.holds(day) for task, day in judged),
            {excused: "新单位"} if excused else {}, f"2022-{today}" if len(today) == 5 else today,
        )  # fmt: skip
        return {f"{each.period.name} {each.sort}": f"{each.done}/{each.due} {each.state}" for each in lines}


def told(*items: Item | Iterable[Item], **decided: str) -> Story:
    """A story of items, under the preset with decisions."""
    flat = [one for each in items for one in ([each] if isinstance(each, Item) else each)]
    return Story(tuple(flat), decided)


def item(
    sort: str, sent: str = "03-10", event: str | None = None, *, urgent: bool = False, length: int | None = None, **adopted: str
) -> Item:
    """An item: sent when, of which event (the day it was sent where nothing is said, "" for none), adopted as a=“一类 04-01”."""
    day = on(sent)
    of = day if event is None else on(event) if event else ""
    return Item(sort, day, of, urgent, length, True, [_adoption(key, text) for key, text in adopted.items()])


def _adoption(key: str, text: str) -> Adoption:
    cls, _, day = text.partition(" ")
    return Adoption(key, on(day) if day else "2022-06-01", "一二三四五".index(cls[0]) + 1)


def refused(one: Item) -> Item:
    """The same with its adoptions taken back."""
    return replace(one, adoptions=[each._replace(counts=False) for each in one.adoptions])


def midnight(day: str) -> str:
    """The first second of a day, as its offset has it."""
    return parse_instant(f"2022-{day}").astimezone(CHINA).isoformat()
