"""Which lessons would close the gap: what to tell somebody who lacks hours (F-19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from campmgr.areas.hours.rules.lesson import Lesson, Mark
from campmgr.areas.hours.rules.meter import Meter, counted_by_day
from campmgr.settings.rules import Rules

_SOONEST_TO_HAVE = {"科普视频": 0, "直播重播": 1}
"""A video can be watched today, a live only when it is on: of two that help alike the video comes first."""

_ROUNDED = 1
"""Hundredths by which a lesson may bring more beside others than alone: totals are rounded down once."""


class Closing:
    """Finds lessons for one person after another under the same rules."""

    def __init__(self, rules: Rules, lessons: Mapping[str, Lesson]) -> None:
        self._meter = Meter(rules, lessons)
        self._lessons = lessons

    def lessons_for(self, marks: Sequence[Mark], required: int) -> tuple[str, ...]:
        """Codes of lessons that, watched whole and on days of their own, bring the total to `required` (hundredths).

        The fewest by their own worth, the largest first; () where nothing is missing or all lessons together do not suffice.
        """
        now = self._total(marks, ())
        if now >= required:
            return ()
        gains = {code: self._total(marks, (code,)) - now for code in self._lessons}
        helpful = sorted((code for code, gain in gains.items() if gain > 0), key=lambda code: (-gains[code], *self._rank(code)))
        chosen: tuple[str, ...] = ()
        total = now
        for code in helpful:
            more = self._total(marks, (*chosen, code))
            if more > total:  # else it adds nothing to these: the replay of a live that is among them
                chosen, before, total = (*chosen, code), total, more
            if total >= required:
                least_first = sorted(helpful, key=lambda code: (gains[code], *self._rank(code)))
                fitting = [code for code in least_first if gains[code] + _ROUNDED >= required - before]
                return self._without_excess(marks, chosen, fitting, required)
        return ()

    def _without_excess(
        self, marks: Sequence[Mark], chosen: tuple[str, ...], least_first: Sequence[str], required: int
    ) -> tuple[str, ...]:
        """The last one exchanged for the least that still suffices: nobody is sent into two hours for want of ten minutes."""
        kept = chosen[:-1]
        for code in least_first:
            if code == chosen[-1] or (code not in kept and self._total(marks, (*kept, code)) >= required):
                return (*kept, code)
        return chosen

    def _rank(self, code: str) -> tuple[int, str]:
        return _SOONEST_TO_HAVE.get(self._lessons[code].kind, 2), code

    def _total(self, marks: Sequence[Mark], more: Sequence[str]) -> int:
        """The total with these lessons watched whole, each on a day that is still to come, so that no cap per day is in the way."""
        ahead = [Mark("", code, f"9999-{1 + place // 28:02d}-{1 + place % 28:02d}", None, "") for place, code in enumerate(more)]
        counted = counted_by_day(self._meter, [*marks, *ahead])
        return counted[-1][1] if counted else 0
