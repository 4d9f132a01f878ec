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
from campmgr.files.sheet_guard import FileKind, Limits, check_file, damaged, has_password

if TYPE_CHECKING:
    import python_calamine

Cell: TypeAlias = str | int | float | bool | datetime | date | time | timedelta
"""What a cell holds; a blank one is the empty text."""

NumberedRow: TypeAlias = tuple[int, list[Cell]]


@dataclass(frozen=True, slots=True)
class Table:
    """The first visible sheet that holds anything. `rows()` begins from the top each time it is called."""

    kind: FileKind
    sheet: str
    _open: Callable[[], Iterator[tuple[int, list[Any]]]]

    def rows(self) -> Iterator[NumberedRow]:
        """Each row that is not blank: (its number in the sheet, from 1; its cells). Raises BadInput for a broken CSV row."""
        for number, cells in self._open():
            if any(not is_blank(cell) for cell in cells):
                yield number, [_tidy(cell) for cell in cells]


def open_table(path: Path, *, max_bytes: int, limits: Limits | None = None) -> Table:
    """The table in a file, after the checks of `sheet_guard`; `max_bytes` bounds the file itself.

    Raises BadInput: `unreadable_file`, `empty_file` (also: no visible sheet with a value), `too_large`.
    """
    kind = check_file(path, replace(limits or Limits(), file_bytes=max_bytes))
    table = _csv_table(path) if kind == "csv" else _sheet_table(path, kind)
    if table is None or next(table.rows(), None) is None:
        raise BadInput("表格里没有内容。请检查是不是选错了文件，或者内容在隐藏的工作表里。", reason="empty_file")
    return table


def file_sha256(path: Path) -> str:
    """SHA-256 of the file's bytes, 64 hex digits: the same file imported twice is known by it (design 2.1)."""
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


def _csv_table(path: Path) -> Table:
    form = csv_form(path)
    return Table("csv", "", lambda: csv_rows(path, form))


def _sheet_table(path: Path, kind: FileKind) -> Table | None:
    import python_calamine  # -- slow import

    with _damage_told(), path.open("rb") as file:  # by content: from_path would believe the name
        workbook = python_calamine.CalamineWorkbook.from_filelike(file)
        for name in _visible(workbook):
            sheet = workbook.get_sheet_by_name(name)
            if sheet.end is not None:
                table = Table(kind, name, lambda sheet=sheet: enumerate(sheet.iter_rows(), 1))  # type: ignore[misc] # bound now
                if next(table.rows(), None) is not None:
                    return table
    return None


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
