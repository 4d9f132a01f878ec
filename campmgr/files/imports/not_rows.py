"""Rows below the headings that are no data: sums, lines to sign, the headings again (docs/formats.md#rejects)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from campmgr.facts.importing import RowProblem, row_words
from campmgr.files.imports.columns import Columns, Row
from campmgr.files.imports.layouts import plain
from campmgr.files.read_table import Cell, is_blank

_SUM = re.compile(
    r"(?:(?:本页|本班|全班|本校|全校|本单位|以上|各)\s*)?(?:合\s*计|总\s*计|小\s*计|共\s*计|总人数|总数|汇总|累计"
    r"|共\s*[0-9]+\s*[人名条行个].*|total|subtotal|sum|grand total)\s*(?:[（(:：,，0-9=].*)?",
    re.IGNORECASE | re.DOTALL,
)
_FOOT_WORDS = (
    "填表人|制表人|填报人|报送人|经办人|审核人|复核人|审批人|负责人|联系人|填表|制表|审核|复核|班主任签字|校长签字|签字|签名|盖章|单位盖章|填表日期"
    "|制表日期|填报日期|报送日期|制表时间|填表时间|填报单位|日期|注|备注|说明|注意|注意事项|附注|注明"
)
_SIGNED = r"[^：:]{0,12}(?:人|签字|签名|盖章|签章)(?:[（(][^）)]*[）)])?"
_FOOT = re.compile(rf"(?:[（(※*]\s*)?(?:{_FOOT_WORDS}|{_SIGNED})\s*[：:].*|(?:{_FOOT_WORDS})", re.DOTALL)
_LONGEST_FOOT = 40
"""Characters of a line to sign that has no colon, blanks around it included."""
_A_SUM = "是合计行，不是数据，没有导入。"
_WHO = ("code", "number", "name", "title", "author")
"""Fields in which a sum may stand in place of whom or what a row is about."""


def no_data(row: Row, columns: Columns, remarks: Sequence[str] = ()) -> RowProblem | None:
    """Why a row is no data, or None. `remarks`: how those begin that the form itself prints below its rows."""
    place, first = next(((place, cell) for place, cell in enumerate(row.cells) if not is_blank(cell)), (0, ""))
    if isinstance(first, str) and not first.isdecimal():  # most rows begin with a number
        if remarks and plain(first).startswith(tuple(remarks)) and all(map(is_blank, row.cells[place + 1 :])):
            return _problem(first, "是这张表自己印的说明，不是数据，没有导入。")
        if _is_foot(first, row.cells, place, columns):
            return _problem(first, "像是表格末尾的落款或备注，不是数据，没有导入。")
        if _SUM.fullmatch(first.strip()):
            return _problem(first, _A_SUM)
    for field in _WHO:
        cell = row.values.get(field, "")
        if isinstance(cell, str) and cell and not cell.isdecimal() and _SUM.fullmatch(cell.strip()):
            return _problem(cell, _A_SUM)
    if _repeats_headings(row, columns):
        return _problem(first, "是重复的表头，不是数据，没有导入。")
    return None


class OtherTables:
    """Tables below the first one of a sheet whose columns stand in another order: no row of them is read as one of the first."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._headings = frozenset(columns.headings[place] for place in columns.fields.values()) - {""}
        self._began = 0

    def problem(self, row: Row) -> RowProblem | None:
        """Why a row, the next one, is not of the first table; None where it is."""
        if len(self._headings.intersection(row.cells)) >= min(2, len(self._headings)):
            self._began = 0 if _repeats_headings(row, self._columns) else row.number
        if not self._began:
            return None
        sentence = f"{row_words(self._began)}起是另一张表，列的次序不同，没有导入。请把它放到另一张工作表里。"
        return RowProblem("", "", "not_a_row", sentence)


def is_sum(problem: RowProblem) -> bool:
    """Whether a row was left out since it tells sums."""
    return problem.sentence.endswith(_A_SUM)


def _is_foot(first: str, cells: tuple[Cell, ...], place: int, columns: Columns) -> bool:
    """A line to sign or a remark: it begins the row, and hardly anything stands beside it."""
    says_more = "：" in first or ":" in first
    if not (says_more or len(first) <= _LONGEST_FOOT) or not _FOOT.fullmatch(first.strip()):
        return False
    beside = sum(not is_blank(cell) for cell in cells[place + 1 :])
    return beside <= max(1, len(columns.fields) // 2) or says_more


def _repeats_headings(row: Row, columns: Columns) -> bool:
    """Whether the row says what the headings say: at least two of them, or all there are."""
    same, width = 0, len(row.cells)
    for place in columns.fields.values():  # a loop, since every row is asked
        cell, heading = row.cells[place] if place < width else "", columns.headings[place]
        if heading and isinstance(cell, str) and cell.strip() == heading:
            same += 1
    return same >= min(2, len(columns.fields))


def _problem(cell: object, sentence: str) -> RowProblem:
    return RowProblem("", cell, "not_a_row", f"“{str(cell).strip()[:20]}”这一行{sentence}")
