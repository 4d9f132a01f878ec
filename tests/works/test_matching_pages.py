"""Rows of likes that fit no work wait: suggested, matched once, remembered, taken as new, put aside, taken back with their file."""

from __future__ import annotations

import html
import re

import pytest
from flask import g

from campmgr.areas.people.actions.people import Registration, erase, register
from campmgr.areas.people.queries.finding import find_person
from campmgr.facts.checking import state_hash
from tests.kit.desk_story import undone
from tests.kit.office import hidden, import_csv, rows, see, send

HEAD = "作品链接,作品编号,标题,作者,参与者编号,单位,点赞数\n"
WORKS = HEAD + "https://example.org/1,,高楼火灾逃生,陈小红,,3501-X1,300\n,ZP2,用电安全口诀,林大山,,3501-X2,200\n"
PAGE = "/office/works/matching/"


@pytest.fixture
def known(pages):
    import_csv(pages, "likes", WORKS, read_at="2023-06-08T12:00")
    return pages


def later(pages, line: str, at: str = "2023-06-09T12:00"):
    import_csv(pages, "likes", HEAD + line + "\n", read_at=at)


def waiting(pages) -> list[str]:
    """The keys that wait."""
    return [html.unescape(key) for key in re.findall(r'name="key" value="([^"]+)"', see(pages, PAGE))]


def options(pages) -> list[str]:
    return re.findall(r'name="means" value="([^"]+)"', see(pages, PAGE))


def say(pages, means: str, **more: str):
    return send(pages, PAGE, key=waiting(pages)[0], means=means, **more)


def likes(pages) -> dict[str, str]:
    return {row[2]: row[3] for row in rows(see(pages, "/office/prizes/"))}


def test_a_misspelt_title_is_suggested_matched_and_remembered(known):
    later(known, ",,高楼火灾如何逃生,陈小红,,3501-X1,350")
    assert likes(known)["高楼火灾逃生"] == "300"
    first = options(known)[0]
    assert first.startswith("work:")
    assert say(known, first).status_code == 303
    assert (likes(known)["高楼火灾逃生"], waiting(known)) == ("350", [])
    later(known, ",,高楼火灾如何逃生,陈小红,,3501-X1,400", at="2023-06-10T08:00")
    assert (likes(known)["高楼火灾逃生"], waiting(known)) == ("400", [])


def test_a_row_that_says_a_number_alone_is_shown_with_the_title_and_author_it_means(known):
    line = f"{HEAD},ZP2,,,,,260\n"
    tried = send(known, "/office/import/likes", read_at="2023-06-09T12:00", file=(line.encode(), "likes.csv"))
    assert "ZP2 用电安全口诀 林大山" in tried.text


def test_title_and_author_alone_are_enough_when_they_fit_one(known):
    later(known, ",,《高楼火灾逃生》,陈小红,,,360")
    assert (likes(known)["高楼火灾逃生"], waiting(known)) == ("360", [])


def test_a_new_link_of_a_work_known_by_number_only_finds_it_by_title(known):
    later(known, "https://m.example.org/2?utm_source=x,,用电安全口诀,林大山,,3501-X2,222")
    assert likes(known) == {"高楼火灾逃生": "300", "用电安全口诀": "222"}


def test_the_same_link_from_a_telephone_is_the_same_work(known):
    later(known, "https://m.example.org/1?shareToken=7,,改过的标题,,,,333")
    assert likes(known)["高楼火灾逃生"] == "333"


def test_namesakes_are_told_apart_by_a_person(known):
    with known.store.writing() as w:
        for number in ("7", "8"):
            register(w, Registration("3501-X1", "张三", number, "三班"))
    later(known, "https://example.org/9,,新作品,张三,,3501-X1,50")
    assert "本单位有 2 个“张三”" in see(known, PAGE)
    chosen = [each for each in options(known) if each.startswith("new:") and each != "new:"]
    assert len(chosen) == 2
    assert say(known, chosen[1]).status_code == 303
    assert likes(known)["新作品"] == "50"
    later(known, "https://example.org/9,,新作品,张三,,3501-X1,60", at="2023-06-10T08:00")
    assert (likes(known)["新作品"], waiting(known)) == ("60", [])


def test_a_work_without_link_or_number_is_taken_as_new(known):
    later(known, ",,没有链接,王大力,,3501-X1,40")
    assert say(known, "new:").status_code == 303
    assert likes(known)["没有链接"] == "40"
    later(known, ",,没有链接,王大力,,3501-X1,45", at="2023-06-10T08:00")
    assert (likes(known)["没有链接"], waiting(known)) == ("45", [])


def test_another_work_by_its_link_or_number(known):
    later(known, ",,看不懂,某某,,,70")
    assert say(known, "other", other="no such").status_code == 422
    assert say(known, "other", other="ZP2").status_code == 303
    assert likes(known)["用电安全口诀"] == "70"


def test_two_readings_that_wait_are_both_taken(known):
    later(known, ",,看不懂,某某,,,70")
    later(known, ",,看不懂,某某,,,90", at="2023-06-10T08:00")
    assert len(waiting(known)) == 1
    say(known, "other", other="https://www.example.org/1")
    work = re.findall(r'href="(/office/works/[0-9a-f]{32})"', see(known, "/office/works/"))
    assert [row[1] for path in work for row in rows(see(known, path))] == ["200", "300", "70", "90"]


