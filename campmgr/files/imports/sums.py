"""The sums that a table tells of itself, compared with its rows: they are never imported, and a difference is said."""

from __future__ import annotations

from campmgr.files.cells import shown
from campmgr.files.imports.columns import Columns, Row

_SUMMED = ("minutes", "likes", "plays", "expected", "hours")
"""Fields whose column a table may sum."""


class Sums:
    """What the rows of a table come to, since its head and since the last sum."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._fields = [field for field in _SUMMED if field in columns.fields]
        self._whole = dict.fromkeys(self._fields, 0.0)
        self._part = dict.fromkeys(self._fields, 0.0)
        self._odd: set[str] = set()

    def add(self, row: Row) -> None:
        """A row of data."""
        for field in self._fields:
            cell = row.values.get(field)
            number = cell if type(cell) is int else _number(cell)
            if number is None and cell not in {None, ""}:
                self._odd.add(field)  # 1.2万 and the like: nobody can sum these to the last digit
            self._whole[field] += number or 0
            self._part[field] += number or 0

    def compared(self, row: Row) -> str:
        """What a row of sums says otherwise than the rows above it, in a sentence; "" where it agrees or says nothing."""
        wrong = []
        for field in self._fields:
            told = _number(row.values.get(field))
            sums = (self._whole[field], self._part[field])
            if told is not None and field not in self._odd and all(abs(told - each) > 0.005 for each in sums):
                wrong.append(f"“{self._columns.heading(field)}”写的是 {shown(row.values[field])}，各行相加是 {sums[0]:g}")
        self._part = dict.fromkeys(self._fields, 0.0)
        return "；".join(wrong) + "。请核对是不是少了行。" if wrong else ""


def _number(cell: object) -> float | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell)
    text = str(cell or "").strip().replace(",", "")
    return float(text) if text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit() else None
