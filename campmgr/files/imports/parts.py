"""The sheets of a file that are one table: all of one layout are taken, and whatever else fits is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from campmgr.errors import BadInput
from campmgr.facts.importing import SHEET_ROWS, Reject
from campmgr.files.imports.choices import Choices
from campmgr.files.imports.columns import Columns, complain, data_rows, find_table, look_for_columns
from campmgr.files.imports.form_lines import form_lines
from campmgr.files.imports.layouts import Layout
from campmgr.files.read_table import SheetTable
from campmgr.wording import list_words

_SAMPLE = re.compile(r"示例|样例|范例|样表|模板|模版|说明|须知|example|sample|template|readme", re.IGNORECASE)
_CLASS = re.compile(r".*[班级]|[0-9]{1,2}[.\-·（(][0-9]{1,2}[)）]?班?")


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet of a file: its table, what stands where, and what lines above its headings say (field -> text): taken for rows
    that do not say it themselves, or `unheard`. `units`: several that are named there one as the other, so that none counts.
    """

    table: SheetTable
    columns: Columns
    said: Mapping[str, str] = field(default_factory=dict)
    unheard: Mapping[str, str] = field(default_factory=dict)
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """What of a file is taken: its sheets in order, the one that fits best, and the names of others that fit in another way, and of
    those that fit and are hidden.
    """

    parts: tuple[Part, ...]
    best: Part
    others: tuple[str, ...]
    hidden: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows there are at most below the headings."""
        return sum(max(0, part.table.height - part.columns.heading_row) for part in self.parts)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sheets that are taken."""
        return tuple(part.table.sheet for part in self.parts)


def parts_of(tables: Sequence[SheetTable], layout: Layout, known: Iterable[Layout], choices: Choices) -> Parts:
    """The sheets that are taken: the one whose headings fit best, and all others with the same columns; no hidden one.

    Whether the best one can be imported at all is for `complain` to say.
    """
    table, columns = find_table([one for one in tables if not one.is_hidden], layout, choices)
    best, kinds = _part(table, columns, layout), list(known)
    parts, others, hidden = [best], [], []
    for one in tables:
        found = columns if one is table else look_for_columns(one, layout, choices)
        if one is table or not _fits(found, layout, kinds, choices):
            continue
        if one.is_hidden:
            hidden += [one.sheet] if any(True for _ in data_rows(one, found)) else []
        elif found.fields.keys() == columns.fields.keys() and (not _SAMPLE.search(one.sheet) or _SAMPLE.search(table.sheet)):
            parts.append(_part(one, found, layout))
        else:
            others.append(one.sheet)
    order = {id(one): place for place, one in enumerate(tables)}
    parts.sort(key=lambda part: order[id(part.table)])
    if len(parts) > 1:
        parts = [_with_class(part, layout) for part in parts]
    return Parts(tuple(parts), best, tuple(others), tuple(hidden))


def _part(table: SheetTable, columns: Columns, layout: Layout) -> Part:
    said, units = form_lines(table, columns, layout)
    return Part(table, columns, said, units=units)


def _fits(columns: Columns, layout: Layout, known: list[Layout], choices: Choices) -> bool:
    try:
        complain(columns, layout, known, choices)
    except BadInput:
        return False
    return True


def _with_class(part: Part, layout: Layout) -> Part:
    """A sheet for each class, and no column that says which: the sheet's name does."""
    fields = {column.field for column in layout.columns}
    if "class_name" not in fields or "class_name" in part.columns.fields or not _CLASS.fullmatch(part.table.sheet.strip()):
        return part
    return replace(part, said={**part.said, "class_name": part.table.sheet.strip()})


def parts_said(parts: Parts, is_unit: Callable[[str], bool]) -> Parts:
    """The same with the units that forms name taken only where they count."""

    def heard(part: Part) -> Part:
        unit = part.said.get("unit", "")
        if not unit or is_unit(unit):
            return part
        return replace(part, said={name: text for name, text in part.said.items() if name != "unit"}, unheard={"unit": unit})

    return replace(parts, parts=tuple(map(heard, parts.parts)), best=heard(parts.best))


