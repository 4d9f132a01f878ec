"""Items and adoptions about every edge of the year, against a script that shares nothing with the program."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

from campmgr.areas.activities.actions import amend, decided, open_activity
from campmgr.areas.camp.actions import open_camp
from campmgr.areas.holidays.actions import tell_calendar
from campmgr.areas.points.actions.adoptions import adoption_draft
from campmgr.areas.points.actions.items import Report, id_of, item_draft
from campmgr.areas.points.actions.naming import add_named_units
from campmgr.areas.points.queries.items import known_items
from campmgr.areas.points.queries.rows import rows_of
from campmgr.areas.points.queries.table import points_table, table_under
from campmgr.areas.points.queries.tasks import unit_tasks
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.saying import say
from campmgr.periods.spans import named
from campmgr.store import data_file
from campmgr.store.door import Reader, Store, Writer
from tests.acceptance.points_oracle import EVERY, HERE, OFF, WORKED, Decided, Told, made, table, tasks

TODAY = date(2022, 9, 15)
PERIODS = [("2022", date(2022, 1, 1), date(2022, 12, 31)), ("2022Q1", date(2022, 1, 1), date(2022, 3, 31)),
           ("2022Q4", date(2022, 10, 1), date(2022, 12, 31)), ("2022-04", date(2022, 4, 1), date(2022, 4, 30)),
           ("2022-W10", date(2022, 3, 7), date(2022, 3, 13)), ("2023", date(2023, 1, 1), date(2023, 12, 31))]  # fmt: skip


def filled(path: Path, items: list[Told]) -> Store:
    """A data file in which these were reported and adopted."""
    data_file.close(open_camp(path, "escape-drill-2023", CATALOGUE, FixedClock("2023-06-01T09:00")))
    store = data_file.open_file(path, CATALOGUE, FixedClock("2023-06-01T09:00"))
    with store.writing() as w:
        opened = open_activity(w, "correspondents-2022", "xc")
        days = [(f"2022-{month:02}-{day:02}", worked) for some, worked in ((OFF, False), (WORKED, True)) for month, day in some]
        tell_calendar(w, days, "通知")
        add_named_units(w, worlds.load(w).activities[opened])
    with store.writing() as w:
        _report(w, worlds.load(w).activities[opened], items)
    return store


def _report(w: Writer, activity: Activity, items: list[Told]) -> None:
    units = [each.unit.unit for each in rows_of(w, worlds.load(w), activity)]
    reports = [Report(one.sort, one.title, one.event.isoformat() if one.event else "", one.sent.astimezone(UTC).isoformat(),
                      {"said": one.length}) for one in items]  # fmt: skip
    say(
        w,
        [
            draft
            for one, report in zip(items, reports, strict=True)
            if (draft := item_draft(activity, units[one.unit], report, None))
        ],
    )
    ids = [id_of(activity, units[one.unit], report) for one, report in zip(items, reports, strict=True)]
    known = known_items(w, ids)
    say(w, [adoption_draft(known[key], outlet, day.isoformat(), "2023-12-31") for key, one in zip(ids, items, strict=True)
            for outlet, day in one.adoptions])  # fmt: skip


@pytest.fixture
def told(draws, tmp_path) -> Iterator[tuple[Store, list[Told]]]:
    items = made(22, draws)
    store = filled(tmp_path / "camp.sqlite", items)
    yield store, items
    data_file.close(store)
    shutil.rmtree(tmp_path, ignore_errors=True)


def activity_of(r: Reader) -> Activity:
    """The one activity of the file."""
    return next(each for each in worlds.load(r).activities.values() if each.code == "xc")


@pytest.mark.drawn(whole=2000, usual=240)
def test_points_and_tasks_are_those_of_another_script(told, draws):
    store, items = told
    assert {one.sent.astimezone(HERE).year for one in items} >= {2022}
    for place, how in enumerate(EVERY):
        with store.reading() as r:
            activity = activity_of(r)
            rules = decided(activity.rules, how.typed())
            for name, first, last in PERIODS:
                found = table_under(r, worlds.load(r), activity, rules, named(name))
                assert [_figures(row) for row in found.rows] == table(items, how, first, last), (how, name)
        if draws >= 2000 or place % 7 == 0:
            _amended(store, items, how)


def _amended(store: Store, items: list[Told], how: Decided) -> None:
    """The same by the fold, and the tasks, once the rules are really others."""
    with store.writing() as w:
        amend(w, activity_of(w), how.typed(), "试")
    with store.reading() as r:
        world, activity = worlds.load(r), activity_of(r)
        for name, first, last in PERIODS:
            found = points_table(r, world, activity, named(name))
            assert [_figures(row) for row in found.rows] == table(items, how, first, last), (how, name)
        rows = rows_of(r, world, activity)
        order = {row.unit.unit: place for place, row in enumerate(rows)}
        lines = unit_tasks(r, world, activity, named("2022"), rows, TODAY.isoformat())
        mine = sorted((order[row.unit.unit], line.period.name, line.sort, line.due, line.done, line.state) for row, line in lines)
        assert mine == sorted(tasks(items, how, TODAY)), how


def _figures(row: object) -> tuple[int, ...]:
    return (row.reports, row.articles, *row.adopted, row.points)  # type: ignore[attr-defined]


def test_the_script_would_see_a_day_that_is_counted_wrongly():
    (one,) = made(22, 1)
    moved = replace(one, sent=one.sent + timedelta(days=400))
    assert table([one], EVERY[0], date(2022, 1, 1), date(2022, 12, 31)) != table(
        [moved], EVERY[0], date(2022, 1, 1), date(2022, 12, 31)
    )
