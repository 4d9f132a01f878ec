"""A list is looked at before it is frozen, made void and made again; what changes in between is shown first."""

from __future__ import annotations

import pytest

from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.works.actions.works import Reading, place_of_work, reading_draft
from campmgr.facts.saying import say
from tests.kit.office import agree, import_csv, rows, see, send, told_before

FREEZE, VOID = "/office/prizes/freeze", "/office/prizes/1/void"
HEAD = "作品链接,标题,作者,单位,点赞数\n"
LIKES = "".join(f"https://example.org/{at},{title},{name},3501-X{at},{likes}\n"
                for at, (title, name, likes) in enumerate([("一", "陈小红", 300), ("二", "林大山", 200), ("三", "黄丽", 100)]))  # fmt: skip


@pytest.fixture
def liked(pages):
    """Three works, read at noon of 8 June 2023; it is Saturday, 10 June."""
    import_csv(pages, "likes", HEAD + LIKES, read_at="2023-06-08 12:00")
    return pages


def test_what_is_open_is_told_with_the_list_as_it_will_be(liked):
    text = see(liked, f"{FREEZE}?at=2023-06-08")
    assert "2023-06-08 24:00（含6月8日全天）" in text
    assert [row[:2] for row in rows(text)][:3] == [["1", "陈小红"], ["2", "林大山"], ["3", "黄丽"]]
    assert "最后一次读数比截止早 12 小时 0 分" in text
    assert "定第 1 号名单（3 行）" in text


def test_something_open_wants_a_tick_and_a_reason_which_stays_with_the_list(liked):
    told = told_before(see(liked, f"{FREEZE}?at=2023-06-08"))
    for lacks in ({}, {"sure": "1"}, {"reason": "等不了"}, {"sure": "1", "reason": "请回电 13800001234"}):
        assert send(liked, FREEZE, **told, **lacks).status_code == 422
    assert liked.browser("root").get("/office/prizes/1").status_code == 404
    assert send(liked, FREEZE, **told, sure="1", reason="颁奖时间已定").status_code == 303
    assert "颁奖时间已定" in see(liked, "/office/prizes/1")
    assert "核对一致" in see(liked, "/office/prizes/1/verify")


def test_nothing_open_is_one_button(liked):
    send(liked, "/office/rules/ranking.cut_off", value="2023-06-08 12:30", reason="试")
    told = told_before(see(liked, f"{FREEZE}?at=2023-06-08T12:30"))
    assert send(liked, FREEZE, **told).status_code == 303


def test_what_changed_meanwhile_is_shown_first(liked):
    told = told_before(see(liked, f"{FREEZE}?at=2023-06-08"))
    import_csv(liked, "likes", HEAD + "https://example.org/0,一,陈小红,3501-X0,350\n", read_at="2023-06-08 13:00")
    again = send(liked, FREEZE, **told, sure="1", reason="时间已定")
    assert (again.status_code, "有了变化" in again.text, "350" in again.text) == (409, True, True)
    assert "checked" not in again.text
    assert liked.browser("root").get("/office/prizes/1").status_code == 404
    assert send(liked, FREEZE, **told_before(again.text), sure="1", reason="时间已定").status_code == 303


def test_a_list_previewed_voided_and_made_again(liked):
    assert agree(liked, FREEZE, at="2023-06-09").status_code == 303
    agree(liked, "/office/prizes/1/put-up", starts_on="2023-06-10", days="5", counted="working")
    assert "陈*红" in see(liked, "/lists/1")
    before = see(liked, VOID)
    assert "会是第 2 号名单" in before
    assert send(liked, VOID, **told_before(before)).status_code == 422  # a reason is always asked for
    assert agree(liked, VOID, reason="截止时间写错了").status_code == 303
    public = see(liked, "/lists/1")
    assert ("作废" in public, "截止时间写错了" in public, "陈" in public) == (True, True, False)
    assert "已作废" in see(liked, "/office/prizes/1")
    assert liked.browser("root").get(VOID).status_code == 409
    assert agree(liked, FREEZE, at="2023年6月8日").location == "/office/prizes/2"
    assert "第 1 号名单" not in see(liked, f"{FREEZE}?at=2023-06-09").split("按下去会怎样")[1].split("</section>")[0]


def test_two_lists_of_one_time_are_told(liked):
    agree(liked, FREEZE, at="2023-06-08")
    text = see(liked, f"{FREEZE}?at=2023-06-08")
    assert ("同一个截止时间：第 1 号" in text, "逐行相同" in text) == (True, True)


def test_counts_that_came_by_no_file_are_told_beside_the_files(liked):
    with liked.store.writing() as w:
        (work, person) = w.one("select work, person from works where title = '二'")
        author = people_by_id(w, [person])[person]
        say(w, [reading_draft(place_of_work(w, work, author), work, Reading("2023-06-08T05:00:00Z", 900))])
    agree(liked, FREEZE, at="2023-06-08", reason="试")
    shown = see(liked, "/office/prizes/1")
    assert ("likes.csv" in shown, "有 1 件作品的点赞数不是从文件导入的" in shown) == (True, True)
