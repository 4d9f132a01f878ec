"""Which column is which: headings and their synonyms, in any order, below any title rows (docs/formats.md#columns)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from campmgr.errors import BadInput
from campmgr.files.imports.choices import NOTHING_CHOSEN, Choices, place_of
from campmgr.files.imports.headings import Heading, counts_otherwise, read_heading
from campmgr.files.imports.layouts import Layout, LayoutColumn, plain
from campmgr.files.markings import Merge, broken_cell
from campmgr.files.read_table import Cell, SheetTable, is_blank

_HEADING_ROWS = 20
_BELONGING = frozenset("unit class_name parent kind line lesson day source account field".split())
"""Fields that say to what a row belongs; a cell merged over several rows means all of them."""


class Row(NamedTuple):
    """One row of data. `values`: field -> cell, for the columns that the file has; `cells`: the whole row as it stood; `scales`:
    field -> the unit that its numbers are in, where the heading names another than ours.
    """

    number: int
    values: dict[str, Cell]
    cells: tuple[Cell, ...]
    scales: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a table are. `fields`: field -> place from 0; `ignored`: headings that nobody knows; `scales`: field ->
    the unit its heading names; `close`: fields whose heading was only recognised by its parts.
    """

    heading_row: int
    headings: tuple[str, ...]
    fields: dict[str, int]
    ignored: tuple[str, ...]
    scales: Mapping[str, str] = field(default_factory=dict)
    close: tuple[str, ...] = ()

    def heading(self, name: str) -> str:
        """The heading of a field as this file writes it; empty where the file lacks it."""
        return self.headings[self.fields[name]] if name in self.fields else ""


def find_table(tables: Sequence[SheetTable], layout: Layout, choices: Choices = NOTHING_CHOSEN) -> tuple[SheetTable, Columns]:
    """The sheet whose headings fit best, the first of equals, and what stands where in it. Raises BadInput as `complain`."""
    found = [(table, look_for_columns(table, layout, choices)) for table in tables]
    return max(found, key=lambda each: len(each[1].fields))


def look_for_columns(table: SheetTable, layout: Layout, choices: Choices = NOTHING_CHOSEN) -> Columns:
    """The row among the first 20 (or the chosen one) that matches most headings, and what stands where in it.

    A heading over two rows is read together: a blank cell takes the one above it. What was chosen goes before what fits. Where
    nothing fits, the first row of several texts is taken, so that somebody can say which column is which.
    """
    best: tuple[tuple[int, bool], Columns] | None = None
    above: Sequence[Cell] = ()
    for number, cells in islice(table.rows(), max(_HEADING_ROWS, choices.heading_row)):
        if choices.heading_row in {0, number}:
            found = _match(number, _fill_from_above(cells, above, layout), layout, table.hidden)
            named = sum(plain(column) in map(plain, found.headings) for column in choices.columns.values() if column)
            fits = (2 * (len(found.fields) + named) - len(found.close), sum(map(bool, found.headings)) > 1)
            if best is None or fits > best[0]:
                best = (fits, found)
        above = cells
    return _as_chosen(best[1], choices, layout) if best else Columns(choices.heading_row or 1, (), {}, ())


def complain(found: Columns, layout: Layout, known: Iterable[Layout], choices: Choices = NOTHING_CHOSEN) -> None:
    """Raises BadInput `missing_column`, naming what is missing and what was found; `repeated_column` where two columns bear the
    same heading of ours and nobody chose between them; `unreadable_file` for a sheet of another of the `known` kinds.
    """
    if not found.headings:
        raise BadInput(f"第 {found.heading_row} 行是空的，找不到表头。", reason="missing_column", hint="请另选表头所在的行。")
    _complain(found, layout, choices)
    if not choices.columns:
        _refuse_another_kind(found, layout, known)


