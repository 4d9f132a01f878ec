"""Whoever hosts takes in score sheets and votes on a page, at whatever level; nobody else's activity is touched."""

from __future__ import annotations

import zipfile

import openpyxl
import pytest

from campmgr.areas.judging.files.score_sheet import write_score_sheet
from campmgr.areas.judging.queries.forms import form_of
from campmgr.areas.judging.queries.scores import own_marks
from campmgr.facts import world as worlds
from campmgr.files.imports.sealed_sheet import MAGIC
from campmgr.ledger.hpke import close_for
from tests.judging.stage import Contest, Served
from tests.kit.office import found, hidden, see, send
from tests.kit.pages import Pages

SHEETS, VOTES = "/office/a/xs/import/scores", "/office/a/xs/import/votes"


@pytest.fixture
def contest(pages: Pages) -> Contest:
    """The city 3501 hosts; two works from elsewhere, one judge."""
    contest = Contest(Served(pages.store, pages.clock), "xs").opens("3501")
    for title, unit in (("晨曦", "350102"), ("炉火", "350103")):
        contest.has_work(title, unit)
    contest.has_judge("周评一", "3507")
    contest.sets(criteria=(("总评", 1),), scale=10, step=50)
    contest.assigns(per_work=1)
    return contest


def sealed_sheet(contest: Contest, tmp_path, mark: object = 8.5) -> bytes:
    """What the judge hands back: the workbook with one mark for every work, sealed."""

    def ask(r):
        world = worlds.load(r)
        return form_of(r, world, contest.activity_in(world), contest.line(), contest.judges["周评一"]).form

    form = contest.node.see(ask)
    path = tmp_path / "a.xlsx"
    write_score_sheet(path, form)
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows(min_row=5):
        row[3].value = mark
    book.save(path)
    assert zipfile.is_zipfile(path)
    return f"{MAGIC}\n{form.sealed_for}\n{close_for(form.sealed_for, path.read_bytes(), MAGIC).hex()}\n".encode()


def test_a_county_hosts_and_takes_its_sheets_in_on_a_page(contest, pages, tmp_path):
    assert SHEETS in see(pages, "/office/a/xs/judging/初评/packs", "city")
    shown = found(pages, SHEETS, "city", client_id="v", file=(sealed_sheet(contest, tmp_path), "评分表.sealed"))
    assert "晨曦" in shown
    assert "8.5" not in shown
    kept = {name: hidden(shown, name) for name in ("kept", "name", "read_at", "client_id")}
    done = send(pages, f"{SHEETS}/commit", "city", **kept)
    assert done.status_code == 303
    assert "已导入 2 行" in see(pages, done.location, "city")
    marks = contest.node.see(own_marks, contest.activity, contest.line(), contest.judges["周评一"])
    assert [each.marks for each in marks.values()] == [{"总评": 850}] * 2
    assert "/me/receipt/" in see(pages, "/office/a/xs/judging/初评/packs", "city")


def test_a_county_takes_its_votes_in_on_a_page_and_no_votes_of_others(contest, pages):
    province = Contest(Served(pages.store, pages.clock), "sp").opens()
    province.has_work("晨曦", "3502")
    assert VOTES in see(pages, "/office/a/xs/works/votes", "city")
    rows = "作品名称,票数,活动代码\n晨曦,41,\n炉火,52,xs\n晨曦,63,sp\n"
    sheet = {"file": (rows.encode(), "票.csv"), "read_at": "2023-06-10 08:00", "client_id": "v"}
    shown = found(pages, VOTES, "city", **sheet)
    assert "这里只收" in shown, shown
    kept = {name: hidden(shown, name) for name in ("kept", "name", "read_at", "client_id")}
    assert send(pages, f"{VOTES}/commit", "city", **kept).status_code == 303
    with pages.store.reading() as r:
        told = sorted(r.all("select activity, votes from vote_readings"))
    assert told == [(contest.activity.id, 41), (contest.activity.id, 52)]
    assert pages.browser("city").get("/office/a/sp/import/votes").status_code == 403
    assert pages.browser("root").get("/office/a/sp/import/people").status_code == 404


def test_each_activity_of_a_host_lists_its_own_sheets(contest, pages, tmp_path):
    other = Contest(Served(pages.store, pages.clock), "er").opens("3501")
    other.has_work("江火", "350102")
    other.has_judge("吴评二", "3508")
    other.sets(criteria=(("总评", 1),), scale=10, step=50)
    other.assigns(per_work=1)
    shown = found(pages, SHEETS, "city", client_id="v", file=(sealed_sheet(contest, tmp_path), "评分表.sealed"))
    kept = {name: hidden(shown, name) for name in ("kept", "name", "read_at", "client_id")}
    assert send(pages, f"{SHEETS}/commit", "city", **kept).status_code == 303
    assert "/me/receipt/" in see(pages, "/office/a/xs/judging/初评/packs", "city")
    assert "/me/receipt/" not in see(pages, "/office/a/er/judging/初评/packs", "city")


def test_a_row_that_is_not_taken_tells_no_mark_on_any_way_back(contest, pages, tmp_path):
    shown = found(pages, SHEETS, "city", client_id="v", file=(sealed_sheet(contest, tmp_path, 8.25), "评分表.sealed"))
    assert "不是这一轮的分数" in shown
    assert "8.25" not in shown
    kept = {name: hidden(shown, name) for name in ("kept", "name", "read_at")}
    again = found(pages, SHEETS, "city", client_id="w", **kept | {"col-title": "总评", "heading_row": "5"})
    assert "8.25" not in again
    answer = send(pages, f"{SHEETS}/rejects.xlsx", "city", **kept)
    (tmp_path / "back.xlsx").write_bytes(answer.data)
    rows = [cell for row in openpyxl.load_workbook(tmp_path / "back.xlsx").active.values for cell in row]
    assert 8.25 not in rows
    assert "8.25" not in str(rows)


def test_nobody_but_the_host_and_those_above_takes_sheets_in(contest, pages, tmp_path):
    content = sealed_sheet(contest, tmp_path)
    for who, codes in (("dora", {403}), ("elias", {403}), ("farid", {403}), ("nobody", {401, 303})):
        assert pages.browser(who).get(SHEETS).status_code in codes, who
    Contest(Served(pages.store, pages.clock), "sp").opens()
    assert pages.browser("city").get("/office/a/sp/import/scores").status_code == 403, "it only sees the province's"
    shown = send(pages, "/office/a/sp/import/scores", "root", client_id="v", file=(content, "评分表.sealed"))
    assert "不是这次活动现在的评分表" in shown.text, "a sheet of another activity is refused whole"
    for kind in ("likes", "units"):
        refused = send(pages, f"/office/import/{kind}", "root", client_id="v", read_at="2023-06-10 08:00", file=(content, "a.csv"))
        assert "不能当别的表格打开" in refused.text
