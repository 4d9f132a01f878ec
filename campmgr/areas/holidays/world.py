"""The working-day calendar from what the root has told of each year; the last word on a year stands."""

from __future__ import annotations

from collections import defaultdict

from campmgr.clock import parse_day
from campmgr.facts.world import Public, World, WorldPart
from campmgr.ledger.order import ReadFact, standing
from campmgr.periods.working_days import WorkCalendar, Year
from campmgr.store.door import Row
from campmgr.store.tables import Table

CALENDAR_DAYS = Table("calendar_days", ("year", "day", "sort", "note"), 3, "year")


def calendar_of(world: World) -> WorkCalendar:
    """The years of which the camp's root told which days are off and which are worked."""
    return CALENDAR.of(world)


def _calendar(public: Public) -> WorkCalendar:
    by_year: dict[str, list[ReadFact]] = defaultdict(list)
    for one in public.by_root():
        if one.fact.subject.startswith("calendar:"):
            by_year[one.fact.subject].append(one)
    told = [one for some in by_year.values() for one in standing(some, {}) if one.fact.kind == "calendar_told"]
    return WorkCalendar({one.body["year"]: Year(_days(one, "off"), _days(one, "work"), one.body["source"]) for one in told})


def _days(one: ReadFact, sort: str) -> frozenset[str]:
    """The days of its own year that a fact lists; what is no day is passed over."""
    year = f"{one.body['year']:04d}-"
    return frozenset(each for each in one.body[sort] if isinstance(each, str) and each.startswith(year) and _is_day(each))


def _is_day(text: str) -> bool:
    try:
        return parse_day(text) == text
    except ValueError:
        return False


def _rows(calendar: WorkCalendar) -> list[Row]:
    """As stored: a row for each day that is not as the week would have it, and one for each year's source."""
    rows: list[Row] = []
    for number, year in sorted(calendar.years.items()):
        rows += [(number, day, sort, "") for sort, days in (("off", year.off), ("work", year.work)) for day in sorted(days)]
        rows.append((number, "", "source", year.source))
    return rows


CALENDAR = WorldPart("calendar", CALENDAR_DAYS, _calendar, _rows)

WORLD = (CALENDAR,)
