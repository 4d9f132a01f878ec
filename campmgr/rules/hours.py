"""Minutes watched -> class-hours, in integer hundredths, each lesson with its reasons (F-13, F-19; design 5 "Credit").

Both rules work alike: a lesson has a *worth* that only grows with its minutes, live and replay count their largest worth
once, and the sum of worths becomes the total. That is why a running total by day needs no second look at earlier days.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from campmgr.rules.because import Reason
from campmgr.wording import hours_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from campmgr.rules.preset import Rules


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson: what it is worth (hundredths of a 课时), how long it is, and the code of the live it replays, or ""."""

    code: str
    name: str
    hundredths: int
    length_minutes: int
    kind: str
    field: str
    replay_of: str = ""


class Mark(NamedTuple):  # not a dataclass: a bulk import builds 100,000 of them, straight from rows
    """One record that a person watched a lesson on a day "YYYY-MM-DD"; no minutes means the lesson's full length."""

    fact: str
    lesson: str
    day: str
    minutes: int | None
    source: str


@dataclass(frozen=True, slots=True)
class LessonCredit:
    """What one lesson earned: minutes as recorded (not cut at the length), hundredths, and why not more."""

    lesson: str
    minutes: int
    credited: int
    because: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Credit:
    """A person's hours: total in hundredths, and the lessons in the order of their codes; their sum is the total."""

    total: int
    lessons: tuple[LessonCredit, ...]


def credit(rules: Rules, lessons: Mapping[str, Lesson], marks: Iterable[Mark]) -> Credit:
    """The hours of one person's marks, with reasons; the order of the marks does not matter (F-13, F-19)."""
    marks = list(marks)
    watched = _watched(lessons, marks)
    counted = _counted(rules, lessons, watched)
    repeated = _repeated_on_a_day(marks)
    parts: list[LessonCredit] = []
    running = total = 0
    for code, minutes in sorted(watched.items()):
        if (lesson := lessons.get(code)) is None:
            parts.append(LessonCredit(code, 0, 0, (_unknown(code),)))
            continue
        winner = counted[_group(rules, lessons, lesson)]
        if winner != code:
            parts.append(LessonCredit(code, minutes, 0, (_counts_once(lessons[winner]),)))
            continue
        running += _worth(rules, lesson, minutes)
        before, total = total, _total(rules, running)
        because = _why_not_more(rules, lesson, minutes, total - before)
        if minutes < lesson.length_minutes and code in repeated:
            because += (Reason("same_day_largest", "同一天登记了多次，只取当天分钟数最多的一次。"),)
        parts.append(LessonCredit(code, minutes, total - before, because))
    return Credit(total, tuple(parts))


def credited_by_day(rules: Rules, lessons: Mapping[str, Lesson], marks: Iterable[Mark]) -> list[tuple[str, int]]:
    """The running total in hundredths after each day that has marks, equal to `credit` of the marks up to that day.

    On the path of every fold: one pass, no reasons.
    """
    by_day = _by_day(lessons, marks)
    once = rules.hours.live_and_replay == "once"
    watched: dict[str, int] = {}
    best: dict[str, int] = {}
    running = 0
    result: list[tuple[str, int]] = []
    for day in sorted(by_day):
        for code, minutes in by_day[day].items():
            watched[code] = so_far = watched.get(code, 0) + minutes
            lesson = lessons[code]
            worth = _worth(rules, lesson, so_far)
            group = _origin(lessons, code) if once and lesson.replay_of else code
            before = best.get(group, 0)
            if worth > before:
                best[group] = worth
                running += worth - before
        result.append((day, _total(rules, running)))
    return result


def _by_day(lessons: Mapping[str, Lesson], marks: Iterable[Mark]) -> dict[str, dict[str, int]]:
    """Day -> lesson -> the largest minutes of that day; a day whose lessons are all unknown stands there empty."""
    by_day: dict[str, dict[str, int]] = {}
    for _fact, code, day, minutes, _source in marks:
        if (of_day := by_day.get(day)) is None:
            of_day = by_day[day] = {}
        if (lesson := lessons.get(code)) is None:
            continue
        counting = max(lesson.length_minutes, 1) if minutes is None else minutes
        if counting > of_day.get(code, 0):
            of_day[code] = counting
    return by_day


