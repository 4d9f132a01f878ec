"""Workbooks as people send them, by other people's libraries: errors, formulas, formats, links, at any place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from odf.number import Number, NumberStyle
from odf.number import Text as NumberText
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableRowProperties, TextProperties
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import A, P

_STRUCK_OUT = xlwt.easyxf("font: struck_out on")
_XLS_ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell with an error, #N/A."""

    error: str = "#N/A"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as a program writes it that computes nothing: without its result."""

    text: str = "10+5"


@dataclass(frozen=True, slots=True)
class Shown:
    """A number that its format shows otherwise; `code` as Excel writes it, `text` what is seen."""

    value: float
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A text with an address behind it."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class SentSheet:
    """A sheet: its rows, and where the first cell stands (from 0); merges, hidden rows and columns are relative to it.
    `more`: other sheets; those named in `hidden` are (.xlsx and .xls alone). Rows in `low_rows` have no height; the cells in
    `struck` (row, column) are struck through.
    """

    rows: Sequence[Sequence[Any]]
    top: int = 0
    left: int = 0
    merges: Sequence[tuple[int, int, int, int]] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    name: str = "名单"
    more: Mapping[str, Sequence[Sequence[Any]]] = field(default_factory=dict)
    hidden: Sequence[str] = ()
    low_rows: Sequence[int] = ()
    struck: Sequence[tuple[int, int]] = ()


def send(path: Path, sheet: SentSheet) -> Path:
    """Write a sheet by the suffix of the path: .xlsx, .xls or .ods."""
    {".xlsx": _xlsx, ".xls": _xls, ".ods": _ods}[path.suffix](path, sheet)
    return path


def _xlsx(path: Path, sent: SentSheet) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = sent.name
    for down, row in enumerate(sent.rows):
        for across, value in enumerate(row):
            if value is not None:
                _xlsx_cell(sheet.cell(sent.top + down + 1, sent.left + across + 1), value)
    for top, left, bottom, right in sent.merges:
        sheet.merge_cells(start_row=sent.top + top + 1, start_column=sent.left + left + 1,
                          end_row=sent.top + bottom + 1, end_column=sent.left + right + 1)  # fmt: skip
    for down in sent.hidden_rows:
        sheet.row_dimensions[sent.top + down + 1].hidden = True
    for down in sent.low_rows:
        sheet.row_dimensions[sent.top + down + 1].height = 0.01  # the library leaves a 0 out
    for down, across in sent.struck:
        sheet.cell(sent.top + down + 1, sent.left + across + 1).font = openpyxl.styles.Font(strike=True)
    for across in sent.hidden_columns:
        sheet.column_dimensions[openpyxl.utils.get_column_letter(sent.left + across + 1)].hidden = True
    _xlsx_more(book, sent)
    book.save(path)


def _xlsx_more(book: Any, sent: SentSheet) -> None:
    for name, rows in sent.more.items():
        other = book.create_sheet(name)
        other.sheet_state = "hidden" if name in sent.hidden else "visible"
        for row in rows:
            other.append(row)


def _xlsx_cell(cell: Any, value: Any) -> None:
    if isinstance(value, Broken):
        cell.value, cell.data_type = value.error, "e"
    elif isinstance(value, Formula):
        cell.value = "=" + value.text
    elif isinstance(value, Shown):
        cell.value, cell.number_format = value.value, value.code
    elif isinstance(value, Linked):
        cell.value, cell.hyperlink = value.text, value.address
    else:
        cell.value = value


def _xls(path: Path, sent: SentSheet) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet(sent.name)
    spans = {(top, left): (bottom, right) for top, left, bottom, right in sent.merges}
    for down, row in enumerate(sent.rows):
        for across, value in enumerate(row):
            at = (sent.top + down, sent.left + across)
            if (down, across) in spans:
                bottom, right = spans[down, across]
                sheet.write_merge(at[0], sent.top + bottom, at[1], sent.left + right, value)
            elif value is not None:
                _xls_cell(sheet, *at, value, *((_STRUCK_OUT,) if (down, across) in sent.struck else ()))
    for down in sent.low_rows:
        sheet.row(sent.top + down).height = 0
    for down in sent.hidden_rows:
        sheet.row(sent.top + down).hidden = True
    for across in sent.hidden_columns:
        sheet.col(sent.left + across).hidden = True
    _xls_more(book, sent)
    book.save(str(path))


def _xls_more(book: Any, sent: SentSheet) -> None:
    for name, rows in sent.more.items():
        other = book.add_sheet(name)
        other.visibility = int(name in sent.hidden)
        for down, row in enumerate(rows):
            for across, value in enumerate(row):
                other.write(down, across, value)


def _xls_cell(sheet: Any, row: int, column: int, value: Any, *style: Any) -> None:
    if isinstance(value, Broken):
        sheet.row(row).set_cell_error(column, _XLS_ERRORS[value.error])
    elif isinstance(value, Formula):
        sheet.write(row, column, xlwt.Formula(value.text))
    elif isinstance(value, Shown):
        sheet.write(row, column, value.value, xlwt.easyxf(num_format_str=value.code))
    elif isinstance(value, Linked):
        sheet.write(row, column, xlwt.Formula(f'HYPERLINK("{value.address}";"{value.text}")'))
    elif isinstance(value, date):
        sheet.write(row, column, value, xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    else:
        sheet.write(row, column, value, *style)


def _ods(path: Path, sent: SentSheet) -> None:
    book = OpenDocumentSpreadsheet()
    table = Table(name=sent.name)
    low, struck = Style(name="low", family="table-row"), Style(name="struck", family="table-cell")
    low.addElement(TableRowProperties(rowheight="0in"))
    struck.addElement(TextProperties(textlinethroughstyle="solid"))
    book.automaticstyles.addElement(low)
    book.automaticstyles.addElement(struck)
    book.spreadsheet.addElement(table)
    for across in range(sent.left + max((len(row) for row in sent.rows), default=0)):
        hides = across - sent.left in sent.hidden_columns
        table.addElement(TableColumn(visibility="collapse") if hides else TableColumn())
    if sent.top:
        table.addElement(TableRow(numberrowsrepeated=sent.top))
    covered = {(row, column) for top, left, bottom, right in sent.merges
               for row in range(top, bottom + 1) for column in range(left, right + 1)} - {
                   (top, left) for top, left, _, _ in sent.merges}  # fmt: skip
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sent.merges}
    for down, row in enumerate(sent.rows):
        line = TableRow(visibility="filter") if down in sent.hidden_rows else TableRow()
        if down in sent.low_rows:
            line.setAttribute("stylename", low)
        if sent.left:
            line.addElement(TableCell(numbercolumnsrepeated=sent.left))
        for across, value in enumerate(row):
            cell = CoveredTableCell() if (down, across) in covered else _ods_cell(book, value, spans.get((down, across)))
            if (down, across) in sent.struck:
                cell.setAttribute("stylename", struck)
            line.addElement(cell)
        table.addElement(line)
    _ods_more(book, sent)
    book.save(str(path))


def _ods_more(book: Any, sent: SentSheet) -> None:
    for name, rows in sent.more.items():
        other = Table(name=name)
        for row in rows:
            line = TableRow()
            for value in row:
                line.addElement(_ods_cell(book, value, None))
            other.addElement(line)
        book.spreadsheet.addElement(other)


def _ods_cell(book: Any, value: Any, span: tuple[int, int] | None) -> Any:
    spanned = {"numberrowsspanned": span[0], "numbercolumnsspanned": span[1]} if span else {}
    if value is None:
        return TableCell(**spanned)
    if isinstance(value, Broken):
        cell = TableCell(valuetype="string", formula="of:=1/0", stringvalue="", **spanned)
        cell.addElement(P(text=value.error))
        return cell
    if isinstance(value, Formula):
        return TableCell(formula="of:=" + value.text, **spanned)
    if isinstance(value, Linked):
        cell, words = TableCell(valuetype="string", **spanned), P()
        words.addElement(A(href=value.address, text=value.text))
        cell.addElement(words)
        return cell
    if isinstance(value, Shown):
        cell = TableCell(valuetype="float", value=value.value, stylename=_ods_style(book, value.code), **spanned)
        cell.addElement(P(text=value.text))
        return cell
    if isinstance(value, date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat(), **spanned)
    elif isinstance(value, int | float):
        cell = TableCell(valuetype="float", value=value, **spanned)
    else:
        cell = TableCell(valuetype="string", **spanned)
    cell.addElement(P(text=str(value)))
    return cell


def _ods_style(book: Any, code: str) -> Any:
    number = NumberStyle(name=f"N{abs(hash(code))}")
    number.addElement(Number(minintegerdigits=1))
    number.addElement(NumberText(text=code))
    book.automaticstyles.addElement(number)
    style = Style(name=f"c{abs(hash(code))}", family="table-cell", datastylename=number)
    book.automaticstyles.addElement(style)
    return style
