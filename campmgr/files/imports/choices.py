"""How somebody chose to have a file read: its sheet, its encoding, the row of its headings, which column is which."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from campmgr.errors import BadInput
from campmgr.files.column_letters import number_of
from campmgr.files.imports.layouts import Layout, plain
from campmgr.settings.terms import nearest

ENCODINGS: Mapping[str, str] = {
    "": "自动",
    "utf-8": "UTF-8",
    "gb18030": "GB18030（GBK）",
    "utf-16": "UTF-16",
    "big5": "Big5（繁体）",
}
"""The encodings a .csv may be read in, in words; "" looks for itself."""

_PLACE = re.compile(r"#([1-9][0-9]{0,4})")
_MOST_COLUMNS = 16_384
_LETTERS = re.compile(r"[A-Za-z]{1,3}")


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen; what is left empty is found by itself.

    `skip_hidden`: leave out the rows that the sheet hides; `columns`: field -> a heading of the file, a column's letters (C), its
    number (#3), "" for "not in this file", or "!" and a
    heading for "not that one".
    """

    sheet: str = ""
    encoding: str = ""
    heading_row: int = 0
    skip_hidden: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)

    def for_form(self, layout: Layout) -> Choices:
        """The choices that count: a form with columns that nobody may see (`Layout.more`) is read by its own headings alone, or
        whoever takes its marks for titles would be shown them.
        """
        return self if layout.more is None else replace(self, heading_row=0, columns={})


NOTHING_CHOSEN = Choices()


def place_of(column: str, headings: Sequence[str]) -> int | None:
    """The place from 0 that a choice means in a row of headings: the heading first, then number or letters; or None."""
    wanted = plain(column)
    for place, heading in enumerate(headings):
        if wanted and plain(heading) == wanted:
            return place
    if number := _PLACE.fullmatch(column):
        place = int(number[1]) - 1
    elif _LETTERS.fullmatch(column):
        place = number_of(column) - 1
    else:
        return None
    return place if place < _MOST_COLUMNS else None


def columns_said(layout: Layout, said: Sequence[str]) -> dict[str, str]:
    """Choices of columns from the command line, each 字段=列, e.g. 姓名=学生名字, 手机号=F, 班级= (not in this file).

    Raises BadInput for a field that is none of this kind, with the nearest known one.
    """
    fields = {plain(name): column.field for column in layout.columns for name in (column.heading, column.field)}
    found: dict[str, str] = {}
    for each in said:
        name, mark, column = each.partition("=")
        if not mark or plain(name) not in fields:
            headings = layout.headings
            close = nearest(name, headings)
            hint = f"是不是“{close}”？" if close else f"可以写：{'、'.join(headings)}。"
            raise BadInput(f"“{each}”里的字段看不懂。", reason="unknown_word", hint=f"请写成 字段=列。{hint}")
        found[fields[plain(name)]] = column.strip()
    return found
