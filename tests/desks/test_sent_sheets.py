"""Cells and sheets as people really send them: right, rejected or named, never silently wrong."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from campmgr.areas.whole import CATALOGUE
from campmgr.files.imports.choices import Choices
from campmgr.files.imports.importing import Options, import_file
from campmgr.files.imports.looking import open_chosen
from campmgr.files.imports.rejects import save_rejects
from campmgr.files.imports.sheets import sheets_of
from tests.kit.sent_books import Broken, Formula, SentSheet, Shown
from tests.kit.sent_imports import BOOKS, MARKS, PEOPLE, Rows, notes, rejects

# An error or a formula without a result is no blank.


@pytest.mark.parametrize("suffix", BOOKS)
@pytest.mark.parametrize("cell", [Broken("#VALUE!"), Broken("#N/A"), Broken("#REF!"), Formula("10+5"), Formula("A1*2")])
@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_broken_cell_of_a_mark_gives_no_credit(camp, imported, suffix, cell, place):
    row = ["001", "V1", 30, "2023-06-01"]
    row[place] = cell
    done = imported("marks", [MARKS, row, ["002", "V1", 30, "2023-06-01"]], suffix)
    assert rejects(done) == [(2, "broken_cell")]
    assert f"{'ABCD'[place]}2" in done.counts.rejects[0].sentence
    assert (camp.credited("001"), camp.credited("002")) == (0, 50)


@pytest.mark.parametrize("text", ["#VALUE!", "#N/A", "#DIV/0!", "Err:502", "####", "#NAME?", " #REF! ", "#SPILL!", "＃N/A"])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_error_pasted_as_text_is_one_too(camp, imported, text, suffix):
    assert rejects(imported("marks", [MARKS, ["001", "V1", text, "2023-06-01"]], suffix)) == [(2, "broken_cell")]
    assert camp.credited("001") == 0


@pytest.mark.parametrize("suffix", BOOKS)
def test_broken_cells_of_other_kinds(imported, suffix):
    broken = Broken("#N/A")
    assert rejects(imported("units", [["代码", "名称", "上级代码"], ["S7", broken, "350102"], ["S8", "八小", broken]], suffix)) == [
        (2, "broken_cell"), (3, "broken_cell")]  # fmt: skip
    assert rejects(imported("lessons", [["编号", "名称", "课时", "时长"], ["V5", "课", 1, Formula()]], suffix)) == [
        (2, "broken_cell")
    ]
    assert rejects(imported("likes", [["作品链接", "作者", "点赞数"], ["https://example.org/1", "甲一", broken]], suffix)) == [
        (2, "broken_cell")]  # fmt: skip
    people = imported("people", [PEOPLE, ["k1", "甲一", "S1", broken, broken], ["k2", "甲二", broken, None, None]], suffix)
    assert rejects(people) == [(3, "broken_cell")]
    assert notes(people) == ["broken_cell", "broken_cell"]


@pytest.mark.parametrize("suffix", BOOKS)
def test_a_row_of_errors_alone_is_accounted_for(imported, suffix):
    done = imported(
        "people", [PEOPLE, ["k1", "甲一", "S1", None, None], [Broken(), Broken(), Broken(), Broken(), Broken()]], suffix
    )
    assert {row for row, _ in rejects(done)} == {3}


# A table may begin anywhere; what is merged or hidden is so at its own place.


@pytest.mark.parametrize("suffix", BOOKS)
@pytest.mark.parametrize(("top", "left"), [(0, 0), (0, 1), (3, 2), (5, 27), (1, 0)])
def test_letters_merges_and_hidden_columns_are_the_sheets_own(camp, imported, suffix, top, left):
    rows: Rows = [["班级", "学号", "孩子", "别名", "姓名"], ["一班", "k1", "甲一", "小一", "错"], [None, "k2", "甲二", "小二", "错"],
            [None, "k3", "甲三", "小三", "错"], ["二班", "k4", "甲四", "小四", "错"]]  # fmt: skip
    sent = SentSheet(rows, top, left, merges=[(1, 0, 3, 0)], hidden_columns=[4])
    letter = _letters(left + 3)
    done = imported("people", sent, suffix, unit="S1", choices=Choices(columns={"name": letter}))
    assert rejects(done) == []
    assert [(camp.person(f"k{n}").name, camp.person(f"k{n}").class_name) for n in (1, 2, 3, 4)] == [
        ("甲一", "一班"), ("甲二", "一班"), ("甲三", "一班"), ("甲四", "二班")]  # fmt: skip


def _letters(number: int) -> str:
    return openpyxl.utils.get_column_letter(number)


@pytest.mark.parametrize("suffix", BOOKS)
@pytest.mark.parametrize("left", [0, 1, 3])
def test_a_hidden_column_serves_only_where_no_shown_one_does(camp, imported, suffix, left):
    rows: Rows = [["姓名", "名字", "单位代码"], ["旧名", "甲一", "S1"]]
    imported("people", SentSheet(rows, 0, left, hidden_columns=[0]), suffix)
    with camp.store.reading() as r:
        assert r.value("select count(*) from people where name = '甲一'") == 1
        assert r.value("select count(*) from people where name = '旧名'") == 0


# All sheets of one layout, filtered rows.


@pytest.mark.parametrize("suffix", BOOKS)
def test_a_sheet_for_each_class_is_taken_and_others_are_named(camp, imported, suffix):
    one = [["学号", "姓名", "班级"], ["一01", "甲一", "一班"]]
    two = [["学号", "姓名", "班级"], ["二01", "乙一", "二班"]]
    sent = SentSheet(one, name="一班", more={"二班": two, "示例": two, "教师": [["姓名", "电话"], ["赵老师", "13800000011"]]})
    done = imported("people", sent, suffix, unit="S1")
    assert (done.counts.new, done.sheets, done.other_sheets) == (2, ("一班", "二班"), ("示例", "教师"))
    assert notes(done) == ["several_sheets", "several_sheets"]
    again = imported("people", sent, suffix, unit="S1", choices=Choices(sheet="二班"))
    assert (again.counts.unchanged, again.sheets) == (1, ("二班",))


@pytest.mark.parametrize("suffix", [".xlsx", ".xls"])
def test_a_hidden_sheet_that_fits_is_named_and_not_taken(imported, suffix):
    heads = ["学号", "姓名", "班级"]
    more: dict[str, Rows] = {"二班": [heads, ["二01", "乙一", "二班"]], "词表": [["学校师生"], ["职工"]], "空表": [heads]}
    done = imported("people", SentSheet([heads, ["一01", "甲一", "一班"]], more=more, hidden=tuple(more)), suffix, unit="S1")
    assert (done.counts.new, done.other_sheets, notes(done)) == (1, (), ["several_sheets"])
    assert "“二班”是隐藏的" in done.counts.notes[0].sentence


def test_rows_of_several_sheets_are_named_by_sheet_and_row(imported):
    one: Rows = [["学号", "姓名"], ["1", "甲一"], ["2", None]]
    two = [["备注", "姓名", "学号"], ["x", "乙一", "1"], ["", "合计", ""]]
    done = imported("people", SentSheet(one, name="一班", more={"二班": two}), unit="S1")
    assert [(each.sheet, each.row, each.reason) for each in done.counts.rejects] == [
        ("一班", 3, "missing_value"), ("二班", 2, "repeated_row"), ("二班", 3, "not_a_row")]  # fmt: skip


def test_a_sheets_name_says_the_class_where_no_column_does(camp, imported):
    sheets = {"三年级2班": [["学号", "姓名"], ["k2", "乙一"]]}
    done = imported("people", SentSheet([["学号", "姓名"], ["k1", "甲一"]], name="三年级1班", more=sheets), unit="S1")
    assert done.counts.new == 2
    assert [camp.person(each).class_name for each in ("k1", "k2")] == ["三年级1班", "三年级2班"]


@pytest.mark.parametrize("kind", ["units", "marks", "likes", "lessons"])
def test_other_kinds_take_all_sheets_too(imported, kind):
    heads = {
        "units": ["代码", "名称", "上级代码"],
        "marks": MARKS,
        "likes": ["作品链接", "作者", "点赞数"],
        "lessons": ["编号", "名称", "课时"],
    }[kind]
    sent: dict[str, Rows] = {"units": [["S7", "七小", "350102"], ["S8", "八小", "350102"]],
            "marks": [["001", "V1", 5, "2023-06-01"], ["002", "V1", 5, "2023-06-01"]],
            "likes": [["https://example.org/1", "甲一", 5], ["https://example.org/2", "甲二", 6]],
            "lessons": [["V5", "课五", 1], ["V6", "课六", 1]]}  # fmt: skip
    rows = sent[kind]
    done = imported(kind, SentSheet([heads, rows[0]], name="甲", more={"乙": [heads, rows[1]]}))
    assert (done.counts.new, rejects(done)) == (2, [])


@pytest.mark.parametrize("suffix", BOOKS)
@pytest.mark.parametrize(("top", "left"), [(0, 0), (2, 1)])
def test_filtered_rows_are_told_and_can_be_left_out(imported, suffix, top, left):
    rows = [
        ["编号", "姓名", "班级"],
        ["k1", "甲一", "一班"],
        ["k2", "甲二", "二班"],
        ["k3", "甲三", "一班"],
        ["k4", "甲四", "二班"],
    ]
    sent = SentSheet(rows, top, left, hidden_rows=[2, 4])
    left_out = imported("people", sent, suffix, unit="S1", dry_run=True, choices=Choices(skip_hidden=True))
    assert (left_out.counts.new, notes(left_out)) == (2, ["hidden_rows"])
    taken = imported("people", sent, suffix, unit="S1")
    assert (taken.counts.new, notes(taken)) == (4, ["hidden_rows"])
    assert "2 行" in taken.counts.notes[0].sentence


@pytest.mark.parametrize("suffix", BOOKS)
@pytest.mark.parametrize(("top", "left"), [(0, 0), (2, 1)])
def test_rows_made_so_low_that_nobody_sees_them_are_hidden(imported, suffix, top, left):
    sent = SentSheet([["编号", "姓名"], ["k1", "甲一"], ["k2", "甲二"], ["k3", "甲三"]], top, left, low_rows=[2])
    taken = imported("people", sent, suffix, unit="S1", dry_run=True)
    assert (taken.counts.new, notes(taken)) == (3, ["hidden_rows"])
    left_out = imported("people", sent, suffix, unit="S1", choices=Choices(skip_hidden=True))
    assert (left_out.counts.new, notes(left_out)) == (2, ["hidden_rows"])
    assert "1 行" in left_out.counts.notes[0].sentence


def test_a_column_made_so_narrow_that_nobody_sees_it_is_hidden(camp, tmp_path):
    book = openpyxl.Workbook()
    for row in (["姓名", "名字", "单位代码"], ["旧名", "甲一", "S1"]):
        book.active.append(row)
    book.active.column_dimensions["A"].width = 0.01
    book.save(tmp_path / "narrow.xlsx")
    import_file(camp.store, "people", tmp_path / "narrow.xlsx", Options())
    with camp.store.reading() as r:
        assert r.value("select count(*) from people where name = '甲一'") == 1


# What somebody struck through by hand is taken out of the list.


@pytest.mark.parametrize("suffix", BOOKS)
@pytest.mark.parametrize(("top", "left"), [(0, 0), (2, 1)])
@pytest.mark.parametrize("dry_run", [True, False])
def test_a_row_that_is_struck_through_is_left_out_and_named(imported, suffix, top, left, dry_run):
    rows: Rows = [
        ["编号", "姓名", "班级"],
        ["k1", "甲一", "一班"],
        ["k2", "甲二", None],
        ["k3", "甲三", "一班"],
        [4, "甲四", "一班"],
    ]
    struck = [(2, 0), (2, 1), (3, 2)] + ([(4, 0), (4, 1), (4, 2)] if suffix != ".xls" else [])
    done = imported("people", SentSheet(rows, top, left, struck=struck), suffix, unit="S1", dry_run=dry_run)
    out = [(top + 3, "struck_out"), *([(top + 5, "struck_out")] if suffix != ".xls" else [])]
    assert (rejects(done), notes(done)) == (out, ["struck_out"])
    assert f"{'ABCD'[left + 2]}{top + 4}" in done.counts.notes[0].sentence


@pytest.mark.parametrize("suffix", BOOKS)
def test_a_mark_that_is_struck_through_gives_no_credit(camp, imported, suffix):
    rows = [MARKS, ["001", "V1", "30", "2023-06-01"], ["002", "V1", "30", "2023-06-01"]]
    done = imported("marks", SentSheet(rows, struck=[(1, 0), (1, 1), (1, 2), (1, 3)]), suffix)
    assert rejects(done) == [(2, "struck_out")]
    assert (camp.credited("001"), camp.credited("002")) == (0, 50)


def test_rows_left_out_are_given_back_struck_through_so_that_they_stay_out(camp, imported, tmp_path):
    sent = SentSheet([["编号", "姓名"], ["k1", "甲一"], ["k2", None]], struck=[(1, 0), (1, 1)])
    done = imported("people", sent, unit="S1")
    path = tmp_path / "f1.xlsx"
    layout = sheets_of(CATALOGUE)["people"].layout
    _, parts = open_chosen(path, layout, [layout], Choices(), 1_000_000)
    save_rejects(tmp_path / "again.xlsx", layout, parts, done.counts.rejects)
    again = import_file(camp.store, "people", tmp_path / "again.xlsx", Options(unit="S1"))
    assert [(each.row, each.reason) for each in again.counts.rejects] == [(2, "struck_out"), (3, "missing_value")]


# What is shown is not what is stored.


@pytest.mark.parametrize("suffix", BOOKS)
def test_a_code_or_class_is_what_the_screen_shows(camp, imported, suffix):
    rows = [PEOPLE, [Shown(123, "000000", "000123"), "甲一", "S1", Shown(3, '"三年级"0"班"', "三年级3班"), None],
            [Shown(7, '"A"00', "A07"), "甲二", "S1", Shown(2, '0"班"', "2班"), None]]  # fmt: skip
    assert rejects(imported("people", rows, suffix)) == []
    assert (camp.person("000123").class_name, camp.person("A07").class_name) == ("三年级3班", "2班")
    marks = [MARKS, [Shown(123, "000000", "000123"), "V1", Shown(30, '0"分钟"', "30分钟"), "2023-06-01"],
             [Shown(7, '"A"00', "A07"), "V1", Shown(0.5, '0.0"小时"', "0.5小时"), "2023-06-01"]]  # fmt: skip
    assert rejects(imported("marks", marks, suffix)) == []
    assert (camp.credited("000123"), camp.credited("A07")) == (50, 50)


@pytest.mark.parametrize("suffix", BOOKS)
def test_likes_with_a_word_in_their_format_are_not_a_thousandth(imported, suffix):
    rows = [
        ["作品链接", "作者", "点赞数"],
        ["https://example.org/1", "甲一", Shown(3, '0"万"', "3万")],
        ["https://example.org/2", "甲二", 30],
    ]
    done = imported("likes", rows, suffix)
    assert (done.counts.new, rejects(done)) == (2, [])


@pytest.mark.parametrize("suffix", BOOKS)
def test_a_class_that_became_a_date_is_told_and_a_code_is_rejected(camp, imported, suffix):
    done = imported(
        "people", [PEOPLE, ["k1", "甲一", "S1", date(2023, 3, 1), None], [date(2023, 3, 1), "甲二", "S1", "一班", None]], suffix
    )
    assert (notes(done), rejects(done)) == (["became_date"], [(3, "became_date")])
    assert camp.person("k1").class_name == ""
    again = imported("people", [PEOPLE, ["k1", "乙一", "S1", date(2023, 3, 2), None]], suffix)
    assert rejects(again) == [(2, "conflict")]


@pytest.mark.parametrize("text", ["3月1日", "1-Mar", "Mar-1", "2023/3/1", "2023-03-01", "3/1/2023", "1-Mar-23"])
def test_a_class_that_became_a_date_in_csv(imported, text):
    assert notes(imported("people", [PEOPLE, ["k1", "甲一", "S1", text, None]], ".csv")) == ["became_date"]


@pytest.mark.parametrize("text", ["3-1", "三(1)班", "3.1班", "2023级1班", "初一（3）班", "3年1班", "2023届3-1班"])
def test_a_class_that_is_one_stays(camp, imported, text):
    assert notes(imported("people", [PEOPLE, ["k1", "甲一", "S1", text, None]], ".csv")) == []
    assert camp.person("k1").class_name == text


def test_the_upper_row_of_headings_says_nothing_of_the_rows_below(camp, imported):
    rows: Rows = [
        ["一小花名册"],
        ["班级", "学生信息", None],
        [None, "编号", "姓名"],
        ["三年1班", "01", "甲一"],
        [None, "02", "甲二"],
    ]
    done = imported("people", SentSheet(rows, merges=[(0, 0, 0, 2), (1, 0, 2, 0), (1, 1, 1, 2)]), ".xlsx", unit="S1")
    assert (done.counts.new, notes(done)) == (2, [])
    assert [camp.person(number).class_name for number in ("01", "02")] == ["三年1班", ""]


def test_a_class_named_above_the_headings_is_told_as_written_there(imported):
    rows = [["班级：三年1班"], ["姓名", "性别"], ["甲一", "女"]]
    done = imported("people", SentSheet(rows), ".xlsx", unit="S1")
    assert [note.sentence for note in done.counts.notes if note.reason == "form_line"] == [
        "没有写班级的行，按表头上方写的“三年1班”计。"
    ]