def _worth(rules: Rules, lesson: Lesson, minutes: int) -> int:
    """What grows with the minutes: hundredths, or the minutes that count; never more than the lesson's length gives."""
    length = max(lesson.length_minutes, 1)
    counting = min(minutes, length)
    return counting if rules.hours.rule == "minutes_per_unit" else lesson.hundredths * counting // length


def _total(rules: Rules, worth: int) -> int:
    """A sum of worths in hundredths, rounded down once."""
    return 100 * worth // rules.hours.unit_minutes if rules.hours.rule == "minutes_per_unit" else worth


def _group(rules: Rules, lessons: Mapping[str, Lesson], lesson: Lesson) -> str:
    """What the lesson shares its credit with: a live and all its replays are one, unless the camp credits both (F-13)."""
    return _origin(lessons, lesson.code) if rules.hours.live_and_replay == "once" else lesson.code


def _origin(lessons: Mapping[str, Lesson], code: str) -> str:
    """The live at the start of a chain of replays; in a circle, which a table may hold by mistake, its smallest code."""
    path = [code]
    while (lesson := lessons.get(path[-1])) is not None and lesson.replay_of:
        if lesson.replay_of in path:
            return min(path[path.index(lesson.replay_of) :])
        path.append(lesson.replay_of)
    return path[-1]


def _counted(rules: Rules, lessons: Mapping[str, Lesson], watched: Mapping[str, int]) -> dict[str, str]:
    """Group -> the lesson of it that counts: the one of largest worth, among equals the one of the smallest code."""
    counted: dict[str, tuple[int, str]] = {}
    for code in sorted(watched):
        if (lesson := lessons.get(code)) is not None:
            group, worth = _group(rules, lessons, lesson), _worth(rules, lesson, watched[code])
            if group not in counted or worth > counted[group][0]:
                counted[group] = (worth, code)
    return {group: code for group, (_worth_of_it, code) in counted.items()}


def _watched(lessons: Mapping[str, Lesson], marks: Sequence[Mark]) -> dict[str, int]:
    """Lesson -> minutes over all days; lessons nobody knows, and lessons marked with no minutes at all, stand there with 0."""
    watched = dict.fromkeys((mark.lesson for mark in marks), 0)
    for of_day in _by_day(lessons, marks).values():
        for code, minutes in of_day.items():
            watched[code] += minutes
    return watched


def _repeated_on_a_day(marks: Sequence[Mark]) -> set[str]:
    """The lessons that were marked more than once on one day."""
    times = Counter((mark.lesson, mark.day) for mark in marks)
    return {lesson for (lesson, _day), count in times.items() if count > 1}


def _why_not_more(rules: Rules, lesson: Lesson, minutes: int, earned: int) -> tuple[Reason, ...]:
    """Why a lesson that counts did not earn more; empty when it earned all it could and nobody would ask."""
    length = max(lesson.length_minutes, 1)
    because: list[Reason] = []
    if minutes < length:
        sentence = f"全长 {length} 分钟，已学 {minutes} 分钟，计 {hours_text(earned)} 课时；学完余下部分可补足。"
        because.append(Reason("part_watched", sentence))
    elif minutes > length:
        because.append(Reason("over_length", f"累计登记 {minutes} 分钟，超过全长 {length} 分钟的部分不再计。"))
    if rules.hours.rule == "minutes_per_unit" and earned * rules.hours.unit_minutes < 100 * min(minutes, length):
        because.append(Reason("rounded_down", "分钟数累计折算，不足 0.01 课时的零头留到后面的课程一起算。"))
    return tuple(because)


def _unknown(code: str) -> Reason:
    return Reason("unknown_lesson", f"课程表里没有编号 {code}，暂不计课时；请联络员核对编号或补录课程，补录后自动计入。")


def _counts_once(winner: Lesson) -> Reason:
    return Reason("counted_once", f"直播和重播只计一次，已按“{winner.name or winner.code}”（{winner.code}）计。")
