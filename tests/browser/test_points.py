"""Points in a browser: every page can be read by everyone; a unit reports, its leaders pass, the host sums up and freezes."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from campmgr.accounts.governing import login_link
from campmgr.app.web_app import Settings, create_app
from campmgr.areas.points.actions.adoptions import AdoptionRow
from campmgr.areas.points.actions.bulletins import freeze
from campmgr.areas.points.actions.handover import Proposal, propose
from campmgr.areas.points.actions.noted import noted_draft
from campmgr.areas.points.actions.passing_paper import print_waiting
from campmgr.areas.points.kinds.lists import LEADS, OUTLETS, VENUES, VIOLATIONS
from campmgr.areas.points.queries.items import known_items
from campmgr.areas.points.rules.tasks import BLOCKS
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.facts import world as worlds
from campmgr.facts.inventories import Inventory
from campmgr.facts.inventory_rows import list_row
from campmgr.facts.saying import say
from campmgr.periods.spans import named
from campmgr.store import data_file
from campmgr.store.door import Writer
from tests.browser.conftest import Visitors, let_in
from tests.browser.looking import NOTHING_WRONG, complaints, looked_at
from tests.browser.served import listening
from tests.points.conftest import NOW
from tests.points.hosted import fill, host

DESK, OFFICE = "/desk/units/WJ-BK-01/a/xc", "/office/a/xc"

AT_DESK = (
    "week", "items/new", "items/{item}", "items/{item}/correct", "items/{item}/withdraw", "passing", "passing?stage=3",
    "passing/paper/{sheet}", "bulletins/", "bulletins/1",
    "correspondents", "venues/", "venues/new", "venues/of/{venue}", "violations/",
    "violations/of/{violation}", "opinion_leads/", "opinion_leads/of/{lead}",
)  # fmt: skip
IN_OFFICE = (
    "points/short", "points/table", "points/items", "points/adoptions", "noted/", "coverage/", "passing", "bulletins/",
    "bulletins/1", "bulletins/1/amend", "bulletins/freeze?period=2023Q1&group=科室大队", "standings/", "decisions/",
    "decisions/?key=timeliness.sorts&value=urgent", "roster/", "outlets/", "outlets/new", "outlets/of/{outlet}",
    "venues/", "violations/", "opinion_leads/",
)  # fmt: skip
READ = (
    *(("dora", f"{DESK}/{each}") for each in AT_DESK), *(("city", f"{OFFICE}/{each}") for each in IN_OFFICE),
    ("city", "/desk/units/3501/import"),
)  # fmt: skip


@pytest.fixture(scope="module")
def points(filled, browser, tmp_path_factory):
    """The city of the cast that hosts, served: windows for its people, and what stands in for the parts of addresses."""
    path, cast = filled
    copy = tmp_path_factory.mktemp("points") / "camp.sqlite"
    store = data_file.open_file(Path(shutil.copy(path, copy)), CATALOGUE, FixedClock(NOW))
    with store.writing() as w:
        host(w)
    with store.writing() as w:
        ids = fill(w)
        found = _more(w, ids)
        links = {name: f"/link/{login_link(w, cast[name].account)}" for name in ("dora", "city")}
    with listening(create_app(store, Settings(store.path))) as address:
        visitors = Visitors(browser, address, {})
        visitors.states.update({name: let_in(visitors, link) for name, link in links.items()})
        yield visitors, found
        visitors.close()
        assert visitors.outside == []
    data_file.close(store)


def _more(w: Writer, ids: dict[str, str]) -> dict[str, str]:
    """One of each thing that has a page; its ids."""
    world = worlds.load(w)
    activity = next(each for each in world.activities.values() if each.code == "xc")
    unit = world.tree.called("WJ-BK-01")[0].unit
    row = AdoptionRow("xc", "", "", "网格员的一天（节选）", "新华社", "2023-06-01", "", 0)
    say(w, [noted_draft(activity, unit, row, "2023-06-10")])
    propose(w, activity, unit, Proposal("甄一", "科员", "13800001234", "2023-06-10"))
    freeze(w, activity, named("2023Q1"), BLOCKS)
    made: tuple[tuple[Inventory, str, dict[str, object]], ...] = (
        (VENUES, unit, {"name": "雪堰馆", "area": 2000, "class": "Ⅰ类", "usable": True}),
        (OUTLETS, "", {"name": "晚报", "class": 3, "from_on": "2023-01-01"}),
        (VIOLATIONS, unit, {"name": "无证动火", "decided_on": "2023-06-01"}),
        (LEADS, unit, {"name": "小区停电", "found_on": "2023-06-05"}),
    )
    rows = {}
    for name, (inventory, of, values) in zip(("venue", "outlet", "violation", "lead"), made, strict=True):
        fact = list_row(w, inventory, activity, of, values)
        assert fact is not None
        rows[name] = fact.subject.partition(":")[2]
    waiting = [line for line in known_items(w, ids.values()).values() if line.unit == unit]
    return {"item": ids["网格员的一天"], "sheet": print_waiting(w, activity, unit, 1, waiting).sheet, **rows}


@pytest.fixture(scope="module")
def windows(points):
    """One window for each, since opening one takes as long as looking at a page."""
    visitors, _ = points
    return {who: visitors.open(who) for who in ("dora", "city")}


@pytest.mark.parametrize(("who", "path"), READ, ids=lambda each: each)
def test_a_page_can_be_read_by_everyone(points, windows, who: str, path: str):
    page: Page = windows[who]
    with complaints(page, 200) as said:
        answer = page.goto(path.format_map(points[1]))
        assert answer is not None
        assert answer.status == 200
        assert looked_at(page) == NOTHING_WRONG
    assert said == []


def _report(page: Page, packed: Path, sort: str, title: str, event: str) -> None:
    page.goto(f"{DESK}/items/new")
    page.get_by_role("radio", name=sort).check()
    page.get_by_label("标题").fill(title)
    page.get_by_label("事件日期").fill(event)
    page.locator("[name=sent_at]").fill("2023-03-30 10:00")
    if sort == "综合性原创文章":
        page.locator("[name=characters]").fill("900")
    page.locator("[name=file]").set_input_files(packed)
    page.locator("main form button").last.click()
    expect(page.locator("#done")).to_contain_text("已报送")


def test_from_a_reported_item_to_the_frozen_bulletin(points, tmp_path):
    visitors, _ = points
    packed = tmp_path / "稿件.zip"
    with zipfile.ZipFile(packed, "w") as whole:
        whole.writestr("照片.jpg", b"x")
    desk = visitors.open("dora")
    for sort, title, event in (("综合性原创文章", "春天里的巡查", ""), ("工作动态", "开展巡查", "2023-03-29")):
        _report(desk, packed, sort, title, event)
    for stage in (1, 2):
        desk.goto(f"{DESK}/passing?stage={stage}")
        for title in ("春天里的巡查", "开展巡查"):
            desk.get_by_role("checkbox", name=title).check()
        desk.get_by_role("button", name="看看有几篇").click()
        desk.get_by_role("button", name="通过 2 篇").click()
        expect(desk.locator("#done")).to_contain_text("已通过 2 篇")
    desk.goto(f"{DESK}/week")
    desk.get_by_role("link", name="春天里的巡查").click()
    desk.locator("[name=outlet]").fill("人民日报")
    desk.locator("[name=on]").fill("2023-04-01")
    desk.get_by_role("button", name="登记录用").click()
    expect(desk.locator("main")).to_contain_text("被人民日报（一类）录用，计 15 分。")

    office = visitors.open("city")
    office.goto(f"{OFFICE}/passing")
    office.get_by_role("checkbox", name="这一页的全部").check()
    office.get_by_role("button", name="看看有几篇").click()
    office.get_by_role("button", name="通过 2 篇").click()
    office.goto(f"{OFFICE}/points/adoptions")
    office.locator("li", has_text="春天里的巡查").get_by_role("button", name="计分", exact=True).click()
    expect(office.locator("#done")).to_contain_text("已核定：计分")
    office.goto(f"{OFFICE}/points/table?period=2023Q1")
    row = office.locator("tbody tr", has_text="雪堰镇")
    expect(row.locator("td strong")).to_have_text("16")
    row.locator("td a").first.click()
    expect(office.locator("tbody")).to_contain_text("开展巡查")
    office.goto(f"{OFFICE}/bulletins/freeze?period=2023Q1&group=板块")
    office.locator("main [type=checkbox]").last.check()
    office.get_by_role("button", name="定稿").click()
    expect(office.locator("h1")).to_contain_text("第 2 号通报")
    expect(office.locator("main")).to_contain_text("雪堰镇")
    expect(office.locator("textarea")).to_contain_text("1. 雪堰镇 16 分")
