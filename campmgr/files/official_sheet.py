"""An official table as PDF: the same paper as the workbook, for whoever has no spreadsheet program, and for the archive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from campmgr.files.official_paper import Group, Paper, PaperPart, places
from campmgr.files.press import Press
from campmgr.ids import canonical

_PIECE = 6
_LONG_WORD = re.compile(rf"[!-~]{{{2 * _PIECE},}}")
_BREAK = "\u200b"
"""The setter breaks Chinese text anywhere and other words nowhere, so a long one would run over its neighbours."""

_SHEET = Path(__file__).with_name("official.typ")


def paper_pdf(paper: Paper) -> bytes:
    """The PDF; the same content gives the same bytes. A character our fonts lack stands as 〔its code point〕, never as a box."""
    press = Press()
    missing = press.missing("".join(_texts(paper)))
    parts = [_told(part, missing) for part in paper.parts]
    note = "字体中没有的字写作〔统一码编号〕：" + "、".join(map(_point, missing)) + "。" if missing else ""
    return press.pdf(_SHEET, canonical({"parts": parts, "footer": _spelt(paper.footer, missing), "note": note}))


def _texts(paper: Paper) -> Iterator[str]:
    yield paper.footer
    for part in paper.parts:
        yield from (part.title, part.subtitle, *(text for line in (*part.above, *part.below) for text in places(line)))
        yield from (cell.text for cell in part.heading_cells())
        for group in part.groups:
            yield group.closing
            yield from (value for row in group.rows for value in row if isinstance(value, str))


def _told(part: PaperPart, missing: Sequence[str]) -> dict[str, object]:
    def spelt(values: Sequence[str | int]) -> list[str]:
        return [_spelt(str(value), missing) for value in values]

    def cells(group: Group) -> list[list[str]]:
        return [[_breakable(value) for value in spelt(row)] for row in group.rows]

    return {
        "title": _spelt(part.title, missing), "subtitle": _spelt(part.subtitle, missing), "wide": part.wide,
        "above": [spelt(places(line)) for line in part.above], "below": [spelt(places(line)) for line in part.below],
        "columns": [[each.sort, each.width] for each in part.columns],
        "heading_rows": part.heading_rows,
        "headings": [{"text": _spelt(each.text, missing), "rows": each.rows, "columns": each.columns, "spread": each.is_spread}
                     for each in part.heading_cells()],
        "groups": [{"rows": cells(each), "closing": _spelt(each.closing, missing)} for each in part.ruled],
    }  # fmt: skip


def _breakable(text: str) -> str:
    """A cell's text with places to break in words too long for a narrow column, such as an address or a name of stars."""
    return _LONG_WORD.sub(lambda found: _BREAK.join(found[0][at : at + _PIECE] for at in range(0, len(found[0]), _PIECE)), text)


def _spelt(text: str, missing: Sequence[str]) -> str:
    for each in missing:
        text = text.replace(each, f"〔{_point(each)}〕")
    return text


def _point(character: str) -> str:
    return f"U+{ord(character):04X}"
