"""Parts of a workbook that nobody reads refuse no file; the guards on what is read stay."""

from __future__ import annotations

import zipfile

import pytest

from campmgr.errors import BadInput
from campmgr.files.read_table import open_table
from campmgr.files.sheet_guard import SheetLimits
from tests.kit.made_files import make

UNREAD = {
    "Word attachment": ("xl/embeddings/Microsoft_Word_Document1.docx", b"PK\x03\x04" + bytes(range(256)) * 40),
    "signature": ("_xmlsignatures/origin.sigs", b""),
    "signature XML cut short": ("_xmlsignatures/sig1.xml", b"<?xml version='1.0'?><Signature><SignedInfo>"),
    "what Excel leaves": ("[trash]/0000.dat", b"\0" * 3000),
    "XML that Excel leaves": ("[trash]/0001.dat", b"<worksheet><sheetData><row"),
    "picture": ("xl/media/image1.wdp", b"II\xbc\x01" + b"\x80" * 500),
    "drawing of comments": ("xl/drawings/vmlDrawing1.vml", b"<xml><v:shape><br></v:shape></xml>"),
    "printer": ("xl/printerSettings/printerSettings1.bin", b"\x50\x00" * 300),
    "macro": ("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"\x00" * 2000),
    "preview": ("docProps/thumbnail.emf", b"\x01\x00\x00\x00" * 100),
    "old attachment": ("xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 1000),
    "own part": ("customXml/item1.xml", b"<a><b></a>"),
    "text": ("readme.txt", "这是说明".encode()),
    "page with a document type": ("docProps/page.html", b"<!DOCTYPE html><html><br></html>"),
}


@pytest.mark.parametrize("what", UNREAD)
def test_a_part_that_nobody_reads_refuses_no_roster(tmp_path, what):
    path = make(tmp_path / "a.xlsx", [["编号", "姓名"], ["a1", "王一"]])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(*UNREAD[what])
    assert [cells for _, cells in open_table(path, max_bytes=10**6).rows()] == [["编号", "姓名"], ["a1", "王一"]]


def test_all_of_them_together(tmp_path):
    path = make(tmp_path / "a.xlsx", [["编号"], ["a1"]])
    with zipfile.ZipFile(path, "a") as archive:
        for name, content in UNREAD.values():
            archive.writestr(name, content)
    assert len(list(open_table(path, max_bytes=10**6).rows())) == 2


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/odd.dat", "sheets/one.bin", "[trash]/0002.dat"])
def test_a_sheet_hides_its_size_behind_no_name(tmp_path, name):
    plain = make(tmp_path / "plain.xlsx", [["x"]])
    far = "".join(f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>' for row, column in ((1, "A"), (900_000, "ZZ")))
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as target:
        for member in source.namelist():
            content, called = source.read(member).decode(), member
            if member == "xl/_rels/workbook.xml.rels":
                content = content.replace("/xl/worksheets/sheet1.xml", "/" + name).replace('"worksheets/sheet1.xml"', f'"/{name}"')
            if member == "xl/worksheets/sheet1.xml":
                begin, _, rest = content.partition("<sheetData>")
                called, content = name, begin + "<sheetData>" + far + "</sheetData>" + rest.partition("</sheetData>")[2]
            target.writestr(called, content)
    with pytest.raises(BadInput) as refusal:
        open_table(tmp_path / "a.xlsx", max_bytes=10**6, limits=SheetLimits())
    assert refusal.value.reason == "too_large"
