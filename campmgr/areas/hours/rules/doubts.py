"""Which marks are doubtful 存疑, and why: a hint for a human, never a refusal.

A doubt depends only on what stands for one person and on the camp's rules and lessons, so that every node has the same ones in
whatever order the marks arrived. It takes nothing off the hours: a coordinator asks, and settles or withdraws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from campmgr.areas.camp.rules import phase_of
from campmgr.areas.camp.settings import Live, WarmUp
from campmgr.areas.hours.settings import Doubts
from campmgr.clock import local_day, local_text, parse_instant
from campmgr.wording import hours_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from campmgr.areas.hours.rules.lesson import Lesson, Mark
    from campmgr.settings.rules import Rules

LONGER_THAN_LESSON, LONGER_THAN_CLOCK, IMPOSSIBLE_DAY, LONG_DAY = (
    "longer_than_lesson", "longer_than_clock", "impossible_day", "long_day",
)  # fmt: skip
MATTERS = (LONGER_THAN_LESSON, LONGER_THAN_CLOCK, IMPOSSIBLE_DAY, LONG_DAY)

_DAYS = {
    "future": "登记的时候那一天还没有到",
    "outside_camp": "不在活动时间内",
    "before_live": "早于直播开始的日期",
}


class MarkSeen(NamedTuple):
    """A mark, and when it was recorded as its writer's clock said: 2023-06-10T12:00:00+08:00."""

    mark: Mark
    recorded_at: str


class Doubt(NamedTuple):
    """What is doubtful: the matter, and about which fact (or day) with the numbers that make it so."""

    matter: str
    detail: tuple[str | int, ...]


class Doubter:
    """Looks at marks under one camp's rules and lessons; made once, used for many people."""

    def __init__(self, rules: Rules, lessons: Mapping[str, Lesson]) -> None:
        self._rules = rules
        self._most = rules[Doubts].day_minutes
        self._has_dates = bool(rules[WarmUp].starts_on or rules[Live].starts_on)
        self._inside: set[str] = set()
        self._lengths = {code: max(lesson.length_minutes, 1) for code, lesson in lessons.items()}
        self._starts = {code: start for code, lesson in lessons.items() if (start := _start(lesson))}

    def doubts(self, seen: Sequence[MarkSeen]) -> list[Doubt]:
        """The doubts about one person's marks, in the order of the marks."""
        found: list[Doubt] = []
        total = 0
        for mark, recorded_at in seen:  # on the path of every fold: what is plainly in order costs three look-ups
            length, day = self._lengths.get(mark.lesson), mark.day
            if length is None:
                continue
            total += length if mark.minutes is None else mark.minutes
            if mark.minutes is not None:
                if mark.minutes > length:
                    found.append(Doubt(LONGER_THAN_LESSON, (mark.fact, mark.minutes, length)))
                if recorded_at[:10] == day and (possible := self._possible(mark, recorded_at)) < mark.minutes:
                    found.append(Doubt(LONGER_THAN_CLOCK, (mark.fact, mark.minutes, possible)))
            plain = day in self._inside and recorded_at[:10] >= day and mark.lesson not in self._starts
            if not plain and (why := self._impossible(mark, recorded_at)):
                found.append(Doubt(IMPOSSIBLE_DAY, (mark.fact, day, why)))
        return found + self._long_days(seen) if self._most and total > self._most else found

    def _long_days(self, seen: Sequence[MarkSeen]) -> list[Doubt]:
        days: dict[str, dict[str, int]] = {}
        for mark, _ in seen:
            if (length := self._lengths.get(mark.lesson)) is not None:
                of_day = days.setdefault(mark.day, {})
                of_day[mark.lesson] = max(of_day.get(mark.lesson, 0), length if mark.minutes is None else mark.minutes)
        totals = ((day, sum(of_day.values())) for day, of_day in sorted(days.items()))
        return [Doubt(LONG_DAY, (day, total, self._most)) for day, total in totals if total > self._most]

    def _possible(self, mark: Mark, recorded_at: str) -> int:
        """Minutes of that day that had passed when it was recorded, from the beginning of a live where that was on that day."""
        try:
            recorded = parse_instant(recorded_at)
        except ValueError:
            return 1440
        begun = parse_instant(mark.day)
        day, start = self._starts.get(mark.lesson, ("", ""))
        if day == mark.day and parse_instant(start) < recorded:
            begun = parse_instant(start)
        return max(0, int((recorded - begun).total_seconds()) // 60)

    def _impossible(self, mark: Mark, recorded_at: str) -> str:
        """Why a mark cannot have been on its day; "" when it can."""
        day = mark.day
        if recorded_at[:10] < day:
            return "future"
        if self._has_dates and not self._is_inside(day):
            return "outside_camp"
        return "before_live" if day < self._starts.get(mark.lesson, ("", ""))[0] else ""

    def _is_inside(self, day: str) -> bool:
        if day not in self._inside and phase_of(self._rules, day) in {"warm_up", "live"}:
            self._inside.add(day)
        return day in self._inside


def about(detail: Sequence[str | int]) -> str:
    """The fact a doubt is about, or the day."""
    return str(detail[0])


def doubt_sentence(matter: str, detail: Iterable[str | int]) -> str:
    """A doubt as people read it; one of a newer version is only named."""
    first, *numbers = [str(each) for each in detail] or [""]
    if matter == LONGER_THAN_LESSON and len(numbers) == 2:
        return f"一次登记 {numbers[0]} 分钟，比课程全长 {numbers[1]} 分钟还多；多出的不计课时。"
    if matter == LONGER_THAN_CLOCK and len(numbers) == 2:
        return f"登记了 {numbers[0]} 分钟，但到登记那一刻当天最多只可能学 {numbers[1]} 分钟。"
    if matter == IMPOSSIBLE_DAY and len(numbers) == 2:
        return f"日期 {numbers[0]} {_DAYS.get(numbers[1], '不合常理')}。"
    if matter == LONG_DAY and len(numbers) == 2 and numbers[0].isdigit() and numbers[1].isdigit():
        told, most = (hours_text(int(each) * 100 // 60) for each in numbers)
        return f"{first} 一天登记了 {told} 小时的学习，超过 {most} 小时。"
    return "较新版本标出的存疑。"


def _start(lesson: Lesson) -> tuple[str, str] | None:
    """The day and the instant, as local text, at which a live begins."""
    if not lesson.starts_at or lesson.replay_of:
        return None
    try:
        return local_day(parse_instant(lesson.starts_at)), local_text(lesson.starts_at)
    except (ValueError, OverflowError):
        return None
