"""Spreadsheets as offices send them, with the count of what an import should say about each."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import TypeAlias

import openpyxl

Value: TypeAlias = str | int | float | date | None


@dataclass(slots=True)
class Sheet:
    """A file to import and what is to be expected of it.

    `titles` rows stand above the headings. `new` and `changed` count the good rows; bad ones are kept as
    (the sheet's own row number, reason), the number from 1; so are the rows that are taken without a cell that cannot be read.
    """

    kind: str
    file: str
    headings: Sequence[str]
    titles: Sequence[str] = ()
    read_at: str = ""
    rows: list[Sequence[Value]] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejects: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)

    def good(self, *cells: Value) -> None:
        """A row that is new."""
        self.rows.append(cells)
        self.new += 1

    def change(self, *cells: Value) -> None:
        """A row that says something else about what was known."""
        self.rows.append(cells)
        self.changed += 1

    def known(self, *cells: Value) -> None:
        """A row that says what was known."""
        self.rows.append(cells)
        self.unchanged += 1

    def bad(self, reason: str, *cells: Value) -> None:
        """A row to be rejected for `reason`."""
        self.rows.append(cells)
        self.rejects.append((self._row(), reason))

    def noted(self, reason: str, *cells: Value) -> None:
        """A new row whose optional cell is left out and named, for `reason`."""
        self.good(*cells)
        self.notes.append((self._row(), reason))

    def _row(self) -> int:
        return len(self.titles) + 1 + len(self.rows)

    def write(self, folder: Path) -> None:
        """Write the file: .xlsx, or .csv as GB18030."""
        path = folder / self.file
        table = [*([title] for title in self.titles), list(self.headings), *self.rows]
        if path.suffix == ".csv":
            with path.open("w", encoding="gb18030", newline="") as file:
                csv.writer(file).writerows([["" if cell is None else cell for cell in row] for row in table])
            return
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Sheet1")
        for row in table:
            sheet.append(row)
        book.save(path)


def spelled(random: Random, on: date, *, cells: bool) -> Value:
    """A day in one of the ways people write it; `cells`: date cells are possible."""
    ways: list[Value] = [
        on.isoformat(), f"{on.year}/{on.month}/{on.day}", f"{on.year}.{on.month}.{on.day}", f"{on:%Y%m%d}",
        f"{on.year}年{on.month}月{on.day}日", f"{on.isoformat()} 08:30",
    ]  # fmt: skip
    if cells:
        ways.append(datetime(on.year, on.month, on.day, 19, 5))  # noqa: DTZ001 - a cell has no zone
    return random.choice(ways)
