"""A second reading of likes with a fall and a jump: flagged, decided, and what the board shows; the wall outlives its server."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, Route, expect

from campmgr.app.web_app import Settings, create_app
from campmgr.areas.camp.actions import amend_rule, open_camp
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.whole import CATALOGUE
from campmgr.areas.works.actions.works import Reading, reading_draft, work_draft
from campmgr.areas.works.rules.work import Work, work_id
from campmgr.clock import FixedClock
from campmgr.facts.saying import say
from campmgr.store import data_file
from tests.browser.served import listening

HEADINGS = ("作品链接", "标题", "作者", "账号类型", "点赞数", "单位")
FALLEN, JUMPED = "旗标作品三", "旗标作品七"


def sheet(path, counts: list[int]):
    """A workbook of thirty works with these counts."""
    book = Workbook()
    book.active.append(HEADINGS)
    for at, count in enumerate(counts):
        title = {3: FALLEN, 7: JUMPED}.get(at, f"旗标作品{at}号")
        book.active.append((f"https://example.org/f/{at}", title, f"钱旗标{at}", "个人号", count, "3503"))
    book.save(path)
    return path


@pytest.fixture
def sheets(tmp_path):
    """Thirty works that grow evenly; in the second reading the fourth has fallen and the eighth has jumped."""
    first = [100_000 + 997 * at for at in range(30)]
    second = [count + 1000 + 13 * at for at, count in enumerate(first)]
    second[3] -= 20_000
    second[7] += 400_000
    return sheet(tmp_path / "one.xlsx", first), sheet(tmp_path / "two.xlsx", second)


def test_a_fall_and_a_jump_are_flagged_decided_and_seen_on_the_board(visit, sheets):
    organizer, everybody = visit("organizer"), visit()
    for path, at in zip(sheets, ("2023-06-30T20:00", "2023-06-30T21:00"), strict=True):
        import_likes(organizer, path, at)
    organizer.goto("/office/works/snapshots/2023-06-30T13:00:00Z")
    expect(organizer.get_by_role("region", name="作品")).to_contain_text(FALLEN)
    assert board_has(everybody, JUMPED)
    decide(organizer, JUMPED, "突然增多", "刷量", "取消资格")
    assert not board_has(everybody, JUMPED)
    decide(organizer, FALLEN, "点赞减少", "平台清理了异常点赞", "没有问题")
    assert board_has(everybody, FALLEN)
    organizer.goto("/office/works/decisions")
    expect(organizer.locator("tbody tr").first).to_contain_text("平台清理了异常点赞")
    organizer.get_by_role("row").filter(has_text="取消资格").get_by_role("link").click()
    organizer.get_by_label("原因").fill("申诉成立")
    organizer.get_by_role("button", name="恢复资格").click()
    expect(organizer.get_by_text("参加排名")).to_be_visible()
    assert board_has(everybody, JUMPED)


def import_likes(organizer: Page, path, at: str) -> None:
    """Try the sheet, look, import it."""
    organizer.goto("/office/import/likes")
    organizer.get_by_label("点赞数的读取时间").fill(at)
    organizer.get_by_label("表格文件").set_input_files(path)
    organizer.get_by_role("button", name="预览").click()
    organizer.get_by_role("button", name="导入 30 行").click()
    expect(organizer.get_by_role("heading", level=1)).to_contain_text("已导入")


def decide(organizer: Page, title: str, matter: str, reason: str, answer: str) -> None:
    """Find the flag of a work, and decide with one press and a reason."""
    organizer.goto("/office/works/flags")
    flag = organizer.locator(".flags li").filter(has_text=title).filter(has_text=matter).first
    flag.get_by_label("原因").fill(reason)
    flag.get_by_role("button", name=answer).click()
    expect(organizer.locator(".flags li").filter(has_text=title).filter(has_text=matter)).to_have_count(0)


def board_has(everybody: Page, title: str) -> bool:
    """Whether a work stands on the board."""
    everybody.goto("/board")
    return everybody.locator(".board li").filter(has_text=title).count() == 1


@pytest.fixture
def liked(tmp_path):
    """A camp whose wall turns every three seconds, with one work on the list."""
    store = open_camp(tmp_path / "wall.sqlite", "escape-drill-2023", CATALOGUE, FixedClock("2023-06-10T12:00"))
    with store.writing() as w:
        amend_rule(w, "ranking.screen_seconds", "3", "试")
    hand_in(store, 1, "王子涵", 700)
    yield store
    data_file.close(store)


def hand_in(store, number: int, name: str, likes: int) -> None:
    with store.writing() as w:
        register(w, Registration("3501", name, str(number)))
        who, work = find_person(w, str(number)), Work("演练", link=f"https://example.org/{number}")
        campaign = w.meta("campaign")
        said = work_draft(campaign, work, who.person, who.home, "2023-06-01")
        say(w, [said, reading_draft(who.home, work_id(campaign, work), Reading("2023-06-08T04:00:00Z", likes))])


def test_the_wall_shows_the_last_list_while_the_server_is_away_and_the_new_one_after(visit, liked):
    app = create_app(liked, Settings(liked.path))
    with listening(app) as address:
        wall = visit()
        wall.goto(f"{address}/board/screen")
        expect(wall.locator("#wall li")).to_have_count(1)
        with wall.expect_response(lambda answer: "/board/screen/rows" in answer.url) as first:
            pass
        assert first.value.status == 200
        with wall.expect_response(lambda answer: "/board/screen/rows" in answer.url) as again:
            pass
        assert again.value.status == 304
    expect(wall.get_by_text("连接中断，自动重试")).to_be_visible()
    expect(wall.locator("#wall li")).to_have_count(1)
    hand_in(liked, 2, "林大山", 900)
    with listening(app, int(address.rpartition(":")[2])):
        expect(wall.locator("#wall li")).to_have_count(2)
        expect(wall.get_by_text("连接中断，自动重试")).to_be_hidden()
        expect(wall.locator("#wall li").first).to_contain_text("林*山")


def test_the_wall_takes_nothing_but_its_own_part_for_an_answer(visit, liked):
    for number in range(2, 13):
        hand_in(liked, number, f"林大山{number}", 100 * number)
    with listening(create_app(liked, Settings(liked.path))) as address:
        wall = visit()
        wall.clock.install()
        wall.goto(f"{address}/board/screen")
        said, lines = wall.get_by_text("连接中断，自动重试"), wall.locator("#wall li")
        expect(lines).to_have_count(10)
        wall.clock.run_for(3000)
        expect(lines).to_have_count(2)
        wall.route("**/board/screen/rows*", lambda route: route.fulfill(body="<!doctype html><h1>请登录校园网</h1>"))
        wall.clock.run_for(3000)
        expect(said).to_be_visible()
        expect(lines).to_have_count(10)
        wall.unroute("**/board/screen/rows*")
        wall.clock.run_for(3000)
        expect(said).to_be_hidden()
        held: list[Route] = []
        wall.route("**/board/screen/rows*", lambda route: held.append(route))  # noqa: PLW0108
        wall.clock.run_for(3000)
        wall.clock.run_for(10_000)
        expect(said).to_be_visible()
        expect(lines).to_have_count(10)
        for each in held:
            each.abort()


def test_an_open_board_takes_nothing_but_its_own_part_for_an_answer(visit, liked):
    with listening(create_app(liked, Settings(liked.path))) as address:
        board = visit()
        board.clock.install()
        board.goto(f"{address}/board")
        said, lines = board.get_by_text("连接中断，自动重试"), board.locator("#board li")
        expect(lines).to_have_count(1)
        board.route("**/board/rows*", lambda route: route.fulfill(body="<!doctype html><h1>请登录校园网</h1>"))
        board.clock.run_for(31_000)
        expect(said).to_be_visible()
        expect(lines).to_have_count(1)
        board.unroute("**/board/rows*")
        hand_in(liked, 2, "林大山", 900)
        board.clock.run_for(31_000)
        expect(lines).to_have_count(2)
        expect(said).to_be_hidden()
        held: list[Route] = []
        board.route("**/board/rows*", lambda route: held.append(route))  # noqa: PLW0108
        board.clock.run_for(31_000)
        board.clock.run_for(10_000)
        expect(said).to_be_visible()
        expect(lines).to_have_count(2)
        for each in held:
            each.abort()
