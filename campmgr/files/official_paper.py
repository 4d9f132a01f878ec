"""What stands on an official table, whatever it is written as: a workbook (`official_book`) or a PDF (`official_sheet`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Value: TypeAlias = str | int
"""A cell: whole numbers stay numbers, codes and telephones come as text."""

Sort = Literal["number", "name", "text", "code", "sign"]
"""How a column looks: figures to the right, names and codes centred, texts to the left, room to sign."""

Line: TypeAlias = str | tuple[str, ...]
"""A line above or below the table; several texts stand side by side: 单位（盖章）： 填表人： 时间："""


def places(line: Line) -> tuple[str, ...]:
    """The texts of a line, from the left."""
    return (line,) if isinstance(line, str) else line


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column: its heading, its sort, and how wide it is beside the others (in Chinese characters).

    `over`: headings above it, the outermost first; neighbours that share them stand under one cell. `is_spread`: the heading's
    characters are spread over its cell, which offices do by typing blanks (单  位).
    """

    heading: str
    sort: Sort
    width: int
    over: tuple[str, ...] = ()
    is_spread: bool = False


@dataclass(frozen=True, slots=True)
class HeadingCell:
    """A cell of the heading: its row and column from 0, and over how many of each it reaches."""

    text: str
    row: int
    column: int
    rows: int
    columns: int
    is_spread: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand together; `closing` is the line below them ("" for none), after which a new page begins."""

    rows: tuple[tuple[Value, ...], ...]
    closing: str = ""


@dataclass(frozen=True, slots=True)
class PaperPart:
    """One table with its own heading: a sheet of the workbook, pages of the PDF. `above` and `below` are lines of text.

    `subtitle`: a second line of the title; `blank`: so many ruled rows without anything below the last, to be filled in.
    """

    tab: str
    title: str
    columns: tuple[PaperColumn, ...]
    groups: tuple[Group, ...]
    above: tuple[Line, ...] = ()
    below: tuple[Line, ...] = ()
    wide: bool = False
    subtitle: str = ""
    blank: int = 0

    @property
    def heading_rows(self) -> int:
        """How many rows the headings take."""
        return 1 + max((len(column.over) for column in self.columns), default=0)

    @property
    def ruled(self) -> tuple[Group, ...]:
        """The groups with the blank rows at the end of the last."""
        if not self.blank:
            return self.groups
        *others, last = self.groups or (Group(()),)
        empty: tuple[Value, ...] = ("",) * len(self.columns)
        return (*others, Group(last.rows + (empty,) * self.blank, last.closing))

    def heading_cells(self) -> Iterator[HeadingCell]:
        """The cells of the heading, row by row from the left: a tree, whose leaves reach down to the rows."""
        depth = self.heading_rows
        for row in range(depth):
            for place, column in enumerate(self.columns):
                if row == len(column.over):
                    yield HeadingCell(column.heading, row, place, depth - row, 1, column.is_spread)
                elif row < len(column.over) and not self._is_under_the_same(place - 1, place, row):
                    reach = 1
                    while self._is_under_the_same(place, place + reach, row):
                        reach += 1
                    yield HeadingCell(column.over[row], row, place, 1, reach)

    def _is_under_the_same(self, first: int, second: int, row: int) -> bool:
        if first < 0 or second >= len(self.columns):
            return False
        return len(self.columns[first].over) > row and self.columns[first].over[: row + 1] == self.columns[second].over[: row + 1]


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything a file says; `footer` stands at the foot of every page beside its number, `watermark` across each, "" for none."""

    parts: tuple[PaperPart, ...]
    footer: str
    watermark: str = ""
