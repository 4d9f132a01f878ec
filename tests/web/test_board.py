"""The board: masked, in pages for a wall, and nothing sent again to a browser that has it."""

from __future__ import annotations

import re

from flask import g

from campmgr.actions.people import Registration, erase, register
from campmgr.actions.saying import say
from campmgr.actions.works import Reading, Work, reading_draft, work_draft, work_id
from campmgr.ledger.scopes import people_scope
from campmgr.queries.finding import find_person

PATHS = ("/board", "/board/screen", "/board/screen/rows")


def test_names_are_masked_and_markup_is_text(pages):
    _hand_in(pages, 1, "王子涵", 1234, title="<b>演练</b>")
    for path in PATHS:
        page = pages.browser().get(path).text
        assert "王*涵" in page
        assert "王子涵" not in page
        assert "1,234" in page
        assert "&lt;b&gt;演练" in page


def test_an_empty_board_says_so(pages):
    assert all("还没有点赞数" in pages.browser().get(path).text for path in PATHS)


def test_an_erased_author_keeps_the_place_without_a_name(pages):
    _hand_in(pages, 1, "王子涵", 5)
    with pages.store.writing() as w:
        erase(w, find_person(w, "1"), "本人要求")
    page = pages.browser().get("/board").text
    assert "已删除" in page
    assert "5<small> 赞" in page


def test_the_wall_turns_its_pages_and_begins_anew(pages):
    for number in range(12):
        _hand_in(pages, number, f"王{number}", 100 - number)
    first, second = (pages.browser().get(f"/board/screen/rows?page={number}").text for number in (1, 2))
    assert (first.count("<li"), second.count("<li")) == (10, 2)
    assert "rows?page=2" in first
    assert "rows?page=1" in second
    assert "第 2 屏，共 2 屏" in second
    for odd in ("0", "99", "-1", "x", "²", ""):
        assert pages.browser().get(f"/board/screen?page={odd}").status_code == 200


def test_the_wall_is_a_part_of_its_page_and_turns_without_scripts_too(pages):
    _hand_in(pages, 1, "王子涵", 5)
    page = pages.browser().get("/board/screen").text
    assert pages.browser().get("/board/screen/rows").text.strip() in page
    assert re.search(r'<noscript><meta http-equiv="refresh" content="\d+; url=/board/screen\?page=1">', page)


def test_what_the_browser_has_is_not_sent_again(pages):
    for path in PATHS:
        tag = pages.browser().get(path).headers["ETag"]
        again = pages.browser().get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        _hand_in(pages, PATHS.index(path), f"王{PATHS.index(path)}", 7)
        assert pages.browser().get(path, headers={"If-None-Match": tag}).status_code == 200


def test_three_rows_ask_as_many_queries_as_one(pages):
    _hand_in(pages, 1, "王一", 1)
    few = [_queries(pages, path) for path in PATHS]
    _hand_in(pages, 2, "王二", 2)
    _hand_in(pages, 3, "王三", 3)
    assert [_queries(pages, path) for path in PATHS] == few


def _hand_in(pages, number: int, name: str, likes: int, title: str = "演练") -> None:
    """Somebody joins and hands in a work that is liked."""
    with pages.store.writing() as w:
        register(w, Registration("3501-X1", name, str(number)))
        who, work = find_person(w, str(number)), Work(title, link=f"https://example.org/{number}", account="个人号")
        campaign = w.meta("campaign")
        said = work_draft(campaign, work, who.person, who.home, "2023-06-01")
        say(w, [said, reading_draft(people_scope(who.home), work_id(campaign, work), Reading("2023-06-08T04:00:00Z", likes))])


def _queries(pages, path: str) -> int:
    with pages.browser() as browser:
        browser.get(path)
        assert browser.get(path).status_code == 200
        return g.queries
