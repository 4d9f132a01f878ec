"""The rows that were not taken, as a workbook to correct and import again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from campmgr.facts.importing import Reject
from campmgr.files.column_letters import set_widths
from campmgr.files.imports.columns import Columns, Row, data_rows
from campmgr.files.imports.layouts import Layout
from campmgr.files.imports.parts import Parts
from campmgr.files.odd_cells import BrokenCell, FormattedNumber
from campmgr.files.read_table import Cell, is_blank
from campmgr.files.workbook import save_workbook, write_number, write_text

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

ROW_HEADING, REASON_HEADING = "原行号", "未导入的原因"
_BAD, _HEAD, _REASON = "FFFFC7CE", "FFE7EEF7", "FFFFF2CC"


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row as it stood, its number in the sheet, the columns (from 0) that are to blame, and why, in sentences."""

    number: int
    cells: tuple[Cell, ...]
    bad_columns: frozenset[int]
    sentences: tuple[str, ...]
    is_struck: bool = False


def write_rejects(path: Path, headings: Sequence[str], rows: Iterable[RejectedRow]) -> None:
    """An .xlsx with the original columns, then 原行号 and 未导入的原因; cells to blame are coloured.

    Importing the corrected file needs no clean-up: the two last headings mean nothing to an import. Raises Trouble.
    """
    from openpyxl import Workbook  # -- slow import

    taken = list(rows)
    width = max([len(headings), *(len(row.cells) for row in taken)])
    book = Workbook(write_only=True)
    sheet = book.create_sheet("未导入的行")
    set_widths(sheet, [16] * (width + 1) + [60])
    sheet.freeze_panes = "A2"
    titles = [*headings, *[""] * (width - len(headings)), ROW_HEADING, REASON_HEADING]
    sheet.append([_cell(sheet, title, _HEAD) for title in titles])
    for row in taken:
        sheet.append(_row_cells(sheet, row, width))
    save_workbook(book, path)


def _row_cells(sheet: WriteOnlyWorksheet, row: RejectedRow, width: int) -> list[object]:
    cells: list[object] = [
        _cell(
            sheet,
            row.cells[place] if place < len(row.cells) else "",
            _BAD if place in row.bad_columns else "",
            struck=row.is_struck,
        )
        for place in range(width)
    ]
    return [*cells, _cell(sheet, row.number, ""), _cell(sheet, " ".join(row.sentences), _REASON)]


def _cell(sheet: WriteOnlyWorksheet, value: Cell, colour: str, *, struck: bool = False) -> object:
    """A cell that holds what the original held: texts as texts, numbers as numbers, dates as dates, struck through as it was."""
    from openpyxl.cell import WriteOnlyCell  # -- slow import
    from openpyxl.styles import Font, PatternFill  # -- slow import

    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        if not is_blank(value):
            write_text(cell, value)
    elif isinstance(value, BrokenCell | FormattedNumber):
        write_text(cell, value.shown)
    elif isinstance(value, int) and not isinstance(value, bool):
        write_number(cell, value)
    else:
        cell.value = value
    if colour:
        cell.fill = PatternFill("solid", colour)
    if struck:
        cell.font = Font(strike=True)
    return cell


_NOT_REPEATED = "见原表"
"""Stands for what is in a column that an activity's rules name: marks that nobody reads before they are opened."""


def save_rejects(path: Path, layout: Layout, parts: Parts, rejects: Iterable[Reject]) -> None:
    """Write the rejected rows of a file into a workbook, each with its reason, ready to be corrected and imported again.

    Rows of further sheets stand under the headings of the first, field by field.
    """
    declared = {column.field for column in layout.columns}
    reasons: dict[tuple[str, int], list[Reject]] = {}
    for each in rejects:
        reasons.setdefault((each.sheet, each.row), []).append(each)
    first = parts.parts[0].columns
    several = len(parts.parts) > 1
    write_rejects(
        path,
        first.headings,
        (
            _rejected(row, reasons[key], part.columns, first, declared)
            for part in parts.parts
            for row in data_rows(part.table, part.columns)
            if (key := (part.table.sheet if several else "", row.number)) in reasons
        ),
    )


def _rejected(row: Row, problems: Sequence[Reject], own: Columns, first: Columns, declared: Collection[str]) -> RejectedRow:
    cells = row.cells
    if own.headings != first.headings:
        width = max(first.fields.values(), default=0) + 1
        placed = {place: row.values.get(name, "") for name, place in first.fields.items()}
        cells = tuple(placed.get(place, "") for place in range(width))
    silent = {place for name, place in first.fields.items() if name not in declared}
    cells = tuple(_NOT_REPEATED if place in silent and cell not in {None, ""} else cell for place, cell in enumerate(cells))
    blamed = frozenset(first.fields[each.column] for each in problems if each.column in first.fields)
    is_struck = any(each.reason == "struck_out" for each in problems)
    return RejectedRow(row.number, cells, blamed, tuple(each.sentence for each in problems), is_struck)
