"""A city of the cast hosts: its units, holidays and a quarter of items, for the tests of pages and for whoever looks at them."""

from __future__ import annotations

from campmgr.areas.activities.actions import Opening, begin
from campmgr.areas.holidays.actions import tell_calendar
from campmgr.areas.points.actions.adoptions import adopt
from campmgr.areas.points.actions.items import Report, report_item
from campmgr.areas.points.actions.naming import add_named_units
from campmgr.areas.points.queries.items import item_of, known_items
from campmgr.facts import world as worlds
from campmgr.periods.published import published_days
from campmgr.store.door import Writer

DESK = "/desk/units/WJ-BK-01/a/xc"
OFFICE = "/office/a/xc/points"
TYPED = {"points.year": "2023", "quotas.starts_on": "2023-02-27"}


def host(w: Writer) -> None:
    """The city opens it, and lays out its 23 units."""
    opened = begin(w, Opening("correspondents-2022", "xc", host="3501", typed=TYPED))
    tell_calendar(w, published_days(2023), "国务院办公厅")
    add_named_units(w, worlds.load(w).activities[opened])


def fill(w: Writer) -> dict[str, str]:
    """Items of some units: in time, late, adopted in a class and by an outlet nobody has classed; their ids by title."""
    world = worlds.load(w)
    activity = next(each for each in world.activities.values() if each.code == "xc")
    ids: dict[str, str] = {}
    for unit, sort, title, event, sent, length in (
        ("WJ-BK-01", "工作动态", "开展燃气安全检查", "2023-06-05", "2023-06-06T09:00", 0),
        ("WJ-BK-01", "舆情", "某小区停电的讨论", "2023-06-05", "2023-06-06T10:00", 0),
        ("WJ-BK-01", "工作动态", "迟报的一条动态", "2023-05-20", "2023-05-29T10:00", 0),
        ("WJ-BK-01", "综合性原创文章", "网格员的一天", "", "2023-05-30T10:00", 1200),
        ("WJ-BK-02", "综合性原创文章", "守好水边最后一米", "", "2023-05-18T10:00", 900),
        ("WJ-KS-01", "约稿", "一篇约稿", "", "2023-05-19T10:00", 0),
    ):
        report = Report(sort, title, event, sent, {"said": length} if length else {}, section="IN急资讯", source="command")
        ids[title], _ = report_item(w, activity, world.tree.called(unit)[0].unit, report)
    lines = known_items(w, ids.values())
    adopt(w, lines[ids["网格员的一天"]], "人民日报", "2023-06-02")
    adopt(w, lines[ids["守好水边最后一米"]], "武进日报", "2023-06-01")
    return ids


def item(pages, title: str):
    with pages.store.reading() as r:
        activity = next(each for each in worlds.load(r).activities.values() if each.code == "xc")
        return item_of(r, activity, pages.ids[title])
