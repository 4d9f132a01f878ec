"""Minutes watched -> class-hours, in integer hundredths, each lesson with its reasons (F-13, F-19; docs/commands.md#credit).

What minutes are worth, what counts once, and what a cap per day takes is in `meter`; here it is told lesson by lesson, and why.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from campmgr.areas.hours.rules import reasons as hours_reasons
from campmgr.areas.hours.rules.meter import DayTotal, Meter, day_totals, largest_by_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from campmgr.areas.hours.rules.lesson import Lesson, Mark
    from campmgr.settings.rules import Rules
    from campmgr.wording import Reason


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


def _under_the_cap(meter: Meter, marks: Sequence[Mark], parts: list[LessonCredit]) -> list[LessonCredit]:
    """What the cap per day took, taken off the lessons of those days from the last code backwards, with the reason."""
    by_day = largest_by_day(meter, marks)
    credited = {part.lesson: part.credited for part in parts}
    because = {part.lesson: part.because for part in parts}
    for day, lost in _lost(day_totals(meter, by_day)).items():
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


def _watched(meter: Meter, marks: Sequence[Mark]) -> dict[str, int]:
    """Lesson -> minutes over all days; lessons nobody knows, and lessons marked with no minutes at all, stand there with 0."""
    watched = dict.fromkeys((mark.lesson for mark in marks), 0)
    for of_day in largest_by_day(meter, marks).values():
        for code, minutes in of_day.items():
            watched[code] += minutes
    return watched


def _repeated_on_a_day(marks: Sequence[Mark]) -> set[str]:
    """The lessons that were marked more than once on one day."""
    times = Counter((mark.lesson, mark.day) for mark in marks)
    return {lesson for (lesson, _day), count in times.items() if count > 1}
