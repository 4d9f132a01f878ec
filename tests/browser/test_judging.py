"""Judging in a browser: every page as its user sees it, and a judge who marks with the keyboard and comes back to half a work."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from campmgr.accounts.governing import login_link
from campmgr.app.web_app import Settings, create_app
from campmgr.areas.judging.local import bind_judge
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.store import data_file
from tests.browser.conftest import Visitors, let_in
from tests.browser.looking import looked_at
from tests.browser.served import listening
from tests.judging.stage import Contest, Served

ROUND = "/office/a/sp/judging"


@pytest.fixture(scope="module")
def panel(filled, browser, tmp_path_factory):
    """A contest with an open round and one that waits; windows of the host and of a judge."""
    path, cast = filled
    folder = tmp_path_factory.mktemp("judging")
    store = data_file.open_file(Path(shutil.copy(path, folder / "camp.sqlite")), CATALOGUE, FixedClock("2023-06-26T09:00"))
    contest = Contest(Served(store, store.clock)).opens()
    for title, unit in (("晨曦", "3502"), ("炉火", "3503"), ("织机", "3504")):
        contest.has_work(title, unit, words="一部短片")
    for name, unit in (("周评一", "3507"), ("吴评二", "3508"), ("郑评三", "3502")):
        contest.has_judge(name, unit)
    for name in ("初评", "复评"):
        contest.sets(name)
        contest.assigns(name, per_work=2)
    for at, (entry, judge) in enumerate(sorted(contest.plan("初评").seats.active())):
        who = next(name for name, person in contest.judges.items() if person == judge)
        contest.gives(who, contest.title(entry), *[9 - at % 4, 8, 7, 8, 6, 5 + at % 5])
    contest.opened("初评")
    with store.writing() as w:
        bind_judge(w, cast["elias"].account, contest.judges["周评一"])
        links = {name: f"/link/{login_link(w, cast[name].account)}" for name in ("elias", "root")}
    with listening(create_app(store, Settings(store.path))) as address:
        visitors = Visitors(browser, address, {})
        visitors.states.update({name: let_in(visitors, link) for name, link in links.items()})
        yield visitors
        visitors.close()
        assert visitors.outside == []
    data_file.close(store)


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("root", ROUND), ("root", f"{ROUND}/复评"), ("root", f"{ROUND}/复评/assign"), ("root", f"{ROUND}/初评/opened"),
        ("root", f"{ROUND}/初评/without"), ("elias", "/judge/"), ("elias", "/judge/复评/"),
    ],
)  # fmt: skip
def test_every_page_is_for_everybody(panel, who, path):
    page = panel.open(who)
    page.goto(path)
    assert looked_at(page) == {"at 360 px": [], "by night": [], "by day": []}


def slide(page: Page, criterion: str, steps: int) -> None:
    """Its slider so many half points away from the middle, by keyboard."""
    page.get_by_role("slider", name=criterion).focus()
    for _ in range(abs(steps)):
        page.keyboard.press("ArrowRight" if steps > 0 else "ArrowLeft")


def test_a_judge_puts_half_a_work_aside_comes_back_and_gives_it(panel):
    page = panel.open("elias")
    page.goto("/judge/复评/")
    title = page.locator("#work h2").inner_text()
    slide(page, "科学性", 7)
    expect(page.locator(".slider").first).to_contain_text("7-8.5 优秀，小有不足")
    page.get_by_role("button", name="暂存").click()
    expect(page.get_by_text("已暂存")).to_be_visible()
    page.goto("/judge/复评/")
    expect(page.locator(".slider output").first).to_have_text("8.5")
    page.get_by_role("button", name="交这一件").click()
    expect(page.get_by_text("“故事性”没有打分")).to_be_visible()
    for criterion in ("故事性", "创新性", "艺术性", "传播性"):
        slide(page, criterion, 8)
    page.get_by_role("button", name="趣味性加一档").click()
    page.get_by_role("button", name="趣味性加一档").click()
    page.context.set_offline(True)
    page.get_by_role("button", name="交这一件").click()
    expect(page.get_by_text("没有保存：连不上服务器")).to_be_visible()
    expect(page.locator(".slider output").last).to_have_text("5.5")
    page.context.set_offline(False)
    page.get_by_role("button", name="交这一件").click()
    expect(page.get_by_text("已交。")).to_be_visible()
    expect(page.locator("#work h2")).not_to_have_text(title)
    expect(page.locator(".spread")).to_contain_text("9")
