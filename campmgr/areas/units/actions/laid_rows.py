"""The rows of a file of units laid out: those above first, each with the row it stands below (docs/formats.md#units)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from campmgr.areas.units.actions.units import UnitRow
from campmgr.facts.importing import ReadRow, Reject, RowProblem
from campmgr.facts.units import Tree
from campmgr.ids import canonical
from campmgr.store.scratch import NOBODY, SEVERAL, ScratchRows
from campmgr.wording import name_key

_decode = json.JSONDecoder().decode


class LaidUnit(NamedTuple):
    """A row in its turn. `place`: which of all rows it is; `first`: the number of the first row with its code; `above`: the place
    of its parent's row, NOBODY where it is none of the file's, SEVERAL where it may be several.
    """

    row: UnitRow
    place: int
    first: int
    above: int


class LaidRows:
    """All rows of a file. `has_uncoded`: whether any is without a code, so that names tell units apart."""

    def __init__(self, tree: Tree, rows: Iterable[ReadRow[Any]], top: str) -> None:
        """Read them all; `top`: what the unit is called below which a new one stands whose row names no parent."""
        self._tree, self._top, self._uncoded, self._first_uncoded = tree, top, 0, 0
        self._loose, self._first_loose, self._placed = 0, 0, 0
        self._rows = ScratchRows(self._kept(number, row) for number, row in rows)
        self._by_name = bytearray(len(self._rows))
        self._name_parents()

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def has_uncoded(self) -> bool:
        """Whether any row is without a code."""
        return bool(self._uncoded)

    def notes(self) -> Iterator[Reject]:
        """What somebody must know about the file as a whole."""
        if self._uncoded:
            sentence = f"有 {self._uncoded} 行没有写代码：上级之下已有同名单位的，认作那个单位；没有的，新建一个没有代码的单位。同一份表再导入，不会重复。"
            yield Reject(self._first_uncoded, "code", "", "no_code", sentence)
        if self._loose and self._placed:
            sentence = f"有 {self._loose} 行没有写上级，新增的会放在“{self._top}”下面。不是的话，请写上级代码再导入。"
            yield Reject(self._first_loose, "parent", "", "no_parent", sentence)

    def is_named(self, place: int) -> bool:
        """Whether a row's parent is told by its name."""
        return bool(self._by_name[place])

    def in_turn(self) -> Iterator[ReadRow[Any]]:
        """The rows, those above before those below; what is wrong with a row as it was read."""
        codes = self._tree.by_code
        for number, place, first, above, told in self._rows.upper_first(lambda code: code in codes):
            said = _decode(told)
            if len(said) == 1:
                yield number, [RowProblem(*each) for each in said[0]]
            else:
                yield number, LaidUnit(UnitRow(*said), place, first, above)

    def _kept(self, number: int, row: UnitRow | list[RowProblem]) -> tuple[int, str, str, str]:
        """A row as it is kept until its turn: its number, its code and its parent's, and all it says."""
        if isinstance(row, list):
            return number, "", "", canonical([[[each.column, each.value, each.reason, each.sentence] for each in row]])
        if not row.code:
            self._uncoded += 1
            self._first_uncoded = self._first_uncoded or number
        if row.parent:
            self._placed += 1
        elif row.code not in self._tree.by_code:
            self._loose += 1
            self._first_loose = self._first_loose or number
        told = (row.code, row.name, row.parent, row.kind, row.line, row.expected, row.participating)
        return number, row.code, row.parent, canonical(told)

    def _name_parents(self) -> None:
        """Find the rows that others name as their parent by name: where no code says it, in the file or in the tree."""
        codes, units = self._tree.by_code, self._tree.units
        wanted: dict[str, list[int]] = {}
        for place, above in self._rows.unmet():
            if above not in codes and above not in units:
                wanted.setdefault(name_key(above), []).append(place)
        if not wanted:
            return
        found: dict[str, int] = {}
        for place, told in self._rows.each():
            said = _decode(told)
            if len(said) > 1 and (key := name_key(said[1])) in wanted:
                found[key] = SEVERAL if key in found and not self._is_one(found[key], place) else place
        for key, meant in found.items():
            for place in wanted[key]:
                self._rows.put_below(place, meant)
                self._by_name[place] = self._rows.above(place) != NOBODY

    def _is_one(self, place: int, other: int) -> bool:
        """Whether two rows are about one unit: a code given twice."""
        return place >= 0 and self._rows.first(place) == self._rows.first(other)
