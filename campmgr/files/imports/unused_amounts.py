"""A column that looks like the amount and is not used: a row without its amount counts in full, so somebody must be asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time, timedelta
from itertools import islice, pairwise

from campmgr.errors import BadInput
from campmgr.files.imports.choices import NOTHING_CHOSEN, Choices
from campmgr.files.imports.columns import Columns, Row, data_rows
from campmgr.files.imports.layouts import Layout, plain
from campmgr.files.odd_cells import FormattedNumber
from campmgr.files.read_table import Cell, SheetTable, is_blank
from campmgr.wording import normal

_AMOUNT = re.compile(
    r"时长|分钟|小时|时间长|时间[(（]|用时|耗时|学时|课时|时数|秒|进度|百分比|完成率|观看率|完成度|完播|占比|比例|长度|观看量|学习量|听课量"
    r"|duration|minute|hour|length|watch|progress|percent|spent|elapsed|\bsecs?\b|\bmins?\b|[%％]",
    re.IGNORECASE,
)
_OTHER_NUMBERS = re.compile(
    r"序|编号|号码?$|年龄|岁|年级|班|届|电话|手机|成绩|得分|分数|积分|名次|排名|座|证|邮|学期|次数|人数|组|期|日期|时间|时刻|签到|签退|开始|结束|备注|年份|月|点赞"
    r"|评论|收藏|转发|学分|价|金额|身高|体重|^(?:id|no|n|#|age|score|rank|grade|class|seat|start|end|time|date|index)$",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"[0-9]+(?:\.[0-9]+)?(?:小时|时|分钟|分|秒|hours?|hrs?|h|minutes?|mins?|min|m|seconds?|secs?|s|%).*"
    r"|[0-9]{1,3}:[0-5][0-9](?::[0-5][0-9])?",
    re.IGNORECASE,
)  # fmt: skip
_LOOKED_AT = 50
_LONGEST_DAY = 1440


def ask_about_amounts(table: SheetTable, columns: Columns, layout: Layout, choices: Choices = NOTHING_CHOSEN) -> None:
    """Raises BadInput `missing_column` where rows would count in full although some column seems to tell how much.

    Whoever says that the file has no such column (`分钟=`) is asked no more.
    """
    field = layout.amount
    if not field or field in columns.fields or field in choices.columns or not _counts_in_full(columns, layout):
        return
    unused = [(place, text) for place, text in enumerate(columns.headings) if text and place not in columns.fields.values()]
    suspects = [(place, text) for place, text in unused if _AMOUNT.search(normal(text))]
    found = next((text for place, text in suspects if _is_filled(table, columns, place)), "") or _by_content(table, columns)
    if found:
        ours = next(column.heading for column in layout.columns if column.field == field)
        raise BadInput(
            f"“{found}”像是{ours}，但看不懂它的单位，没有用上；没有{ours}的行会按全部学完计，所以没有导入。",
            reason="missing_column",
            hint=f"请把这一列的表头改成“{ours}”（或写明“小时”“秒”），或选定它是哪一列；表里确实没有{ours}的，请选“没有这一列”。",
            at_console=f"请把这一列的表头改成“{ours}”（或写明“小时”“秒”），或用 --map 指明；表里确实没有{ours}的，写 --map {ours}=。",
        )


def _counts_in_full(columns: Columns, layout: Layout) -> bool:
    """Marks of conditions (签到) have no amount."""
    return layout.name != "marks" or "lesson" in columns.fields


def _is_filled(table: SheetTable, columns: Columns, place: int) -> bool:
    """Whether any row below the headings says something there."""
    return any(place < len(row.cells) and not is_blank(row.cells[place]) for row in data_rows(table, columns))


def _by_content(table: SheetTable, columns: Columns) -> str:
    """The heading, or the place, of an unused column whose cells look like lengths of time."""
    rows = list(islice(data_rows(table, columns), _LOOKED_AT))
    width = max((len(row.cells) for row in rows), default=0)
    for place in range(width):
        heading = columns.headings[place] if place < len(columns.headings) else ""
        if place not in columns.fields.values() and not _OTHER_NUMBERS.search(plain(heading)) and _look_like_amounts(rows, place):
            return heading or f"第 {place + 1} 列（没有表头）"
    return ""


def _look_like_amounts(rows: list[Row], place: int) -> bool:
    told = [cell for cell in _cells(rows, place) if not is_blank(cell)]
    numbers = [number for number in map(_number, told) if number is not None]
    lengths = sum(_is_length(cell) for cell in told)
    if lengths * 2 > len(told):
        return True
    is_serial = len(numbers) > 1 and all(after - before == 1 for before, after in pairwise(numbers))
    plausible = sum(0 < number <= _LONGEST_DAY for number in numbers)
    return plausible * 2 > len(told) and not is_serial and not (len(numbers) == 1 and numbers[0] == 1)


def _cells(rows: list[Row], place: int) -> Iterator[Cell]:
    return (row.cells[place] for row in rows if place < len(row.cells))


def _number(cell: Cell) -> float | None:
    if isinstance(cell, FormattedNumber):
        return cell.value
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell
    text = normal(cell).strip() if isinstance(cell, str) else ""
    return float(text) if re.fullmatch(r"[0-9]{1,6}(\.[0-9]+)?", text) else None


def _is_length(cell: Cell) -> bool:
    if isinstance(cell, time | timedelta):
        return True
    text = str(cell) if isinstance(cell, str | FormattedNumber) else ""
    return bool(_LENGTH.fullmatch("".join(normal(text).split())))
