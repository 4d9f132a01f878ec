"""What an .xls says about its cells beside their values: records of errors, formulas, formats, links and hidden rows."""

from __future__ import annotations

import struct

from campmgr.files.markings import LEAST_HEIGHT, Markings
from campmgr.files.number_formats import BUILT_IN, may_show_more
from campmgr.files.xls_extent import read_records

_BEGIN, _END, _SHEET, _XF, _FORMAT = 0x0809, 0x000A, 0x0085, 0x00E0, 0x041E
_FORMULA, _BOOL_OR_ERROR, _TEXT_RESULT = 0x0006, 0x0205, 0x0207
_NUMBER, _SHORT_NUMBER, _MANY_NUMBERS = 0x0203, 0x027E, 0x00BD
_ROW, _COLUMNS, _LINK, _CONTINUED = 0x0208, 0x007D, 0x01B8, 0x003C
_FONT, _STRUCK_OUT, _NO_FONT = 0x0031, 0x08, 4
"""Styles count the fonts without the fourth: there is none of that number."""
_TEXTS = {0x00FD, 0x0204, 0x00D6}
_WEB_ADDRESS = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BIFF8 = 0x0600
_EMPTY_TEXT = b"\x17\x00\x00"
"""In a formula, the text "": only a formula that has one can have the empty text as its result."""

_SPAN = 5_000
_MOST_COLUMNS = 256


def xls_markings(stream: bytes) -> list[Markings]:
    """What each sheet says, in the order of the book; `stream` is the Workbook stream. Raises ValueError where it is cut short."""
    book = _Book()
    try:
        for at, kind, record in read_records(stream):
            book.take(at, kind, record)
    except (struct.error, IndexError) as error:
        raise ValueError("short record") from error
    return [book.at.get(place, Markings()) for place in book.places]


class _Book:
    """Follows the records of a book. A chart within a sheet begins and ends too, and belongs to the sheet."""

    def __init__(self) -> None:
        self.at: dict[int, Markings] = {}
        self.places: list[int] = []
        self._marks = Markings()
        self._depth, self._wide = 0, True
        self._codes: dict[int, str] = dict(BUILT_IN)
        self._styles: list[int] = []
        self._style_fonts: list[int] = []
        self._fonts: list[bool] = []
        self._struck: frozenset[int] | None = None
        self._telling: dict[int, str] | None = None
        self._waiting: tuple[int, int] | None = None

    def take(self, at: int, kind: int, record: bytes) -> None:
        """Take in one record."""
        if self._waiting and kind != _CONTINUED:
            if kind != _TEXT_RESULT:  # a formula that says its result is a text, and no text comes
                self._marks.put(self._marks.broken, *self._waiting, "=公式")
            self._waiting = None
        if kind in {_NUMBER, _SHORT_NUMBER}:
            self._styled(record, struct.unpack_from("<H", record, 4)[0], 0)
        elif kind == _MANY_NUMBERS:
            for place in range((len(record) - 6) // 6):
                self._styled(record, struct.unpack_from("<H", record, 4 + 6 * place)[0], place)
        elif kind in _TEXTS:
            self._strike(record, struct.unpack_from("<H", record, 4)[0], 0)
        elif kind == _FORMULA:
            self._formula(record)
        elif kind == _BOOL_OR_ERROR and record[7]:
            row, column = struct.unpack_from("<HH", record)
            self._marks.put(self._marks.broken, row + 1, column, _ERRORS.get(record[6], "#N/A"))
        else:
            self._frame(at, kind, record)

    def _frame(self, at: int, kind: int, record: bytes) -> None:
        """Whatever is no cell."""
        if kind == _BEGIN:
            self._depth += 1
            if self._depth == 1:
                self._wide = struct.unpack_from("<H", record)[0] >= _BIFF8
                self._marks = self.at.setdefault(at, Markings())
        elif kind == _END:
            self._depth -= 1
        elif kind == _SHEET:
            self.places.append(struct.unpack_from("<I", record)[0])
        elif kind == _ROW and len(record) >= 14 and _hides_row(record):
            self._marks.hidden_rows.add(struct.unpack_from("<H", record)[0] + 1)
        elif kind == _COLUMNS and len(record) >= 10 and (record[8] & 1 or record[4:6] == b"\0\0"):
            first, last = struct.unpack_from("<HH", record)
            self._marks.hidden_columns.update(range(first, min(last + 1, _MOST_COLUMNS)))
        elif kind == _LINK:
            self._link(record)
        else:
            self._look(kind, record)

    def _look(self, kind: int, record: bytes) -> None:
        """How cells look: fonts, formats, and the styles made of them."""
        if kind == _XF:
            font, number = struct.unpack_from("<HH", record)
            self._styles.append(number)
            self._style_fonts.append(font)
        elif kind == _FONT:
            self._fonts.append(bool(record[2] & _STRUCK_OUT))
        elif kind == _FORMAT:
            self._format(record)

    def _formula(self, record: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", record)
        self._strike(record, style, 0)
        if record[12:14] != b"\xff\xff":
            self._format_of(record, style, 0)
        elif record[6] == 2:
            self._marks.put(self._marks.broken, row + 1, column, _ERRORS.get(record[8], "#N/A"))
        elif record[6] == 0:
            self._waiting = (row + 1, column)
        elif record[6] == 3 and _EMPTY_TEXT not in record[20:]:
            self._marks.put(self._marks.broken, row + 1, column, "=公式")

    def _styled(self, record: bytes, style: int, beside: int) -> None:
        self._strike(record, style, beside)
        self._format_of(record, style, beside)

    def _strike(self, record: bytes, style: int, beside: int) -> None:
        if self._struck is None:
            fonts = [*self._fonts[:_NO_FONT], False, *self._fonts[_NO_FONT:]]
            self._struck = frozenset(each for each, font in enumerate(self._style_fonts) if font < len(fonts) and fonts[font])
        if style in self._struck:
            row, column = struct.unpack_from("<HH", record)
            self._marks.strike(row + 1, column + beside)

    def _format_of(self, record: bytes, style: int, beside: int) -> None:
        if self._telling is None:
            told = {number: code for number, code in self._codes.items() if may_show_more(code)}
            self._telling = {place: told[number] for place, number in enumerate(self._styles) if number in told}
        if code := self._telling.get(style):
            row, column = struct.unpack_from("<HH", record)
            self._marks.put(self._marks.formats, row + 1, column + beside, code)

    def _format(self, record: bytes) -> None:
        number = struct.unpack_from("<H", record)[0]
        if self._wide:
            wide, text = record[4] & 1, record[5:]
            self._codes[number] = text.decode("utf-16-le" if wide else "latin-1", "replace")
        else:
            self._codes[number] = record[3:].decode("gb18030", "replace")

    def _link(self, record: bytes) -> None:
        top, bottom, left, right = struct.unpack_from("<HHHH", record)
        at = record.find(_WEB_ADDRESS)
        if at < 0 or (bottom - top + 1) * (right - left + 1) > _SPAN:
            return
        size = struct.unpack_from("<I", record, at + 16)[0]
        address = record[at + 20 : at + 20 + size].decode("utf-16-le", "replace").partition("\0")[0]
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                self._marks.put(self._marks.links, row + 1, column, address)


def _hides_row(record: bytes) -> bool:
    """Whether a row is hidden, or so low that nobody sees it."""
    height = struct.unpack_from("<H", record, 6)[0]
    return bool(struct.unpack_from("<H", record, 12)[0] & 0x20) or height < LEAST_HEIGHT * 20
