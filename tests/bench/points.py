"""Points of 23 units and 20,000 items: the table, a year's tasks, and the preview of one open rule, in the processor's seconds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from campmgr.areas.activities.actions import decided
from campmgr.areas.points.queries.rows import rows_of
from campmgr.areas.points.queries.table import gains, points_table
from campmgr.areas.points.queries.tasks import unit_tasks
from campmgr.facts import world as worlds
from campmgr.periods.spans import named
from campmgr.store import data_file
from campmgr.store.door import Reader
from tests.acceptance.points_oracle import made
from tests.acceptance.test_points import activity_of, filled
from tests.bench.figures import Figure, quickest, within


def points(folder: Path, count: int) -> Iterator[Figure]:
    """Each against the seconds that the issue of this sort of activity asks for."""
    store = filled(folder / "points.sqlite", made(7, count))
    year = named("2022")

    def table(r: Reader) -> object:
        return points_table(r, worlds.load(r), activity_of(r), year)

    def quotas(r: Reader) -> object:
        world, activity = worlds.load(r), activity_of(r)
        return unit_tasks(r, world, activity, year, rows_of(r, world, activity), "2022-09-15")

    def preview(r: Reader) -> object:
        activity = activity_of(r)
        return gains(r, worlds.load(r), activity, decided(activity.rules, {"points.several": "sum"}), year)

    with store.reading() as r:
        for name, work, limit_ms in (
            ("table of points", table, 300),
            ("a year's tasks", quotas, 500),
            ("who gains and loses", preview, 1000),
        ):
            yield within(f"{name}: 23 units, {count:,} items", quickest(partial(work, r), 0), limit_ms)
    data_file.close(store)
