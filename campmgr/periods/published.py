"""The holiday tables that come with the program: for the camp's root to tell, and what commands without a camp count by.

A fold counts by what the root has told and by nothing else: two versions of the program may bring different tables.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from campmgr.clock import later
from campmgr.periods.working_days import WorkCalendar, Year

_FILE = Path(__file__).with_name("published.toml")


@lru_cache(maxsize=1)
def published() -> WorkCalendar:
    """Every year that the State Council's notices have arranged, as far as this version of the program knows."""
    told = tomllib.loads(_FILE.read_text("utf-8"))
    return WorkCalendar({int(year): _year(year, each) for year, each in told.items()})


def published_days(year: int) -> list[tuple[str, bool]]:
    """(Day, is worked) of a year, as a table of holidays lists them; none for a year that is not known."""
    known = published().years.get(year)
    if known is None:
        return []
    return [(day, False) for day in sorted(known.off)] + [(day, True) for day in sorted(known.work)]


def _year(year: str, told: dict[str, list[str]]) -> Year:
    return Year(frozenset(_days(year, told["off"])), frozenset(_days(year, told["work"])), str(told["source"]))


def _days(year: str, spans: list[str]) -> Iterator[str]:
    for each in spans:
        first, _, last = each.partition("..")
        day = f"{year}-{first}"
        while day <= f"{year}-{last or first}":
            yield day
            day = later(day, 1)
