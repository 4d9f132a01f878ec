"""How large a rectangle the values of an .xls span: its records carry row and column at a fixed place."""

from __future__ import annotations

from campmgr.files.xml_extent import Rectangle, RectangleTooLarge

_BEGIN_OF_SHEET = 0x0809
_PASSWORD = 0x002F
_MANY_NUMBERS = 0x00BD
_ONE_CELL = frozenset({0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})  # formula, texts, number, truth value, short number


def xls_cells(stream: bytes, limit: int) -> int | None:
    """The cells of the rectangles of all sheets together, or None where the workbook opens only with a password.

    `stream` is the Workbook stream. Raises RectangleTooLarge above `limit`, ValueError where it is cut short.
    """
    if len(stream) < 8 or int.from_bytes(stream[:2], "little") & 0xFF != 0x09:
        raise ValueError("not a workbook stream")
    sheets, at = [Rectangle(limit)], 0
    while at + 4 <= len(stream):
        kind, size = int.from_bytes(stream[at : at + 2], "little"), int.from_bytes(stream[at + 2 : at + 4], "little")
        if kind == _PASSWORD:
            return None
        if kind == _BEGIN_OF_SHEET:
            sheets.append(Rectangle(limit))
        elif kind in _ONE_CELL or kind == _MANY_NUMBERS:
            _add(sheets[-1], stream[at + 4 : at + 4 + size], several=kind == _MANY_NUMBERS)
        at += 4 + size
    total = sum(sheet.cells for sheet in sheets)
    if total > limit:
        raise RectangleTooLarge
    return total


def _add(sheet: Rectangle, record: bytes, *, several: bool) -> None:
    if len(record) < 6:
        raise ValueError("short record")
    row, column = int.from_bytes(record[:2], "little") + 1, int.from_bytes(record[2:4], "little") + 1
    sheet.add(row, column)
    if several:
        sheet.add(row, int.from_bytes(record[-2:], "little") + 1)
