"""Which characters a font can draw, read from its cmap table: a missing one would be printed as a box, without a word."""

from __future__ import annotations

import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from pathlib import Path

_COLLECTION = b"ttcf"
_FULL, _BASIC = 12, 4
"""The cmap formats that also hold the characters beyond U+FFFF, and those up to it (OpenType, cmap)."""

Runs = tuple[tuple[int, int], ...]
"""First and last code point of each run, in order."""


def missing_characters(text: str, fonts: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """The characters of a text that none of the fonts has, each once, in order; a font is a path and its place in a collection.

    What draws nothing by itself (joiners, variation selectors) is in every font.
    """
    covered = [coverage(path, place) for path, place in fonts]
    wanted = (each for each in dict.fromkeys(text) if not _draws_nothing(each))
    return tuple(each for each in wanted if not any(_holds(runs, ord(each)) for runs in covered))


@lru_cache(maxsize=64)
def coverage(path: str, place: int = 0) -> Runs:
    """What a font covers; nothing where its table is damaged or of a form from before Unicode."""
    try:
        return _coverage(Path(path), place)
    except (OSError, struct.error, IndexError, KeyError):
        return ()


def _draws_nothing(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF


def _holds(runs: Runs, point: int) -> bool:
    at = bisect_right(runs, (point, 0x110000)) - 1
    return at >= 0 and point <= runs[at][1]


def _coverage(path: Path, place: int) -> Runs:
    with path.open("rb") as file:
        start = 0
        if file.read(4) == _COLLECTION:
            file.seek(12 + 4 * place)
            (start,) = struct.unpack(">I", file.read(4))
        file.seek(start)
        (tables,) = struct.unpack(">4xH6x", file.read(12))
        found = {tag: (at, size) for tag, at, size in struct.iter_unpack(">4s4xII", file.read(16 * tables))}
        at, size = found[b"cmap"]
        file.seek(at)
        cmap = file.read(size)
    (count,) = struct.unpack_from(">2xH", cmap)
    starts = [struct.unpack_from(">4xI", cmap, 4 + 8 * number)[0] for number in range(count)]
    by_format = {struct.unpack_from(">H", cmap, start)[0]: start for start in starts}
    if _FULL in by_format:
        return _full(cmap, by_format[_FULL])
    return _basic(cmap, by_format[_BASIC]) if _BASIC in by_format else ()


def _full(cmap: bytes, start: int) -> Runs:
    (groups,) = struct.unpack_from(">12xI", cmap, start)
    body = cmap[start + 16 : start + 16 + 12 * groups]
    return tuple((first, last) for first, last, _glyph in struct.iter_unpack(">III", body))


def _basic(cmap: bytes, start: int) -> Runs:
    """Segments of format 4; a segment may name characters without a glyph (0), so each is looked at."""
    (doubled,) = struct.unpack_from(">6xH", cmap, start)
    count, at = doubled // 2, start + 14
    ends = struct.unpack_from(f">{count}H", cmap, at)
    firsts = struct.unpack_from(f">{count}H", cmap, at + doubled + 2)
    deltas = struct.unpack_from(f">{count}H", cmap, at + 2 * doubled + 2)
    ranges = at + 3 * doubled + 2
    points = [
        point
        for number, (first, last, delta) in enumerate(zip(firsts, ends, deltas, strict=True))
        for point in range(first, min(last, 0xFFFE) + 1)
        if _glyph(cmap, ranges + 2 * number, point - first, point, delta)
    ]
    return tuple(_runs_of(points))


def _glyph(cmap: bytes, place: int, step: int, point: int, delta: int) -> int:
    (offset,) = struct.unpack_from(">H", cmap, place)
    if not offset:
        return (point + delta) & 0xFFFF
    (glyph,) = struct.unpack_from(">H", cmap, place + offset + 2 * step)
    return int(glyph)


def _runs_of(points: Iterable[int]) -> Iterable[tuple[int, int]]:
    for _, run in groupby(enumerate(sorted(points)), key=lambda each: each[1] - each[0]):
        some = [point for _, point in run]
        yield some[0], some[-1]
