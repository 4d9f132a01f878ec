"""How a file is read can be said otherwise: sheet, encoding, heading row, columns; merged and hidden cells are minded."""

from __future__ import annotations

import pytest

from campmgr.errors import BadInput
from campmgr.files.column_letters import letters_of, number_of
from campmgr.files.imports.choices import Choices, columns_said, place_of
from campmgr.files.imports.columns import data_rows, find_table
from campmgr.files.imports.looking import look, open_chosen
from campmgr.files.read_table import open_table, open_tables
from tests.kit.made_files import LAYOUTS, find_columns, make, make_book, write_csv

MOST = 10_000_000


def values(path, kind="people", choices=Choices()):  # noqa: B008 - frozen
    best = open_chosen(path, LAYOUTS[kind], LAYOUTS.values(), choices, MOST)[1].best
    table, columns = best.table, best.columns
    return [row.values for row in data_rows(table, columns)]


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("z", 26), ("AA", 27), ("XFD", 16_384)])
def test_letters_and_numbers_of_columns(letters, number):
    assert number_of(letters) == number
    assert letters_of(number) == letters.upper()


@pytest.mark.parametrize(
    ("column", "place"), [("同学", 1), ("B", 1), ("b", 1), ("#2", 1), ("C", 0), ("#9", 8), ("没有", None), ("#0", None), ("", None)]
)
def test_a_choice_means_the_heading_first_then_the_letters(column, place):
    assert place_of(column, ["C", "同学"]) == place


def test_columns_on_the_command_line():
    assert columns_said(LAYOUTS["people"], ["姓名=学生", "class_name=F", "手机号="]) == {
        "name": "学生",
        "class_name": "F",
        "phone": "",
    }
    with pytest.raises(BadInput, match="看不懂") as problem:
        columns_said(LAYOUTS["people"], ["姓=学生"])
    assert problem.value.reason == "unknown_word"


def test_chosen_columns_go_before_fitting_ones_and_free_them(tmp_path):
    path = make(tmp_path / "a.xlsx", [["编号", "姓名", "曾用名"], ["1", "甲", "乙"]])
    assert values(path, choices=Choices(columns={"name": "曾用名"})) == [{"number": "1", "name": "乙"}]
    assert values(path, choices=Choices(columns={"name": "C", "class_name": "B"})) == [
        {"number": "1", "name": "乙", "class_name": "甲"}
    ]
    assert values(path, choices=Choices(columns={"number": ""})) == [{"name": "甲"}]
    assert values(path, choices=Choices(columns={"number": "!编号"})) == [{"name": "甲"}]
    assert values(path, choices=Choices(columns={"number": "!学号"})) == [{"number": "1", "name": "甲"}]


def test_a_remembered_heading_that_is_not_there_changes_nothing(tmp_path):
    path = make(tmp_path / "a.xlsx", [["编号", "姓名"], ["1", "甲"]])
    assert values(path, choices=Choices(columns={"name": "同学"})) == [{"number": "1", "name": "甲"}]


def test_two_columns_of_one_heading_can_be_chosen_between(tmp_path):
    path = make(tmp_path / "a.xlsx", [["姓名", "姓名"], ["甲", "乙"]])
    table = open_table(path, max_bytes=MOST)
    with pytest.raises(BadInput):
        find_columns(table, "people")
    chosen = find_columns(table, "people", Choices(columns={"name": "#2"}))
    assert chosen.fields == {"name": 1}


def test_the_row_of_headings_can_be_named(tmp_path):
    path = make(tmp_path / "a.xlsx", [["编号", "姓名"], ["样例", "样例"], ["编号", "姓名"], ["1", "甲"]])
    assert values(path, choices=Choices(heading_row=3)) == [{"number": "1", "name": "甲"}]
    assert "找不到表头" in look(path, LAYOUTS["people"], LAYOUTS.values(), Choices(heading_row=9), MOST).problem


def test_columns_by_number_do_not_make_a_title_the_headings(tmp_path):
    path = make(tmp_path / "a.xlsx", [["某某小学学员名单"], ["学籍号", "同学"], ["1", "甲"]])
    assert values(path, choices=Choices(columns={"number": "#1", "name": "#2"})) == [{"number": "1", "name": "甲"}]


