"""The rows of a file, sheet after sheet, as what they say or as all that is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from campmgr.facts.importing import LISTED, SHEET_ROWS, Imported, ReadRow, Reject, RowProblem
from campmgr.files.cells import shown
from campmgr.files.column_letters import letters_of
from campmgr.files.imports.columns import Row, data_rows
from campmgr.files.imports.layouts import Layout
from campmgr.files.imports.not_rows import OtherTables, is_sum, no_data
from campmgr.files.imports.other_forms import OtherForms
from campmgr.files.imports.parts import Part, Parts, notes_about, place_of_row
from campmgr.files.imports.row_reading import RowReader, all_problems
from campmgr.files.imports.sums import Sums
from campmgr.files.read_table import is_blank


class FileRows:
    """Reads a file's rows once. `notes`: what is odd about rows that are taken."""

    def __init__(self, parts: Parts, layout: Layout, *, skip_hidden: bool) -> None:
        self.notes: list[Reject] = []
        self._parts, self._layout, self._skip_hidden = parts, layout, skip_hidden
        self._hidden = 0

    def read(self, reader: RowReader, read: Callable[[RowReader, Row], Any]) -> Iterator[ReadRow[Any]]:
        """(Number, what the row says or its problems); the rows of the second sheet are numbered from `SHEET_ROWS` on."""
        said = partial(read, reader)
        for which, part in enumerate(self._parts.parts):
            sums, others, forms = Sums(part.columns), OtherTables(part.columns), OtherForms(part, self._layout)
            for row in data_rows(part.table, part.columns):
                if row.number in part.table.hidden_rows:
                    self._hidden += 1
                    if self._skip_hidden:
                        continue
                one = row._replace(number=which * SHEET_ROWS + row.number) if which else row
                problem = others.problem(one) or forms.problem(one) or self._struck_out(one, row.number, part)
                yield (one.number, [problem]) if problem else self._one(reader, said, one, part, sums)

    def _one(self, reader: RowReader, read: Callable[[Row], Any], row: Row, part: Part, sums: Sums) -> ReadRow[Any]:
        if problem := no_data(row, part.columns, self._layout.remarks):
            if is_sum(problem) and (wrong := sums.compared(row)):
                self.notes.append(Reject(row.number, "", problem.value, "sum_differs", wrong))
            return row.number, [problem]
        sums.add(row)
        if part.said:
            row = row._replace(values=row.values | {name: text for name, text in part.said.items() if _is_unsaid(row, name)})
        try:
            said = read(row)
        except RowProblem as problem:
            found = all_problems(read, row, problem)
            reader.notes.clear()
            return row.number, found
        if reader.notes:
            if len(self.notes) < LISTED:
                self.notes += [Reject(row.number, each.column, each.value, each.reason, each.sentence) for each in reader.notes]
            reader.notes.clear()
        return row.number, said

    def _struck_out(self, row: Row, number: int, part: Part) -> RowProblem | None:
        """A row struck through in all columns that are read was taken out of the list by hand; of a single cell it is noted."""
        struck = part.table.struck.get(number)
        if not struck:
            return None
        used = set(part.columns.fields.values())
        filled = {place for place, cell in enumerate(row.cells) if not is_blank(cell)} & used
        if filled and filled <= struck:
            sentence = "这一行划了删除线，没有导入。要导入的话，请去掉删除线。"
            return RowProblem("", shown(row.cells[min(filled)]), "struck_out", sentence)
        for name, place in part.columns.fields.items():
            if place in struck and len(self.notes) < LISTED:
                told = f"{letters_of(place + 1)}{number} 的“{shown(row.cells[place])}”划了删除线，照样导入了。不要的话，请改正后再导入。"
                self.notes.append(Reject(row.number, name, shown(row.cells[place]), "struck_out", told))
        return None

    def finish(self, counts: Imported) -> Imported:
        """The counts with all notes, every row by its own number and sheet."""
        about = notes_about(self._parts, self._hidden, skipped=self._skip_hidden, layout=self._layout)
        counts.notes = about + self.notes
        if len(self._parts.parts) > 1:
            counts.notes = [self._placed(each) for each in counts.notes]
            counts.rejects = [self._placed(each) for each in counts.rejects]
            places = [(each, *place_of_row(self._parts, each.row)) for each in counts.differences]
            counts.differences = [each._replace(row=row, sheet=sheet) for each, sheet, row in places]
        return counts

    def _placed(self, each: Reject) -> Reject:
        if not each.row:
            return each
        sheet, row = place_of_row(self._parts, each.row)
        return replace(each, row=row, sheet=sheet)


def _is_unsaid(row: Row, name: str) -> bool:
    return is_blank(row.values.get(name, ""))
