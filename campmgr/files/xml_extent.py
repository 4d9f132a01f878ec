"""How large a rectangle the values of an .xlsx or .ods span, measured by streaming its XML, before anything is built."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from xml.parsers import expat

from campmgr.files.column_letters import number_of
from campmgr.files.xlsx_parts import followed_parts
from campmgr.files.xml_bound import quick_bound

_PIECE = 1 << 20
_LONGEST_TAG = 4 << 20
"""Bytes of one tag with the text behind it. Longer than any cell; millions of attributes in one tag would take minutes to read."""

MOST_TEXT = 500_000_000
"""Characters of all cells together, above what any file holds that somebody typed; one text may stand in many cells."""

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


class RectangleTooLarge(Exception):
    """The values span more cells than we are willing to build."""


class Rectangle:
    """The smallest rectangle around all values seen of one sheet, and a limit on its cells."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.top = self.left = 1 << 40
        self.bottom = self.right = 0

    @property
    def cells(self) -> int:
        """Rows × columns, 0 while nothing was seen."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1) if self.bottom else 0

    def add(self, row: int, column: int) -> None:
        """Take in the cell at row and column, from 1. Raises RectangleTooLarge."""
        if self.top <= row <= self.bottom and self.left <= column <= self.right:
            return
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.left, self.right = min(self.left, column), max(self.right, column)
        if self.cells > self.limit:
            raise RectangleTooLarge


class _XlsxSheet:
    """Follows rows and cells; a cell counts once a value, formula or inline text begins in it. Formatted empty cells do not."""

    def __init__(self, rectangle: Rectangle) -> None:
        self._rectangle = rectangle
        self._row = self._column = 0
        self._columns: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2] if ":" in name else name
        if local == "c":
            self._cell(attributes.get("r"))
        elif local in {"v", "f", "is"}:
            if self._column:
                self._rectangle.add(self._row, self._column)
        elif local == "row":
            self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif local == "sst" and int(attributes.get("uniqueCount", "0")) > self._rectangle.limit:
            raise RectangleTooLarge  # the reader sets memory aside for as many texts as are announced

    def _cell(self, reference: str | None) -> None:
        if reference is None:  # allowed by the format: the cell after the last one
            self._column += 1
            return
        match = _REFERENCE.fullmatch(reference)
        if not match:
            raise ValueError(reference)
        letters = match[1]
        if letters not in self._columns:
            self._columns[letters] = number_of(letters)
        self._column, self._row = self._columns[letters], int(match[2])


class _OdsTables:
    """Follows tables, rows and cells with their repetitions; a cell counts if it has a value type or a text paragraph."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.rectangles: list[Rectangle] = []
        self._text_left = MOST_TEXT
        self._row = self._rows = self._column = self._columns = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in {"table-cell", "covered-table-cell"}:
            self._column += self._columns
            self._columns = repeated(attributes, "number-columns-repeated")
            if any(key.endswith(":value-type") for key in attributes):
                self._fill()
        elif local == "table-row":
            self._row += self._rows
            self._rows = repeated(attributes, "number-rows-repeated")
            self._column = self._columns = 0
        elif local == "table":
            self.rectangles.append(Rectangle(self._limit))
            self._row = self._rows = 0
        elif local == "p" and self._columns:
            self._fill()
        elif local == "s":  # so many blanks
            self._take(repeated(attributes, "c"))

    def text(self, text: str) -> None:
        """Characters, as often as their cell is repeated. Raises RectangleTooLarge."""
        self._take(len(text))

    def _take(self, characters: int) -> None:
        self._text_left -= characters * max(1, self._rows) * max(1, self._columns)
        if self._text_left < 0:
            raise RectangleTooLarge

    def _fill(self) -> None:
        """The repeated block, by its two corners; from the first cell, since leading blanks may be built too."""
        if self.rectangles:
            self.rectangles[-1].add(1, 1)
            self.rectangles[-1].add(self._row + self._rows, self._column + self._columns)


def repeated(attributes: dict[str, str], local: str) -> int:
    """How often something stands, by an attribute of an .ods."""
    return max(1, next((int(value) for key, value in attributes.items() if key.rpartition(":")[2] == local), 1))


def xlsx_cells(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo], limit: int) -> int:
    """At least the cells of the rectangles of all sheets among the parts that are read (`xlsx_parts`).

    Raises RectangleTooLarge above `limit`; ValueError for bad XML.
    """
    followed = followed_parts(archive)
    bounds = [quick_bound(archive, member, limit) for member in members]
    total = sum(
        _exactly(archive, member, limit, followed) if bound is None else bound
        for member, bound in zip(members, bounds, strict=True)
    )
    if total > limit:  # much of it may be formatted and empty
        total = sum(_exactly(archive, member, limit, followed) for member in members)
    if total > limit:
        raise RectangleTooLarge
    return total


def _exactly(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int, followed: frozenset[str]) -> int:
    rectangle = Rectangle(limit)
    try:
        stream_xml(archive, member, _XlsxSheet(rectangle).start)
    except ValueError:
        if member.filename in followed:
            raise
    return rectangle.cells


def ods_cells(archive: zipfile.ZipFile, limit: int) -> int:
    """The cells of the rectangles of all tables together. Raises RectangleTooLarge above `limit`; ValueError for bad XML."""
    tables = _OdsTables(limit)
    stream_xml(archive, archive.getinfo("content.xml"), tables.start, None, tables.text)
    total = sum(rectangle.cells for rectangle in tables.rectangles)
    if total > limit:
        raise RectangleTooLarge
    return total


def stream_xml(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read the XML of a part in pieces and tell of its tags and characters. Raises ValueError for bad XML or an endless tag."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    begun = 0
    try:
        with archive.open(member) as file:
            while piece := file.read(_PIECE):
                _before, bracket, rest = piece.rpartition(b"<")
                begun = len(rest) if bracket else begun + len(piece)
                if begun > _LONGEST_TAG:
                    raise ValueError(member.filename)
                parser.Parse(piece, False)  # noqa: FBT003 expat takes it by position
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise ValueError(member.filename) from error


def _refuse_doctype(*_: object) -> None:
    raise ValueError("doctype")
