"""Forms of the notices: exactly the texts, merges and blank rows they print, and the same rows when they are read back."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from campmgr.areas.whole import CATALOGUE
from campmgr.facts.importing import Imported
from campmgr.files.imports.choices import NOTHING_CHOSEN
from campmgr.files.imports.file_rows import FileRows
from campmgr.files.imports.looking import check_readable, open_chosen
from campmgr.files.imports.parts import parts_said
from campmgr.files.imports.row_reading import RowReader
from campmgr.files.official_book import write_paper
from campmgr.files.official_form import OfficialForm, blank_form
from campmgr.files.official_paper import Group, PaperColumn, PaperPart, places
from campmgr.files.official_sheet import paper_pdf
from campmgr.files.press import Press
from tests.kit import official_forms as forms
from tests.kit.made_files import LAYOUTS

SAID = {
    "unit": "湖塘镇", "filler": "张三", "told_on": "2022-03-01", "contact": "李四 0519-86310000", "address": "武进区长虹路 8 号",
    "mail": "a@example.org", "activity": "短视频征选", "judge": "王五", "year": "2020",
}  # fmt: skip
MERGED = {f"{letter}3:{letter}4" for letter in "ABCI"} | {"D3:H3"}


def _rows(form: OfficialForm, count: int = 3):
    """Rows that fill every column: figures where figures stand, elsewhere texts that a spreadsheet takes for something else."""
    odd = ("=1+1", "00123", "-5", "3-1", "@甲")
    return [
        tuple(10 * row + place if each.sort == "number" else f"{odd[(row + place) % 5]}{each.heading}{row}"
              for place, each in enumerate(form.columns))
        for row in range(1, count + 1)
    ]  # fmt: skip


def _written(path: Path, form: OfficialForm, rows, *, blank: int = 0, said=None) -> Path:
    write_paper(path, form.paper(rows, said=SAID if said is None else said, blank=blank))
    return path


def _texts(path: Path):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]


class Back:
    """A form as it comes back: what each row says, what of the file was left out and why, and what is noted."""

    def __init__(self, path: Path, form: OfficialForm) -> None:
        layout, known = form.layout, [form.layout, *LAYOUTS.values()]
        parts = open_chosen(path, layout, known, NOTHING_CHOSEN, 10**6)[1]
        check_readable(parts, layout, known, NOTHING_CHOSEN)
        rows = FileRows(parts_said(parts, lambda _text: True), layout, skip_hidden=False)
        read = list(rows.read(RowReader(CATALOGUE.book.preset("escape-drill-2023"), ""), lambda _reader, row: dict(row.values)))
        self.rows = [said for _, said in read if isinstance(said, dict)]
        self.left_out = [said[0].sentence for _, said in read if isinstance(said, list)]
        self.notes = [each.sentence for each in rows.finish(Imported()).notes]


def _as_read(form: OfficialForm, rows):
    return [{each.field: row[place] for place, each in enumerate(form.columns) if each.field} for row in rows]


def _shown(values):
    return {name: str(value) for name, value in values.items()}


@pytest.mark.parametrize(
    ("form", "units", "second"), [(forms.TABLE_A, forms.UNITS_A, "（板  块）"), (forms.TABLE_B, forms.UNITS_B, "（科室  大队）")]
)
def test_the_points_tables_are_those_of_the_annexes(tmp_path, form, units, second):
    rows = [("",) * 9 if unit == "-" else (unit, 52, 2, 1, 0, 1, 0, 0, 81) for unit in units]
    sheet = openpyxl.load_workbook(_written(tmp_path / "points.xlsx", form, rows)).active
    texts = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert (texts[0][0], texts[1][0]) == ("2022年度信息宣传稿件积分统计表", second)
    assert texts[2] == ["单位", "工作动态/舆情", "综合性文章/约稿", "录用条数", None, None, None, None, "积分总计"]
    assert texts[3] == [None, None, None, "一类", "二类", "三类", "四类", "五类", None]
    assert {str(each) for each in sheet.merged_cells.ranges} == MERGED | {"A1:I1", "A2:I2"}
    assert [row[0] or "-" for row in texts[4:]] == units
    for row in texts[4:]:
        if row[0]:
            assert row[8] == row[1] + 2 * row[2] + sum(n * each for n, each in zip(row[3:8], (15, 12, 10, 6, 4), strict=True))
    body = [cell for row in sheet.iter_rows(min_row=5) for cell in row]
    assert all(side.style == "thin" for cell in body for side in (cell.border.left, cell.border.right, cell.border.bottom))
    assert (sheet["A3"].border.left.style, sheet["I3"].border.right.style, sheet["D4"].border.top.style) == ("thin",) * 3
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$3:$4", "A5")
    assert (sheet["A3"].alignment.horizontal, sheet["D3"].alignment.horizontal) == ("distributed", "center")


def test_the_roster_has_its_unit_above_and_its_remark_below(tmp_path):
    texts = _texts(_written(tmp_path / "roster.xlsx", forms.ROSTER, [], blank=8))
    assert texts[0][0] == "武进区应急管理宣传员名单"
    assert texts[1][0] == "填报单位：湖塘镇"
    assert texts[2] == ["姓名", "职务", "联系电话", "备注"]
    assert not any(text for row in texts[3:11] for text in row)
    assert texts[11][0] == "备注：宣传员名单请于3月4日前报送至区应急管理局人事教育科。"


def test_the_venues_have_three_places_above_and_three_remarks_below(tmp_path):
    path = _written(tmp_path / "venues.xlsx", forms.VENUES, _rows(forms.VENUES, 2), said={})
    sheet = openpyxl.load_workbook(path).active
    texts = _texts(path)
    assert texts[0][0] == "常州市武进区公共安全体验馆摸排汇总表"
    assert [text for text in texts[1] if text] == ["单位（盖章）：", "填表人：", "时间："]
    assert "A2:B2" in {str(each) for each in sheet.merged_cells.ranges}, "somebody must be able to write behind the first"
    assert texts[2] == ["序号", "基地、场馆名称", "现有用途", "面积", "目标建成类别"]
    assert [row[0][:2] for row in texts[5:9]] == ["备注", "1、", "2、", "3、"]


def test_the_collection_has_its_head_line_its_foot_line_and_remarks_last(tmp_path):
    texts = _texts(_written(tmp_path / "collection.xlsx", forms.COLLECTION, _rows(forms.COLLECTION)))
    assert texts[0][0] == "第四届应急管理新媒体作品征集汇总表"
    assert [text for text in texts[1] if text] == [
        "组织单位：湖塘镇", "联系人及电话：李四 0519-86310000", "通讯地址：武进区长虹路 8 号",
    ]  # fmt: skip
    assert texts[2][-1] == "备注"
    assert texts[-1][0] == "本表随每次报送作品一并发至邮箱：a@example.org"


@pytest.mark.parametrize("name", forms.ALL)
def test_what_was_written_is_read_back_the_same(tmp_path, name):
    form = forms.ALL[name]
    rows = _rows(form)
    back = Back(_written(tmp_path / "form.xlsx", form, rows, blank=5), form)
    assert [_shown({name: row[name] for name in row if name in _as_read(form, rows)[0]}) for row in back.rows] == [
        _shown(row) for row in _as_read(form, rows)
    ]
    for text in (each for line in form.above for each in places(line)):
        field = re.findall(r"\{(\w+)\}", text)[0]
        assert all(row[field] == SAID[field] for row in back.rows), field


@pytest.mark.parametrize("name", forms.ALL)
def test_the_same_form_as_pdf_lies_as_it_should_and_is_the_same_bytes_each_time(name):
    form = forms.ALL[name]
    paper = form.paper(_rows(form), said=SAID, blank=5)
    pdf = paper_pdf(Press(), paper)
    assert pdf == paper_pdf(Press(), paper)
    width, height = map(float, re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)[0])
    assert (width > height) is form.wide


def test_texts_that_look_like_formulas_are_texts_wherever_they_stand(tmp_path):
    said = {"unit": "=HYPERLINK(1)", "filler": "+86", "told_on": "@1"}
    path = _written(tmp_path / "form.xlsx", forms.VENUES, _rows(forms.VENUES), said=said)
    cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    title = _written(tmp_path / "title.xlsx", forms.SCORES, [], said={"activity": "=1+1", "judge": ""})
    cell = openpyxl.load_workbook(title).active["A1"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_an_empty_cell_of_figures_stays_one_of_figures(tmp_path):
    sheet = openpyxl.load_workbook(_written(tmp_path / "form.xlsx", forms.VENUES, [], blank=1)).active
    assert [sheet.cell(4, place).number_format for place in (2, 4)] == ["@", "General"]


# What people do to forms.


def _messed(path: Path, change) -> Path:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def _roster(tmp_path, rows=(("甲", "科员", "13800000001", ""), ("乙", "主任", "13800000002", "兼职")), **more):
    return _written(tmp_path / "roster.xlsx", forms.ROSTER, rows, **more)


def test_a_roster_without_its_unit_is_told(tmp_path):
    back = Back(_messed(_roster(tmp_path), lambda book: book.active.delete_rows(2)), forms.ROSTER)
    assert [row["name"] for row in back.rows] == ["甲", "乙"]
    assert any("没有写填报单位" in sentence for sentence in back.notes)
    empty = Back(_roster(tmp_path, said={}), forms.ROSTER)
    assert any("没有写填报单位" in sentence for sentence in empty.notes)


def test_headings_that_were_moved_are_found(tmp_path):
    def move(book):
        sheet = book.active
        for each in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(each))
        sheet.insert_rows(1, 4)
        sheet["A1"] = "附件1"
        sheet.insert_cols(1, 2)

    back = Back(_messed(_roster(tmp_path), move), forms.ROSTER)
    assert [(row["unit"], row["name"], row["phone"]) for row in back.rows] == [
        ("湖塘镇", "甲", "13800000001"), ("湖塘镇", "乙", "13800000002"),
    ]  # fmt: skip


def test_blank_rows_and_a_copy_with_its_headings_lose_nothing(tmp_path):
    def copy(book):
        sheet = book.active
        sheet.insert_rows(5, 3)
        below = sheet.max_row + 1
        for place, text in enumerate(("姓名", "职务", "联系电话", "备注"), 1):
            sheet.cell(below, place, text)
        sheet.cell(below + 1, 1, "丙")
        sheet.cell(below + 2, 1, "合计")

    back = Back(_messed(_roster(tmp_path), copy), forms.ROSTER)
    assert [row["name"] for row in back.rows if row["name"]] == ["甲", "乙", "丙"]
    assert [sentence[:30] for sentence in back.left_out if "合计" in sentence]
    assert any("备注" in sentence for sentence in back.left_out)


def test_the_unit_may_stand_in_the_next_cell_and_the_heading_be_spread_by_blanks(tmp_path):
    def spread(book):
        sheet = book.active
        sheet.unmerge_cells("A2:D2")
        sheet["A2"], sheet["B2"], sheet["A3"], sheet["D3"] = "填报单位：", "前黄镇", "姓    名", "备　注"

    back = Back(_messed(_roster(tmp_path), spread), forms.ROSTER)
    assert [(row["unit"], row["note"]) for row in back.rows] == [("前黄镇", ""), ("前黄镇", "兼职")]


def test_two_units_on_one_sheet_are_told_and_the_second_is_not_read_as_the_first(tmp_path):
    def second(book):
        sheet = book.active
        below = sheet.max_row + 1
        for number, texts in enumerate(
            [("填报单位：礼嘉镇",), ("姓名", "职务", "联系电话", "备注"), ("丁", "科员", "1", ""), ("戊", "", "2", "")]
        ):
            for place, text in enumerate(texts, 1):
                sheet.cell(below + number, place, text)

    back = Back(_messed(_roster(tmp_path), second), forms.ROSTER)
    assert [(row["unit"], row["name"]) for row in back.rows] == [("湖塘镇", "甲"), ("湖塘镇", "乙")]
    assert sum("另一个单位“礼嘉镇”" in sentence for sentence in back.left_out) == 4
    assert all("各放一张工作表" in sentence for sentence in back.left_out if "礼嘉镇" in sentence)


def test_a_unit_that_stands_only_below_the_rows_is_told(tmp_path):
    def below(book):
        book.active.cell(book.active.max_row + 1, 1, "填报单位：湖塘镇（盖章）")

    back = Back(_messed(_roster(tmp_path, said={}), below), forms.ROSTER)
    assert [row["name"] for row in back.rows] == ["甲", "乙"]
    assert any("写着单位“湖塘镇”" in sentence and "表头上方" in sentence for sentence in back.left_out)
    assert any("没有写填报单位" in sentence for sentence in back.notes)


def test_a_row_of_data_that_reads_like_a_label_is_data(tmp_path):
    people = (("单位", "礼嘉镇", "1", ""), ("甲", "单位：礼嘉镇", "2", "填报单位：礼嘉镇"))
    back = Back(_roster(tmp_path, people), forms.ROSTER)
    assert [row["name"] for row in back.rows] == ["单位", "甲"]
    assert not any("另一个单位" in sentence for sentence in back.left_out)


def test_the_same_unit_written_again_on_its_second_page_goes_on(tmp_path):
    def again(book):
        sheet = book.active
        below = sheet.max_row + 1
        sheet.cell(below, 1, "填报单位：湖塘镇")
        sheet.cell(below + 1, 1, "己")

    back = Back(_messed(_roster(tmp_path), again), forms.ROSTER)
    assert [row["name"] for row in back.rows] == ["甲", "乙", "己"]


def test_units_on_sheets_of_their_own_each_keep_their_rows(tmp_path):
    def add(book):
        other = book.copy_worksheet(book.active)
        other.title, other["A2"], other["A4"] = "礼嘉镇", "填报单位：礼嘉镇", "庚"

    back = Back(_messed(_roster(tmp_path), add), forms.ROSTER)
    assert [(row["unit"], row["name"]) for row in back.rows] == [
        ("湖塘镇", "甲"), ("湖塘镇", "乙"), ("礼嘉镇", "庚"), ("礼嘉镇", "乙"),
    ]  # fmt: skip


# The tree of headings.


def test_headings_stand_under_each_other_as_deep_as_they_go():
    columns = (
        PaperColumn("单位", "name", 6),
        PaperColumn("甲", "number", 3, ("上半年", "录用")), PaperColumn("乙", "number", 3, ("上半年", "录用")),
        PaperColumn("报送", "number", 3, ("上半年",)), PaperColumn("甲", "number", 3, ("下半年", "录用")),
    )  # fmt: skip
    part = PaperPart("表", "表", columns, (Group(()),))
    found = {(each.text, each.row, each.column, each.rows, each.columns) for each in part.heading_cells()}
    assert found == {
        ("单位", 0, 0, 3, 1), ("上半年", 0, 1, 1, 3), ("下半年", 0, 4, 1, 1), ("录用", 1, 1, 1, 2), ("报送", 1, 3, 2, 1), ("录用", 1, 4, 1, 1),
        ("甲", 2, 1, 1, 1), ("乙", 2, 2, 1, 1), ("甲", 2, 4, 1, 1),
    }  # fmt: skip
    assert sum(each.rows * each.columns for each in part.heading_cells()) == part.heading_rows * len(columns)


@pytest.mark.parametrize("kind", LAYOUTS)
def test_every_kind_of_file_has_a_form_that_is_read_back_as_that_kind(tmp_path, kind):
    form = blank_form(LAYOUTS[kind], many_units=False)
    assert "unit" not in {each.field for each in form.columns}
    path = _written(tmp_path / "form.xlsx", form, [], blank=20)
    parts = open_chosen(path, LAYOUTS[kind], LAYOUTS.values(), NOTHING_CHOSEN, 10**6)[1]
    assert set(parts.best.columns.fields) == {each.field for each in form.columns}
    assert parts.best.said.get("unit", "湖塘镇") == "湖塘镇"
