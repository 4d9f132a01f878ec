"""The board: masked, in pages for a wall, and nothing sent again to a browser that has it."""

from __future__ import annotations

import re

from flask import g

from campmgr.areas.people.actions.people import Registration, erase, register
from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.whole import CATALOGUE
from campmgr.areas.works.actions.works import Reading, reading_draft, work_draft
from campmgr.areas.works.rules.work import Work, work_id
from campmgr.facts.saying import say
from campmgr.store.door import Store
from tests.kit.office import send
from tests.kit.pages import OWN

PATHS = ("/board", "/board/rows", "/board/screen", "/board/screen/rows")


def test_names_are_masked_and_markup_is_text(pages):
    _hand_in(pages, 1, "王子涵", 1234, title="<b>演练</b>")
    for path in PATHS:
        page = pages.browser().get(path).text
        assert "王*涵" in page
        assert "王子涵" not in page
        assert "1,234" in page
        assert "&lt;b&gt;演练" in page


def test_whoever_picks_a_work_sees_whole_names_of_their_own_people_alone(pages):
    _hand_in(pages, 1, "王子涵", 1234, title="演练日记")
    for who, name, not_said in (("root", "王子涵", "王*涵"), ("elias", "王子涵", "王*涵"), ("farid", "王*涵", "王子涵")):
        offered = pages.browser(who).post("/desk/pick/work/it", data={"it": "日记"}, headers=OWN).text
        assert name in offered
        assert not_said not in offered


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


def test_namesakes_are_told_apart_by_unit_and_within_one_by_a_figure_that_stays(pages):
    _hand_in(pages, 1, "王子涵", 9)
    _hand_in(pages, 2, "王梓涵", 8)
    _hand_in(pages, 3, "王小涵", 7, unit="3501-X2")
    before = _names(pages)
    assert sorted(before) == ["王*涵", "王*涵（1）", "王*涵（2）"]
    assert before[2] == "王*涵"
    _hand_in(pages, 2, "王梓涵", 99, title="又一件", known=True)
    assert _names(pages) == [before[1], before[0], before[2]]


def test_no_name_leaves_unmasked_by_any_way(pages):
    names = ("王子涵", "欧阳娜娜", "𠮷田一郎", "古丽·阿依", "李丽")
    for number, name in enumerate(names):
        _hand_in(pages, number, name, 10 - number)
    for path in (*PATHS, "/board?unit=3501", "/board/screen?field=家庭", "/board/rows?account=个人号"):
        answer = pages.browser().get(path)
        told = answer.text + str(answer.headers)
        assert not [name for name in names if name in told], path


def test_a_part_is_ranked_by_the_address_and_the_wall_goes_on_with_it(pages):
    _hand_in(pages, 1, "王子涵", 9, field="家庭")
    _hand_in(pages, 2, "林大山", 8, field="学校", account="官方号")
    assert _names(pages, "?field=学校") == ["林*山"]
    assert _names(pages, "?unit=3501&account=个人号") == ["王*涵"]
    assert _names(pages, "?unit=3502") == []
    page = pages.browser().get("/board?line=教育&field=学校").text
    assert "范围：条线：教育、领域：学校" in page
    assert 'href="/board/screen?line=' in page
    wall = pages.browser().get("/board/screen?field=学校").text
    assert "林*山" in wall
    assert "王*涵" not in wall
    assert "rows?page=1&amp;field=" in wall
    assert pages.browser().get("/board?unit=9999").status_code == 404
    assert pages.browser().get("/board?field=<script>").status_code == 422


def test_a_lower_bound_says_so_and_kinds_apart_are_two_lists(pages):
    _hand_in(pages, 1, "王子涵", 100_000, at_least=True)
    _hand_in(pages, 2, "林大山", 8, account="官方号")
    assert "≥ 100,000" in pages.browser().get("/board").text
    assert "≥ 100,000" in pages.browser().get("/board/screen").text
    send(pages, "/office/rules/ranking.account_lists", value="apart", reason="试")
    text = pages.browser().get("/board").text
    assert re.findall(r"<h2>(.+?)</h2>", text) == ["个人号", "官方号"]
    assert re.findall(r'class="place">(\d+)<', text) == ["1", "1"]


