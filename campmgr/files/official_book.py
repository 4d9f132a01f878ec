"""An official table as .xlsx, as offices print it: centred title, ruled lines, headings on every page, A4, page numbers.

The headings may be a tree over several rows; lines above and below may hold several texts side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from campmgr.files.column_letters import letters_of, set_widths
from campmgr.files.official_paper import Line, Paper, PaperColumn, PaperPart, Sort, Value, places
from campmgr.files.workbook import save_workbook, write_number, write_rate, write_text
from campmgr.wording import permille_of, text_width

if TYPE_CHECKING:
    from openpyxl.styles import Alignment, Border, Font
    from openpyxl.worksheet.worksheet import Worksheet

_TITLE, _SUBTITLE, _HEAD, _BODY, _NOTE = ("黑体", 18), ("黑体", 14), ("黑体", 11), ("仿宋", 12), ("宋体", 10)
_LINE = 18
"""Points of a line of the body."""

_SIDES: dict[Sort, str] = {"number": "center", "name": "center", "text": "left", "code": "center", "sign": "left"}


def write_paper(path: Path, paper: Paper) -> None:
    """Write the workbook; the same content gives the same bytes. Raises Trouble where the file cannot be written.

    Equal cells are never merged downwards: a page break would cut them in half, and no filter would find them.
    """
    from openpyxl import Workbook  # -- slow import

    book = Workbook()
    book.remove(book.active)
    for part in paper.parts:
        _write(book.create_sheet(part.tab), part, paper.footer)
    save_workbook(book, path)


def _write(sheet: Worksheet, part: PaperPart, footer: str) -> None:
    set_widths(sheet, (2 * column.width + 1 for column in part.columns))
    _merged(sheet, 1, part, part.title, _TITLE, "center")
    number = 1
    if part.subtitle:
        number += 1
        _merged(sheet, number, part, part.subtitle, _SUBTITLE, "center")
    for line in part.above:
        number += 1
        _line(sheet, number, part, line)
    first, heading_row = number + 1, number + part.heading_rows
    _headings(sheet, first, part)
    last = _groups(sheet, heading_row, part)
    for line in part.below:
        last += 1
        _line(sheet, last, part, line)
    _page(sheet, part, (first, heading_row), last, footer)


def _headings(sheet: Worksheet, first: int, part: PaperPart) -> None:
    """The headings from a row on, merged as their tree has it, every cell of it ruled."""
    lines = [1] * part.heading_rows
    for number in range(first, first + part.heading_rows):
        for place in range(1, len(part.columns) + 1):
            sheet.cell(number, place).border = _ruled()
            sheet.cell(number, place).fill = _shade()
    for each in part.heading_cells():
        top, left = first + each.row, each.column + 1
        cell = sheet.cell(top, left)
        write_text(cell, each.text)
        cell.font, cell.alignment = _font(*_HEAD), _aligned("distributed" if each.is_spread else "center")
        if each.rows > 1 or each.columns > 1:
            bottom, right = top + each.rows - 1, left + each.columns - 1
            sheet.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)
        if each.rows == 1:
            room = sum(2 * column.width for column in part.columns[each.column : each.column + each.columns])
            lines[each.row] = max(lines[each.row], _lines(each.text, room))
        else:  # what reaches down has the height of all the rows it reaches over
            needed = _lines(each.text, 2 * part.columns[each.column].width)
            lines[-1] = max(lines[-1], needed - (each.rows - 1))
    for row, count in enumerate(lines):
        sheet.row_dimensions[first + row].height = 8 + _LINE * count


def _line(sheet: Worksheet, number: int, part: PaperPart, line: Line) -> None:
    """A line over all columns; of several texts each has its share of them, so that somebody can write behind it."""
    texts = places(line)
    if len(texts) > len(part.columns):
        texts = ("\u3000".join(texts),)
    if len(texts) == 1:
        _merged(sheet, number, part, texts[0], _NOTE, "left")
        return
    tallest = 1
    for text, (left, right) in zip(texts, _shares(part, len(texts)), strict=True):
        cell = sheet.cell(number, left)
        write_text(cell, text)
        cell.font, cell.alignment = _font(*_NOTE), _aligned("left")
        if right > left:
            sheet.merge_cells(start_row=number, end_row=number, start_column=left, end_column=right)
        room = sum(2 * column.width + 1 for column in part.columns[left - 1 : right]) * _BODY[1] // _NOTE[1]
        tallest = max(tallest, _lines(text, room))
    sheet.row_dimensions[number].height = (_NOTE[1] + 6) * tallest + 4


def _shares(part: PaperPart, count: int) -> Iterator[tuple[int, int]]:
    """The first and last column, from 1, of each of so many texts side by side: about equally wide, none without a column."""
    whole, left, passed = sum(column.width for column in part.columns), 1, 0
    for text in range(1, count + 1):
        right, most = left, len(part.columns) - (count - text)
        passed += part.columns[left - 1].width
        while right < most and (text == count or 2 * passed + part.columns[right].width <= 2 * whole * text / count):
            passed += part.columns[right].width
            right += 1
        yield left, right
        left = right + 1


def _groups(sheet: Worksheet, number: int, part: PaperPart) -> int:
    """Every row and closing line; the last row's number. A new page begins after each closing line but the last."""
    from openpyxl.worksheet.pagebreak import Break  # -- slow import

    for place, group in enumerate(part.ruled, 1):
        for row in group.rows:
            number += 1
            _row(sheet, number, part.columns, row)
        if group.closing:
            number += 1
            _merged(sheet, number, part, group.closing, _HEAD, "left", ruled=True)
            if place < len(part.ruled):
                sheet.row_breaks.append(Break(id=number))
    return number


