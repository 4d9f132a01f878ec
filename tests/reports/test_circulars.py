"""A circular 通报: drafted, looked at, given out and frozen; nobody gives out numbers that have changed since they looked."""

from __future__ import annotations

import io
import re

import openpyxl

from campmgr.accounts.queries import Account
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.reports.actions import publish
from campmgr.areas.reports.queries.circulars import Circular, circulars
from campmgr.areas.units.actions.units import move_unit
from campmgr.facts import world as worlds
from campmgr.store.door import Reader
from tests.kit.office import agree, rows, see, send, told_before
from tests.kit.story import Cast

BASE = "/office/reports/circulars/"


def _joins(pages, unit: str, name: str) -> None:
    with pages.store.writing() as w:
        people.register(w, Registration(unit, name))


def _published(pages, who: str = "root", **asked: str) -> str:
    answer = agree(pages, f"{BASE}publish", who, **asked)
    assert answer.status_code == 303, answer.text
    return answer.location.partition("?")[0]


def test_what_was_given_out_stays_whatever_comes_after(pages):
    _joins(pages, "3501-X1", "甲")
    assert "福建省共有 1 人参加" in see(pages, f"{BASE}draft")
    to = _published(pages)
    then = see(pages, to)
    _joins(pages, "3501-X1", "乙")
    assert rows(see(pages, to)) == rows(then)
    assert "福建省共有 2 人参加" in see(pages, f"{BASE}draft")
    assert ("第 1 号" in then, "校验码" in then, "内容与校验码不符" in then) == (True, True, False)
    assert [row[0] for row in rows(see(pages, BASE))] == ["1"]
    assert _published(pages) != to
    assert [row[0] for row in rows(see(pages, BASE))] == ["2", "1"]


def _printed(cell) -> object:
    """A cell as a spreadsheet program shows it."""
    if cell.number_format == "0.0%":
        return f"{cell.value:.1%}"
    return f"{cell.value:,}" if isinstance(cell.value, int) else cell.value


def test_its_files_say_what_its_page_says(pages):
    _joins(pages, "3501-X1", "甲")
    to = _published(pages)
    book = openpyxl.load_workbook(io.BytesIO(pages.browser("root").get(f"{to}.xlsx").data))
    filed = [[_printed(cell) for cell in row] for sheet in book for row in sheet.iter_rows()]
    book.close()
    for row in rows(see(pages, to)):
        assert any(cells[: len(row)] == row for cells in filed), row
    assert pages.browser("root").get(f"{to}.pdf").data[:5] == b"%PDF-"
    assert pages.browser("root").get(f"{BASE}draft.pdf").data[:5] == b"%PDF-"


def test_a_unit_that_moves_while_it_is_looked_at_makes_it_be_looked_at_again(pages):
    _joins(pages, "3501-X1", "甲")
    seen = told_before(see(pages, f"{BASE}publish"))
    with pages.store.writing() as w:
        move_unit(w, "3501-X1", "3502")
    answer = send(pages, f"{BASE}publish", **seen, sure="1")
    assert (answer.status_code, "有了变化" in answer.text) == (409, True)
    assert rows(see(pages, BASE)) == []
    again = send(pages, f"{BASE}publish", **told_before(answer.text), sure="1")
    assert again.status_code == 303


def test_a_day_is_the_day_of_all_its_numbers(pages):
    _joins(pages, "3501-X1", "甲")
    to = _published(pages, as_of="2023-06-01")
    assert "截至 2023-06-01，福建省共有 0 人参加" in see(pages, to)
    assert "训练营 2023-05-31 才开始" in see(pages, f"{BASE}draft?as_of=2023-01-01")
    late = pages.browser("root").get(f"{BASE}draft?as_of=2024-01-01")
    assert (late.status_code, "还没有到" in late.text) == (409, True)
    assert pages.browser("root").get(f"{BASE}publish?as_of=x").status_code == 422


def test_an_office_gives_out_its_own_and_reads_those_below(pages):
    _joins(pages, "3501-X1", "甲")
    whole, own = _published(pages), _published(pages, "city")
    assert "厦门" not in see(pages, own, "city")
    assert pages.browser("city").get(whole).status_code == 404
    assert len(rows(see(pages, BASE, "city"))) == 1
    assert len(rows(see(pages, BASE))) == 2
    assert re.search(r"福州市</small>|福州市", see(pages, BASE))


def test_it_goes_up_and_a_changed_word_is_told(cast: Cast):
    root, city = cast.root(), cast.new("福州")
    root.enrols(city, "3501")
    root.gives(city)
    city.joins("3501", "甲", "1")
    fact = city.do(publish, Account("a", "a", "组织方", "organizer", city.unit("3501"), ""))
    city.sends(root)

    def known(r: Reader) -> tuple[Circular, ...]:
        return circulars(r, worlds.load(r))

    assert [(each.fact, each.number, each.whole) for each in root.see(known)] == [(fact.chain, 1, True)]
    assert root.hash == root.rebuilt()
    with root.store.writing() as w:
        w.run("update circulars set content = replace(content, '共有 1 人', '共有 9 人')")
    assert [each.whole for each in root.see(known)] == [False]


def test_it_tells_of_kinds_fields_and_who_has_reported_what_the_reports_do(pages):
    for unit, name in (("3501-X1", "甲"), ("3501-X1", "乙"), ("3502", "丙")):
        _joins(pages, unit, name)
    draft = rows(see(pages, f"{BASE}draft"))
    for report in ("?by=kind", "fields", "reporting/"):
        for row in rows(see(pages, f"/office/reports/{report}")):
            numbers = {cell for cell in row[1:] if cell.isdigit() and cell != "0"}
            if numbers:
                found = [each for each in draft if each[0].split(" ")[0] == row[0].split(" ")[0]]
                assert any(set(each[1:]) & numbers for each in found), (report, row)
    before = rows(see(pages, f"{BASE}draft?as_of=2023-06-01"))
    assert len(before) < len(draft), "who has reported is not known of an earlier day"
    shown = rows(see(pages, _published(pages)))
    assert [row for row in draft if row not in shown] == []
