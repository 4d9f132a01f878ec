"""How the hours of a unit came, day by day, in the last two weeks; and when something was learnt there last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from campmgr.clock import today_of
from campmgr.store.door import Reader

DAYS = 14
"""Days of the trend, today the last."""


@dataclass(frozen=True, slots=True)
class TrendDay:
    """A day of the trend: class-hours in hundredths that were learnt on it, and how high its bar is, of 100."""

    day: str
    hours: int
    height: int

    @property
    def is_weekend(self) -> bool:
        """Whether it is a Saturday or Sunday."""
        return date.fromisoformat(self.day).weekday() > 4

    @property
    def number(self) -> int:
        """Its number within the month."""
        return int(self.day[-2:])


_TREND = "select day, hours from unit_days where unit = :unit and line = :line and day >= :since and day <= :until"


def trend(r: Reader, unit: str, line: str = "") -> tuple[TrendDay, ...]:
    """The hours of each of the last DAYS days; a day on which more was withdrawn than learnt shows 0."""
    until = date.fromisoformat(today_of(r.clock))
    days = [(until - timedelta(days=back)).isoformat() for back in reversed(range(DAYS))]
    learnt: dict[str, int] = dict(r.all(_TREND, unit=unit, line=line, since=days[0], until=days[-1]))
    hours = [max(0, learnt.get(day, 0)) for day in days]
    most = max(hours) or 1
    return tuple(TrendDay(day, each, round(100 * each / most)) for day, each in zip(days, hours, strict=True))


_LAST = "select unit, max(day) from unit_days where unit in (:keys) and line = :line and hours > 0 group by unit"


def last_days(r: Reader, units: Iterable[str], line: str = "") -> dict[str, str]:
    """The last day on which anything was learnt in each of these units and below them; none where nothing ever was."""
    return dict(r.among(_LAST, units, line=line))
