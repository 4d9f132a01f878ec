"""Windows of notice 000 by a script of its own, day by day, that shares nothing with the program; and where an instant belongs."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

_CHINA = timezone(timedelta(hours=8))
_DAY = timedelta(days=1)


def week_days(year: int, quarter: int, reading: str) -> list[date]:
    """The days of the last week of a quarter, counted backwards from its last day."""
    last = date(year, 12, 31) if quarter == 4 else date(year, quarter * 3 + 1, 1) - _DAY
    if reading == "last_7_days":
        return [last - _DAY * back for back in range(6, -1, -1)]
    day = last
    if reading == "whole_week":
        while day.strftime("%a") != "Sun":
            day -= _DAY
        return [day - _DAY * back for back in range(6, -1, -1)]
    days = [day]
    while day.strftime("%a") != "Mon":
        day -= _DAY
        days.insert(0, day)
    return days


def belongs(moment: datetime, year: int, reading: str, late: str, early: str, meant: str) -> tuple[str, bool]:
    """(Name of the window or "", whether it is late) for a year that collects from April on, its first quarter due on May 20th."""
    day = moment.astimezone(_CHINA).date()
    spans = [(f"{year}Q1", date(year, 4, 1), date(year, 5, 20))]
    for quarter in (2, 3, 4):
        days = week_days(year, quarter, reading)
        spans.append((f"{year}Q{quarter}", days[0], days[-1]))
    gone = [name for name, _first, last in spans if day > last]
    if meant in gone and late in {"mark", "refuse"}:
        return (meant, True) if late == "mark" else ("", True)
    for name, first, last in spans:
        if day <= last:
            if day >= first:
                return name, False
            return ("", meant in gone) if early == "refuse" else (name, bool(gone))
    return "", bool(gone)