def test_the_sheet_that_fits_best_is_taken_and_any_can_be_named(tmp_path):
    path = make_book(tmp_path / "a.xlsx", {"封面": [["编号"], ["x"]], "名单": [["编号", "姓名"], ["1", "甲"]],
                                           "旧": [["编号", "姓名"], ["2", "乙"]]})  # fmt: skip
    names, tables = open_tables(path, max_bytes=MOST)
    table, _ = find_table(tables, LAYOUTS["people"])
    assert (names, table.sheet) == (["封面", "名单", "旧"], "名单")
    assert values(path, choices=Choices(sheet="旧")) == [{"number": "2", "name": "乙"}]
    with pytest.raises(BadInput, match="没有叫“新”的工作表"):
        values(path, choices=Choices(sheet="新"))


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_what_is_merged_over_several_rows_stands_in_each_of_them(tmp_path, suffix):
    rows = [["班级", "姓名", "手机号"], ["一班", "甲", "138"], [None, "乙", None], [None, "丙", None], [None, "丁", None]]
    path = tmp_path / f"a.{suffix}"
    if suffix == "xlsx":
        make_book(path, {"S": rows}, merges={"S": ["A2:A4", "C2:C3"]})
    else:
        _merged_xls(path, rows)
    found = values(path)
    assert [row["class_name"] for row in found] == ["一班", "一班", "一班", ""]
    phones = [row["phone"] for row in found]  # a number merged over rows may be meant for all or for none
    assert (phones[0], phones[2:]) == ("138", ["", ""])
    assert "C3 和上面的格子合并在一起" in phones[1].sentence


def _merged_xls(path, rows):
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell is not None and (number, place) not in {(1, 0), (1, 2)}:
                sheet.write(number, place, cell)
    sheet.write_merge(1, 3, 0, 0, "一班")
    sheet.write_merge(1, 2, 2, 2, "138")
    book.save(str(path))


def test_a_hidden_column_serves_only_where_no_shown_one_does_and_is_named(tmp_path):
    path = make_book(tmp_path / "a.xlsx", {"S": [["编号", "姓名", "学号"], ["假", "甲", "真"]]}, hidden="A")
    assert values(path) == [{"number": "真", "name": "甲"}]
    path = make_book(tmp_path / "b.xlsx", {"S": [["编号", "姓名"], ["1", "甲"]]}, hidden="A")
    assert values(path) == [{"number": "1", "name": "甲"}]
    assert look(path, LAYOUTS["people"], LAYOUTS.values(), Choices(), MOST).hidden == ("编号",)


@pytest.mark.parametrize(("encoding", "written"), [("big5", "cp950"), ("utf-16", "utf-16-le"), ("utf-8", "utf-8-sig"),
                                                   ("gb18030", "gbk")])  # fmt: skip
def test_an_encoding_can_be_chosen(tmp_path, encoding, written):
    path = write_csv(tmp_path / "a.csv", [["編號", "姓名"], ["1", "陳雅"]], encoding=written)
    columns = {"number": "#1"}
    assert values(path, choices=Choices(encoding=encoding, columns=columns)) == [{"number": "1", "name": "陳雅"}]


def test_the_wrong_encoding_is_said_and_nothing_is_read(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["编号", "姓名"], ["1", "阿雅"]], encoding="gb18030")
    with pytest.raises(BadInput, match="不是所选的编码"):
        values(path, choices=Choices(encoding="utf-8"))


def test_utf_16_without_its_mark_is_known(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["编号", "姓名"], ["1", "阿雅"]], encoding="utf-16-le")
    assert values(path) == [{"number": "1", "name": "阿雅"}]


def test_a_look_shows_the_first_rows_and_every_column(tmp_path):
    path = make(tmp_path / "a.xlsx", [["编号", "同学", None], *[[str(n), "甲", "备注"] for n in range(9)]])
    seen = look(path, LAYOUTS["people"], LAYOUTS.values(), Choices(), MOST)
    assert [(column.letters, column.heading) for column in seen.columns] == [("A", "编号"), ("B", "同学"), ("C", "")]
    assert seen.sample[0] == (2, ("0", "甲", "备注"))
    assert (len(seen.sample), seen.rows, "姓名" in seen.problem) == (5, 9, True)


def test_a_sheet_of_thousands_of_columns_is_shown_in_part(tmp_path):
    path = make(tmp_path / "a.xlsx", [["编号", "姓名", *["x"] * 3000], ["1", "甲"]])
    seen = look(path, LAYOUTS["people"], LAYOUTS.values(), Choices(columns={"class_name": "#9999"}), MOST)
    assert (len(seen.columns), len(seen.sample[0][1])) == (200, 200)
    assert values(path)[0] == {"number": "1", "name": "甲"}
