from __future__ import annotations

import zipfile

import openpyxl
import pytest
import xlwt

from campmgr.errors import BadInput
from campmgr.files.odd_cells import BrokenCell
from campmgr.files.read_table import open_table
from campmgr.files.sheet_guard import SheetLimits, check_file
from tests.kit.made_files import FORMATS, make, ods_with_table, xlsx_with_sheet


def refused(path, limits=None, max_bytes=10_000_000):
    with pytest.raises(BadInput) as refusal:
        open_table(path, max_bytes=max_bytes, limits=limits)
    assert refusal.value.sentence.endswith("。")
    return refusal.value.reason


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_of_no_bytes_is_empty(tmp_path, suffix):
    (tmp_path / f"a.{suffix}").write_bytes(b"")

    assert refused(tmp_path / f"a.{suffix}") == "empty_file"


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_sheet_without_a_value_is_empty(tmp_path, suffix):
    assert refused(make(tmp_path / f"a.{suffix}", [["　"], [" "]])) == "empty_file"


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_a_workbook_with_only_a_hidden_sheet_of_values_is_empty(tmp_path, suffix):
    assert refused(make(tmp_path / f"a.{suffix}", [[None]], hidden=[["编号"]])) == "empty_file"


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_over_the_limit_is_refused_before_it_is_opened(tmp_path, suffix):
    path = make(tmp_path / f"a.{suffix}", [["编号"]])

    assert refused(path, max_bytes=path.stat().st_size - 1) == "too_large"
    assert open_table(path, max_bytes=path.stat().st_size).kind == suffix


@pytest.mark.parametrize("name", ["missing.xlsx", "."])
def test_a_missing_file_or_a_folder_is_told(tmp_path, name):
    assert refused(tmp_path / name) == "unreadable_file"


@pytest.mark.parametrize("name", ["a.zip", "a.xlsx", "a.csv"])
def test_a_zip_that_is_no_spreadsheet_is_refused_under_any_name(tmp_path, name):
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")

    assert refused(tmp_path / name) == "unreadable_file"


@pytest.mark.parametrize(
    "content",
    [
        "<html><table><tr><td>编号</td></tr></table></html>".encode(),
        "\ufeff<?xml version='1.0'?><Workbook/>".encode(),
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.7\n\x00\x01",
        b"a,b\n\x00\x00\x00",
        b"\xff\xff\xff,\xff",
        b"PK\x03\x04 cut",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut",
    ],
)
@pytest.mark.parametrize("suffix", FORMATS)
def test_what_is_no_spreadsheet_is_refused_under_any_name(tmp_path, suffix, content):
    (tmp_path / f"a.{suffix}").write_bytes(content)

    assert refused(tmp_path / f"a.{suffix}") == "unreadable_file"


def test_one_cell_in_the_far_corner_of_xlsx_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "编号"
    book.active.cell(1_048_576, 201, "x")
    book.save(tmp_path / "bomb.xlsx")

    assert (tmp_path / "bomb.xlsx").stat().st_size < 10_000
    assert refused(tmp_path / "bomb.xlsx") == "too_large"


def test_far_cells_that_are_only_formatted_do_no_harm(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "编号"
    book.active.cell(1_048_576, 201).number_format = "@"
    book.save(tmp_path / "a.xlsx")

    assert list(open_table(tmp_path / "a.xlsx", max_bytes=100_000).rows()) == [(1, ["编号"])]


@pytest.mark.parametrize(
    "sheet_data",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c s="0" r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c><v>1</v></c></row><row r="1048576"><c/><c/><c/><c><v>1</v></c></row>',
        '<row r="1"><c r="a1"><v>1</v></c></row><row><c r=\'xfd&#49;048576\' t="inlineStr"><is><t>x</t></is></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="XFD1048576"><f>1+1</f></c></row>',
    ],
)
def test_no_spelling_of_a_far_cell_slips_through(tmp_path, sheet_data):
    assert refused(xlsx_with_sheet(tmp_path / "bomb.xlsx", sheet_data)) == "too_large"


@pytest.mark.parametrize("sheet_data", ['<row r="1"><c r="1A"><v>1</v></c></row>', '<row r="x"/>', "<row>"])
def test_broken_xml_is_refused(tmp_path, sheet_data):
    assert refused(xlsx_with_sheet(tmp_path / "a.xlsx", sheet_data)) == "unreadable_file"


def test_a_document_type_is_refused_so_that_no_entity_can_be_defined(tmp_path):
    path = make(tmp_path / "a.xlsx", [["编号"]])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet9.xml", '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>')

    assert refused(path) == "unreadable_file"


def test_one_cell_in_the_far_corner_of_xls_is_refused(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "编号")
    sheet.write(65_535, 255, 1)
    book.save(str(tmp_path / "bomb.xls"))

    assert refused(tmp_path / "bomb.xls") == "too_large"


_CELL = '<table:table-cell table:number-columns-repeated="{}"><text:p>x</text:p></table:table-cell>'
_ROW = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
_BLANK = '<table:table-cell table:number-columns-repeated="500"/>'


@pytest.mark.parametrize(
    "rows", [_ROW.format(1_000_000, _CELL.format(6)), _ROW.format(999_999, _BLANK) + _ROW.format(1, _BLANK + _CELL.format(1))]
)
def test_repetitions_of_ods_are_counted(tmp_path, rows):
    assert refused(ods_with_table(tmp_path / "bomb.ods", rows)) == "too_large"


