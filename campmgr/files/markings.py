"""What a sheet says about its cells beside their values: errors, formats, links, merges, what is hidden."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from campmgr.files.column_letters import letters_of
from campmgr.files.number_formats import displayed, formatted
from campmgr.files.odd_cells import BrokenCell, LinkedText

Merge = tuple[int, int, int, int]
"""A merged rectangle: first row, first column, last row, last column; rows from 1, columns from 0."""

Placed = dict[int, dict[int, str]]
"""By row (from 1), then by column (from 0)."""

MOST_COLUMNS = 16_384

LEAST_HEIGHT = 1.0
"""Points of a row that somebody sees: people hide rows by pulling them together, too."""


@dataclass(slots=True)
class Markings:
    """Of one sheet. `broken`: the error, or = and the formula; `formats`: the format of a number; `shown`: a number's own look;
    `links`: the address behind a cell; `struck`: cells that are struck through. Rows from 1, columns from 0.
    """

    broken: Placed = field(default_factory=dict)
    formats: Placed = field(default_factory=dict)
    shown: Placed = field(default_factory=dict)
    links: Placed = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    struck: dict[int, set[int]] = field(default_factory=dict)

    def put(self, what: Placed, row: int, column: int, said: str) -> None:
        """Note something about one cell."""
        what.setdefault(row, {})[column] = said

    def strike(self, row: int, column: int) -> None:
        """Note that a cell is struck through."""
        self.struck.setdefault(row, set()).add(column)

    def marked(self, number: int, cells: list[Any]) -> list[Any]:
        """A row's cells with what is said of them."""
        for column, said in self.formats.get(number, {}).items():
            if _is_number(cells, column) and (made := formatted(cells[column], said)):
                cells[column] = made
        for column, said in self.shown.get(number, {}).items():
            if _is_number(cells, column):
                cells[column] = displayed(cells[column], said)
        for column, said in self.links.get(number, {}).items():
            if column < len(cells) and isinstance(cells[column], str):
                cells[column] = LinkedText(cells[column], said)
        for column, said in self.broken.get(number, {}).items():
            cells += [""] * (column + 1 - len(cells))
            cells[column] = broken_cell(number, column, said)
        return cells


def broken_cell(row: int, column: int, shown: str) -> BrokenCell:
    """A cell without a value that anybody knows, at its place."""
    return BrokenCell(f"{letters_of(column + 1)}{row}", shown)


def _is_number(cells: list[Any], column: int) -> bool:
    return column < len(cells) and isinstance(cells[column], int | float) and not isinstance(cells[column], bool)
