"""What an .ods says about its cells beside their values."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from campmgr.files.markings import LEAST_HEIGHT, MOST_COLUMNS, Markings
from campmgr.files.odd_cells import is_error_text
from campmgr.files.xml_extent import repeated, stream_xml

_HIDDEN = {"collapse", "filter"}
_MOST_REPEATED = 5_000
_NUMBER = re.compile(r"[-+¥￥$€\s]*+[0-9.,，\s]*+")
_LEADING_ZERO = re.compile(r"0[0-9]")
_LONGEST_FORMULA = 40
_HEIGHT = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)(in|cm|mm|pt)")
_POINTS = {"in": 72.0, "cm": 28.35, "mm": 2.835}


def ods_markings(path: Path) -> dict[str, Markings]:
    """Sheet name -> what it says. Raises ValueError where a part is damaged."""
    with zipfile.ZipFile(path) as archive:
        tables = _Tables()
        stream_xml(archive, archive.getinfo("content.xml"), tables.start, tables.end, tables.text)
        return tables.found


class _Tables:
    """Follows tables, columns, rows and cells with their repetitions; what stands in a comment is no cell's text."""

    def __init__(self) -> None:
        self.found: dict[str, Markings] = {}
        self._marks = Markings()
        self._row = self._rows = self._column = self._columns = self._described = 0
        self._cell: dict[str, str] | None = None
        self._words: list[str] = []
        self._link = ""
        self._aside = 0
        self._style = ""
        self._struck: set[str] = set()
        self._low: set[str] = set()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag begins."""
        local = name.rpartition(":")[2]
        if local in {"table-cell", "covered-table-cell"}:
            self._column += self._columns
            self._columns = repeated(attributes, "number-columns-repeated")
            self._cell = {key.rpartition(":")[2]: value for key, value in attributes.items() if key != "calcext:value-type"}
            self._cell["error"] = attributes.get("calcext:value-type", "")
            self._words, self._link = [], ""
        elif local == "table-row":
            self._row += self._rows
            self._rows = repeated(attributes, "number-rows-repeated")
            self._column = self._columns = 0
            self._hide_rows(attributes)
        elif local == "table-column":
            count = repeated(attributes, "number-columns-repeated")
            if _is_hidden(attributes):
                self._marks.hidden_columns.update(range(self._described, min(self._described + count, MOST_COLUMNS)))
            self._described += count
        elif local == "table":
            self._marks = self.found.setdefault(_attribute(attributes, "name"), Markings())
            self._row = self._rows = self._described = 0
        elif local == "annotation":
            self._aside += 1
        elif local == "a" and self._cell is not None:
            self._link = _attribute(attributes, "href")
        else:
            self._styled(local, attributes)

    def _hide_rows(self, attributes: dict[str, str]) -> None:
        is_low = _attribute(attributes, "style-name") in self._low
        if (is_low or _is_hidden(attributes)) and self._rows <= _MOST_REPEATED:
            self._marks.hidden_rows.update(range(self._row + 1, self._row + self._rows + 1))

    def _styled(self, local: str, attributes: dict[str, str]) -> None:
        """Styles stand above the tables, and their properties within them."""
        if local == "style":
            self._style = _attribute(attributes, "name")
        elif local == "text-properties":
            lines = (_attribute(attributes, f"text-line-through-{each}") for each in ("style", "type"))
            if any(line not in {"", "none"} for line in lines):
                self._struck.add(self._style)
        elif local == "table-row-properties":
            height = _HEIGHT.match(_attribute(attributes, "row-height"))
            if height and float(height[1]) * _POINTS.get(height[2], 1) < LEAST_HEIGHT:
                self._low.add(self._style)

    def text(self, text: str) -> None:
        """Characters, of a cell or not."""
        if self._cell is not None and not self._aside:
            self._words.append(text)

    def end(self, name: str) -> None:
        """A tag ends."""
        local = name.rpartition(":")[2]
        if local == "annotation":
            self._aside -= 1
        elif local in {"table-cell", "covered-table-cell"} and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None

    def _end_cell(self, cell: dict[str, str]) -> None:
        marks, shown = self._marks, "".join(self._words).strip()
        rows, columns = int(cell.get("number-rows-spanned", "1")), int(cell.get("number-columns-spanned", "1"))
        if rows > 1 or columns > 1:
            marks.merges.append((self._row + 1, self._column, self._row + rows, self._column + columns - 1))
        formula, kind = cell.get("formula"), cell.get("value-type", "")
        if cell["error"] == "error" or (formula and is_error_text(shown)):
            self._everywhere(marks.broken, shown or "#N/A")
        elif formula and (not kind or (kind != "string" and not _has_value(cell))) and not shown:
            self._everywhere(marks.broken, ("=" + formula.partition("=")[2])[:_LONGEST_FORMULA])
        elif kind in {"float", "currency", "percentage"} and _says_more(shown):
            self._everywhere(marks.shown, shown)
        elif self._link:
            self._everywhere(marks.links, self._link)
        if cell.get("style-name", "") in self._struck and shown:
            for row, column in self._places():
                marks.strike(row, column)

    def _everywhere(self, what: dict[int, dict[int, str]], said: str) -> None:
        """A repeated cell stands in several places."""
        for row, column in self._places():
            self._marks.put(what, row, column, said)

    def _places(self) -> Iterator[tuple[int, int]]:
        if self._rows * self._columns <= _MOST_REPEATED:
            for row in range(self._row + 1, self._row + self._rows + 1):
                for column in range(self._column, self._column + self._columns):
                    yield row, column


def _has_value(cell: dict[str, str]) -> bool:
    return any(key in cell for key in ("value", "date-value", "time-value", "boolean-value"))


def _says_more(shown: str) -> bool:
    """Whether the text of a number says more than its digits: zeros before it, or words around it."""
    return bool(_LEADING_ZERO.match(shown)) or not _NUMBER.fullmatch(shown)


def _is_hidden(attributes: dict[str, str]) -> bool:
    return _attribute(attributes, "visibility") in _HIDDEN


def _attribute(attributes: dict[str, str], local: str) -> str:
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == local), "")
