"""An inventory as a form and as a kind of spreadsheet: exported, filled in, read back through the one import machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from campmgr.clock import parse_day
from campmgr.errors import CampError
from campmgr.facts import world as worlds
from campmgr.facts.finding import chosen_activity, shown_code
from campmgr.facts.importing import UNCHANGED, RowPlan, RowProblem, SeenRows, changes, named_unit, row_words
from campmgr.facts.inventories import LONGEST_FIELD, Field, Inventory
from campmgr.facts.inventory_rows import InventoryRow, Who, row_draft, rows_by_id
from campmgr.facts.saying import may_say
from campmgr.facts.streaming import StreamPlanner
from campmgr.facts.world import World
from campmgr.files import cells
from campmgr.files.imports.columns import Row
from campmgr.files.imports.layouts import UNIT, Layout, column
from campmgr.files.imports.row_reading import RowReader, get
from campmgr.files.imports.sheets import Importing, Sheet
from campmgr.files.official_form import FormColumn, OfficialForm
from campmgr.files.official_paper import Paper, Sort, Value
from campmgr.files.read_table import Cell
from campmgr.settings.sections import Chosen
from campmgr.store.door import Reader
from campmgr.wording import normal

_PRINTED: dict[str, Sort] = {"whole": "number", "tenths": "text", "choice": "name", "flag": "name", "day": "code", "person": "code"}

_BESIDE = 8
"""How wide a field is printed in the whole list that its notice does not print."""


class InventoryLine(NamedTuple):
    """A row of a file: unit and activity as they are written, and what was said of which fields; blank cells say nothing.

    `beside`: what an area reads of it besides.
    """

    unit: str
    activity: str
    said: Mapping[str, Any]
    beside: Any = None


def read_field(field: Field, cell: Cell) -> Any:
    """A cell, or what was typed on a page, as the field holds it; the text of a person's code. Raises CellProblem."""
    if field.counts:
        return cells.ordinal(cell, field.counts)
    return _READING[field.sort](cell) if field.sort in _READING else _choice(field, cells.text(cell))


def _day(cell: Cell) -> str:
    try:
        return parse_day(str(cell).strip()[:10])
    except ValueError as problem:
        raise cells.CellProblem("bad_date", f"“{cells.shown(cell)}”不是日期。请写成 2022-03-04 的样子。") from problem


_READING: Mapping[str, Callable[[Cell], Any]] = {
    "text": lambda cell: cells.text(cell, longest=LONGEST_FIELD),
    "whole": lambda cell: cells.whole(cell, units="个|人|家"),
    "tenths": cells.tenths,
    "flag": cells.yes,
    "day": _day,
    "person": cells.code,
}
"""How a cell of a field is read; one of `choices` needs the field."""


def _choice(field: Field, text: str) -> str:
    known = {normal(each).casefold(): each for each in field.choices}
    found = known.get(normal(text).casefold())
    if found is None:
        raise cells.CellProblem("unknown_word", f"“{text}”不在“{field.heading}”之列，可以填：{'、'.join(field.choices)}。")
    return found


def inventory_form(inventory: Inventory, *, units: bool = False) -> OfficialForm:
    """The form of an inventory as its notice prints it, of one unit; with `units` the whole list: a column that names the unit of
    each row, and the fields that the notice does not print.
    """
    columns = [FormColumn("", "序号", "number", 3)]
    columns += [FormColumn("unit", "单位代码", "code", 8)] if units and inventory.is_units else []
    columns += [
        FormColumn(each.name, each.heading, _PRINTED.get(each.sort, "text"), each.width or _BESIDE, each.names)
        for each in inventory.asked
        if each.width or units
    ]
    above, below = ((), ()) if units else (inventory.above, inventory.below)
    needed = tuple((each,) for each in inventory.key)
    printed = inventory.printed or inventory.title
    return OfficialForm(inventory.table, inventory.title, printed, tuple(columns), needed, above, below, wide=len(columns) > 6)


def inventory_layout(inventory: Inventory) -> Layout:
    """How a file of an inventory is read: its form's columns, and those of the unit and the activity."""
    form, whole = inventory_form(inventory).layout, inventory_form(inventory, units=True).layout
    unit = (column("unit", "单位代码", *UNIT),) if inventory.is_units else ()
    fields = (each for each in whole.columns if each.field != "unit")
    own = (*unit, column("activity", "活动代码", "活动"), *fields)
    return Layout(form.name, form.called, own, form.needed, lines=form.lines, remarks=form.remarks)


def inventory_paper(
    world: World, inventory: Inventory, rules: Chosen, rows: Sequence[InventoryRow], unit: str = ""
) -> Paper:  # fmt: skip
    """The rows on the form, worded by an activity's rules: of one unit, named above them, else each with its unit's code."""
    form, known = inventory_form(inventory, units=not unit), world.tree.units.get(unit)
    lines = [_line(world, inventory, number, row, whole=not unit) for number, row in enumerate(rows, 1)]
    return form.paper(lines, said={**inventory.said(rules), "unit": known.name if known else ""}, blank=0 if lines else 5)


