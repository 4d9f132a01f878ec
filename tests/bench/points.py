"""Points of 23 units and 20,000 items: the table, a year's tasks, and the preview of one open rule, in the processor's seconds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from campmgr.accounts.governing import NewAccount, Place, open_account
from campmgr.accounts.logging_in import open_device
from campmgr.app.web_app import Settings, create_app
from campmgr.areas.activities.actions import decided
from campmgr.areas.points.queries.rows import rows_of
from campmgr.areas.points.queries.table import gains, points_table
from campmgr.areas.points.queries.tasks import unit_tasks
from campmgr.facts import world as worlds
from campmgr.periods.spans import named
from campmgr.store import data_file
from campmgr.store.door import Reader, Store
from tests.acceptance.points_oracle import made
from tests.acceptance.test_points import activity_of, filled
from tests.bench.figures import Figure, quickest, within

PAGE_MS = 100
"""What any page may take."""

DESK, OFFICE = "/desk/units/WJ-BK-01/a/xc", "/office/a/xc"
PAGES = (
    f"{DESK}/week", f"{DESK}/passing", f"{DESK}/correspondents", f"{OFFICE}/points/short", f"{OFFICE}/points/table",
    f"{OFFICE}/points/items", f"{OFFICE}/points/adoptions", f"{OFFICE}/noted/", f"{OFFICE}/coverage/", f"{OFFICE}/passing",
    f"{OFFICE}/bulletins/", f"{OFFICE}/roster/", f"{OFFICE}/decisions/",
)  # fmt: skip


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
    yield from _pages(store, count)
    data_file.close(store)


def _pages(store: Store, count: int) -> Iterator[Figure]:
    """Every page of the host and of a unit, each within what a page may take."""
    client = create_app(store, Settings(store.path)).test_client()
    with store.writing() as w:
        account = open_account(w, NewAccount("bench", "区办", "correct horse battery"), Place("organizer", "35"))
        client.set_cookie("campmgr", open_device(w, account.account, "bench", kept=True))

    def page(path: str) -> None:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)

    for path in PAGES:
        page(path)  # its template, once
        yield within(f"{path}: {count:,} items", quickest(partial(page, path), 0), PAGE_MS)