def _row(sheet: Worksheet, number: int, columns: tuple[PaperColumn, ...], row: tuple[Value, ...]) -> None:
    lines = 1
    for place, (column, value) in enumerate(zip(columns, row, strict=True), 1):
        cell = sheet.cell(number, place)
        if not isinstance(value, str):
            write_number(cell, value)
        elif column.sort == "number" and (share := permille_of(value)) is not None:
            write_rate(cell, share)
        elif value or column.sort != "number":  # what is typed into an empty cell of figures stays a figure
            write_text(cell, value)
        cell.font, cell.border = _font(*_BODY), _ruled()
        cell.alignment = _aligned(_SIDES[column.sort])
        lines = max(lines, _lines(str(value), 2 * column.width))
    sheet.row_dimensions[number].height = 8 + _LINE * lines


def _merged(
    sheet: Worksheet, number: int, part: PaperPart, text: str, font: tuple[str, int], side: str, *, ruled: bool = False
) -> None:
    """One line over all columns, tall enough for its text: no program measures merged cells by itself."""
    columns = len(part.columns)
    cell = sheet.cell(number, 1)
    write_text(cell, text)
    cell.font, cell.alignment = _font(*font), _aligned(side)
    if ruled:
        for place in range(1, columns + 1):
            sheet.cell(number, place).border = _ruled()
    if columns > 1:
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=columns)
    room = sum(2 * column.width + 1 for column in part.columns) * _BODY[1] // font[1]
    sheet.row_dimensions[number].height = (font[1] + 6) * _lines(text, room) + (14 if font is _TITLE else 4)


def _page(sheet: Worksheet, part: PaperPart, headings: tuple[int, int], last: int, footer: str) -> None:
    setup, columns = sheet.page_setup, len(part.columns)
    setup.paperSize = sheet.PAPERSIZE_A4
    setup.orientation = sheet.ORIENTATION_LANDSCAPE if part.wide else sheet.ORIENTATION_PORTRAIT
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.6
    margins.top, margins.bottom, margins.footer = 0.8, 0.8, 0.4
    sheet.print_title_rows = f"{headings[0]}:{headings[1]}"
    sheet.print_area = f"A1:{letters_of(columns)}{last}"
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = footer.replace("&", "&&"), "第 &P 页，共 &N 页"
    sheet.oddFooter.left.size = sheet.oddFooter.right.size = 9
    sheet.freeze_panes = f"A{headings[1] + 1}"


def _lines(text: str, room: int) -> int:
    """How many lines a text takes in a room of so many half-width characters."""
    wide = (text_width(line, wide="WFA") for line in text.split("\n"))
    return sum(max(1, -(-width // max(room, 1))) for width in wide)


def _font(name: str, size: int) -> Font:
    from openpyxl.styles import Font  # -- slow import

    return Font(name=name, size=size)


def _aligned(side: str) -> Alignment:
    from openpyxl.styles import Alignment  # -- slow import

    return Alignment(horizontal=side, vertical="center", wrap_text=True, indent=1 if side == "distributed" else 0)


def _ruled() -> Border:
    from openpyxl.styles import Border, Side  # -- slow import

    side = Side(style="thin", color="FF000000")
    return Border(left=side, right=side, top=side, bottom=side)


def _shade() -> object:
    from openpyxl.styles import PatternFill  # -- slow import

    return PatternFill("solid", fgColor="FFF2F2F2")
