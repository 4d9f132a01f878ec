"""An official table as PDF: the same paper as the workbook, for whoever has no spreadsheet program, and for the archive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from campmgr.files.official_paper import Group, Paper, PaperPart, places
from campmgr.files.press import Press

_SHEET = Path(__file__).with_name("official.typ")


def paper_pdf(press: Press, paper: Paper) -> bytes:
    """The PDF; the same content gives the same bytes."""
    return press.sheet(
        _SHEET, {"parts": [_told(part) for part in paper.parts], "footer": paper.footer, "watermark": paper.watermark}
    )


def _told(part: PaperPart) -> dict[str, object]:
    return {
        "title": part.title, "subtitle": part.subtitle, "wide": part.wide,
        "above": [places(line) for line in part.above], "below": [places(line) for line in part.below],
        "columns": [[each.sort, each.width] for each in part.columns],
        "heading_rows": part.heading_rows,
        "headings": [{"text": each.text, "rows": each.rows, "columns": each.columns, "spread": each.is_spread}
                     for each in part.heading_cells()],
        "groups": [{"rows": _cells(each), "closing": each.closing} for each in part.ruled],
    }  # fmt: skip


def _cells(group: Group) -> list[Sequence[str]]:
    return [[str(value) for value in row] for row in group.rows]
