"""Reads the made spreadsheets with nothing but openpyxl and csv, as a second pair of eyes beside the program's own reader."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

import openpyxl

_TITLES = frozenset(
    "代码 名称 上级代码 类别 条线 应参与人数 编号 姓名 单位 班级 手机号 参与者类别 监护人同意 课时 时长 领域 重播自 "
    "参与者编号 单位代码 课程编号 分钟 日期 方式 作品链接 标题 作者 账号类型 点赞数 播放数 发布时间 code name level parent".split()
)
_ENGLISH = {"code": "代码", "name": "名称", "level": "类别", "parent": "上级代码"}
_SCALES = {"万": 10_000, "w": 10_000, "千": 1000, "k": 1000}
_DIGITS = re.compile(r"([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})(?:日|\s.*)?")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of data: the sheet's own row number from 1, and heading -> text ("" for a blank cell)."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "")


class BadRow(Exception):
    """A row that must not be taken, with the reason the program should give."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def lines_of(path: Path) -> Iterator[Line]:
    """The rows below the headings (the first row of which half or more are known headings); blank rows are left out."""
    headings: list[str] = []
    for number, row in enumerate(_raw_rows(path), 1):
        texts = [_text(cell) for cell in row]
        if headings:
            if any(texts):
                yield Line(number, dict(zip(headings, texts, strict=False)))
        elif sum(text in _TITLES for text in texts) * 2 > len(texts):
            headings = [_ENGLISH.get(text, text) for text in texts]


def whole(text: str) -> int:
    """Minutes or people: digits, perhaps with 分钟 behind. Raises BadRow `bad_number`."""
    if not re.fullmatch(r"-?[0-9]+", digits := text.removesuffix("分钟")):
        raise BadRow("bad_number")
    return int(digits)


def hundredths(text: str) -> int:
    """课时 as hundredths. Raises BadRow `bad_number`."""
    return int(_decimal(text) * 100)


def likes(text: str) -> int:
    """A count such as 12345, 1.2万, 3.4w. Raises BadRow `missing_value`, `bad_number`."""
    if not text:
        raise BadRow("missing_value")
    scale = _SCALES.get(text[-1].lower(), 1)
    return int(_decimal(text if scale == 1 else text[:-1]) * scale)


def day(text: str) -> str:
    """A day in ISO form, whatever way it was written. Raises BadRow `bad_date`."""
    if not (match := _DIGITS.fullmatch(text)):
        raise BadRow("bad_date")
    return date(*(int(part) for part in match.groups())).isoformat()


def _raw_rows(path: Path) -> Iterator[Sequence[object]]:
    if path.suffix == ".csv":
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
        yield from (list(row) for row in csv.reader(text.splitlines()))
        return
    book = openpyxl.load_workbook(path, read_only=True)
    yield from (list(row) for row in book.worksheets[0].iter_rows(values_only=True))
    book.close()


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise BadRow("bad_number") from None


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float):
        return format(Decimal(repr(cell)).normalize(), "f")
    return str(cell).strip()
