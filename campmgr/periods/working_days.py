"""Working days: Monday to Friday but for what the yearly table of holidays and make-up days says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from campmgr.clock import later


@dataclass(frozen=True, slots=True)
class Year:
    """How one year differs from Monday to Friday, and which table says so."""

    off: frozenset[str]
    work: frozenset[str]
    source: str = ""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The years that are known. A year without a table has no holidays and no make-up days."""

    years: Mapping[int, Year] = field(default_factory=dict)

    def is_working(self, day: str) -> bool:
        """Whether people work on a day."""
        known, that = self.years.get(int(day[:4])), date.fromisoformat(day)
        if known and day in known.off:
            return False
        return that.weekday() < 5 or bool(known and day in known.work)

    def is_moved(self, day: str) -> bool:
        """Whether a day is worked or off otherwise than the week would have it."""
        return self.is_working(day) != (date.fromisoformat(day).weekday() < 5)

    def next_working(self, day: str) -> str:
        """This day, or the first working day after it."""
        while not self.is_working(day):
            day = later(day, 1)
        return day

    def last_day(self, starts_on: str, days: int, counted: str, *, first_counts: bool) -> str:
        """The last day of a period that starts on a day: five working days from Monday on end on Friday.

        Where the first day does not count, the period's first counted day is the one after it. No days at all end where they begin.
        """
        if days < 1:
            return starts_on
        day = starts_on if first_counts else later(starts_on, 1)
        left = days
        while True:
            left -= counted == "calendar" or self.is_working(day)
            if not left:
                return day
            day = later(day, 1)

    def unknown_years(self, first: str, last: str) -> tuple[int, ...]:
        """The years between two days for which there is no table."""
        return tuple(year for year in range(int(first[:4]), int(last[:4]) + 1) if year not in self.years)
