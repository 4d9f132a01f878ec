"""The made-up county's points: 23 units, late ones, adoptions of several classes, a short unit, an unclassed outlet, a bulletin."""

from __future__ import annotations

import pytest

from campmgr.areas.points.queries.bulletins import bulletins_of
from campmgr.areas.points.queries.items import Wanted, items_of, unclassed_outlets
from campmgr.areas.points.queries.table import points_table
from campmgr.areas.points.queries.tasks import short_of, unit_tasks
from campmgr.areas.whole import CATALOGUE
from campmgr.demo.reported_items import CODE, add_points, points_guests
from campmgr.facts import world as worlds
from campmgr.periods.spans import named
from campmgr.store import data_file


@pytest.fixture
def reported(demo_camp, tmp_path):
    built = demo_camp(tmp_path)
    add_points(built.path)
    with data_file.opened(built.path, CATALOGUE) as store, store.writing() as w:
        return built.path, points_guests(w, "a-long-password")


def test_the_quarter_holds_what_it_promises_and_three_may_look_at_it(reported):
    path, guests = reported
    assert [guest.who for guest in guests] == ["correspondent", "leader", "points-office"]
    with data_file.opened(path, CATALOGUE) as store, store.reading() as r:
        world = worlds.load(r)
        activity = world.activities.called(CODE)[0]
        table = points_table(r, world, activity, named("2023Q4"))
        short = short_of(unit_tasks(r, world, activity, named("2023Q4"), [row.row for row in table.rows], "2024-01-08"))
        (bulletin,) = bulletins_of(r, activity)
        outlets = unclassed_outlets(r, activity)
        late = [line for line in items_of(r, activity, Wanted(most=2000)) if line.late]
    assert len(table.rows) == 23
    assert sum(number > 0 for number in table.total[2:7]) >= 3
    assert {"河湾镇"} < {each.row.unit.name for each in short}
    assert (bulletin.is_whole, len(bulletin.unrolled.rows)) == (True, 13)
    assert [each.outlet for each in outlets] == ["江岸晚报"]
    assert late
