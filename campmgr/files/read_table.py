"""Rows out of .xlsx .xls .ods .csv, one after the other, with the sheet's own row numbers."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from campmgr.errors import BadInput
from campmgr.files.csv_text import csv_form, csv_rows
from campmgr.files.markings import Markings, Merge, broken_cell
from campmgr.files.odd_cells import LONGEST_CELL, BrokenCell, FormattedNumber, is_error_text
from campmgr.files.ods_markings import ods_markings
from campmgr.files.sheet_guard import FileKind, SheetLimits, check_file, damaged, has_password, workbook_stream
from campmgr.files.xls_markings import xls_markings
from campmgr.files.xlsx_markings import xlsx_markings

if TYPE_CHECKING:
    import python_calamine

Cell: TypeAlias = str | int | float | bool | datetime | date | time | timedelta | BrokenCell | FormattedNumber
"""What a cell holds; a blank one is the empty text."""

_ERRORS_BEGIN = frozenset("#＃Ee \u3000\xa0")
"""How a text begins that may be an error; few rows have any."""

_SHOWN = 20
"""Characters of a text that is too long by which people know it."""


NumberedRow: TypeAlias = tuple[int, list[Cell]]


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One sheet. `rows()` begins from the top each time it is called.

    `height`: how many rows there are at most; `merges`: rectangles of merged cells; `hidden`: the places from 0 of columns that the
    sheet hides; `hidden_rows`: the numbers of rows that it hides, or a filter; `struck`: the places of cells that are struck
    through, by the row's number; `encoding`: of a .csv; `is_hidden`: the workbook does not show the sheet.
    """

    kind: FileKind
    sheet: str
    _open: Callable[[], Iterator[tuple[int, list[Any]]]]
    height: int = 0
    merges: tuple[Merge, ...] = ()
    hidden: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    struck: Mapping[int, AbstractSet[int]] = field(default_factory=dict)
    encoding: str = ""
    is_hidden: bool = False

    def rows(self) -> Iterator[NumberedRow]:
        """Each row that is not blank: (its number in the sheet, from 1; its cells, from column A on).

        An error that stands there as a text becomes a broken cell, and so does a text too long for any field. Raises BadInput for a
        broken CSV row.
        """
        for number, cells in self._open():
            if cells and (not is_blank(cells[0]) or any(not is_blank(cell) for cell in cells)):
                tidy: list[Cell] = [int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in cells]
                texts = [cell for cell in tidy if type(cell) is str]
                if not _ERRORS_BEGIN.isdisjoint([text[:1] for text in texts]) or sum(map(len, texts)) > LONGEST_CELL:
                    tidy = [_told_broken(number, place, cell) for place, cell in enumerate(tidy)]
                yield number, tidy


def open_table(path: Path, *, max_bytes: int, limits: SheetLimits | None = None, encoding: str = "") -> SheetTable:
    """The first visible sheet that holds anything, after the checks of `sheet_guard`; `max_bytes` bounds the file itself.

    Raises BadInput: `unreadable_file`, `empty_file` (also: no visible sheet with a value), `too_large`.
    """
    return next(table for table in _tables(path, max_bytes, limits, encoding) if not table.is_hidden)


def open_tables(
    path: Path, *, max_bytes: int, limits: SheetLimits | None = None, encoding: str = "", sheet: str = ""
) -> tuple[list[str], list[SheetTable]]:
    """The names of all visible sheets that hold anything; and all sheets that do, hidden ones too, or only the one of that name.

    Raises BadInput as `open_table`, and `unreadable_file` where no sheet has that name.
    """
    tables = list(_tables(path, max_bytes, limits, encoding))
    names = [table.sheet for table in tables if not table.is_hidden]
    if not sheet:
        return names, tables
    if sheet not in names:
        raise BadInput(f"没有叫“{sheet}”的工作表。", reason="unreadable_file", hint=f"有内容的工作表：{'、'.join(names)}。")
    return names, [next(table for table in tables if table.sheet == sheet)]


def _tables(path: Path, max_bytes: int, limits: SheetLimits | None, encoding: str) -> Iterator[SheetTable]:
    kind = check_file(path, replace(limits or SheetLimits(), file_bytes=max_bytes))
    empty = True
    for table in [_csv_table(path, encoding)] if kind == "csv" else _sheet_tables(path, kind):
        if next(table.rows(), None) is not None:
            empty = empty and table.is_hidden
            yield table
    if empty:
        raise BadInput("表格里没有内容。请检查是不是选错了文件，或者内容在隐藏的工作表里。", reason="empty_file")


