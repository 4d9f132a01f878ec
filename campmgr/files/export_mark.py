"""What every workbook says of its making: who, when, and whose people they may see. The doors through which workbooks leave say it
(`campmgr/web/downloads.py`, `working.py`; `campmgr/cli/opened.py`), one place writes it (`workbook.save_workbook`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

_MARK: ContextVar[str] = ContextVar("export mark", default="")

_MOST = 240
"""Characters: Excel calls a file damaged whose head has more than 255, its own signs among them, which begin with &."""


def mark_words(who: str, at: str, scope: str) -> str:
    """Who makes it, when (to the minute), and of what they may see."""
    return f"{who}导出于 {at}，范围：{scope}"


@contextmanager
def marked(words: str) -> Iterator[None]:
    """Mark the workbooks that are written in this block; "" leaves them as an outer block has it."""
    before = _MARK.set(words or _MARK.get())
    try:
        yield
    finally:
        _MARK.reset(before)


def write_mark(book: Workbook) -> None:
    """Put the mark at the head of every printed page of a workbook, where nothing else stands, and into its properties."""
    if not (words := _MARK.get()):
        return
    book.properties.description = words
    for sheet in book.worksheets:
        sheet.oddHeader.left.text, sheet.oddHeader.left.size = words.replace("&", "＆")[:_MOST], 8