def test_the_seconds_of_a_screen_are_a_setting(pages):
    assert 'data-every="12"' in pages.browser().get("/board/screen").text
    send(pages, "/office/rules/ranking.screen_seconds", value="20", reason="试")
    page = pages.browser().get("/board/screen").text
    assert 'data-every="20"' in page
    assert 'content="20; url=' in page


def test_the_board_after_the_cut_off_stands_still(pages):
    _hand_in(pages, 1, "王子涵", 9)
    send(pages, "/office/rules/ranking.cut_off", value="2023-06-08T12:30", reason="试")
    _hand_in(pages, 1, "王子涵", 50, known=True, at="2023-06-09T04:00:00Z")
    page = pages.browser().get("/board").text
    assert "9<small> 赞" in page
    assert "更新于 2023-06-08 12:00" in page


def _names(pages, asked: str = "") -> list[str]:
    return re.findall(r"<strong>(.+?)</strong>", pages.browser().get("/board/rows" + asked).text)


def _hand_in(
    pages, number: int, name: str, likes: int, title: str = "演练", *, unit: str = "3501-X1", field: str = "", account: str = "个人号",
    known: bool = False, at_least: bool = False, at: str = "2023-06-08T04:00:00Z",
) -> None:  # fmt: skip
    """Somebody joins, unless they are known, and hands in a work that is liked."""
    with pages.store.writing() as w:
        if not known:
            register(w, Registration(unit, name, str(number)))
        who = find_person(w, str(number))
        link = f"https://example.org/{number}" + ("" if title == "演练" else "/" + title)
        work, campaign = Work(title, link=link, account=account, field=field), w.meta("campaign")
        said = work_draft(campaign, work, who.person, who.home, "2023-06-01")
        count = Reading(at, likes, at_least=at_least)
        say(w, [said, reading_draft(who.home, work_id(campaign, work), count)])


def _queries(pages, path: str) -> int:
    with pages.browser() as browser:
        browser.get(path)
        assert browser.get(path).status_code == 200
        return g.queries


def _asked(pages, path: str, **headers: str):
    browser = pages.browser()
    with browser:
        answer = browser.get(path, headers=headers)
        return answer, g.queries


def test_a_board_is_kept_as_it_was_drawn_until_something_is_recorded(pages):
    _hand_in(pages, 1, "王子涵", 5)
    for path in PATHS:
        first, asked = _asked(pages, path)
        again, asked_again = _asked(pages, path)
        assert (asked > 0, asked_again, again.data) == (True, 0, first.data)
        known, asked_at_all = _asked(pages, path, **{"If-None-Match": first.headers["ETag"]})
        assert (known.status_code, known.data, asked_at_all) == (304, b"", 0)
    _hand_in(pages, 2, "李小明", 9)
    for path in PATHS:
        fresh, asked = _asked(pages, path)
        assert ("李*明" in fresh.text, asked > 0) == (True, True)


def test_a_kept_board_is_nobody_elses(pages):
    _hand_in(pages, 1, "王子涵", 5)
    mine, theirs = pages.browser("root").get("/board"), pages.browser().get("/board")
    assert "组织工作" in mine.text
    assert "组织工作" not in theirs.text
    assert "组织工作" in pages.browser("root").get("/board").text
    assert "组织工作" not in pages.browser().get("/board").text


def test_another_program_that_records_is_noticed_and_so_is_the_time(pages):
    _hand_in(pages, 1, "王子涵", 5)
    pages.browser().get("/board")
    other = Store(pages.store.path, CATALOGUE, pages.clock)
    with other.writing() as w:
        register(w, Registration("3501-X1", "甲"))
    other.close()
    assert _asked(pages, "/board")[1] > 0
    assert _asked(pages, "/board")[1] == 0
    pages.clock.move(minutes=1)
    assert _asked(pages, "/board")[1] > 0