def file_sha256(path: Path) -> str:
    """SHA-256 of the file's bytes, 64 hex digits: the same file imported twice is known by it (docs/ledger.md#repeats)."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_blank(cell: Cell | None) -> bool:
    """Whether there is nothing in it but spaces of any kind."""
    return cell is None or (isinstance(cell, str) and not cell.strip(" \t\r\n\u3000\xa0\u200b\ufeff"))


def _told_broken(number: int, place: int, cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    if len(cell) > LONGEST_CELL:
        return replace(broken_cell(number, place, cell[:_SHOWN].strip()), length=len(cell))
    return broken_cell(number, place, cell.strip()) if is_error_text(cell) else cell


def _csv_table(path: Path, encoding: str) -> SheetTable:
    form = csv_form(path, encoding)
    return SheetTable("csv", "", lambda: csv_rows(path, form), form.lines, encoding=form.encoding)


def _sheet_tables(path: Path, kind: FileKind) -> Iterator[SheetTable]:
    import python_calamine  # -- slow import

    said = _markings(path, kind)
    with _damage_told(), path.open("rb") as file:  # by content: from_path would believe the name
        workbook = python_calamine.CalamineWorkbook.from_filelike(file)
        for place, name, is_hidden in _worksheets(workbook):
            sheet, marks = workbook.get_sheet_by_name(name), said(place, name)
            if sheet.end is not None:
                merges = tuple(marks.merges) or _merges(sheet)
                yield SheetTable(
                    kind, name, lambda sheet=sheet, marks=marks: _marked_rows(sheet, marks),  # type: ignore[misc] # bound now
                    sheet.end[0] + 1, merges, frozenset(marks.hidden_columns), frozenset(marks.hidden_rows), marks.struck,
                    is_hidden=is_hidden,
                )  # fmt: skip


def _markings(path: Path, kind: FileKind) -> Callable[[int, str], Markings]:
    """What a sheet says about its cells, by its place from 0 and its name. Raises BadInput for a damaged part."""
    try:
        if kind == "xls":
            listed = xls_markings(workbook_stream(path))
            return lambda place, _: listed[place] if place < len(listed) else Markings()
        named = xlsx_markings(path) if kind == "xlsx" else ods_markings(path)
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError, OSError, KeyError) as error:
        raise damaged() from error
    return lambda _, name: named.get(name) or Markings()


def _marked_rows(sheet: python_calamine.CalamineSheet, marks: Markings) -> Iterator[tuple[int, list[Any]]]:
    """The rows from the first column of the sheet on: the reader begins with the first column that holds anything."""
    left = [""] * (sheet.start[1] if sheet.start else 0)
    number, noted = 0, bool(marks.broken or marks.formats or marks.shown or marks.links)
    if not left and not noted:  # most sheets are so
        yield from enumerate(sheet.iter_rows(), 1)
        return
    for number, cells in enumerate(sheet.iter_rows(), 1):
        whole = left + cells if left else cells
        yield number, marks.marked(number, whole) if noted else whole
    for below in sorted(each for each in marks.broken if each > number):  # to the reader, a row of errors alone is none
        yield below, marks.marked(below, [])


def _merges(sheet: python_calamine.CalamineSheet) -> tuple[Merge, ...]:
    found = sheet.merged_cell_ranges or ()
    return tuple((top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in found)


@contextmanager
def _damage_told() -> Iterator[None]:
    """Whatever the reader says about a damaged file, as our own error. Broken .xls files make it panic, which is no Exception."""
    import python_calamine  # -- slow import

    try:
        yield
    except python_calamine.PasswordError as error:
        raise has_password() from error
    except python_calamine.CalamineError as error:
        raise damaged() from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged() from error


def _worksheets(workbook: python_calamine.CalamineWorkbook) -> list[tuple[int, str, bool]]:
    """(Place from 0 among all sheets, name, whether it is hidden) of those that are tables."""
    import python_calamine  # -- slow import

    return [
        (place, sheet.name, sheet.visible is not python_calamine.SheetVisibleEnum.Visible)
        for place, sheet in enumerate(workbook.sheets_metadata)
        if sheet.typ is python_calamine.SheetTypeEnum.WorkSheet
    ]
