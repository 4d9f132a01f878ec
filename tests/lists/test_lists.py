"""Every declared list: what its page shows is what its workbook holds, in each order, with each filter; nobody gets another's."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from io import BytesIO

import pytest
from flask import g
from openpyxl import load_workbook

from campmgr.accounts.lists import LIST_PAGE, ListOf, QueriedRows
from campmgr.areas.people.actions.people import Registration, add_membership, register
from campmgr.areas.people.queries import people_list
from campmgr.areas.people.queries.class_sums import GATHERED
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.people.queries.people_list import PEOPLE
from campmgr.areas.whole import CATALOGUE
from campmgr.desks.pages.lists import all_lists
from campmgr.desks.queries.listed import KINDS
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.files.imports.sheets import sheets_of
from tests.kit.desk_story import DESK, post, school
from tests.kit.office import see

ADDRESSES = {
    "people": f"{DESK}/people",
    "works": "/office/works/",
    "flags": "/office/works/flags?as=table",
    "decisions": "/office/works/decisions",
    "certificates": "/office/certificates/",
    "desk_certificates": f"{DESK}/certificates",
    "lessons": "/office/lessons/",
    "units": "/office/units/",
    "accounts": "/office/accounts",
    "batches": "/desk/batches",
    "log": f"{DESK}/log",
    "looks": "/desk/looks",
}
LISTS = all_lists(CATALOGUE)


def test_every_list_is_tried_here():
    assert ADDRESSES.keys() == LISTS.keys()


def test_everything_that_can_be_imported_has_a_word_in_the_list_of_imports():
    assert sheets_of(CATALOGUE).keys() <= KINDS.keys()


def _ways(one: ListOf) -> list[str]:
    """Ways to ask for a list: as it comes, by columns both ways, by filters, with every column."""
    sorts = [f"sort={each.key}{way}" for each in one.columns for way in ("", "&way=down")]
    filters = [f"{each.key}={value}" for each in one.filters for value, _ in each.choices[1:] if value.isascii()]
    every = "&".join(f"col={each.key}" for each in one.columns)
    return ["", *sorts[:6], sorts[-1], *filters[:4], every]


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_page_and_its_workbook_say_the_same(pages, one_of_each, name):
    school(pages, "=1+1", "巴迪", "+86")
    if name == "decisions":
        found = one_of_each
        post(pages, "/office/works/flags", "root", answer="fine", case=found["flag"], work=found["work"], reason="已核实")
    if name == "looks":
        (seen,) = school(pages, "查看")
        assert post(pages, f"/desk/people/{seen}/copy").status_code == 200
    for asked in _ways(LISTS[name]):
        address = ADDRESSES[name]
        address += (("&" if "?" in address else "?") + asked) if asked else ""
        text = see(pages, address)
        if "<table" not in text:
            assert asked, f"{address} shows no row to compare"
            continue
        heads, shown = table_of(text)
        while following := re.search(r'rel="next" href="([^"]+)"', text):
            text = see(pages, unescape(following[1]))
            shown += table_of(text)[1]
        book = workbook_of(pages, text)
        assert book[0] == heads, address
        assert [[words_of(cell, head, LISTS[name]) for cell, head in zip(row, heads, strict=True)] for row in book[1:]] == shown, (
            address
        )


def test_the_workbook_says_who_made_it_when_and_of_what_and_texts_stay_texts(pages):
    school(pages, "=1+1")
    sheet = sheet_of(pages, see(pages, f"{DESK}/people?filter=behind", "dora"), "dora")
    told = [sheet.cell(row, 1).value for row in range(1, 5)]
    assert told[0] == "人员"
    assert re.fullmatch(r"dora（dora）导出于 2023-06-10 \d\d:\d\d", told[1])
    assert told[2] == "范围：演练小学1及下级"
    assert told[3].startswith("状态：未完成")
    cell = sheet.cell(6, 1)
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_a_heading_sorts_and_what_was_chosen_stays(pages):
    school(pages, "阿一", "阿二", "阿三")
    text = see(pages, f"{DESK}/people?filter=behind&col=number", "dora")
    link = unescape(re.findall(r'<a href="([^"]+)"[^>]*>姓名</a>', text)[0])
    assert "filter=behind" in link
    assert "col=number" in link
    up = see(pages, link, "dora")
    assert 'aria-sort="ascending"' in up
    down = unescape(re.findall(r'<a href="([^"]+)"[^>]*>姓名</a>', up)[0])
    names = [row[0] for row in table_of(up)[1]]
    assert [row[0] for row in table_of(see(pages, down, "dora"))[1]] == names[::-1]


def test_what_nobody_can_sort_or_show_is_as_usual(pages):
    school(pages, "阿一")
    usual = table_of(see(pages, f"{DESK}/people", "dora"))
    assert table_of(see(pages, f"{DESK}/people?sort=none&col=none&way=up&page=x&filter=none", "dora")) == usual


def test_pages_one_behind_the_other_hold_everyone_once(pages):
    names = [f"生{number % 7}{number:03d}" for number in range(2 * LIST_PAGE + 3)]
    school(pages, *names)
    shown = [row[0] for page in (1, 2, 3) for row in table_of(see(pages, f"{DESK}/people?sort=hours&page={page}", "dora"))[1]]
    assert sorted(shown) == sorted(names)


@pytest.mark.parametrize(("who", "name", "asked", "status"), [
    ("dora", "people", "unit=3502", 404), ("jiao", "people", "unit=3501", 403), ("dora", "works", "", 403),
    ("elias", "batches", "", 403), ("city", "works", "", 403), ("root", "none", "", 404), ("farid", "people", "unit=3501-X1", 404),
    ("nobody", "people", "", 403),
])  # fmt: skip
def test_nobody_exports_what_is_not_theirs(pages, who, name, asked, status):
    assert post(pages, f"/desk/lists/{name}/export", who, asked=asked, client_id="a" * 32).status_code == status


def test_another_account_does_not_get_a_workbook_that_somebody_made(pages):
    school(pages, "阿雅")
    made = _sent(pages, see(pages, f"{DESK}/people", "dora"), "dora")
    assert pages.browser("dora").get(made.location).status_code == 200
    assert pages.browser("root").get(made.location).status_code == 404


@pytest.mark.parametrize("name", ["people", "units", "accounts"])
def test_three_hundred_rows_ask_as_many_queries_as_one(pages, name):
    school(pages, "生")
    few = _queries(pages, ADDRESSES[name])
    school(pages, *(f"生{number:03d}" for number in range(300)))
    assert _queries(pages, ADDRESSES[name]) == few


def _as_of_a_million(monkeypatch) -> None:
    """Nobody is gathered, however few they are."""
    for name in ("FEW", "GATHERED"):
        monkeypatch.setattr(people_list, name, -1)


def test_a_million_people_are_followed_by_an_index_and_nobody_is_sorted(pages, monkeypatch):
    _as_of_a_million(monkeypatch)
    with pages.store.reading() as r:
        world, dora = worlds.load(r), pages.accounts["dora"]
        rows = PEOPLE.rows(r, world, dora, PEOPLE.asked({}, "3501"))
        assert isinstance(rows, QueriedRows)
        for down in (False, True):
            plan = " ".join(str(row[3]) for row in r.all("explain query plan " + rows.sql("name", down=down), **rows.values))
            assert "SCAN p USING INDEX people_by_name" in plan
            assert (
                plan.count("TEMP B-TREE FOR ORDER BY") == plan.count("TEMP B-TREE FOR LAST TERM OF ORDER BY") == 0
                or "LAST TERM" in plan
            )


def test_every_way_to_list_people_lists_and_counts_the_same(pages, one_of_each, monkeypatch):
    del one_of_each
    school(pages, "阿一", "阿二", "阿三")
    school(pages, "阿四", class_name="")
    with pages.store.writing() as w:
        (child,) = w.one("select person from people where name = '阿二'")
        add_membership(w, people_by_id(w, [child])[child], find_unit(worlds.load(w), "3501-FL").unit)
        register(w, Registration(find_unit(worlds.load(w), "3502").unit, "外人", "X1"))
    asked = [
        {"filter": state} | more
        for state, _ in people_list.STATES
        for more in ({}, {"class": "三年1班"}, {"class": "-"}, {"own": "1"})
    ]

    def listed() -> list[tuple[int, list[str]]]:
        with pages.store.reading() as r:
            world, found = worlds.load(r), []
            for unit, line in (("35", ""), ("3501", ""), ("3501-FL", ""), ("3501-FL", "妇联"), ("3501-JY", "教育")):
                for each in asked:
                    rows = PEOPLE.rows(r, world, replace(pages.accounts["root"], line=line), PEOPLE.asked(each, unit))
                    found.append((rows.count, sorted(line.key for line in rows.each("name", down=False))))
            return found

    gathered = listed()
    assert all(count == len(rows) for count, rows in gathered)
    assert len({count for count, _ in gathered}) > 3
    monkeypatch.setattr(people_list, "joined", lambda *_: GATHERED)
    assert listed() == gathered  # counted by the sums of their classes
    monkeypatch.setattr(people_list, "joined", lambda *_: GATHERED + 1)
    assert listed() == gathered  # looked for in the classes that have any
    _as_of_a_million(monkeypatch)
    assert listed() == gathered  # followed by an index


def table_of(text: str) -> tuple[list[str], list[list[str]]]:
    """Headings and rows of a page's list, without what can be done to a row."""
    (table,) = re.findall(r'<table class="listed">(.*?)</table>', text, re.DOTALL)
    head, body = table.split("<tbody>")
    heads = [_text(each) for each in re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", head, re.DOTALL)]
    rows = [re.findall(r"<t[hd](?: scope=\"row\"| class=\"n\")?>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("<tr>")[1:]]
    return heads, [[_text(cell) for cell in row] for row in rows]


def _text(cell: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", cell.replace("</span><span", "</span>、<span"))).strip()


def sheet_of(pages, text: str, who: str = "root"):
    """The workbook that a page's button makes."""
    answer = pages.browser(who).get(_sent(pages, text, who).location)
    assert answer.status_code == 200
    return load_workbook(BytesIO(answer.data)).active


def _sent(pages, text: str, who: str):
    ((action, form),) = re.findall(r'action="(/desk/lists/[^"]+/export)">(.*?)</form>', text, re.DOTALL)
    fields = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}
    answer = post(pages, action, who, **fields)
    assert answer.status_code == 303, answer.text
    return answer


def workbook_of(pages, text: str) -> list[list[object]]:
    """Headings and rows of the workbook, below the lines that say what it is."""
    return [list(row) for row in sheet_of(pages, text).iter_rows(min_row=5, values_only=True)]


def words_of(cell: object, head: str, one: ListOf) -> str:
    """A cell of the workbook as a page would write it."""
    column = next(each for each in one.columns if each.words == head)
    if cell is None:
        return "—"
    if isinstance(cell, int | float):
        return f"{cell:.2f}" if column.sort == "hours" else f"{cell:,}"
    return str(cell)


def _queries(pages, path: str) -> int:
    browser = pages.browser("root")
    browser.get(path)
    with browser:
        assert browser.get(path).status_code == 200
        return g.queries
