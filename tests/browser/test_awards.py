"""From an assignment to a gold that is taken back, in one browser: every press of the host, and what a judge and everyone see."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from campmgr.accounts.governing import login_link
from campmgr.app.web_app import Settings, create_app
from campmgr.areas.activities.actions import amend
from campmgr.areas.judging.local import bind_judge
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.store import data_file
from tests.browser.conftest import PHONE, Visitors, let_in
from tests.browser.looking import NOTHING_WRONG, looked_at
from tests.browser.served import listening
from tests.browser.test_judging import slide
from tests.judging.stage import Contest, Served

OFFICE = "/office/a/sp"
CRITERIA = ("科学性", "故事性", "创新性", "艺术性", "传播性", "趣味性")
GIVEN = {"晨曦": "9", "炉火": "8", "织机": "6"}
RULES = {
    "awards.classes": json.dumps(("金奖=1", "银奖=1")), "awards.prizes": json.dumps(("金奖=奖杯、证书",)),
    "awards.unit_awards": json.dumps(("优秀组织奖=1",)), "awards.unit_weights": json.dumps(("数量=1", "组织=1")),
}  # fmt: skip


class Watched(Contest):
    """A contest with the windows in which it is looked at."""

    visitors: Visitors


@pytest.fixture
def contest(filled, browser, tmp_path):
    """Three works of three units, three judges, a round that nobody was given; windows of the host and of a judge."""
    path, cast = filled
    store = data_file.open_file(Path(shutil.copy(path, tmp_path / "camp.sqlite")), CATALOGUE, FixedClock("2023-06-26T09:00"))
    contest = Watched(Served(store, store.clock))
    contest.opens()
    for title, unit in (("晨曦", "3502"), ("炉火", "3503"), ("织机", "3504")):
        contest.has_work(title, unit, words="一部短片")
    for name in ("周评一", "吴评二", "郑评三"):
        contest.has_judge(name, "3507")
    contest.node.do(amend, contest.activity, RULES, "评审会议定下")
    contest.sets("初评", per_work=3)
    with store.writing() as w:
        bind_judge(w, cast["elias"].account, contest.judges["周评一"])
        links = {name: f"/link/{login_link(w, cast[name].account)}" for name in ("elias", "root")}
    with listening(create_app(store, Settings(store.path))) as address:
        contest.visitors = Visitors(browser, address, {})
        contest.visitors.states.update({name: let_in(contest.visitors, link) for name, link in links.items()})
        yield contest
        contest.visitors.close()
        assert contest.visitors.outside == []
    data_file.close(store)


def presses(page: Page, button: str, **typed: str) -> None:
    """Fill in what stands behind these labels, and press."""
    for label, text in typed.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("button", name=button, exact=True)).to_have_count(0)


def marked(contest: Watched, host: Page) -> None:
    """Every judge marks every work, one of them on the judge's page; the host opens the round."""
    host.goto(f"{OFFICE}/judging/初评/assign")
    presses(host, "分出 9 份")
    judge = contest.visitors.open("elias", size=PHONE)
    judge.goto("/judge/初评/")
    found = judge.locator("#work h2").inner_text()
    title = next(each for each in GIVEN if each in found)
    for criterion in CRITERIA:
        slide(judge, criterion, 2 * (int(GIVEN[title]) - 5))
    judge.get_by_role("button", name="交这一件").click()
    expect(judge.get_by_text("已交。")).to_be_visible()
    for name in contest.judges:
        for work, mark in GIVEN.items():
            if (name, work) != ("周评一", title):
                contest.gives(name, work, *[float(mark)] * 6)
    host.goto(f"{OFFICE}/judging/初评/open")
    presses(host, "开启", 为什么现在开启="都已交齐")
    expect(host.get_by_role("heading", name="初评：评审结果")).to_be_visible()


def rated(host: Page) -> None:
    """The host gives two units points for how they organised their share."""
    host.goto(f"{OFFICE}/awards/nominees/")
    for unit, points in (("厦门市", "70"), ("莆田市", "90"), ("三明市", "60")):
        host.locator("summary", has_text="打分").click()
        host.locator("#f-rated_unit").select_option(label=unit)
        host.get_by_role("textbox", name="组织").fill(points)
        host.locator("#f-points_reason").fill("看了报送记录")
        host.locator("form", has=host.locator("#f-points_reason")).get_by_role("button", name="记下").click()
        expect(host.get_by_text(f"组织 {points}")).to_be_visible()
    assert looked_at(host) == NOTHING_WRONG


def frozen(host: Page) -> str:
    """The draft is looked at and frozen; where the list is."""
    host.goto(f"{OFFICE}/awards/")
    expect(host.get_by_role("row", name="金奖")).to_contain_text("晨曦")
    expect(host.get_by_role("row", name="优秀组织奖")).to_contain_text("莆田市")
    host.locator("a.button", has_text="定奖").click()
    presses(host, "定奖")
    expect(host.get_by_text("与评分一致")).to_be_visible()
    return host.url


def taken_back(host: Page, one: str, work: str, fill: str, shown: str) -> None:
    """The gold of a work is taken back; its slot is filled or stays empty, and what to recall is listed."""
    host.goto(one)
    host.get_by_label("哪一行").select_option(label=f"金奖：{work}")
    host.get_by_label(fill).check()
    host.get_by_role("button", name="看看会怎样").click()
    presses(host, "发出更正", 更正的原因="查实抄袭")
    expect(host.get_by_role("row", name=f"{work} 金奖 召回奖杯")).to_contain_text("待办")
    expect(host.get_by_role("region", name="现在的名单").get_by_role("row", name="金奖")).to_contain_text(shown)
    expect(host.get_by_text("与评分一致")).to_be_visible()


def test_from_an_assignment_to_a_gold_that_is_taken_back(contest):
    host, everyone = contest.visitors.open("root"), contest.visitors.open(size=PHONE)
    marked(contest, host)
    rated(host)
    one = frozen(host)
    host.locator("a.button", has_text="公示").click()
    presses(host, "公示")
    everyone.goto("/a/sp/awards")
    expect(everyone.get_by_text("《晨曦》")).to_be_visible()
    assert everyone.evaluate("[...document.querySelectorAll('.scroll')].every((each) => each.scrollWidth <= each.clientWidth)")
    assert looked_at(everyone) == NOTHING_WRONG, "the public list is read on a phone"
    with host.expect_download() as paper:
        host.get_by_role("link", name="证书 PDF").click()
    assert Path(paper.value.path()).read_bytes()[:4] == b"%PDF"
    taken_back(host, one, "晨曦", "由下一名补位", "炉火")
    taken_back(host, one, "炉火", "空缺", "空缺")
    host.get_by_role("button", name="晨曦 召回奖杯：已办").click()
    expect(host.get_by_role("row", name="晨曦 金奖 召回奖杯")).to_contain_text("已办")
    assert looked_at(host) == NOTHING_WRONG
    everyone.reload()
    expect(everyone.get_by_role("row", name="金奖")).to_contain_text("空缺")
