"""Which characters our fonts can draw, read from their cmap tables: a missing one would be printed as a box, without a word."""

from __future__ import annotations

import struct
from bisect import bisect_right
from functools import cache
from pathlib import Path

_FULL = 12
"""The cmap format that also holds the characters beyond U+FFFF (OpenType, cmap: segmented coverage)."""

Runs = tuple[tuple[int, int], ...]
"""First and last code point of each run, in order."""


def font_folder() -> str:
    """Where the fonts lie that everything printed uses."""
    from pylopdf_fonts_zh_cn import serif_path  # -- slow import

    return str(Path(serif_path()).parent)


def missing_characters(text: str) -> tuple[str, ...]:
    """The characters of a text that neither font has, each once, in order."""
    fonts = [_runs(str(path)) for path in sorted(Path(font_folder()).glob("*.otf"))]
    return tuple(dict.fromkeys(each for each in text if not any(_holds(runs, ord(each)) for runs in fonts)))


def _holds(runs: Runs, point: int) -> bool:
    at = bisect_right(runs, (point, 0x110000)) - 1
    return at >= 0 and point <= runs[at][1]


@cache
def _runs(path: str) -> Runs:
    """What a font covers; raises ValueError for one without a full table."""
    with Path(path).open("rb") as file:
        (tables,) = struct.unpack(">4xH6x", file.read(12))
        found = {tag: (at, size) for tag, at, size in struct.iter_unpack(">4s4xII", file.read(16 * tables))}
        at, size = found[b"cmap"]
        file.seek(at)
        cmap = file.read(size)
    (count,) = struct.unpack_from(">2xH", cmap)
    for number in range(count):
        (start,) = struct.unpack_from(">4xI", cmap, 4 + 8 * number)
        if struct.unpack_from(">H", cmap, start)[0] == _FULL:
            (groups,) = struct.unpack_from(">12xI", cmap, start)
            body = cmap[start + 16 : start + 16 + 12 * groups]
            return tuple((first, last) for first, last, _glyph in struct.iter_unpack(">III", body))
    raise ValueError(f"no full character table in {path}")
