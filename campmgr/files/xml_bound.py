"""A quick upper bound of the rectangles in an .xlsx: by pattern, for files as spreadsheet programs write them.

Reading every tag takes ten times as long. A pattern cannot see what is spelled in an unusual way, so whatever looks unusual is
left to the exact reading of `xml_extent`, and so is a bound above the limit: many cells may be formatted and empty.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from operator import itemgetter

from campmgr.files.column_letters import number_of

_PIECE = 1 << 20
_LONGEST_TEXT = 4 << 20
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_UNUSUAL_CELL = re.compile(rb'<c(?! r="[A-Z]{1,3}[0-9]{1,7}")[\s/>]')
_ANNOUNCED = re.compile(rb'uniqueCount="([0-9]{1,9})"')
_WITH_PREFIX = re.compile(rb":c[\s/>]")
_ENCODING = re.compile(rb"""encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)


class _DoubtfulError(Exception):
    """Something unusual was met."""


def quick_bound(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> int | None:
    """Rows × columns of a rectangle that holds every cell of a sheet, 0 for a list of shared texts; None in any doubt."""
    letters: set[bytes] = set()
    rows: set[bytes] = set()
    texts = False
    last = b""
    try:
        for piece in _pieces(archive, member):
            _check(piece, limit)
            found = _CELL.findall(piece)
            letters.update(map(itemgetter(0), found))
            rows.update(map(itemgetter(1), found))
            texts = texts or b"uniqueCount" in piece
            last = piece
    except _DoubtfulError:
        return None
    if not last.rstrip().endswith(b">") or not (rows or texts):
        return None
    return _span(map(int, rows)) * _span(map(number_of, map(bytes.decode, letters))) if rows else 0


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes in pieces that end before a tag begins."""
    rest = b""
    with archive.open(member) as file:
        while read := file.read(_PIECE):
            whole, bracket, begun = (rest + read).rpartition(b"<")
            if len(begun) > _LONGEST_TEXT:
                raise _DoubtfulError
            if whole:
                yield whole
            rest = bracket + begun
    yield rest


def _check(piece: bytes, limit: int) -> None:
    """Other encodings, declarations, comments, cells without or with an odd reference, prefixed names, too many texts announced."""
    announced = _ANNOUNCED.findall(piece)
    if (
        b"\0" in piece
        or b"<!" in piece
        or _UNUSUAL_CELL.search(piece) is not None
        or _WITH_PREFIX.search(piece) is not None
        or (b"encoding" in piece and _ENCODING.search(piece) is not None)
        or len(announced) != piece.count(b"uniqueCount")
        or any(int(count) > limit for count in announced)
    ):
        raise _DoubtfulError


def _span(numbers: Iterator[int]) -> int:
    known = list(numbers)
    return max(known) - min(known) + 1
