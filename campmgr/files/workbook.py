"""How every workbook of ours is written: texts stay texts, the same content gives the same bytes, a file is whole or absent."""

from __future__ import annotations

import os
import re
import zipfile
from io import BufferedWriter
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING

from campmgr.disk import put_in_place
from campmgr.errors import Trouble
from campmgr.files.column_letters import letters_of
from campmgr.files.export_mark import write_mark

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST_AS_TEXT_FORMAT = 255  # Excel shows ##### for a longer text in a cell of text format
_LONGEST_TEXT = 32_767
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_FIXED_STAMP = rb"\g<1>2000-01-01T00:00:00Z\g<2>"
_A4 = 9
_FIXED_TIME = (2000, 1, 1, 0, 0, 0)
_IN_MEMORY, _PIECE = 1 << 22, 1 << 18
"""Bytes of a workbook that wait in memory, not in a file of their own, until they are settled; and that are copied at once."""


def write_text(cell: SheetCell, value: str) -> None:
    """Put a text into a cell as text: never a formula, number, date or error value, whatever it begins with.

    Codes keep their leading zeros when edited (text format); a text that begins with = + - @ tab or CR also carries the quote
    prefix, so that re-entering the cell does not make it a formula. Every writer of the project uses this.
    """
    fill_text(cell, value)
    form = text_form(value)
    if "long" not in form:
        cell.number_format = "@"
    if "guarded" in form:
        cell.quotePrefix = True


def text_form(value: str) -> str:
    """How the cell of a text is formatted: cells of one form differ in their text alone."""
    long = len(value) > LONGEST_AS_TEXT_FORMAT
    if value.startswith(_FORMULA_STARTS):
        return "guarded long" if long else "guarded"
    return "long" if long else "text"


def fill_text(cell: SheetCell, value: str) -> None:
    """Put another text into a cell that has the form of it."""
    cell.value = _UNPRINTABLE.sub("\ufffd", value)[:_LONGEST_TEXT]
    cell.data_type = "s"


def write_number(cell: SheetCell, value: int) -> None:
    """Put a whole number into a cell, with all its digits shown."""
    cell.value = value
    cell.number_format = "0"


def write_hours(cell: SheetCell, hundredths: int) -> None:
    """Put class-hours into a cell as a number that can be added up, with two decimals shown."""
    cell.value = hundredths / 100
    cell.number_format = "0.00"


def write_rate(cell: SheetCell, permille: int) -> None:
    """Put a share into a cell as a number, shown in percent with one decimal."""
    cell.value = permille / 1000
    cell.number_format = "0.0%"


def page_setup(sheet: Worksheet | WriteOnlyWorksheet, *, heading_row: int, last_row: int, columns: int) -> None:
    """A4 upright, one page wide, the rows down to the headings on every page and frozen on the screen, page numbers below."""
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "portrait" if columns <= 7 else "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"1:{heading_row}"
    sheet.print_area = f"A1:{letters_of(columns)}{last_row}"
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.freeze_panes = f"A{heading_row + 1}"


def save_workbook(book: Workbook, path: Path) -> None:
    """Write the file beside its place, flush it to the disk, then put it there in one step; equal content, equal bytes.

    It is marked with whoever makes it (`export_mark`). Raises Trouble where the disk or a program that has the file open says no.
    """
    write_mark(book)
    part = path.with_name(path.name + ".part")
    try:
        with SpooledTemporaryFile(_IN_MEMORY, prefix="campmgr-") as raw, part.open("wb") as file:
            book.save(raw)
            _settle(raw, file)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Trouble(
            f"文件 {path.name} 写不进去。请检查文件夹是否存在、磁盘是否已满；如果它正在 Excel 或 WPS 里打开，请先关闭再试。"
        ) from error


def _settle(raw: IO[bytes], target: BufferedWriter) -> None:
    """Copy the zip with every time in it fixed, piece by piece: the sheet of a million rows is hundreds of megabytes unpacked."""
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _FIXED_TIME)
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            if name == "docProps/core.xml":
                archive.writestr(info, _STAMPS.sub(_FIXED_STAMP, source.read(name)))
                continue
            info.file_size = source.getinfo(name).file_size
            with source.open(name) as unpacked, archive.open(info, "w") as packed:
                copyfileobj(unpacked, packed, _PIECE)
