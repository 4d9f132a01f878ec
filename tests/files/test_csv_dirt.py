"""What .csv files from other systems carry, and files under a wrong name."""

from __future__ import annotations

import zipfile

import pytest

from campmgr.errors import BadInput
from campmgr.files import cells
from campmgr.files.read_table import open_table
from tests.kit.made_files import find_columns

MOST = 10_000_000


def rows_of(path, raw: bytes, encoding=""):
    path.write_bytes(raw)
    return [cells for _, cells in open_table(path, max_bytes=MOST, encoding=encoding).rows()]


def refused(path, raw: bytes) -> str:
    with pytest.raises(BadInput) as refusal:
        rows_of(path, raw)
    assert refusal.value.reason == "unreadable_file"
    assert refusal.value.sentence.endswith("。")
    return refusal.value.sentence


@pytest.mark.parametrize("names", [["毛强", "石平"], ["毛强"], ["陆平", "谭英"], ["石平", "毛强", "石强"], ["剩"]])
@pytest.mark.parametrize("heading", ["number,name,unit", "id;name;class"])
def test_gbk_whose_bytes_are_utf8_too_is_read_as_gbk(tmp_path, names, heading):
    mark = heading[6] if ";" not in heading else ";"
    raw = "\n".join([heading, *(f"9{mark}{name}{mark}S1" for name in names)]).encode("gb18030")
    raw.decode("utf-8")  # the trouble: it is valid
    assert [row[1] for row in rows_of(tmp_path / "a.csv", raw)[1:]] == names


@pytest.mark.parametrize("name", ["Zoë", "José", "Łukasz", "Ömer", "王一", "Müller-Lüdenscheidt", "Πέτρος", "Анна", "محمد"])
def test_utf8_that_is_meant_stays_utf8(tmp_path, name):
    assert rows_of(tmp_path / "a.csv", f"number,name\n1,{name}\n".encode())[1][1] == name


@pytest.mark.parametrize(
    ("written", "meant"),
    [('="001"', "001"), ("'002", "002"), ('"=""003"""', "003"), ("’004", "004"), ("`005", "005"), ("\t006", "006"), ("'S007",
     "S007"),
     ('= "008"', "008"), (" '009", "009"), ("00\u200b10", "0010"), ("\ufeff0011", "0011")],
)  # fmt: skip
def test_numbers_kept_as_text_by_a_trick_lose_it(tmp_path, written, meant):
    rows = rows_of(tmp_path / "a.csv", f"编号,姓名\n{written},王一\n".encode())
    assert cells.code(rows[1][0]) == meant


@pytest.mark.parametrize("written", ["O'Neil", "'t Hooft'", "=1+1", "D'Angelo"])
def test_what_only_looks_like_the_trick_stays(written):
    assert cells.text(written) == written


@pytest.mark.parametrize(
    "heading",
    [
        "\ufeff编号",
        "\ufeff\ufeff编号",
        "\u200b编\u200b号",
        "\u202a编号\u202c",
        '="编号"',
        "编号\x00".replace("\x00", "\u2060"),
        "\xad编号",
        " 编 号\u3000",
    ],
)
def test_unseen_characters_in_headings_hide_no_column(tmp_path, heading):
    (tmp_path / "a.csv").write_bytes(f"{heading},姓名\n001,王一\n".encode("utf-8-sig"))
    assert find_columns(open_table(tmp_path / "a.csv", max_bytes=MOST), "people").fields == {"number": 0, "name": 1}


def test_a_utf8_mark_before_gbk_is_no_character(tmp_path):
    raw = b"\xef\xbb\xbf" + "编号,姓名\n001,王一\n".encode("gb18030")
    assert rows_of(tmp_path / "a.csv", raw) == [["编号", "姓名"], ["001", "王一"]]


@pytest.mark.parametrize("end", ["\x1a", "\n\x1a", "\r\n\x1a\x1a", "\n\x1a\n"])
def test_ctrl_z_ends_a_text(tmp_path, end):
    rows = rows_of(tmp_path / "a.csv", f"编号,姓名\n001,王一{end}".encode("gb18030"))
    assert rows == [["编号", "姓名"], ["001", "王一"]]


def test_a_long_cell_is_no_unpaired_quote(tmp_path):
    rows = rows_of(tmp_path / "a.csv", ("编号,备注\n001," + "长" * 200_000 + "\n002,x\n").encode())
    assert [row[0] for row in rows] == ["编号", "001", "002"]


@pytest.mark.parametrize("fault", ['001,"王一\n002,王二\n', '001,"王"一\n', '"001,王一\n' + "002,王二\n" * 20_000])
def test_an_unpaired_quote_is_told_with_its_row(tmp_path, fault):
    assert "第 2 行的引号没有成对" in refused(tmp_path / "a.csv", ("编号,姓名\n" + fault).encode())


OTHERS = {
    "PDF": b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "网页归档": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n",
    "图片": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "压缩包": b"Rar!\x1a\x07\x00",
    "网页文件": b"<html><body><table><tr><td>1</td></tr></table></body></html>",
    "XML 电子表格 2003": b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
    "文字文档": b"{\\rtf1\\ansi hello}",
    "数据库": b"SQLite format 3\x00",
}


@pytest.mark.parametrize("what", OTHERS)
@pytest.mark.parametrize("name", ["a.csv", "a.xls", "a.xlsx"])
def test_another_sort_of_file_is_called_by_its_name(tmp_path, what, name):
    assert what in refused(tmp_path / name, OTHERS[what])


@pytest.mark.parametrize(
    ("member", "what"),
    [("word/document.xml", "Word"), ("ppt/presentation.xml", "演示文稿"), ("xl/workbook.bin", "xlsb"), ("Index/Tables.iwa", "Numbers"),
     ("一班.xlsx", "压缩包")],
)  # fmt: skip
def test_another_archive_is_called_by_its_name(tmp_path, member, what):
    with zipfile.ZipFile(tmp_path / "made.zip", "w") as archive:
        archive.writestr(member, "<a/>")
    assert what in refused(tmp_path / "a.xlsx", (tmp_path / "made.zip").read_bytes())
