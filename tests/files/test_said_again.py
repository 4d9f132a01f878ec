"""What a sheet says of its cells again and again is listened to as far as a sheet of any use goes, and no further."""

from __future__ import annotations

import re
import zipfile

from campmgr.files.xlsx_markings import xlsx_markings
from tests.kit.made_files import xlsx_with_sheet

_ROW = '<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>'


def _with(path, before: str, after: str, links: int = 0):
    """A sheet that says this before its rows, and that after them; its link 1 leads out of the book."""
    plain = xlsx_with_sheet(path.with_name("said.xlsx"), _ROW)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                text = re.sub("<cols>.*</cols>", "", text).replace("<sheetData>", before + "<sheetData>", 1)
                text = text.replace("</sheetData>", "</sheetData>" + after, 1)
            target.writestr(name, text)
        target.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" TargetMode="External" Type="t" Target="https://example.com/"/></Relationships>',
        )
    (found,) = xlsx_markings(path).values()
    return found


def test_all_columns_may_be_hidden_and_not_many_times_over(tmp_path):
    found = _with(tmp_path / "a.xlsx", "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 20_000 + "</cols>", "")
    assert len(found.hidden_columns) == 16_384


def test_ranges_of_links_are_followed_as_far_as_a_sheet_goes(tmp_path):
    ranges = (f'<hyperlink ref="A{at * 5000 + 1}:A{at * 5000 + 5000}" r:id="rId1"/>' for at in range(60))
    found = _with(tmp_path / "a.xlsx", "", f"<hyperlinks>{''.join(ranges)}</hyperlinks>")
    assert len(found.links) == 200_000
