"""The holiday tables that come with the program, held against the notices' lengths, weekends and the law's number of days."""

from __future__ import annotations

from datetime import date

import pytest

from campmgr.periods.festivals import pure_brightness, spring_festival
from campmgr.periods.published import published, published_days

YEARS = tuple(range(2020, 2027))
LENGTHS = {
    2020: (1, 10, 3, 5, 3, 8),  # 春节 was seven days, and was then prolonged to February 2nd
    2021: (3, 7, 3, 5, 3, 3, 7),
    2022: (3, 7, 3, 5, 3, 3, 7, 1),  # and the Saturday before 2023
    2023: (2, 7, 1, 5, 3, 8),
    2024: (1, 8, 3, 5, 1, 3, 7),
    2025: (1, 8, 3, 5, 3, 8),
    2026: (3, 9, 3, 5, 3, 3, 7),
}
"""How long each holiday is, as the notices say in so many words (共7天), in the order of the year."""

GIVEN = {2020: 13, 2025: 13, 2026: 13}
"""Working days fewer than weekdays: the 11 holidays of the law, 13 from 2025 on; in 2020 two more, since 春节 was prolonged."""


def _runs(days):
    runs: list[list[date]] = []
    for day in sorted(map(date.fromisoformat, days)):
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def test_the_years_are_those_whose_notice_is_known():
    assert tuple(published().years) == YEARS
    assert all(str(year) in known.source and "通知" in known.source for year, known in published().years.items())
    assert published_days(2019) == published_days(2027) == []


@pytest.mark.parametrize("year", YEARS)
def test_holidays_are_as_long_as_the_notice_says_and_make_up_days_are_weekends(year):
    known = published().years[year]
    assert tuple(len(run) for run in _runs(known.off)) == LENGTHS[year]
    assert all(date.fromisoformat(day).weekday() >= 5 for day in known.work)
    assert not known.off & known.work
    assert all(day.startswith(str(year)) for day in known.off | known.work)


@pytest.mark.parametrize("year", YEARS)
def test_as_many_days_are_given_as_the_law_gives(year):
    known = published().years[year]
    weekdays_off = sum(date.fromisoformat(day).weekday() < 5 for day in known.off)
    assert weekdays_off - len(known.work) == GIVEN.get(year, 11)


@pytest.mark.parametrize("year", YEARS)
def test_the_feasts_lie_in_their_holidays(year):
    off = published().years[year].off
    for feast in (f"{year}-01-01", spring_festival(year), pure_brightness(year), f"{year}-05-01", f"{year}-10-01"):
        assert feast in off, feast


@pytest.mark.parametrize("year", YEARS)
def test_a_year_as_a_table_comes_back_the_same(year):
    days = dict(published_days(year))
    known = published().years[year]
    assert {day for day, worked in days.items() if worked} == known.work
    assert {day for day, worked in days.items() if not worked} == known.off


def test_days_are_worked_or_off_and_known_as_moved():
    calendar = published()
    assert not calendar.is_working("2020-05-05")
    assert calendar.is_working("2020-05-08")  # a Friday after the holiday
    assert calendar.is_working("2020-05-09")  # a Saturday that is worked: no 休息日
    assert [calendar.is_moved(day) for day in ("2020-05-05", "2020-05-08", "2020-05-09", "2020-05-10")] == [
        True,
        False,
        True,
        False,
    ]