def test_the_unpacked_size_is_limited(tmp_path):
    path = make(tmp_path / "a.xlsx", [["编号"]])

    assert refused(path, limits=SheetLimits(unpacked_bytes=1000)) == "too_large"


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_the_rectangle_may_be_exactly_as_large_as_the_limit(tmp_path, suffix):
    path = make(tmp_path / f"a.{suffix}", [["编号", "姓名"], ["1", "李丽"], ["2", "王五"]])

    assert check_file(path, SheetLimits(cells=6)) == suffix
    assert refused(path, limits=SheetLimits(cells=5)) == "too_large"


def test_a_password_is_named(tmp_path):
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "编号")
    book.save(str(tmp_path / "a.xls"))
    raw = (tmp_path / "a.xls").read_bytes()
    # the same container as an encrypted .xlsx has, and the record that an encrypted .xls begins with
    entry, package = raw.index("Workbook".encode("utf-16-le")), "EncryptedPackage".encode("utf-16-le")
    renamed = raw[:entry] + package.ljust(64, b"\x00") + bytes([len(package) + 2]) + raw[entry + 65 :]
    (tmp_path / "encrypted.xlsx").write_bytes(renamed)
    at = raw.index(b"\x09\x08\x10\x00") + 20
    (tmp_path / "encrypted.xls").write_bytes(raw[:at] + b"\x2f\x00" + raw[at + 2 :])

    for name in ("encrypted.xlsx", "encrypted.xls"):
        with pytest.raises(BadInput, match="密码") as refusal:
            open_table(tmp_path / name, max_bytes=100_000)
        assert refusal.value.reason == "unreadable_file"


@pytest.mark.parametrize(("at", "count"), [(44, 2**31), (64, 2**31), (72, 2**31), (68, 0), (30, 5)])
def test_an_xls_whose_header_promises_more_than_there_is_is_refused(tmp_path, at, count):
    raw = make(tmp_path / "a.xls", [["编号"]]).read_bytes()
    (tmp_path / "b.xls").write_bytes(raw[:at] + count.to_bytes(4, "little") + raw[at + 4 :])

    assert refused(tmp_path / "b.xls") == "unreadable_file"


def test_an_xls_sheet_that_claims_a_huge_extent_is_refused(tmp_path):
    raw = make(tmp_path / "a.xls", [["编号"]]).read_bytes()
    at = raw.index(b"\x00\x02\x0e\x00") + 8
    (tmp_path / "b.xls").write_bytes(raw[:at] + (2**32 - 1).to_bytes(4, "little") + raw[at + 4 :])
    (tmp_path / "c.xls").write_bytes(raw[:at] + (65_536).to_bytes(4, "little") + b"\x00\x00\x00\x01" + raw[at + 8 :])

    assert refused(tmp_path / "b.xls") == "unreadable_file"
    assert refused(tmp_path / "c.xls") == "too_large"


@pytest.mark.parametrize(
    ("announced", "outcome"), [("2", ["编号", "姓名"]), ("99999999999", "too_large"), ("x", "unreadable_file")]
)
def test_shared_texts_are_read_unless_more_are_announced_than_there_can_be(tmp_path, announced, outcome):
    cells = '<c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c>'
    path = xlsx_with_sheet(tmp_path / "a.xlsx", f'<row r="1">{cells}</row>')
    with zipfile.ZipFile(path, "a") as archive:
        texts = "<si><r><t>姓</t></r><r><t>名</t></r></si><si><t>编号</t></si>"
        archive.writestr("xl/sharedStrings.xml", f'<sst uniqueCount="{announced}">{texts}</sst>')

    if isinstance(outcome, str):
        assert refused(path) == outcome
    else:
        assert list(open_table(path, max_bytes=100_000).rows()) == [(1, outcome)]


def test_a_formula_is_not_computed_what_the_file_keeps_of_it_is_read(tmp_path):
    path = xlsx_with_sheet(
        tmp_path / "a.xlsx",
        '<row r="1"><c r="A1"><f>HYPERLINK("http://example.org")</f><v>7</v></c><c r="B1"><f>1+1</f></c></row>'
        '<row r="2"><c r="A2" t="str"><f>A1</f><v>=1+1</v></c></row>',
    )
    rows = [cells for _, cells in open_table(path, max_bytes=10**6).rows()]
    assert rows == [[7, BrokenCell("B1", "=1+1")], ["=1+1"]]


def test_macros_lie_still(tmp_path):
    plain = make(tmp_path / "a.xlsx", [["编号", "姓名"], ["1", "甲"]])
    path = tmp_path / "a.xlsm"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Auto_Open")
    assert [cells for _, cells in open_table(path, max_bytes=10**6).rows()] == [["编号", "姓名"], ["1", "甲"]]


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_tag_without_end_is_refused(tmp_path, suffix):
    path = make(tmp_path / f"a.{suffix}", [["编号", "姓名"], ["1", "甲一"]])
    part, tag = {"xlsx": ("xl/worksheets/sheet1.xml", b"<sheetData"), "ods": ("content.xml", b"<office:body")}[suffix]
    rest = {each: zipfile.ZipFile(path).read(each) for each in zipfile.ZipFile(path).namelist()}
    many = b"".join(b' a%x=""' % number for number in range(900_000))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in rest.items():
            archive.writestr(name, data.replace(tag, tag + many, 1) if name == part else data)

    assert refused(path) == "unreadable_file"
