"""Nodes of the year: the examples of notice 002, and what the lunar calendar obeys in every year."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from campmgr.clock import later
from campmgr.errors import BadInput
from campmgr.periods.festivals import nodes, pure_brightness, spring_festival
from campmgr.periods.settings import Nodes

YEARS = range(1950, 2100)


@pytest.mark.parametrize(
    ("year", "spring", "lantern", "bright"),
    [
        (2020, "01-25", "02-08", "04-04"), (2022, "02-01", "02-15", "04-05"), (2023, "01-22", "02-05", "04-05"),
        (2024, "02-10", "02-24", "04-04"), (2026, "02-17", "03-03", "04-05"),
    ],
)  # fmt: skip
def test_the_feasts_of_some_years(year, spring, lantern, bright):
    found = {each.name: each.first for each in nodes(year, Nodes())}
    assert [found[name] for name in ("春节", "元宵节", "清明")] == [f"{year}-{day}" for day in (spring, lantern, bright)]


@pytest.mark.parametrize(
    ("year", "way", "first", "last"),
    [
        (2020, "monday_week", "11-09", "11-15"), (2020, "from_9", "11-09", "11-15"), (2024, "monday_week", "11-04", "11-10"),
        (2024, "from_9", "11-09", "11-15"), (2022, "monday_week", "11-07", "11-13"),
    ],
)  # fmt: skip
def test_the_week_of_fire_prevention_in_both_ways(year, way, first, last):
    (week,) = [each for each in nodes(year, Nodes(week_119=way)) if each.name == "119消防宣传周"]
    assert (week.first, week.last) == (f"{year}-{first}", f"{year}-{last}")


def test_a_lunar_year_has_twelve_or_thirteen_moons():
    feasts = [date.fromisoformat(spring_festival(year)) for year in YEARS]
    lengths = [(after - before).days for before, after in itertools.pairwise(feasts)]
    assert set(lengths) <= {353, 354, 355, 383, 384, 385}
    assert all("01-21" <= each.isoformat()[5:] <= "02-21" for each in feasts)
    leap = [length > 370 for length in lengths]
    assert 7 * len(leap) // 19 - 1 <= sum(leap) <= 7 * len(leap) // 19 + 2  # seven in nineteen years
    assert not any(first and second for first, second in itertools.pairwise(leap))


def test_the_new_moon_is_near_every_new_year():
    """春节 is a day of new moon: since 2000-01-06 18:14 UTC, a whole number of months of 29.530588 days, within a day."""
    for year in YEARS:
        passed = (date.fromisoformat(spring_festival(year)) - date(2000, 1, 6)).days - 0.76 + 0.5
        off = passed / 29.530588 - round(passed / 29.530588)
        assert abs(off) * 29.530588 < 1.3, year


def test_pure_brightness_is_the_fourth_or_fifth_of_april():
    assert {pure_brightness(year)[5:] for year in YEARS} == {"04-04", "04-05"}


def test_nodes_come_in_order_and_outside_the_table_nothing_is_guessed():
    found = nodes(2023, Nodes())
    assert [each.first for each in found] == sorted(each.first for each in found)
    assert later(found[1].first, 14) == next(each.first for each in found if each.name == "元宵节")
    for year in (1949, 2100, 1900):
        with pytest.raises(BadInput):
            nodes(year, Nodes())
