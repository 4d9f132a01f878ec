"""Rows out of .xlsx .xls .ods .csv, one after the other, with the sheet's own row numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from campmgr.errors import BadInput
from campmgr.files.csv_text import csv_form, csv_rows
from campmgr.files.hidden_columns import hidden_columns
from campmgr.files.sheet_guard import FileKind, SheetLimits, check_file, damaged, has_password

if TYPE_CHECKING:
    import python_calamine

Cell: TypeAlias = str | int | float | bool | datetime | date | time | timedelta
"""What a cell holds; a blank one is the empty text."""

NumberedRow: TypeAlias = tuple[int, list[Cell]]


Merge: TypeAlias = tuple[int, int, int, int]
"""A merged rectangle: first row, first column, last row, last column; rows from 1, columns from 0."""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One sheet. `rows()` begins from the top each time it is called.

    `height`: how many rows there are at most; `hidden`: the places from 0 of columns that the sheet hides; `encoding`: of a .csv.
    """

    kind: FileKind
    sheet: str
    _open: Callable[[], Iterator[tuple[int, list[Any]]]]
    height: int = 0
    merges: tuple[Merge, ...] = ()
    hidden: frozenset[int] = frozenset()
    encoding: str = ""

    def rows(self) -> Iterator[NumberedRow]:
        """Each row that is not blank: (its number in the sheet, from 1; its cells). Raises BadInput for a broken CSV row."""
        for number, cells in self._open():
            if any(not is_blank(cell) for cell in cells):
                yield number, [_tidy(cell) for cell in cells]


def open_table(path: Path, *, max_bytes: int, limits: SheetLimits | None = None, encoding: str = "") -> SheetTable:
    """The first visible sheet that holds anything, after the checks of `sheet_guard`; `max_bytes` bounds the file itself.

    Raises BadInput: `unreadable_file`, `empty_file` (also: no visible sheet with a value), `too_large`.
    """
    return next(_tables(path, max_bytes, limits, encoding))


def open_tables(
    path: Path, *, max_bytes: int, limits: SheetLimits | None = None, encoding: str = "", sheet: str = ""
) -> tuple[list[str], list[SheetTable]]:
    """The names of all visible sheets that hold anything, and these sheets, or only the one of that name.

    Raises BadInput as `open_table`, and `unreadable_file` where no sheet has that name.
    """
    tables = list(_tables(path, max_bytes, limits, encoding))
    names = [table.sheet for table in tables]
    if not sheet:
        return names, tables
    if sheet not in names:
        raise BadInput(f"没有叫“{sheet}”的工作表。", reason="unreadable_file", hint=f"有内容的工作表：{'、'.join(names)}。")
    return names, [tables[names.index(sheet)]]


def _tables(path: Path, max_bytes: int, limits: SheetLimits | None, encoding: str) -> Iterator[SheetTable]:
    kind = check_file(path, replace(limits or SheetLimits(), file_bytes=max_bytes))
    empty = True
    for table in [_csv_table(path, encoding)] if kind == "csv" else _sheet_tables(path, kind):
        if next(table.rows(), None) is not None:
            empty = False
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


def _tidy(cell: Cell) -> Cell:
    """Spreadsheets keep every number as a float; a whole one becomes an int."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell


def _csv_table(path: Path, encoding: str) -> SheetTable:
    form = csv_form(path, encoding)
    return SheetTable("csv", "", lambda: csv_rows(path, form), form.lines, encoding=form.encoding)


def _sheet_tables(path: Path, kind: FileKind) -> Iterator[SheetTable]:
    import python_calamine  # -- slow import

    hidden = hidden_columns(path) if kind == "xlsx" else {}
    with _damage_told(), path.open("rb") as file:  # by content: from_path would believe the name
        workbook = python_calamine.CalamineWorkbook.from_filelike(file)
        for name in _visible(workbook):
            sheet = workbook.get_sheet_by_name(name)
            if sheet.end is not None:
                yield SheetTable(
                    kind, name, lambda sheet=sheet: enumerate(sheet.iter_rows(), 1),  # type: ignore[misc] # bound now
                    sheet.end[0] + 1, _merges(sheet), hidden.get(name, frozenset()),
                )  # fmt: skip


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


def _visible(workbook: python_calamine.CalamineWorkbook) -> list[str]:
    import python_calamine  # -- slow import

    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible is python_calamine.SheetVisibleEnum.Visible and sheet.typ is python_calamine.SheetTypeEnum.WorkSheet
    ]
