"""One long text that very many cells name is refused before the reader gives each cell its own."""

from __future__ import annotations

import re
import zipfile

import pytest

from campmgr.errors import BadInput
from campmgr.files.sheet_guard import SheetLimits, check_file
from tests.kit.made_files import make, ods_with_table

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"


def _naming(path, text: str, times: int):
    """A workbook of which so many cells name one shared text."""
    plain = make(path.with_name("plain.xlsx"), [["a", "b"]])
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, times + 1))
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            told = source.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                told = re.sub("<sheetData>.*</sheetData>", lambda _: f"<sheetData>{cells}</sheetData>", told, flags=re.DOTALL)
            if name.endswith("workbook.xml.rels"):
                told = told.replace(
                    "</Relationships>", f'<Relationship Id="rId99" Type="{_TYPE}" Target="sharedStrings.xml"/></Relationships>'
                )
            target.writestr(name, told)
        target.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}" uniqueCount="1"><si><t>{text}</t></si></sst>')
    return path


def test_a_long_text_in_very_many_cells_is_refused(tmp_path):
    with pytest.raises(BadInput) as problem:
        check_file(_naming(tmp_path / "a.xlsx", "x" * 1_000_000, 1_000), SheetLimits())
    assert problem.value.reason == "too_large"


def test_a_long_remark_in_a_long_table_is_read(tmp_path):
    assert check_file(_naming(tmp_path / "a.xlsx", "x" * 30_000, 1_000), SheetLimits()) == "xlsx"


@pytest.mark.parametrize("text", ["x" * 100_000, '<text:s text:c="2000000000"/>x'], ids=["letters", "blanks"])
def test_a_long_text_that_an_ods_repeats_is_refused(tmp_path, text):
    cell = f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    path = ods_with_table(tmp_path / "a.ods", f'<table:table-row table:number-rows-repeated="50000">{cell}</table:table-row>')
    with pytest.raises(BadInput) as problem:
        check_file(path, SheetLimits())
    assert problem.value.reason == "too_large"
