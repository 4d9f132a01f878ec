"""Two units on one sheet, whether a second form stands below the first or two lines above the headings: never read as one."""

from __future__ import annotations

from campmgr.facts.importing import RowProblem, row_words
from campmgr.files.imports.columns import Row
from campmgr.files.imports.form_lines import labels_of, unit_said
from campmgr.files.imports.layouts import Layout, plain
from campmgr.files.imports.parts import Part, several_units
from campmgr.wording import list_words


class OtherForms:
    """Looks for lines such as 填报单位：礼嘉镇 below the headings: from one that names another unit on, no row belongs to the first."""

    def __init__(self, part: Part, layout: Layout) -> None:
        self._unit = part.said.get("unit", "") or part.unheard.get("unit", "")
        self._labels = labels_of(layout)
        fields = {column.field for column in layout.columns} | {field for _, field in layout.lines}
        self._is_asked = "unit" in fields and "unit" not in part.columns.fields
        self._began, self._other = 0, ""
        self._units = part.units

    def problem(self, row: Row) -> RowProblem | None:
        """Why a row, the next one, is not of the first form; None where it is. A table with a column of units has no such lines."""
        if not self._is_asked:
            return None
        if self._units:
            return RowProblem("unit", list_words(self._units), "conflict", several_units(self._units))
        said = unit_said(row.cells, self._labels)
        if said and plain(said) != plain(self._unit):
            self._began, self._other = row.number, said
        elif said:
            self._began = 0
        if not self._began:
            return None
        where, other = row_words(self._began), "另一个单位" if self._unit else "单位"
        sentence = f"{where}写着{other}“{self._other}”，从那一行起没有导入。请把每个单位的表各放一张工作表，单位写在表头上方。"
        return RowProblem("", self._other, "not_a_row", sentence)
