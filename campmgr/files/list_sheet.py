"""A list of any length as a workbook: written row by row, so that a hundred thousand take no more memory than ten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from campmgr.files.column_letters import set_widths
from campmgr.files.workbook import fill_text, page_setup, save_workbook, text_form, write_hours, write_number, write_text
from campmgr.wording import text_width

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MOST_ROWS = 1_000_000
"""Rows of one sheet: what lies beyond is told, never dropped without a word (a sheet has 1,048,576)."""

_WIDTHS = {"text": 22, "number": 12, "hours": 10, "state": 20}


class SheetHead(NamedTuple):
    """A column of the workbook: its heading, and what its cells hold."""

    words: str
    sort: Literal["text", "number", "hours", "state"]


def write_list(
    path: Path, title: str, notes: Sequence[str], heads: Sequence[SheetHead], rows: Iterable[Sequence[str | int | None]], many: int
) -> None:
    """An .xlsx: title, notes (who made it, when, of what), headings, rows; headings frozen, every text a text.

    `many`: how many rows there are, for the area that is printed. Raises Trouble where the file cannot be written.
    """
    from openpyxl import Workbook  # -- slow import

    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet("名单")
    top = [title, *notes]
    page_setup(sheet, heading_row=len(top) + 1, last_row=len(top) + 1 + many, columns=len(heads))
    set_widths(sheet, [max(_WIDTHS[head.sort], text_width(head.words) + 2) for head in heads])
    for number, line in enumerate(top):
        sheet.append([_told(sheet, line, size=16 if number == 0 else 10, bold=number == 0)])
    sheet.append([_told(sheet, head.words, size=11, bold=True) for head in heads])
    made = _Cells(sheet, heads)
    for row in rows:
        sheet.append(made.of(row))
    save_workbook(book, path)


class _Cells:
    """The cells of a row, in the format of their columns.

    A cell is written out as its row is appended, so one of each sort serves every row: giving each its format anew would take
    most of the time.
    """

    def __init__(self, sheet: WriteOnlyWorksheet, heads: Sequence[SheetHead]) -> None:
        self._sheet, self._heads = sheet, heads
        self._ready: dict[tuple[int, str], WriteOnlyCell] = {}

    def of(self, row: Sequence[str | int | None]) -> list[WriteOnlyCell | None]:
        """One row."""
        return [
            None if value is None or value == "" else self._cell(place, value, head.sort)
            for place, (value, head) in enumerate(zip(row, self._heads, strict=True))
        ]

    def _cell(self, place: int, value: str | int, sort: str) -> WriteOnlyCell:
        form = text_form(value) if isinstance(value, str) else "hours" if sort == "hours" else "number"
        cell = self._ready.get((place, form))
        if cell is None:
            cell = self._ready[place, form] = self._new(value, form)
        elif isinstance(value, str):
            fill_text(cell, value)
        else:
            cell.value = value / 100 if form == "hours" else value
        return cell

    def _new(self, value: str | int, form: str) -> WriteOnlyCell:
        from openpyxl.cell import WriteOnlyCell  # -- slow import

        cell = WriteOnlyCell(self._sheet)
        if isinstance(value, str):
            write_text(cell, value)
        else:
            (write_hours if form == "hours" else write_number)(cell, value)
        return cell


def _told(sheet: WriteOnlyWorksheet, text: str, *, size: int, bold: bool) -> WriteOnlyCell:
    from openpyxl.cell import WriteOnlyCell  # -- slow import
    from openpyxl.styles import Font  # -- slow import

    cell = WriteOnlyCell(sheet)
    write_text(cell, text)
    cell.font = Font(name="黑体" if bold else "宋体", size=size)
    return cell
