"""The sheet of units that is given out and comes back: written with a key in each row, read by its headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from campmgr.areas.units.files.sheet import UNIT_COLUMNS
from campmgr.areas.units.rules.three_way import CameBack, Unread, Value
from campmgr.areas.units.settings import LINES, UNIT_KINDS
from campmgr.facts.importing import ReadRow, RowProblem
from campmgr.files import cell_dates, cells
from campmgr.files.imports.choices import Choices
from campmgr.files.imports.columns import Row
from campmgr.files.imports.file_rows import FileRows
from campmgr.files.imports.layouts import Layout, column
from campmgr.files.imports.looking import check_readable, open_chosen
from campmgr.files.imports.row_reading import RowReader, get, word
from campmgr.files.list_sheet import SheetHead, write_list
from campmgr.settings.rules import Rules
from campmgr.settings.terms import vocabulary

_STATE_WORDS = vocabulary("状态", {"参加": "是 参与", "不参加": "否 不参与 未参加", "已关闭": "关闭 撤销"})

BACK = Layout(
    "unit_rows",
    "单位往返表",
    (
        column("key", "行号（勿改）", "行号勿改 行号 往返行号 key"),
        *UNIT_COLUMNS,
        column("day", "人数日期", "人数截至 人数时间 asof"),
        column("source", "人数来源", "数据来源 来源 source"),
        column("state", "状态", "是否参加 state"),
    ),
    (("key",), ("name",)),
)

HEADS = tuple(SheetHead(each.heading, "number" if each.field == "expected" else "text") for each in BACK.columns)

_HEARD_EVERY = 500

_COUNT = ("expected", "day", "source")


def write_sheet(path: Path, title: str, notes: Sequence[str], rows: Iterable[Sequence[str | int | None]], many: int) -> None:
    """The workbook: a key, then a unit's cells, row by row. Raises Trouble where it cannot be written."""
    write_list(path, title, notes, HEADS, rows, many)


def read_sheet(
    path: Path, rules: Rules, max_bytes: int, heard: Callable[[int, int], None] = lambda _done, _whole: None
) -> list[CameBack | Unread]:
    """Every row that came back; one that cannot be read with its key and what it calls itself, and why. `heard`: is told how many
    are read.

    Raises BadInput for a file that cannot be read, or has no column of keys.
    """
    _, parts = open_chosen(path, BACK, [BACK], Choices(), max_bytes)
    check_readable(parts, BACK, [BACK], Choices())
    there = frozenset(name for part in parts.parts for name in part.columns.fields)
    read = FileRows(parts, BACK, skip_hidden=False).read(RowReader(rules, ""), lambda reader, row: _came(reader, row, there))
    return [_told(number, said) for number, said in _heard(read, heard)]


def _heard(read: Iterable[ReadRow[Any]], heard: Callable[[int, int], None]) -> Iterable[ReadRow[Any]]:
    for number, row in enumerate(read):
        if number % _HEARD_EVERY == 0:
            heard(number, 0)
        yield row


def _told(number: int, said: CameBack | Unread | list[RowProblem]) -> CameBack | Unread:
    """A row, or that it is none: a sum, a row that was struck through."""
    return Unread(number, said[0].value, said[0].value, said[0].sentence) if isinstance(said, list) else said


def _came(reader: RowReader, row: Row, there: frozenset[str]) -> CameBack | Unread:
    """A row that came back; of one with a cell that cannot be read still which unit it is of."""
    try:
        return _row(reader, row, there)
    except RowProblem as problem:
        key, name = (cells.shown(row.values.get(each, ""), 60) for each in ("key", "name"))
        return Unread(row.number, key, name or problem.value, problem.sentence)


def _row(reader: RowReader, row: Row, there: frozenset[str]) -> CameBack:
    """A row that came back, with the columns that are there."""
    values: dict[str, Value] = {
        "code": get(row, "code", cells.code, ""),
        "name": reader.name(row, "name"),
        "parent": get(row, "parent", cells.code, ""),
        "kind": word(row, "kind", UNIT_KINDS, ""),
        "line": word(row, "line", LINES, ""),
        "state": word(row, "state", _STATE_WORDS, ""),
    }
    values = {name: value for name, value in values.items() if name in there}
    number = get(row, "expected", cells.whole, None)
    if "expected" in there:
        told = "" if number is None else str(number)
        values["count"] = (
            told,
            get(row, "day", cell_dates.day, "") if told else "",
            get(row, "source", cells.text, "") if told else "",
        )
    return CameBack(row.number, get(row, "key", cells.code, ""), values)
