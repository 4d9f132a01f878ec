"""Any report table as a plain workbook that prints well."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from campmgr.files.column_letters import set_widths
from campmgr.files.workbook import page_setup, save_workbook, write_hours, write_number, write_rate, write_text
from campmgr.wording import hours_text, percent_text, text_width

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


class Hours(NamedTuple):
    """Class-hours in a cell: a number that can be added up, shown as 7.50."""

    hundredths: int

    def __str__(self) -> str:
        return hours_text(self.hundredths)


class Rate(NamedTuple):
    """A share in a cell: a number that can be sorted and reckoned with, shown as 12.5%."""

    permille: int

    def __str__(self) -> str:
        return percent_text(self.permille)


Value: TypeAlias = str | int | Hours | Rate | None
"""A cell of a report: numbers stay numbers; None stays blank."""

_WIDEST, _NARROWEST = 40, 8


def write_report(
    path: Path, title: str, headings: Sequence[str], rows: Sequence[Sequence[Value]], *, notes: Sequence[str] = ()
) -> None:
    """An .xlsx: merged title, notes (as of, digest), headings, rows; frozen headings, A4, page numbers, byte-equal each time.

    Raises Trouble where the file cannot be written.
    """
    from openpyxl import Workbook  # -- slow import

    book = Workbook()
    sheet = book.active
    sheet.title = "报表"
    write_lines(sheet, [title, *notes], len(headings))
    heading_row = 2 + len(notes)
    write_rows(sheet, heading_row, headings, rows)
    page_setup(sheet, heading_row=heading_row, last_row=heading_row + len(rows), columns=len(headings))
    save_workbook(book, path)


def write_lines(sheet: Worksheet, lines: Sequence[str], columns: int) -> None:
    """A centred title over all columns, then one merged line for each further text."""
    from openpyxl.styles import Alignment, Font  # -- slow import

    for number, line in enumerate(lines, 1):
        write_text(sheet.cell(number, 1), line)
        if columns > 1:
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=columns)
        first = number == 1
        sheet.cell(number, 1).alignment = Alignment(horizontal="center" if first else "left", vertical="center", wrap_text=True)
        sheet.cell(number, 1).font = Font(name="黑体" if first else "宋体", size=16 if first else 10)
        sheet.row_dimensions[number].height = 14 + (22 if first else 16) * _lines(line, columns * (8 if first else 13))


def write_rows(sheet: Worksheet, heading_row: int, headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    """Headings at `heading_row` and the rows below, bordered; columns as wide as their longest text, within reason."""
    from openpyxl.styles import Alignment, Border, Font, Side  # -- slow import

    side = Side(style="thin", color="FF999999")
    border, centred = Border(left=side, right=side, top=side, bottom=side), Alignment("center", "center", wrap_text=True)
    to_left = Alignment("left", "center", wrap_text=True)
    fonts = Font(name="黑体", size=11), Font(name="宋体", size=11)
    for number, row in enumerate([headings, *rows], heading_row):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place)
            if isinstance(value, str):
                write_text(cell, value)
            elif isinstance(value, Hours):
                write_hours(cell, value.hundredths)
            elif isinstance(value, Rate):
                write_rate(cell, value.permille)
            elif value is not None:
                write_number(cell, value)
            cell.border, cell.font = border, fonts[number > heading_row]
            cell.alignment = centred if number == heading_row or isinstance(value, int | Hours | Rate) else to_left
    widths = _fitted(sheet, headings, rows)
    for number, row in enumerate([headings, *rows], heading_row):
        tallest = max((_lines(str(value), width - 2) for value, width in zip(row, widths, strict=False) if value), default=1)
        if tallest > 1:
            sheet.row_dimensions[number].height = 4 + 15 * tallest


def _fitted(sheet: Worksheet, headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[int]:
    widths = [text_width(heading) for heading in headings]
    for row in rows:
        for place, value in enumerate(row[: len(widths)]):
            widths[place] = max(widths[place], text_width("" if value is None else str(value)))
    widths = [min(max(width + 2, _NARROWEST), _WIDEST) for width in widths]
    set_widths(sheet, widths)
    return widths


def _lines(text: str, room: int) -> int:
    """How many lines a text takes in a room of so many half-width characters; no program measures wrapped cells by itself."""
    return max(1, -(-text_width(text) // max(room, 1)))
