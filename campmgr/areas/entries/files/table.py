"""The table that goes with a batch (汇总表), as its notice names it: head line, the columns that were chosen, foot line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from campmgr.areas.entries.queries.entries import Entry
from campmgr.areas.entries.rules.verdicts import length
from campmgr.areas.entries.settings import Batch
from campmgr.files.official_form import FormColumn, OfficialForm
from campmgr.files.official_paper import Paper, Sort, Value
from campmgr.settings.rules import Rules


class Head(NamedTuple):
    """What stands in the head line of the table: unit, contact with telephone, address."""

    unit: str
    contact: str
    address: str


class TableRow(NamedTuple):
    """A work on the table: its number, the work, its author's name, which texts were agreed to, the names its files bear there."""

    number: int
    entry: Entry
    author: str
    agreed: str
    files: str


def batch_table(rules: Rules, rows: Sequence[TableRow], head: Head) -> Paper:
    """The table with its rows."""
    said = head._asdict() | {"mailbox": rules[Batch].mailbox}
    return _form(rules).paper([_line(rules, each) for each in rows], said=said, blank=0 if rows else 5)


def _form(rules: Rules) -> OfficialForm:
    asked = rules[Batch]
    columns = [FormColumn("", "序号", "number", 4)]
    columns += [FormColumn("", heading, _SORTS.get(heading, "text"), _WIDTHS.get(heading, 6)) for heading in asked.columns]
    above = (("组织单位：{unit}", "联系人及电话：{contact}", "通讯地址：{address}"),)
    below = (asked.foot,) if asked.foot else ()
    return OfficialForm("entries", asked.table, asked.table, tuple(columns), ((),), above, below, wide=True)


_WIDTHS = {
    "作品名称": 12,
    "作品链接": 17,
    "作品类型": 8,
    "具体形式": 8,
    "发布平台": 8,
    "作品说明": 12,
    "文件名": 10,
    "时长或大小": 9,
    "创作时间": 9,
    "发布时间": 9,
    "作品主题": 8,
}
_SORTS: Mapping[str, Sort] = {
    "作品类型": "name", "具体形式": "name", "作者": "name", "创作时间": "code", "发布平台": "name", "发布时间": "code",
}  # fmt: skip
"""How columns look; all others are texts."""


def _line(rules: Rules, row: TableRow) -> tuple[Value, ...]:
    return (row.number, *(_CELLS[heading](row) for heading in rules[Batch].columns))


def _own(name: str) -> Callable[[TableRow], str]:
    return lambda row: str(row.entry.row.values[name] or "")


def _extent(row: TableRow) -> str:
    """Length of a video, size of a picture."""
    work = next((each.probe for each in row.entry.files if each.role == "作品"), None)
    if work is None:
        return ""
    return length(work.ms) if work.ms else f"{work.bytes / 2**20:.2f} MB"


_CELLS: Mapping[str, Callable[[TableRow], str]] = {
    "作品名称": _own("title"),
    "作品类型": _own("class"),
    "具体形式": _own("sub"),
    "作品主题": _own("theme"),
    "兼及主题": _own("also"),
    "参选主体类别": _own("entrant"),
    "作者": lambda row: row.author,
    "团队": _own("team"),
    "创作时间": _own("created_on"),
    "发布平台": _own("platform"),
    "发布时间": _own("published_on"),
    "作品链接": _own("link"),
    "作品说明": _own("words"),
    "时长或大小": _extent,
    "文件名": lambda row: row.files,
    "报送单位": lambda row: row.entry.unit_name,
    "联合版权": lambda row: "是" if row.entry.row.values["joint"] else "",
    "已作承诺": lambda row: row.agreed,
    "备注": _own("note"),
}
