from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from campmgr.errors import Trouble
from campmgr.files.imports.columns import data_rows
from campmgr.files.imports.rejects import RejectedRow, write_rejects
from campmgr.files.official_book import write_paper
from campmgr.files.official_paper import Group, Paper, PaperColumn, PaperPart
from campmgr.files.official_sheet import paper_pdf
from campmgr.files.press import Press
from campmgr.files.read_table import open_table
from campmgr.files.report_table import Value, write_report
from campmgr.files.workbook import save_workbook, write_text
from tests.kit.made_files import find_columns

DANGEROUS = ["=1+1", "+86", "-5", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("x")', "#N/A", "2023-06-10", "00123", "TRUE", "1E5"]
PRIZES = Paper((PaperPart(
    tab="公示",
    title="“逃生演练训练营”点赞前 100 名",
    columns=(PaperColumn("名次", "number", 3), PaperColumn("姓名", "name", 5), PaperColumn("作品名称", "text", 12),
             PaperColumn("单位", "text", 10)),
    groups=(Group(((1, "𠮷野䶮", "=1+1", "福州一中"), (2, "李丽", "楼道逃生", "+厦门")), "小计：2 行"),
            Group(((3, "王*", "电动车", "厦门二中"),), "小计：1 行")),
    above=("按 2023-06-30 24:00 的点赞数排名；并列者同名次。",),
    below=("校验码 " + "ab" * 32,),
),), "第 1 号名单　公示版 & 其他")  # fmt: skip


def cells(path):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_is_read_back_as_the_same_text_and_never_as_a_formula(tmp_path, text):
    book = openpyxl.Workbook()
    write_text(book.active["A1"], text)
    save_workbook(book, tmp_path / "a.xlsx")

    cell = openpyxl.load_workbook(tmp_path / "a.xlsx").active["A1"]
    assert (cell.data_type, cell.number_format) == ("s", "@")
    assert cell.value.replace("\r", "\n") == text.replace("\r", "\n")
    assert bool(cell.quotePrefix) == (text[0] in "=+-@\t\r")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_characters_that_a_workbook_cannot_hold_are_shown_as_replaced(tmp_path):
    book = openpyxl.Workbook()
    write_text(book.active["A1"], "a\x00b\ud800c\x0b" + "长" * 40_000)
    save_workbook(book, tmp_path / "a.xlsx")

    assert cells(tmp_path / "a.xlsx")[0][0].startswith("a\ufffdb\ufffdc\ufffd长")


def test_a_long_text_is_not_in_text_format_which_would_show_as_hashes():
    cell = openpyxl.Workbook().active["A1"]
    write_text(cell, "长" * 256)

    assert cell.number_format == "General"


def test_a_file_that_cannot_be_written_leaves_nothing_and_says_so(tmp_path):
    (tmp_path / "folder.xlsx").mkdir()
    for place in (tmp_path / "missing" / "a.xlsx", tmp_path / "folder.xlsx"):
        with pytest.raises(Trouble, match="写不进去"):
            save_workbook(openpyxl.Workbook(), place)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.xlsx"]


def test_an_official_table_reads_as_it_was_given(tmp_path):
    write_paper(tmp_path / "a.xlsx", PRIZES)

    part, lines = PRIZES.parts[0], cells(tmp_path / "a.xlsx")
    assert [lines[0][0], lines[1][0]] == [part.title, part.above[0]]
    assert lines[2] == ["名次", "姓名", "作品名称", "单位"]
    assert lines[3:5] == [[1, "𠮷野䶮", "=1+1", "福州一中"], [2, "李丽", "楼道逃生", "+厦门"]]
    assert [line[0] for line in lines[5:]] == ["小计：2 行", 3, "小计：1 行", part.below[0]]


def test_an_official_table_is_ready_to_print(tmp_path):
    write_paper(tmp_path / "a.xlsx", PRIZES)

    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:D1", "A2:D2", "A6:D6", "A8:D8", "A9:D9"}
    assert (sheet["A1"].alignment.horizontal, sheet["A1"].font.name) == ("center", "黑体")
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.print_area) == ("A4", "$3:$3", "'公示'!$A$1:$D$9")
    assert (str(sheet.page_setup.paperSize), sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == ("9", 1, 0)
    assert [each.id for each in sheet.row_breaks.brk] == [6]
    assert all(sheet.cell(row, column).border.bottom.style == "thin" for row in (3, 4, 6) for column in range(1, 5))
    assert ("&P" in sheet.oddFooter.right.text, "&N" in sheet.oddFooter.right.text) == (True, True)
    assert (sheet["C4"].quotePrefix, sheet["D5"].quotePrefix, sheet["D4"].number_format) == (True, True, "@")


def test_an_official_table_without_rows_can_be_written(tmp_path):
    part = replace(PRIZES.parts[0], groups=(), below=())
    write_paper(tmp_path / "a.xlsx", Paper((part,), ""))

    assert len(cells(tmp_path / "a.xlsx")) == 3


def test_an_official_table_as_pdf_is_the_same_bytes_each_time_and_shows_no_boxes():
    pdf = paper_pdf(Press(), PRIZES)

    assert pdf == paper_pdf(Press(), PRIZES)
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type/Page/") == 2
    odd = replace(PRIZES.parts[0], title="名单\U0002b81c\ue863")  # beyond every font that comes along, and a private one
    assert paper_pdf(Press(), Paper((odd,), "")).startswith(b"%PDF-")


def test_the_same_content_gives_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write_paper(tmp_path / f"{name}.xlsx", PRIZES)
        write_report(tmp_path / f"{name}-report.xlsx", "报表", ["代码"], [["3501"]])
        with zipfile.ZipFile(tmp_path / f"{name}.xlsx") as archive:
            assert {member.date_time[0] for member in archive.infolist()} == {2000}
            assert archive.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2
    for ending in (".xlsx", "-report.xlsx"):
        assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()


def test_a_report_keeps_codes_hours_numbers_and_blanks(tmp_path):
    rows: list[list[Value]] = [["3501", "福州", 45, "7.50"], ["001", "=x", None, "0.00"]]
    write_report(tmp_path / "a.xlsx", "各市汇总", ["代码", "名称", "人数", "课时"], rows, notes=["截至 2023-06-30"])

    assert cells(tmp_path / "a.xlsx") == [
        ["各市汇总", None, None, None],
        ["截至 2023-06-30", None, None, None],
        ["代码", "名称", "人数", "课时"],
        *rows,
    ]
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert (sheet["A5"].number_format, sheet["C4"].number_format, sheet.freeze_panes) == ("@", "0", "A4")


def test_rejected_rows_stand_as_they_stood_with_the_reason_and_a_colour(tmp_path):
    rows = [
        RejectedRow(
            5, ("00123", "=李丽", 13800138000, date(2023, 6, 10), "多的"), frozenset({2}), ("不是 11 位手机号。", "请检查。")
        ),
        RejectedRow(9, ("7",), frozenset(), ("姓名是空的。",)),
    ]
    write_rejects(tmp_path / "a.xlsx", ["编号", "姓名", "手机号", "日期"], rows)

    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[0] == ["编号", "姓名", "手机号", "日期", None, "原行号", "未导入的原因"]
    assert lines[1][:3] == ["00123", "=李丽", 13800138000]
    assert (lines[1][3].date(), lines[1][4:]) == (date(2023, 6, 10), ["多的", 5, "不是 11 位手机号。 请检查。"])
    assert lines[2] == ["7", None, None, None, None, 9, "姓名是空的。"]
    assert sheet["C2"].fill.fill_type == "solid"
    assert sheet["A2"].fill.fill_type is None
    assert sheet["B2"].data_type == "s"


def test_a_corrected_file_of_rejects_can_be_imported_as_it_is(tmp_path):
    write_rejects(tmp_path / "a.xlsx", ["编号", "姓名"], [RejectedRow(5, ("007", "李丽"), frozenset(), ("重复。",))])

    table = open_table(tmp_path / "a.xlsx", max_bytes=100_000)
    assert [row.values for row in data_rows(table, find_columns(table, "people"))] == [{"number": "007", "name": "李丽"}]
