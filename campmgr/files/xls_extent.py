"""How large a rectangle the values of an .xls span: its records carry row and column at a fixed place."""

from __future__ import annotations

from collections.abc import Iterator

from campmgr.files.xml_extent import Rectangle, RectangleTooLarge

_BEGIN, _END, _PASSWORD, _SHEET, _DIMENSIONS, _MANY_NUMBERS = 0x0809, 0x000A, 0x002F, 0x0085, 0x0200, 0x00BD
_ONE_CELL = frozenset({0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})  # formula, texts, number, truth value, short number
_LARGEST_CLAIM = 65_536 * 64
"""A sheet's claimed extent includes formatted cells, so it may exceed the limit; but the reader sets memory aside for it."""


def xls_cells(stream: bytes, limit: int) -> int | None:
    """The cells of the rectangles of all sheets together, or None where the workbook opens only with a password.

    `stream` is the Workbook stream. Raises RectangleTooLarge above `limit`, ValueError where it is cut short or points astray.
    """
    sheets = _Sheets(limit)
    for at, kind, record in read_records(stream):
        if kind == _PASSWORD:
            return None
        sheets.take(at, kind, record)
    if not sheets.begins or sheets.pointers - sheets.begins:
        raise ValueError("no sheet where one is announced")
    total = sum(rectangle.cells for rectangle in sheets.rectangles)
    if total > limit:
        raise RectangleTooLarge
    return total


class _Sheets:
    """Follows the records. A chart inside a sheet begins and ends too, and belongs to the sheet."""

    def __init__(self, limit: int) -> None:
        self._limit, self._depth = limit, 0
        self.rectangles = [Rectangle(limit)]
        self.begins: set[int] = set()
        self.pointers: set[int] = set()

    def take(self, at: int, kind: int, record: bytes) -> None:
        if kind in _ONE_CELL or kind == _MANY_NUMBERS:
            _add(self.rectangles[-1], record, several=kind == _MANY_NUMBERS)
        elif kind == _BEGIN:
            self.begins.add(at)
            self._depth += 1
            if self._depth == 1:
                self.rectangles.append(Rectangle(self._limit))
        elif kind == _END:
            self._depth -= 1
        elif kind == _SHEET:
            self.pointers.add(_number(record, 0, 4))
        elif kind == _DIMENSIONS:
            _check_claim(record)


def read_records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(place in the stream, kind, content) of each record."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = _number(stream, at, 2), _number(stream, at + 2, 2)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _number(raw: bytes, at: int, size: int) -> int:
    return int.from_bytes(raw[at : at + size], "little")


def _check_claim(record: bytes) -> None:
    """First row, one past the last, first column, one past the last: of four bytes or, in old files, two per row."""
    if len(record) not in {10, 14}:
        raise ValueError("dimensions")
    wide = 4 if len(record) == 14 else 2
    top, bottom = _number(record, 0, wide), _number(record, wide, wide)
    left, right = _number(record, 2 * wide, 2), _number(record, 2 * wide + 2, 2)
    if bottom and right and (top >= bottom or bottom > 65_536 or right > 16_384):
        raise ValueError("dimensions")
    if (bottom - top) * (right - (left if left <= min(right, 255) else 0)) > _LARGEST_CLAIM:
        raise RectangleTooLarge


def _add(sheet: Rectangle, record: bytes, *, several: bool) -> None:
    if len(record) < 6:
        raise ValueError("short record")
    row, column = _number(record, 0, 2) + 1, _number(record, 2, 2) + 1
    sheet.add(row, column)
    if several:
        sheet.add(row, _number(record, len(record) - 2, 2) + 1)
