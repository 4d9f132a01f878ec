"""Lines above the headings of a form, read by name: 填报单位：鼓楼区 (docs/formats.md#columns)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from campmgr.files.imports.columns import Columns
from campmgr.files.imports.layouts import Layout, plain
from campmgr.files.read_table import Cell, SheetTable, is_blank
from campmgr.wording import normal

_LABELS = {
    **dict.fromkeys(
        "填报单位 填表单位 报送单位 上报单位 推荐单位 组织单位 参训单位 参加单位 参赛单位 申报单位 单位名称 单位代码 单位编码 单位 学校名称 学校 所在学校 所在单位"
        " 所属单位 社区 社区名称 机构名称".split(),
        "unit",
    ),
    **dict.fromkeys("学习日期 培训日期 活动日期 观看日期 上课日期 签到日期 学习时间 培训时间 活动时间 日期 时间".split(), "day"),
    **dict.fromkeys("班级 班级名称 所在班级 参训班级 年级班级".split(), "class_name"),
}
_REMARK = r"\s*(?:[(（\[][^)）\]]{0,12}[)）\]])?\s*"
_NEXT_LABEL = rf"\s+[\u3400-\u9fff]{{2,10}}{_REMARK}[:：]"
_LABELLED = re.compile(
    rf"(?P<label>[\u3400-\u9fffA-Za-z]{{2,10}}){_REMARK}[:：]\s*(?P<value>.*?)(?=\s{{2,}}|{_NEXT_LABEL}|$)"
)  # fmt: skip
_MAY_BE_A_CLOCK = frozenset({"时间", "学习时间", "培训时间", "活动时间"})
_DATED = re.compile(r"[0-9]{1,4}\s*[年月/.]|[0-9]{4}-|[0-9]{5,8}")
_BEGINS = re.compile(rf"(?P<label>[\u3400-\u9fff]{{2,10}}){_REMARK}[:：]")
_BARE_LABEL = re.compile(rf"(?P<label>[\u3400-\u9fff]{{2,10}}){_REMARK}[:：]?")
_STAMPED = re.compile(r"\s*[(（\[](?:加?盖?公?章|签章|签字|签名)[)）\]]$")
_LONGEST = 300


class FormLines(NamedTuple):
    """What stands above the headings: field -> what a line says of it, the first line that says it; `units`: those that lines with
    one and the same label name, where these are several ("填报单位：湖塘镇", "填报单位：礼嘉镇"): then none of them counts.
    """

    said: Mapping[str, str]
    units: tuple[str, ...] = ()


def form_lines(table: SheetTable, columns: Columns, layout: Layout) -> FormLines:
    """What the lines above the headings say of fields of this kind of file."""
    known, labels = {column.field for column in layout.columns} | {field for _, field in layout.lines}, labels_of(layout)
    found: dict[str, str] = {}
    units: dict[str, dict[str, str]] = {}
    for cells in _above(table, columns):
        for label, value in _labelled(cells, labels):
            field = labels.get(plain(label), "")
            if field == "day" and plain(label) in _MAY_BE_A_CLOCK and not _DATED.search(value):
                continue  # 时间：19:00-20:30 says no day
            if field in known and (said := _STAMPED.sub("", value)):
                found.setdefault(field, said)
                if field == "unit":
                    units.setdefault(plain(label), {}).setdefault(plain(said), said)
    several = next((tuple(named.values()) for named in units.values() if len(named) > 1), ())
    return FormLines({name: said for name, said in found.items() if name != "unit" or not several}, several)


def _above(table: SheetTable, columns: Columns) -> list[Sequence[Cell]]:
    """The lines above the headings. Of headings over two rows, the cells of the upper one that stand in for blank ones below say
    what their columns are, and nothing else.
    """
    found = [(number, cells) for number, cells in table.rows() if number <= columns.heading_row]
    below = found.pop()[1] if found and found[-1][0] == columns.heading_row else ()  # empty rows may be left out
    lines: list[Sequence[Cell]] = [cells for _, cells in found]
    if lines:
        taken = {place for place, cell in enumerate(below[: len(columns.headings)]) if is_blank(cell) and columns.headings[place]}
        lines[-1] = ["" if place in taken else cell for place, cell in enumerate(lines[-1])]
    return lines


def labels_of(layout: Layout) -> Mapping[str, str]:
    """Label in plain form -> field, of the lines that this kind of file may have above its headings."""
    return _LABELS | dict(layout.lines)


def unit_said(cells: Sequence[Cell], labels: Mapping[str, str]) -> str:
    """The unit that a line names which begins with such a label and its colon: 填报单位：湖塘镇; else "". Cells of data often are
    the same words without one.
    """
    first = next((normal(str(cell)[:_LONGEST]).strip() for cell in cells if not is_blank(cell)), "")
    begins = _BEGINS.match(first)
    if begins is None or labels.get(plain(begins["label"])) != "unit":
        return ""
    said = next((value for label, value in _labelled(cells, labels) if labels.get(plain(label)) == "unit"), "")
    return _STAMPED.sub("", said)


def _labelled(cells: Sequence[Cell], labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What a line says: (label, value), both in one cell, or the value in the cell behind the label."""
    told = [normal(str(cell)[:_LONGEST]).strip() for cell in cells if not is_blank(cell)]
    for place, text in enumerate(told):
        pairs = [(each["label"], each["value"].strip()) for each in _LABELLED.finditer(text) if each["value"].strip()]
        yield from pairs
        bare = _BARE_LABEL.fullmatch(text)
        if not pairs and bare and place + 1 < len(told) and plain(bare["label"]) in labels:
            yield bare["label"], told[place + 1]
