from __future__ import annotations

import hashlib
import random
from datetime import date

import openpyxl
import pytest

from campmgr.errors import BadInput
from campmgr.files.read_table import file_sha256, open_table
from tests.kit.made_files import FORMATS, make, write_csv

LARGE = 10_000_000
ROWS = [
    ["2023 年训练营名单"],
    [],
    ["编号", "姓名", "人数"],
    ["00123", "𠮷野䶮", 45],
    [None, "　", " "],
    ["1.2万", "李丽", 2.5],
]


def read(path):
    return list(open_table(path, max_bytes=LARGE).rows())


@pytest.mark.parametrize("suffix", FORMATS)
def test_rows_keep_the_numbers_of_the_sheet_and_texts_stay_texts(tmp_path, suffix):
    rows = read(make(tmp_path / f"名单.{suffix}", ROWS))

    assert [number for number, _ in rows] == [1, 3, 4, 6]
    assert rows[2][1][:2] == ["00123", "𠮷野䶮"]
    assert rows[3][1][0] == "1.2万"
    assert rows[2][1][2] == ("45" if suffix == "csv" else 45)
    assert str(rows[3][1][2]) == "2.5"


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_whole_numbers_come_as_int_and_dates_as_dates(tmp_path, suffix):
    ((_, (number, day)),) = read(make(tmp_path / f"a.{suffix}", [[13800138000, date(2023, 6, 10)]]))

    assert (number, type(number)) == (13800138000, int)
    assert (day.year, day.month, day.day) == (2023, 6, 10)


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_hidden_and_empty_sheets_are_passed_over(tmp_path, suffix):
    table = open_table(make(tmp_path / f"a.{suffix}", [["编号"], ["1"]], hidden=[["不要"]], first_empty=True), max_bytes=LARGE)

    assert [cells for _, cells in table.rows()] == [["编号"], ["1"]]


def test_leading_blank_rows_and_columns_do_not_shift_row_numbers(tmp_path):
    rows = read(make(tmp_path / "a.xlsx", [[], [], [None, None, "编号"], [None, None, "1"]]))

    assert [number for number, _ in rows] == [3, 4]


def test_merged_cells_give_their_value_once(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["名单", None, None])
    book.active.append(["编号", "姓名", "单位"])
    book.active.merge_cells("A1:C1")
    book.save(tmp_path / "a.xlsx")

    assert read(tmp_path / "a.xlsx")[0] == (1, ["名单", "", ""])


def test_a_table_can_be_read_twice(tmp_path):
    table = open_table(make(tmp_path / "a.xlsx", ROWS), max_bytes=LARGE)

    assert list(table.rows()) == list(table.rows())


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_content_decides_not_the_name(tmp_path, suffix):
    path = make(tmp_path / f"a.{suffix}", [["编号"], ["1"]])
    renamed = path.rename(tmp_path / "a.dat")

    table = open_table(renamed, max_bytes=LARGE)

    assert (table.kind, next(table.rows())) == (suffix, (1, ["编号"]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_each_encoding_with_each_separator(tmp_path, encoding, delimiter):
    rows = [["编号", "姓名", "备注"], ["1", "𠮷野䶮", "一、二"], ["2", "李丽", "两\n行"], ["3", "㼆", ""]]

    assert read(write_csv(tmp_path / "a.csv", rows, encoding, delimiter)) == list(enumerate(rows, 1))


def test_a_short_gbk_list_is_read(tmp_path):
    (tmp_path / "a.csv").write_bytes("姓名\r\n王䶮\r\n".encode("gb18030"))

    assert read(tmp_path / "a.csv") == [(1, ["姓名"]), (2, ["王䶮"])]


def test_csv_lines_without_text_keep_the_numbering(tmp_path):
    (tmp_path / "a.csv").write_text("编号,姓名\n\n,,\n1,李丽\n", encoding="utf-8")

    assert [number for number, _ in read(tmp_path / "a.csv")] == [1, 4]


def test_a_quote_without_partner_is_told_with_its_row_instead_of_swallowing_the_rest(tmp_path):
    (tmp_path / "a.csv").write_text('编号,姓名\n1,李丽\n2,"王五\n3,赵六\n', encoding="utf-8")

    with pytest.raises(BadInput, match="第 3 行") as refusal:
        read(tmp_path / "a.csv")
    assert refusal.value.reason == "unreadable_file"


def test_file_digest_is_of_the_bytes(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")

    assert file_sha256(tmp_path / "a") == hashlib.sha256(b"abc").hexdigest()


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
@pytest.mark.drawn(whole=1_000, usual=24)
def test_damage_is_refused_in_our_own_words_or_the_rows_are_read(tmp_path, suffix, draws):
    whole, chance = make(tmp_path / f"a.{suffix}", ROWS).read_bytes(), random.Random(7)
    for _ in range(draws):
        damaged = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.choice([1, 3, 20])):
            if damaged:
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (tmp_path / "damaged").write_bytes(damaged)
        assert outcome(tmp_path / "damaged") in {"read", "unreadable_file", "empty_file", "too_large"}


def outcome(path):
    try:
        read(path)
    except BadInput as refusal:
        return refusal.reason
    return "read"
