"""Minutes watched -> class-hours, in integer hundredths, each lesson with its reasons (F-13, F-19; docs/commands.md#credit).

What minutes are worth and what counts once is in `meter`. A cap per day works on the running total: after each day with marks
it is the total that all minutes so far are worth, but no more than the total of the day before plus the smaller of the cap and
what that day's own minutes could bring. So hours over the cap are lost that day and can be earned on another by learning again,
never by waiting; another mark never takes hours away; and no order matters but that of the days.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from campmgr.areas.hours.rules import reasons as hours_reasons
from campmgr.areas.hours.rules.meter import Meter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from campmgr.areas.hours.rules.lesson import Lesson
    from campmgr.settings.rules import Rules
    from campmgr.wording import Reason


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


class DayTotal(NamedTuple):
    """The running total after a day: what all minutes so far are worth, and what of it counts under the cap per day."""

    day: str
    earned: int
    counted: int


def credit(rules: Rules, lessons: Mapping[str, Lesson], marks: Iterable[Mark]) -> Credit:
    """The hours of one person's marks, with reasons; the order of the marks does not matter (F-13, F-19)."""
    marks = list(marks)
    meter = Meter(rules, lessons)
    watched = _watched(meter, marks)
    worths = {code: meter.worth(meter.lessons[code], minutes) for code, minutes in watched.items() if code in meter.lessons}
    instead, repeated = meter.left_out(worths), _repeated_on_a_day(marks)
    parts: list[LessonCredit] = []
    running = total = 0
    for code, minutes in sorted(watched.items()):
        if code not in lessons:
            parts.append(LessonCredit(code, 0, 0, (hours_reasons.unknown(code),)))
        elif code in instead:
            parts.append(LessonCredit(code, minutes, 0, (hours_reasons.counts_once(lessons[code], lessons[instead[code]]),)))
        else:
            running += worths[code]
            before, total = total, running // meter.scale
            because = hours_reasons.why_not_more(meter, meter.lessons[code], minutes, total - before)
            if minutes < meter.lessons[code].length and code in repeated:
                because += (hours_reasons.SAME_DAY,)
            parts.append(LessonCredit(code, minutes, total - before, because))
    if meter.day_cap:
        parts = _under_the_cap(meter, marks, parts)
    return Credit(sum(part.credited for part in parts), tuple(parts))


def counted_by_day(meter: Meter, marks: Iterable[Mark]) -> list[tuple[str, int]]:
    """The running total in hundredths after each day that has marks, equal to `credit` of the marks up to that day.

    On the path of every fold: one pass, no reasons.
    """
    by_day = _by_day(meter, marks)
    if meter.has_sessions or meter.day_cap:
        return [(day, counted) for day, _, counted in _totals(meter, by_day)]
    known, worth, scale = meter.lessons, meter.worth, meter.scale
    watched: dict[str, int] = {}
    best: dict[str, int] = {}
    running = 0
    result: list[tuple[str, int]] = []
    for day in sorted(by_day):
        for code, minutes in by_day[day].items():
            watched[code] = so_far = watched.get(code, 0) + minutes
            lesson = known[code]
            now, before = worth(lesson, so_far), best.get(lesson.group, 0)
            if now > before:
                best[lesson.group] = now
                running += now - before
        result.append((day, running // scale))
    return result


def _totals(meter: Meter, by_day: Mapping[str, Mapping[str, int]]) -> list[DayTotal]:
    """The running total after each day, put together anew each time: for overlapping lives and for a cap per day."""
    watched: dict[str, int] = {}
    worths: dict[str, int] = {}
    totals: list[DayTotal] = []
    counted = 0
    for day in sorted(by_day):
        for code, minutes in by_day[day].items():
            watched[code] = watched.get(code, 0) + minutes
            worths[code] = meter.worth(meter.lessons[code], watched[code])
        earned = meter.together(worths) // meter.scale
        if meter.day_cap:
            most = {code: meter.most(meter.lessons[code], minutes) for code, minutes in by_day[day].items()}
            counted = min(earned, counted + min(meter.day_cap, -(-meter.together(most) // meter.scale)))
        else:
            counted = earned
        totals.append(DayTotal(day, earned, counted))
    return totals


def _under_the_cap(meter: Meter, marks: Sequence[Mark], parts: list[LessonCredit]) -> list[LessonCredit]:
    """What the cap per day took, taken off the lessons of those days from the last code backwards, with the reason."""
    by_day = _by_day(meter, marks)
    credited = {part.lesson: part.credited for part in parts}
    because = {part.lesson: part.because for part in parts}
    for day, lost in _lost(_totals(meter, by_day)).items():
        left = lost
        on_that_day = sorted(by_day[day], reverse=True)
        for code in (*on_that_day, *sorted(credited.keys() - by_day[day].keys(), reverse=True)):
            if taken := min(left, credited[code]):
                credited[code] -= taken
                because[code] += (hours_reasons.over_day_cap(meter, meter.lessons[code], day, taken),)
                left -= taken
    return [LessonCredit(part.lesson, part.minutes, credited[part.lesson], because[part.lesson]) for part in parts]


def _lost(totals: Iterable[DayTotal]) -> dict[str, int]:
    """Day -> the hundredths that the cap took on it for good: what a later day made up for is taken off the earliest loss."""
    lost: dict[str, int] = {}
    before = 0
    for day, earned, counted in totals:
        missing = earned - counted
        if missing > before:
            lost[day] = missing - before
        made_up = max(0, before - missing)
        for earlier in list(lost):
            taken = min(made_up, lost[earlier])
            lost[earlier] -= taken
            made_up -= taken
        before = missing
    return {day: each for day, each in lost.items() if each}


def _by_day(meter: Meter, marks: Iterable[Mark]) -> dict[str, dict[str, int]]:
    """Day -> lesson -> the largest minutes of that day; a day whose lessons are all unknown stands there empty."""
    by_day: dict[str, dict[str, int]] = {}
    known = meter.lessons
    for _fact, code, day, minutes, _source in marks:
        if (of_day := by_day.get(day)) is None:
            of_day = by_day[day] = {}
        if (lesson := known.get(code)) is None:
            continue
        counting = lesson.length if minutes is None else minutes
        if counting > of_day.get(code, 0):
            of_day[code] = counting
    return by_day


def _watched(meter: Meter, marks: Sequence[Mark]) -> dict[str, int]:
    """Lesson -> minutes over all days; lessons nobody knows, and lessons marked with no minutes at all, stand there with 0."""
    watched = dict.fromkeys((mark.lesson for mark in marks), 0)
    for of_day in _by_day(meter, marks).values():
        for code, minutes in of_day.items():
            watched[code] += minutes
    return watched


def _repeated_on_a_day(marks: Sequence[Mark]) -> set[str]:
    """The lessons that were marked more than once on one day."""
    times = Counter((mark.lesson, mark.day) for mark in marks)
    return {lesson for (lesson, _day), count in times.items() if count > 1}