def _as_chosen(found: Columns, choices: Choices, layout: Layout) -> Columns:
    """What was chosen for a column takes it from whatever had it; a heading that this row lacks changes nothing."""
    fields = dict(found.fields)
    for name, column in choices.columns.items():
        place = place_of(column, found.headings) if column else None
        if place is not None:
            fields = {other: at for other, at in fields.items() if at != place}
            fields[name] = place
        elif not column or _is_not(found, name, column):
            fields.pop(name, None)
    headings = (*found.headings, *[""] * (max(fields.values(), default=0) + 1 - len(found.headings)))
    fields |= _more(fields, headings, layout)
    ignored = tuple(text for place, text in enumerate(headings) if text and place not in fields.values())
    close = tuple(name for name in found.close if fields.get(name) == found.fields[name] and name not in choices.columns)
    return Columns(found.heading_row, headings, fields, ignored, _scales(fields, headings, layout), close)


def _more(fields: Mapping[str, int], headings: Sequence[str], layout: Layout) -> dict[str, int]:
    """The further columns of a kind that has such, by their headings; of two with one heading the first."""
    found: dict[str, int] = {}
    for place, text in enumerate(headings):
        if layout.more is not None and text and place not in fields.values() and plain(text) not in layout.more:
            found.setdefault(text, place)
    return found


def _is_not(found: Columns, name: str, column: str) -> bool:
    return column.startswith("!") and plain(found.heading(name)) == plain(column[1:])


def _refuse_another_kind(found: Columns, layout: Layout, known: Iterable[Layout]) -> None:
    """A sheet whose headings fit another kind of file clearly better is the wrong file: 编号 and 单位 alone make no units."""
    for other in known:
        fields = _match(found.heading_row, found.headings, other, frozenset()).fields
        if other != layout and len(fields) >= len(found.fields) + 2:
            raise BadInput(f"这张表看起来是{other.called}，不是{layout.called}，没有导入。", reason="unreadable_file",
                           hint=f"请核对文件，或到导入{other.called}的地方导入。",
                           at_console=f"请核对文件，或改用 campmgr import {other.name}。")  # fmt: skip


def data_rows(table: SheetTable, columns: Columns) -> Iterator[Row]:
    """The rows below the headings. A cell beyond the end of a short row is blank; a class or unit that is merged over several
    rows stands in each of them.
    """
    spread = _Spread(table.merges, columns)
    for number, cells in table.rows():
        if number > columns.heading_row:
            yield _row(number, spread.over(number, cells), columns)


class _Spread:
    """Fills merged cells downward: only in columns that say to what a row belongs, since a merged number may be a sum; in others
    that are used nobody knows what stands there.
    """

    def __init__(self, merges: Sequence[Merge], columns: Columns) -> None:
        self._belonging = {place for field, place in columns.fields.items() if field in _BELONGING}
        self._merges = {
            (top, left): bottom for top, left, bottom, _ in merges
            if left in columns.fields.values() and bottom > top > columns.heading_row
        }  # fmt: skip
        self._tops = sorted(self._merges)
        self._open: dict[int, tuple[int, Cell]] = {}

    def over(self, number: int, cells: list[Cell]) -> list[Cell]:
        """The cells of a row, with what spreads down into it."""
        if not self._merges:
            return cells
        while self._tops and self._tops[0][0] <= number:
            top, left = self._tops.pop(0)
            if top == number and left < len(cells) and not is_blank(cells[left]):
                self._open[left] = (self._merges[top, left], cells[left])
        for left, (bottom, value) in self._open.items():
            if number <= bottom:
                cells = [*cells, *[""] * (left + 1 - len(cells))]
                said = value if left in self._belonging else broken_cell(number, left, "")
                cells[left] = said if is_blank(cells[left]) else cells[left]
        return cells


def _row(number: int, cells: list[Cell], columns: Columns) -> Row:
    width = len(cells)
    values = {field: cells[place] if place < width else "" for field, place in columns.fields.items()}
    return Row(number, values, tuple(cells), columns.scales)


