"""A file looked at before it is imported: its sheets, its headings, its first rows, and which column is taken for which field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from campmgr.errors import BadInput
from campmgr.files.cells import shown
from campmgr.files.column_letters import letters_of
from campmgr.files.imports.choices import Choices
from campmgr.files.imports.columns import Row, complain, data_rows
from campmgr.files.imports.layouts import Layout
from campmgr.files.imports.parts import Parts, parts_of
from campmgr.files.imports.unused_amounts import ask_about_amounts
from campmgr.files.read_table import open_tables

_SAMPLE = 5
_MOST_COLUMNS = 200
"""Columns shown; a sheet of thousands would make a page of megabytes."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of the file: its place from 0, its letters, its heading ("" for none), whether the sheet hides it."""

    place: int
    letters: str
    heading: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class SheetField:
    """A field of the import: its name, the heading we print for it, the place of its column (None: not in this file)."""

    field: str
    heading: str
    place: int | None


@dataclass(frozen=True, slots=True)
class FileLook:
    """What a file looks like. `encoding` of a .csv, else ""; `sheet`: the one shown; `taken`: all that are read; `others`: those
    that fit in another way, and are not; `sample`: the first rows (number, cells as text); `problem`: why it cannot be imported as
    it is read now, "" where it can.
    """

    encoding: str
    sheets: tuple[str, ...]
    sheet: str
    taken: tuple[str, ...]
    heading_row: int
    rows: int
    columns: tuple[SheetColumn, ...]
    fields: tuple[SheetField, ...]
    ignored: tuple[str, ...]
    sample: tuple[tuple[int, tuple[str, ...]], ...]
    problem: str
    hides_rows: bool = False
    others: tuple[str, ...] = ()

    @property
    def hidden(self) -> tuple[str, ...]:
        """Headings of hidden columns that are taken all the same."""
        taken = {field.place for field in self.fields}
        return tuple(column.heading for column in self.columns if column.hidden and column.place in taken)


def open_chosen(
    path: Path, layout: Layout, known: Iterable[Layout], choices: Choices, max_bytes: int
) -> tuple[list[str], Parts]:  # fmt: skip
    """The sheets' names, and the sheet that was chosen, or all that fit. Raises BadInput."""
    choices = choices.for_form(layout)
    names, tables = open_tables(path, max_bytes=max_bytes, encoding=choices.encoding, sheet=choices.sheet)
    return names, parts_of(tables, layout, known, choices)


def check_readable(parts: Parts, layout: Layout, known: Iterable[Layout], choices: Choices) -> None:
    """Raises BadInput `missing_column`, `repeated_column`, `unreadable_file` where a file cannot be imported as it is read."""
    choices = choices.for_form(layout)
    complain(parts.best.columns, layout, known, choices)
    for part in parts.parts:
        ask_about_amounts(part.table, part.columns, layout, choices)


def look(path: Path, layout: Layout, known: Iterable[Layout], choices: Choices, max_bytes: int) -> FileLook:
    """Look at a file. Raises BadInput for one that cannot be read at all; what can be mended by choosing is told as `problem`."""
    names, parts = open_chosen(path, layout, known, choices, max_bytes)
    table, columns = parts.best.table, parts.best.columns
    sample = list(islice(data_rows(table, columns), _SAMPLE))
    width = min(_MOST_COLUMNS, max([len(columns.headings), *(len(row.cells) for row in sample)]))
    ours = {each.field for each in layout.columns}
    closed = frozenset(place for name, place in columns.fields.items() if name not in ours)
    headings = [*columns.headings, *[""] * (width - len(columns.headings))][:width]
    return FileLook(
        encoding=table.encoding,
        sheets=tuple(names),
        sheet=table.sheet,
        taken=parts.names,
        heading_row=columns.heading_row,
        rows=parts.rows,
        columns=tuple(
            SheetColumn(place, letters_of(place + 1), text, place in table.hidden) for place, text in enumerate(headings)
        ),
        fields=tuple(SheetField(each.field, each.heading, columns.fields.get(each.field)) for each in layout.columns),
        ignored=columns.ignored,
        sample=tuple((row.number, _cells(row, width, closed)) for row in sample),
        problem=_problem(parts, layout, known, choices),
        hides_rows=any(part.table.hidden_rows for part in parts.parts),
        others=parts.others,
    )


def _cells(row: Row, width: int, closed: frozenset[int]) -> tuple[str, ...]:
    """The cells of a row; of columns that an activity's own rules name, such as marks, nothing is shown."""
    told = tuple("…" if place in closed else shown(cell, 40) for place, cell in enumerate(row.cells[:width]))
    return told + ("",) * (width - len(row.cells))


def _problem(parts: Parts, layout: Layout, known: Iterable[Layout], choices: Choices) -> str:
    try:
        check_readable(parts, layout, known, choices)
    except BadInput as problem:
        return problem.sentence + problem.hint
    return ""
