"""What minutes are worth under one camp's rules and lessons, and what of it counts once (F-13, F-19; docs/commands.md#credit).

A lesson has a *worth* that only grows with its minutes. Worths are put together by what counts once: a live and its replays their
largest, of live sessions that overlap in time the choice that is worth most. A worth is in hundredths of a class-hour times
`scale`, so that minutes ÷ unit and its caps stay whole numbers until they are rounded down once, at the end.

A cap per day works on the running total: after each day with marks it is the total that all minutes so far are worth, but no
more than the total of the day before plus the smaller of the cap and what that day's own minutes could bring. So hours over the
cap are lost that day and can be earned on another by learning again, never by waiting; another mark never takes hours away; and
no order matters but that of the days.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from campmgr.areas.hours.rules.length_bands import band_worth, most_gained, read_bands
from campmgr.areas.hours.rules.lesson import Counted, origin, session_of
from campmgr.areas.hours.settings import Hours

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from campmgr.areas.hours.rules.lesson import Lesson, Mark
    from campmgr.settings.rules import Rules


class Meter:
    """Measures marks under one camp's rules and lessons; made once, used for many people."""

    def __init__(self, rules: Rules, lessons: Mapping[str, Lesson]) -> None:
        hours = rules[Hours]
        self.rule = hours.rule
        self.scale = hours.unit_minutes if hours.rule == "minutes_per_unit" else 1
        self.bands = read_bands(hours.bands) or ()
        self.day_cap = hours.day_cap_hundredths
        self.lesson_cap = hours.lesson_cap_hundredths * self.scale
        once = hours.live_and_replay == "once"
        timed = hours.overlapping_lives == "count_larger"
        self.lessons: dict[str, Counted] = {}
        for code, lesson in lessons.items():
            group = origin(lessons, code) if once and lesson.replay_of else code
            session = session_of(lesson) if timed else None
            self.lessons[code] = Counted(code, max(lesson.length_minutes, 1), lesson.hundredths, group, session)
        self.has_sessions = any(each.session for each in self.lessons.values())

    def worth(self, lesson: Counted, minutes: int) -> int:
        """What so many minutes of a lesson are worth, at most its length and the cap per lesson."""
        counting = min(minutes, lesson.length)
        if self.rule == "proportional":
            worth = lesson.hundredths * counting // lesson.length
        else:
            worth = 100 * counting if self.rule == "minutes_per_unit" else band_worth(self.bands, counting)
        return min(worth, self.lesson_cap) if self.lesson_cap else worth

    def whole(self, code: str) -> int:
        """The hundredths that a lesson of the table brings when it is watched to the end."""
        lesson = self.lessons[code]
        return self.worth(lesson, lesson.length) // self.scale

    def most(self, lesson: Counted, minutes: int) -> int:
        """The most that so many minutes of one day can bring, whatever was watched before; for the cap per day."""
        counting = min(minutes, lesson.length)
        if self.rule == "bands":
            most = most_gained(self.bands, counting, lesson.length)
        else:
            most = 100 * counting if self.rule == "minutes_per_unit" else -(-lesson.hundredths * counting // lesson.length)
        return min(most, self.lesson_cap) if self.lesson_cap else most

    def together(self, worths: Mapping[str, int]) -> int:
        """The worth of lessons (code -> worth) together."""
        best: dict[str, int] = {}
        lives: list[tuple[int, int, str, int]] = []
        for code, worth in worths.items():
            lesson = self.lessons[code]
            if lesson.session:
                lives.append((*lesson.session, code, worth))
            elif worth > best.get(lesson.group, 0):
                best[lesson.group] = worth
        gains = [(start, end, code, worth - best.get(self.lessons[code].group, 0)) for start, end, code, worth in lives]
        return sum(best.values()) + sum(gain for _, _, _, gain in attended(gains))

    def left_out(self, worths: Mapping[str, int]) -> dict[str, str]:
        """The lessons that do not count, each with the one that counts in its place; ties go to the smallest code."""
        instead = self._overlapped(worths)
        winners: dict[str, str] = {}
        for code in sorted(worths):
            if code not in instead:
                group = self.lessons[code].group
                if group not in winners or worths[code] > worths[winners[group]]:
                    winners[group] = code
        for code in worths:
            winner = winners.get(self.lessons[code].group, code)
            if winner != code:  # a live that gave way to another may still have its replay counted: that says more
                instead[code] = winner
        return instead

    def _overlapped(self, worths: Mapping[str, int]) -> dict[str, str]:
        """Lives that give way to an overlapping one that counts."""
        if not self.has_sessions:
            return {}
        best: dict[str, int] = {}
        for code, worth in worths.items():
            lesson = self.lessons[code]
            if not lesson.session and worth > best.get(lesson.group, 0):
                best[lesson.group] = worth
        lives = [(*each.session, code) for code in sorted(worths) if (each := self.lessons[code]).session]
        gains = [(start, end, code, worths[code] - best.get(self.lessons[code].group, 0)) for start, end, code in lives]
        chosen = attended(gains)
        return {
            code: by
            for start, end, code in lives
            for since, until, by, _ in chosen
            if code != by and since < end and start < until
        }  # fmt: skip


def attended(lives: Iterable[tuple[int, int, str, int]]) -> list[tuple[int, int, str, int]]:
    """Of sessions (start, end, code, gain) those that nobody's attending of one forbids the other, with the largest gain in all.

    The choice does not depend on the order they come in. Weighted interval scheduling: sorted by their ends, each is either left
    out or taken together with the best of those that ended before it began.
    """
    some = sorted((live for live in lives if live[3] > 0), key=lambda live: (live[1], live[0], live[2]))
    ends = [end for _, end, _, _ in some]
    best, taken = [0], [False]
    for place, (start, _, _, gain) in enumerate(some):
        with_it = gain + best[bisect_right(ends, start, 0, place)]
        taken.append(with_it > best[-1])
        best.append(max(with_it, best[-1]))
    chosen, place = [], len(some)
    while place:
        if taken[place]:
            live = some[place - 1]
            chosen.append(live)
            place = bisect_right(ends, live[0], 0, place - 1)
        else:
            place -= 1
    return chosen[::-1]


class DayTotal(NamedTuple):
    """The running total after a day: what all minutes so far are worth, and what of it counts under the cap per day."""

    day: str
    earned: int
    counted: int


def counted_by_day(meter: Meter, marks: Iterable[Mark]) -> list[tuple[str, int]]:
    """The running total in hundredths after each day that has marks, equal to `credit` of the marks up to that day.

    On the path of every fold: one pass, no reasons.
    """
    by_day = largest_by_day(meter, marks)
    if meter.has_sessions or meter.day_cap:
        return [(day, counted) for day, _, counted in day_totals(meter, by_day)]
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


def day_totals(meter: Meter, by_day: Mapping[str, Mapping[str, int]]) -> list[DayTotal]:
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


def largest_by_day(meter: Meter, marks: Iterable[Mark]) -> dict[str, dict[str, int]]:
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
