"""Every workbook says at its head who made it, when, and whose people they may see; one place in the code writes that."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

import campmgr
from campmgr.files.export_mark import marked
from campmgr.files.report_table import write_report
from tests.kit.desk_story import DAY, DESK, UNIT, mark, school
from tests.kit.pages import OWN

EXPORTS = {
    "chase list": f"{DESK}/behind/list.xlsx",
    "tick list": f"{DESK}/tick-list.xlsx?class=三年1班&what=V1&day={DAY}",
}


@pytest.fixture
def pupils(pages):
    people = school(pages, "阿雅娜", "巴迪")
    mark(pages, people[:1])
    return pages


def _book(answer):
    assert answer.status_code == 200, answer.text
    return openpyxl.load_workbook(BytesIO(answer.data))


def _list(pages, who: str, name: str, asked: str):
    browser = pages.browser(who)
    answer = browser.post(f"/desk/lists/{name}/export", data={"asked": asked, "client_id": f"{who}{name}"}, headers=OWN)
    while answer.status_code == 303:
        answer = browser.get(answer.location)
    return _book(answer)


def _assert_marked(book, *words: str) -> None:
    for sheet in book.worksheets:
        for word in words:
            assert word in sheet.oddHeader.left.text, (sheet.title, sheet.oddHeader.left.text)
        assert "第 &P 页" in (sheet.oddFooter.center.text or "") + (sheet.oddFooter.right.text or "")
    assert all(word in book.properties.description for word in words)


@pytest.mark.parametrize("path", EXPORTS.values(), ids=EXPORTS)
def test_a_file_that_a_page_gives_is_marked(pupils, path):
    _assert_marked(_book(pupils.browser("dora").get(path)), "dora", "导出于 2023-06-10", "福州市及下级")


def test_a_list_that_a_task_writes_is_marked_with_whoever_asked_for_it(pupils):
    _assert_marked(_list(pupils, "dora", "people", f"unit={UNIT}"), "dora", "导出于", "范围：福州市及下级")
    _assert_marked(_list(pupils, "jiao", "people", f"unit={UNIT}"), "jiao", "福州市及下级（教育）")


def test_a_head_stays_within_what_a_spreadsheet_program_takes_and_names_no_field(tmp_path):
    with marked("A&B" * 200):
        write_report(tmp_path / "a.xlsx", "表", ["一"], [["甲"]])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert "第 &P 页，共 &N 页" in sheet.oddFooter.center.text
    assert sheet.oddHeader.left.text.startswith("A＆BA＆B")
    assert len(str(sheet.HeaderFooter.oddHeader)) < 255


def test_without_anybody_the_same_content_gives_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_report(tmp_path / name, "表", ["一"], [["甲"]])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_no_workbook_is_saved_anywhere_else():
    house = Path(campmgr.__file__).parent
    saving = {str(path.relative_to(house)) for path in house.rglob("*.py") if "book.save(" in path.read_text("utf-8")}
    assert saving == {"files/workbook.py"}