def test_a_row_put_aside_stays_aside_until_taken_up_again(known):
    later(known, ",,看不懂,某某,,,70")
    assert say(known, "aside").status_code == 303
    later(known, ",,看不懂,某某,,,90", at="2023-06-10T08:00")
    assert waiting(known) == []
    aside = see(known, PAGE + "?aside=1")
    key = html.unescape(re.findall(r'name="key" value="([^"]+)"', aside)[0])
    assert send(known, PAGE + "?aside=1", key=key, means="back").status_code == 303
    assert waiting(known) == [key]


def test_a_file_taken_back_waits_for_nothing_and_takes_its_matched_counts_along(known):
    later(known, ",,看不懂,某某,,,70\n,,另一行,某某,,,80\nhttps://example.org/1,,,,,,301")
    say(known, "other", other="ZP2")
    assert len(waiting(known)) == 1
    batch = re.findall(r"/desk/batches/(\w+)", see(known, "/office/works/snapshots/"))[0]
    send(known, f"/desk/batches/{batch}/undo", reason="试")
    assert (waiting(known), likes(known)) == ([], {"高楼火灾逃生": "300", "用电安全口诀": "200"})


def test_nothing_waits_twice_after_pressing_twice_or_choosing_nothing(known):
    later(known, ",,看不懂,某某,,,70")
    assert say(known, "").status_code == 422
    key = waiting(known)[0]
    answers = [send(known, PAGE, key=key, means="other", other="ZP2").status_code for _ in range(2)]
    assert answers == [303, 409]
    assert send(known, PAGE, key=key, means="new:nobody").status_code == 409


def test_what_a_row_was_said_to_mean_is_taken_back_in_one_press_and_waits_again(known):
    later(known, ",,看不懂,某某,,,70")
    key, before = waiting(known)[0], _likes(known)
    answer = send(known, PAGE, key=key, means="other", other="ZP2")
    assert (waiting(known), _likes(known)) != ([key], before)
    assert undone(known, answer, "root").status_code == 303
    assert (waiting(known), _likes(known)) == ([key], before)


def test_a_row_put_aside_is_taken_up_again_in_one_press(known):
    later(known, ",,看不懂,某某,,,70")
    (key,) = waiting(known)
    answer = send(known, PAGE, key=key, means="aside")
    assert waiting(known) == []
    undone(known, answer, "root")
    assert waiting(known) == [key]


def _likes(pages):
    with pages.store.reading() as r:
        return r.all("select work, likes from works order by work")


def test_looking_at_a_file_leaves_nothing_waiting(known):
    with known.store.reading() as r:
        before = state_hash(r)
    send(known, "/office/import/likes", file=((HEAD + ",,看不懂,某某,,,70\n").encode(), "x.csv"), read_at="2023-06-09T12:00")
    assert waiting(known) == []
    with known.store.reading() as r:
        assert state_hash(r) == before


def test_rows_of_somebody_erased_are_forgotten(known):
    with known.store.writing() as w:
        register(w, Registration("3501-X1", "张三", "7"))
    later(known, ",,看不懂,张三,,,70")
    assert len(waiting(known)) == 1
    with known.store.writing() as w:
        erase(w, find_person(w, "7"), "本人要求")
    assert waiting(known) == []


def test_a_file_of_nothing_but_unknown_rows_leads_to_where_they_wait(known):
    file = ((HEAD + ",,看不懂,某某,,,70\n").encode(), "x.csv")
    preview = send(known, "/office/import/likes", file=file, read_at="2023-06-09T12:00").text
    assert "去指明是哪件作品" in preview
    fields = {name: hidden(preview, name) for name in ("kept", "name", "read_at", "client_id")}
    answer = send(known, "/office/import/likes/commit", "root", **fields)
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert len(waiting(known)) == 1


def test_markup_in_a_row_is_text(known):
    later(known, ",,<b>粗</b>,<i>某</i>,,,70")
    text = see(known, PAGE)
    assert "<b>粗" not in text
    assert "&lt;b&gt;粗" in text


def test_more_rows_ask_no_more_queries(known):
    def queries() -> int:
        browser = known.browser("root")
        with browser:
            assert browser.get(PAGE).status_code == 200
            return g.queries

    later(known, ",,高楼,陈小红,,3501-X1,70")
    few = queries()
    later(known, ",,用电,林大山,,3501-X2,70\n,,看不懂,陈小红,,3501-X1,70")
    assert (queries(), len(waiting(known))) == (few, 3)


def test_a_row_without_an_author_is_a_new_work_of_somebody_picked(known):
    with known.store.writing() as w:
        register(w, Registration("3501-X1", "王安宁", "N77"))
    later(known, "https://example.org/77,,消防通道,,,3501-X1,120")
    assert "author" in options(known)
    refused = say(known, "author", author="没有这个人")
    assert (refused.status_code, len(waiting(known))) == (422, 1)
    assert say(known, "author", author="N77").status_code == 303
    assert (likes(known)["消防通道"], waiting(known)) == ("120", [])