def _line(world: World, inventory: Inventory, number: int, row: InventoryRow, *, whole: bool) -> tuple[Value, ...]:
    unit = (shown_code(world, row.unit),) if whole and inventory.is_units else ()
    pairs = ((each, row.values[each.name]) for each in inventory.asked if whole or each.width)
    told = (value if each.sort == "whole" and value is not None else each.shown(value) for each, value in pairs)
    return (number, *unit, *told)


def inventory_sheet(inventory: Inventory, who: Who | None = None) -> Sheet:
    """The kind of spreadsheet of an inventory: what its area names among its `sheets`."""

    def read(_: RowReader, row: Row) -> InventoryLine:
        parsed = {each.name: get(row, each.name, _reading(each), None) for each in inventory.asked}
        said = {name: value for name, value in parsed.items() if value is not None and value != ""}
        for name in inventory.key:
            if name not in said:
                raise RowProblem(name, "", "missing_value", f"没有{inventory.by_name[name].heading}。")
        return InventoryLine(get(row, "unit", cells.text, ""), get(row, "activity", cells.code, ""), said)

    return Sheet(inventory_layout(inventory), read, lambda to: InventoryPlanner(inventory, who, to))


def _reading(field: Field) -> Callable[[Cell], Any]:
    return lambda cell: read_field(field, cell)


class InventoryPlanner(StreamPlanner[InventoryLine]):
    """Plans rows of an inventory: new, changed in some fields, listed again, or as they were."""

    def __init__(self, inventory: Inventory, who: Who | None, to: Importing) -> None:
        self._inventory, self._who, self.to = inventory, who, to
        self._seen = SeenRows()

    def prepare(self, r: Reader, rows: Sequence[InventoryLine]) -> None:
        """See the world as it is now, and the rows that are there already."""
        self._r, self.world = r, worlds.load(r)
        ids = [id_ for row in rows if (id_ := self._id_or_none(row))]
        self.known = rows_by_id(r, self._inventory, ids)

    def plan(self, number: int, row: InventoryLine) -> RowPlan:
        """The plan for one row. Raises RowProblem."""
        activity, unit = self.placed(row)
        id_ = self._inventory.row_id(activity, unit, row.said)
        if (first := self._seen.first(id_, number)) is not None:
            raise RowProblem(self._inventory.key[0], self.about(row), "repeated_row", f"与{row_words(first)}是同一条。请只留一行。")
        before = self.known.get(id_)
        said = {name: self._found(unit, name, value, before) for name, value in row.said.items()}
        try:
            draft = row_draft(self._inventory, activity, unit, said, before, actor=self.to.actor, batch=self.to.batch)
        except CampError as problem:
            field = self._inventory.refuse(self._whole(said, before))[0]
            raise RowProblem(field, str(said.get(field, "")), problem.reason, problem.sentence) from problem
        if draft is None:
            return UNCHANGED
        if not may_say(self._r, draft):
            raise RowProblem("unit", row.unit, "not_granted", "这份数据文件没有写入这个单位的授权。请由那个单位或它的上级导入。")
        if before is None:
            return RowPlan("new", (draft,))
        fields = self._inventory.fields
        pairs = ((each.name, each.shown(before.values[each.name]), each.shown(said.get(each.name, before.values[each.name])))
                 for each in fields)  # fmt: skip
        return RowPlan("changed", (draft,), changes(*pairs))

    def about(self, row: InventoryLine) -> str:
        """The row's key."""
        return self._inventory.key_shown(row.said)

    def _id_or_none(self, row: InventoryLine) -> str:
        try:
            return self._inventory.row_id(*self.placed(row), row.said)
        except RowProblem:  # told when the row is planned
            return ""

    def placed(self, row: InventoryLine) -> tuple[str, str]:
        """The activity and the unit of a row. Raises RowProblem."""
        try:
            activity = chosen_activity(self.world, row.activity or self.to.activity, self._inventory.sort)
        except CampError as problem:
            raise RowProblem("activity", row.activity, problem.reason, problem.sentence) from problem
        return activity.id, self._unit(row)

    def _unit(self, row: InventoryLine) -> str:
        if not self._inventory.is_units:
            return ""
        if row.unit:
            return named_unit(self.world, row.unit, self.to.within).unit
        if self.to.unit:
            return self.to.unit
        raise RowProblem("unit", "", "missing_value", "没有单位：请在表头上方写明填报单位，或加一列单位代码。")

    def _found(self, unit: str, name: str, value: Any, before: InventoryRow | None) -> Any:
        """A value of the file, a person by their id; one who stands there already stays, wherever they are now."""
        field = self._inventory.by_name[name]
        if field.sort != "person" or self._who is None:
            return value
        if before and value == field.shown(before.values[name]):
            return before.values[name]
        try:
            return self._who.find(self._r, unit, value)
        except CampError as problem:
            raise RowProblem(name, value, problem.reason, problem.sentence) from problem

    def _whole(self, said: Mapping[str, Any], before: InventoryRow | None) -> dict[str, Any]:
        blank = {each.name: each.blank for each in self._inventory.fields}
        return {**blank, **(before.values if before else {}), **said}
