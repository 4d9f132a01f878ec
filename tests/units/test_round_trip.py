"""A sheet of units is given out and comes back: what differs is shown, taken in one press and taken back in one."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from campmgr.areas.units.actions.units import UnitRow, describe_unit, merge_units, move_unit
from campmgr.clock import today_of
from campmgr.facts import world as worlds
from campmgr.facts.units import Unit
from campmgr.web.forms import CLIENT_ID
from tests.kit.desk_story import undone
from tests.kit.office import hidden, see, send

SHEET = "/office/units/3501/sheet"
CODE, NAME, PARENT, KIND, EXPECTED, SOURCE = 1, 2, 3, 4, 6, 8


def _given(pages, who: str = "city"):
    answer = send(pages, f"{SHEET}/give", who)
    assert answer.status_code == 303, answer.text
    return load_workbook(BytesIO(pages.browser(who).get(answer.location).data))


def _rows(book) -> dict[str, int]:
    """The row of each unit, by its code."""
    sheet = book.active
    top = next(row for row in range(1, 9) if sheet.cell(row, 1).value == "行号（勿改）")
    return {str(sheet.cell(row, CODE + 1).value): row for row in range(top + 1, sheet.max_row + 1)}


def _set(book, code: str, column: int, value: object) -> None:
    book.active.cell(_rows(book)[code], column + 1).value = value


def _back(pages, book, who: str = "city"):
    if isinstance(book, bytes):
        return send(pages, f"{SHEET}/back", who, file=(book, "back.csv"))
    data = BytesIO()
    book.save(data)
    return send(pages, f"{SHEET}/back", who, file=(data.getvalue(), "back.xlsx"))


def _take(pages, page, who: str = "city", **answers: str):
    told = {name: hidden(page.text, name) for name in ("kept", "job", "shown", CLIENT_ID)}
    return send(pages, f"{SHEET}/take", who, **told, **answers)


def _path(unit: Unit | None) -> list[str]:
    """The codes of a unit and of those above it, as far as the city."""
    codes: list[str] = []
    while unit is not None and len(codes) < 3:
        codes.append(unit.code)
        unit = unit.above
    return codes


def _unit(pages, code: str) -> Unit:
    with pages.store.reading() as r:
        return worlds.load(r).tree.by_code[code][0]


def _group(page, sort: str) -> str:
    """The words of one group of the page, "" where it is not there."""
    found = re.search(rf'<h2 id="g-{sort}">.*?</section>', page.text, re.DOTALL)
    return re.sub(r"<[^>]+>", " ", found[0]) if found else ""


def test_a_sheet_that_comes_back_untouched_changes_nothing(pages):
    page = _back(pages, _given(pages))
    assert page.status_code == 200
    assert ("表里没有要写入的改动" in page.text, _group(page, "missing"), _group(page, "wrong")) == (True, "", "")


def test_what_the_sheet_changed_is_taken_and_what_changed_here_since_stays(pages):
    book = _given(pages)
    _set(book, "3501-X1", NAME, "演练第一小学")
    _set(book, "3501-X1", EXPECTED, 450)
    _set(book, "3501-X1", SOURCE, "市教育局")
    with pages.store.writing() as w:
        known = worlds.load(w).tree.by_code["3501-X2"][0]
        describe_unit(w, "3501-X2", UnitRow("3501-X2", "新名小学", "", known.kind, known.own_line, 30))
    page = _back(pages, book)
    assert "演练第一小学" in _group(page, "here")
    assert "新名小学" in _group(page, "there")
    before = _unit(pages, "3501-X1")
    done = _take(pages, page)
    now = _unit(pages, "3501-X1")
    assert (now.name, now.expected, now.count_on("").source) == ("演练第一小学", 450, "市教育局")
    assert now.count_on("").day == today_of(pages.clock)
    assert (_unit(pages, "3501-X2").name, _unit(pages, "3501-X2").expected) == ("新名小学", 30)
    assert undone(pages, done, "city").status_code == 303
    assert (_unit(pages, "3501-X1").name, _unit(pages, "3501-X1").expected) == (before.name, before.expected)
    assert _unit(pages, "3501-X2").name == "新名小学"


@pytest.mark.parametrize(("answer", "name"), [("now", "这里改的"), ("sheet", "表里改的")])
def test_what_both_sides_changed_is_decided(pages, answer, name):
    book = _given(pages)
    _set(book, "3501-X1", NAME, "表里改的")
    row = _rows(book)["3501-X1"]
    with pages.store.writing() as w:
        known = worlds.load(w).tree.by_code["3501-X1"][0]
        describe_unit(w, "3501-X1", UnitRow("3501-X1", "这里改的", "", known.kind, known.own_line, known.expected))
    page = _back(pages, book)
    assert all(word in _group(page, "both") for word in ("演练小学1", "表里改的", "这里改的"))
    _take(pages, page, **{f"row-{row}": answer})
    assert _unit(pages, "3501-X1").name == name


def test_rows_that_are_gone_delete_nothing_and_new_ones_are_added_below_each_other(pages):
    book = _given(pages)
    sheet = book.active
    gone = _rows(book)["3501-X2"]
    sheet.delete_rows(gone)
    sheet.append([None, "N2", "新二", "N1", "学校", None, 12, "2023-05-01", "学校自报", "参加"])
    sheet.append([None, "N1", "新一", "3501", "乡", None, None, None, None, "参加"])
    page = _back(pages, book)
    assert "演练小学2" in _group(page, "missing")
    assert ("新一" in _group(page, "new"), "新二" in _group(page, "new")) == (True, True)
    done = _take(pages, page)
    added = _unit(pages, "N2")
    assert (_path(added), added.count_on("")) == (["N2", "N1", "3501"], ("2023-05-01", 12, "学校自报"))
    assert _unit(pages, "3501-X2").name == "演练小学2"
    undone(pages, done, "city")
    with pages.store.reading() as r:
        assert "N2" not in worlds.load(r).tree.by_code


def test_edited_keys_doubled_rows_and_doubled_codes_are_told_and_not_taken(pages):
    book = _given(pages)
    sheet, rows = book.active, _rows(book)
    keys = {code: sheet.cell(row, 1).value for code, row in rows.items()}
    sheet.cell(rows["3501-X1"], 1).value = keys["3501-X1"][:-1] + ("0" if keys["3501-X1"][-1] != "0" else "1")
    _set(book, "3501-X2", NAME, "甲")
    sheet.append([keys["3501-X2"], "3501-X2", "乙", "3501", "学校"])
    _set(book, "3501-YJ", CODE, "3501-AB")
    sheet.append([None, "3501-JY", "另一个教育局", "3501", "机关"])
    sheet.append([None, "坏", "没有上级", "不存在", "学校"])
    page = _back(pages, book)
    wrong = _group(page, "wrong")
    for words in ("被改过", "不止一次", "已经由", "代码或名称相同", "没有找到"):
        assert words in wrong, words
    _take(pages, page)
    assert (_unit(pages, "3501-X1").name, _unit(pages, "3501-X2").name, _unit(pages, "3501-YJ").code) == (
        "演练小学1", "演练小学2", "3501-YJ"
    )  # fmt: skip


def test_a_row_with_a_cell_nobody_can_read_is_told_by_its_unit_and_is_not_gone(pages):
    book = _given(pages)
    _set(book, "3501-X1", 6, "abc")
    book.active.delete_rows(_rows(book)["3501-X2"])
    page = _back(pages, book)
    assert ("演练小学1" in _group(page, "wrong"), "“abc”" in _group(page, "wrong")) == (True, True)
    assert ("演练小学1" in _group(page, "missing"), "演练小学2" in _group(page, "missing")) == (False, True)


def test_a_circle_and_what_is_not_theirs_are_told(pages):
    book = _given(pages)
    _set(book, "3501-X1", PARENT, "3501-X2")
    _set(book, "3501-X2", PARENT, "3501-X1")
    _set(book, "3501-YJ", PARENT, "3502")
    _set(book, "3501", NAME, "")
    page = _back(pages, book)
    wrong = _group(page, "wrong")
    for words in ("自己的下级之下", "不在您的范围内", "名称一栏是空的"):
        assert words in wrong, words


def test_a_unit_that_moved_or_was_merged_meanwhile(pages):
    book = _given(pages)
    _set(book, "3501-X1", KIND, "其他")
    _set(book, "3501-X2", KIND, "其他")
    with pages.store.writing() as w:
        merge_units(w, "3501-X2", "3501-X1")
        move_unit(w, "3501-X2", "3501-JY")
    page = _back(pages, book)
    assert "已并入另一个单位" in _group(page, "wrong")
    assert "演练小学2" in _group(page, "here")
    _take(pages, page)
    now = _unit(pages, "3501-X2")
    assert (now.kind, _path(now)[1]) == ("其他", "3501-JY")


def test_a_csv_with_fewer_columns_in_another_order_says_nothing_of_the_others(pages):
    book = _given(pages)
    sheet, rows = book.active, _rows(book)
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["名称", "行号（勿改）"])
    for code, row in reversed(rows.items()):
        writer.writerow(["改名" if code == "3501-X1" else sheet.cell(row, NAME + 1).value, sheet.cell(row, 1).value])
    before = _unit(pages, "3501-X1")
    page = _back(pages, out.getvalue().encode("gb18030"))
    _take(pages, page)
    assert _unit(pages, "3501-X1")[:4] == (before.unit, before.code, "改名", before.kind)
    assert _unit(pages, "3501-X1").expected == before.expected


def test_nothing_is_written_where_something_changed_after_the_look(pages):
    book = _given(pages)
    _set(book, "3501-X1", NAME, "表里改的")
    page = _back(pages, book)
    with pages.store.writing() as w:
        known = worlds.load(w).tree.by_code["3501-X1"][0]
        describe_unit(w, "3501-X1", UnitRow("3501-X1", "刚刚改的", "", known.kind, known.own_line, known.expected))
    answer = _take(pages, page)
    assert (answer.status_code, "又有变化" in answer.text, _unit(pages, "3501-X1").name) == (409, True, "刚刚改的")


def test_a_sheet_that_was_never_given_out_here_is_refused(pages):
    assert "认不出这是哪一次导出的表" in _back(pages, "行号（勿改）,名称\nTZZZZZZZ-00001-01,甲\n".encode()).text
    assert _back(pages, "代码,名称\n3501,甲\n".encode()).status_code == 422
    assert "还没有导出过" in see(pages, SHEET, "city")
    _given(pages)
    assert "还没有导出过" not in see(pages, SHEET, "city")