def place_of_row(parts: Parts, number: int) -> tuple[str, int]:
    """The sheet ("" where only one is taken) and the row that a number means among the rows of all parts."""
    which, row = divmod(number, SHEET_ROWS)
    return (parts.parts[which].table.sheet if len(parts.parts) > 1 and which < len(parts.parts) else ""), row


def notes_about(parts: Parts, hidden: int, *, skipped: bool, layout: Layout) -> list[Reject]:
    """What somebody must know about how a whole file was read."""
    notes: list[Reject] = []

    def note(column: str, value: str, reason: str, sentence: str) -> None:
        notes.append(Reject(0, column, value, reason, sentence))

    if len(parts.parts) > 1:
        note("", "", "several_sheets", f"读取了 {len(parts.parts)} 张工作表：{list_words(parts.names)}。只要其中一张的，请选定它。")
    if parts.others:
        note(
            "",
            "",
            "several_sheets",
            f"工作表{_quoted(parts.others)}也像{layout.called}，但没有读取。要导入的话，请选定它再导入一次。",
        )
    if parts.hidden:
        note("", "", "several_sheets", f"工作表{_quoted(parts.hidden)}是隐藏的，没有读取。要导入的话，请取消隐藏，再导入一次。")
    if hidden:
        done = "没有导入" if skipped else "也导入了。只要看得见的行，请选“跳过隐藏的行”"
        note("", str(hidden), "hidden_rows", f"表格里有 {hidden} 行是隐藏的（筛选掉的、手工隐藏的或行高为 0 的），{done}。")
    for part in parts.parts:
        notes += _notes_of_lines(part, layout)
    ours = {column.field: column.heading for column in layout.columns}
    for name in parts.best.columns.close:
        heading = parts.best.columns.heading(name)
        note(name, heading, "close_heading", f"“{heading}”这一列按“{ours[name]}”读取；不对的话，请改选。")
    return list(dict.fromkeys(notes))  # what several sheets say alike is said once


def _notes_of_lines(part: Part, layout: Layout) -> list[Reject]:
    """What the lines above a sheet's headings say, and whether the unit is missing there that the form asks for."""
    ours = {field: label for label, field in layout.lines} | {column.field: column.heading for column in layout.columns}
    found = [
        Reject(0, name, text, "form_line", f"没有写{ours[name]}的行，按{_where(part, name)}的“{text}”计。")
        for name, text in part.said.items()
    ]
    unheard = "没有采用：没有叫这个名字的单位，或者已经另外选定了单位。"
    found += [Reject(0, name, text, "form_line", f"表头上方写的“{text}”{unheard}") for name, text in part.unheard.items()]
    asks_unit = any(field == "unit" for _, field in layout.lines)
    where = f"工作表“{part.table.sheet}”" if part.table.sheet else "这张表"
    if part.units:
        sentence = f"{where}的{several_units(part.units)}"
        found.append(Reject(0, "unit", list_words(part.units), "form_line", sentence))
    elif asks_unit and "unit" not in {*part.said, *part.unheard, *part.columns.fields}:
        sentence = f"{where}的表头上方没有写填报单位。请补上“填报单位：……”再导入，或在导入时选定单位。"
        found.append(Reject(0, "unit", "", "form_line", sentence))
    return found


def several_units(units: Sequence[str]) -> str:
    """What is told of a sheet whose form names several units."""
    return f"表头上方写着几个单位：{_quoted(units)}，分不清是哪个单位的，都没有采用。请只留一个，或各放一张工作表，再导入。"


def _where(part: Part, name: str) -> str:
    is_sheet = name == "class_name" and part.said[name] == part.table.sheet.strip()
    return "工作表名称里" if is_sheet else "表头上方写"


def _quoted(names: Iterable[str]) -> str:
    return list_words(f"“{name}”" for name in names)