def _fill_from_above(cells: Sequence[Cell], above: Sequence[Cell], layout: Layout) -> list[Cell]:
    """Blank cells take the heading above them, but no title or remark that happens to stand there."""
    known = {name for column in layout.columns for name in column.names}
    padded = [*cells, *[""] * (len(above) - len(cells))]
    headings = [cell if known.intersection(name for name, _ in read_heading(cell).readings) else "" for cell in above]
    headings += [""] * len(padded)
    return [headings[place] if is_blank(cell) else cell for place, cell in enumerate(padded)]


def _match(number: int, cells: Sequence[Cell], layout: Layout, hidden: frozenset[int]) -> Columns:
    """Each column takes the heading that stands earliest among its names, else the only one whose parts say it is the column; a
    heading serves one column only. A column that the sheet hides serves only where no shown one does.
    """
    read = [read_heading(cell) for cell in cells]
    ranked = sorted(
        (place in hidden, known[0], order, place)
        for order, column in enumerate(layout.columns)
        for place, heading in enumerate(read)
        if heading.readings and (known := heading.known_as(column)) and not _counts_otherwise(column, cells[place])
    )
    fields: dict[str, int] = {}
    for _, _, order, place in ranked:
        if layout.columns[order].field not in fields and place not in fields.values():
            fields[layout.columns[order].field] = place
    close = _close_ones(read, cells, layout, hidden, fields) if fields else {}
    fields |= close
    headings = tuple(str(cell).strip() for cell in cells)
    ignored = tuple(text for place, text in enumerate(headings) if text and place not in fields.values())
    return Columns(number, headings, fields, ignored, _scales(fields, headings, layout), tuple(close))


def _scales(fields: Mapping[str, int], headings: Sequence[str], layout: Layout) -> dict[str, str]:
    """The units that headings name, of columns that know them."""
    known = {column.field: column.scales for column in layout.columns}
    named = {name: read_heading(headings[place]).scale for name, place in fields.items()}
    return {name: scale for name, scale in named.items() if scale in known.get(name, ())}


def _close_ones(
    read: Sequence[Heading], cells: Sequence[Cell], layout: Layout, hidden: frozenset[int], fields: Mapping[str, int]
) -> dict[str, int]:
    """Columns that no heading names outright, but exactly one says by its parts."""
    taken, found = set(fields.values()), dict[str, int]()
    for column in layout.columns:
        if column.field in fields or not column.parts:
            continue
        places = [place for place, heading in enumerate(read)
                  if place not in taken and place not in hidden and heading.is_close_to(column)
                  and not _counts_otherwise(column, cells[place])]  # fmt: skip
        if len(places) == 1:
            found[column.field] = places[0]
            taken.add(places[0])
    return found


def _counts_otherwise(column: LayoutColumn, cell: Cell) -> bool:
    """Whether a column of time is headed as one of times: 观看时长（次）."""
    return "小时" in column.scales and isinstance(cell, str) and counts_otherwise(cell)


def _complain(found: Columns, layout: Layout, choices: Choices) -> None:
    headings = {column.field: column.heading for column in layout.columns}
    missing = ["或".join(headings[field] for field in group) for group in layout.needed if not found.fields.keys() & set(group)]
    if missing:
        seen = "、".join(text for text in found.headings if text)[:200]
        raise BadInput(
            f"缺少这些列：{'、'.join(missing)}。第 {found.heading_row} 行找到的是：{seen}。请改好表头再导入，或选定哪一列是什么。",
            reason="missing_column",
        )
    for name, place in found.fields.items():
        if not choices.columns.get(name) and found.headings.count(found.headings[place]) > 1:
            raise BadInput(
                f"有两列都叫“{found.headings[place]}”，分不清用哪一列。请改名或删去一列，再导入。", reason="repeated_column"
            )
