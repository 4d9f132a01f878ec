"""A spreadsheet of certificates to revoke: their numbers, and the reason where the sheet has a column for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from campmgr.areas.certificates.actions.revoking_lists import WantedRow
from campmgr.errors import BadInput
from campmgr.files.read_table import Cell, open_table
from campmgr.wording import normal

NUMBERS = frozenset("证书编号 编号 证书号 number certificate".split())
REASONS = frozenset("原因 撤销原因 理由 说明 reason".split())
_HEADING_ROWS = 20


def wanted_rows(path: Path, *, max_bytes: int) -> list[WantedRow]:
    """Every row below the headings, by the sheet's own row numbers.

    Raises BadInput: `unreadable_file`, `empty_file`, `too_large`, `missing_column` without a column of numbers.
    """
    table = open_table(path, max_bytes=max_bytes)
    for number, cells in islice(table.rows(), _HEADING_ROWS):
        headings = [normal(str(cell)).strip().casefold() for cell in cells]
        at = next((place for place, words in enumerate(headings) if words in NUMBERS), None)
        if at is not None:
            why = next((place for place, words in enumerate(headings) if words in REASONS), None)
            return list(_rows(table.rows(), number, at, why))
    raise BadInput(
        "缺少“证书编号”这一列。", reason="missing_column", hint="第一行写表头：证书编号、原因（原因可以不写，另外统一填写）。"
    )


def _rows(rows: Iterator[tuple[int, list[Cell]]], heading: int, at: int, why: int | None) -> Iterator[WantedRow]:
    for number, cells in rows:
        if number > heading:
            yield WantedRow(number, _text(cells, at), _text(cells, why) if why is not None else "")


def _text(cells: list[Cell], place: int) -> str:
    text = normal(str(cells[place]), "NFC") if place < len(cells) else ""
    return "".join(each for each in text if each.isprintable()).strip()
