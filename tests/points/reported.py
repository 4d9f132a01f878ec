"""A little of everything that is told of items, for tests that walk all folds."""

from __future__ import annotations

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.points.actions.adoptions import AdoptionRow, adopt
from campmgr.areas.points.actions.items import Report, report_item
from campmgr.areas.points.actions.naming import add_named_units
from campmgr.areas.points.actions.noted import match, noted_draft
from campmgr.areas.points.kinds.lists import OUTLETS
from campmgr.areas.points.queries.items import known_items
from campmgr.areas.points.queries.noted import noted_of
from campmgr.facts import world as worlds
from campmgr.facts.inventory_rows import list_row
from campmgr.facts.saying import say
from campmgr.ledger.envelope import subject_key
from campmgr.store.door import Writer
from tests.kit.story import Node


def reported_life(node: Node) -> None:
    """The notice's activity, hosted by the root: an item, taken by an outlet that the host has classed."""
    opened = node.do(open_activity, "correspondents-2022", "xc")
    node.do(lambda w: add_named_units(w, worlds.load(w).activities[opened]))
    node.do(_report, opened)


def _report(w: Writer, opened: str) -> None:
    activity = worlds.load(w).activities[opened]
    day = w.clock.now().date().isoformat()
    key, _ = report_item(
        w, activity, worlds.load(w).tree.called("WJ-BK-01")[0].unit, Report("工作动态", "一条动态", day, f"{day}T08:00")
    )
    adopt(w, known_items(w, [key])[key], "武进日报", day)
    noted = say(w, [noted_draft(activity, activity.host, AdoptionRow("xc", "", "", "动态", "新华网", day, "", 0), day)])[0].fact
    match(w, noted_of(w, activity, subject_key(noted.subject)), known_items(w, [key])[key])
    list_row(w, OUTLETS, activity, "", {"name": "武进日报", "class": 3, "from_on": day})
