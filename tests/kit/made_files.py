"""Real files for the reading tests, one maker per format: the same rows, written by other people's libraries."""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import Table, TableCell, TableRow
from odf.text import P

from campmgr.areas.whole import CATALOGUE
from campmgr.files import read_table
from campmgr.files.imports.choices import NOTHING_CHOSEN, Choices
from campmgr.files.imports.columns import Columns, complain, look_for_columns
from campmgr.files.imports.sheets import sheets_of

LAYOUTS = {name: sheet.layout for name, sheet in sheets_of(CATALOGUE).items()}
"""What each kind of spreadsheet is read by."""

FORMATS = ("xlsx", "xls", "ods", "csv")


def make(path: Path, rows, *, hidden=None, first_empty=False) -> Path:
    """Write `rows` (lists of cells, None for blank) by the suffix of `path`; `hidden`: rows of a hidden sheet before it."""
    {".xlsx": _xlsx, ".xls": _xls, ".ods": _ods, ".csv": _csv}[path.suffix](path, rows, hidden, first_empty)
    return path


def find_columns(table: read_table.SheetTable, kind: str, choices: Choices = NOTHING_CHOSEN) -> Columns:
    """What stands where in a table, with an import's complaints about it."""
    found = look_for_columns(table, LAYOUTS[kind], choices)
    complain(found, LAYOUTS[kind], LAYOUTS.values(), choices)
    return found


def write_csv(path: Path, rows, encoding="utf-8", delimiter=",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([["" if cell is None else cell for cell in row] for row in rows])
    return path


def xlsx_with_sheet(path: Path, sheet_data: str) -> Path:
    """An .xlsx whose sheet holds exactly this XML inside <sheetData>."""
    book = openpyxl.Workbook()
    plain = path.with_name("plain-" + path.name)
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name).decode()
            target.writestr(
                name,
                re.sub(r"<sheetData\s*/>|<sheetData>.*</sheetData>", lambda _: f"<sheetData>{sheet_data}</sheetData>", content),
            )
    return path


def ods_with_table(path: Path, rows: str) -> Path:
    """An .ods whose only table holds exactly this XML."""
    _ods(path.with_name("plain-" + path.name), [["x"]], None, first_empty=False)
    spaces = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text"))
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    with zipfile.ZipFile(path.with_name("plain-" + path.name)) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, content if name == "content.xml" else source.read(name))
    return path


def _csv(path, rows, _hidden, _first_empty):
    write_csv(path, rows)


def _xlsx(path, rows, hidden, first_empty):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if first_empty:
        book.create_sheet("空", 0)
    if hidden:
        cover = book.create_sheet("隐藏", 0)
        cover.sheet_state = "hidden"
        for row in hidden:
            cover.append(row)
    book.active = book.index(sheet)
    book.save(path)


def _xls(path, rows, hidden, first_empty):
    book = xlwt.Workbook()
    if hidden:
        _xls_rows(book.add_sheet("隐藏"), hidden)
        book.get_sheet(0).visibility = 1
    if first_empty:
        book.add_sheet("空")
    _xls_rows(book.add_sheet("数据"), rows)
    book.save(str(path))


def _xls_rows(sheet, rows):
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell is not None:
                style = xlwt.easyxf(num_format_str="YYYY-MM-DD") if hasattr(cell, "year") else xlwt.easyxf()
                sheet.write(number, place, cell, style)


def _ods(path, rows, hidden, first_empty):
    book = OpenDocumentSpreadsheet()
    if hidden:
        style = Style(name="hidden", family="table")
        style.addElement(TableProperties(display="false"))
        book.automaticstyles.addElement(style)
        _ods_table(book, hidden, name="隐藏", stylename=style)
    if first_empty:
        _ods_table(book, [[None]], name="空")
    _ods_table(book, rows, name="数据")
    book.save(str(path))


def _ods_table(book, rows, **named):
    table = Table(**named)
    for row in rows:
        line = TableRow()
        for cell in row:
            line.addElement(_ods_cell(cell))
        table.addElement(line)
    # as LibreOffice ends a sheet: blank cells to the last row and column
    rest = TableRow(numberrowsrepeated=1_000_000)
    rest.addElement(TableCell(numbercolumnsrepeated=16_384))
    table.addElement(rest)
    book.spreadsheet.addElement(table)


def _ods_cell(cell):
    if cell is None:
        return TableCell()
    if isinstance(cell, str):
        made = TableCell(valuetype="string")
    elif hasattr(cell, "year"):
        made = TableCell(valuetype="date", datevalue=cell.isoformat())
    else:
        made = TableCell(valuetype="float", value=cell)
    made.addElement(P(text=str(cell)))
    return made


def make_book(path: Path, sheets: dict[str, list], *, merges: dict[str, list[str]] | None = None, hidden: str = "") -> Path:
    """An .xlsx of several sheets; `merges`: ranges by sheet; `hidden`: letters of columns hidden on every sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for letter in hidden:
            sheet.column_dimensions[letter].hidden = True
        for merged in (merges or {}).get(name, []):
            sheet.merge_cells(merged)
    book.save(path)
    return path
