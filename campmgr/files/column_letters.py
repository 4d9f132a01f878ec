"""Columns of a sheet by their letters, and how wide they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet
    from openpyxl.worksheet.worksheet import Worksheet


def number_of(letters: str) -> int:
    """A column's number from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def letters_of(number: int) -> str:
    """A column's letters by its number from 1, as spreadsheet programs show them."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def set_widths(sheet: Worksheet | WriteOnlyWorksheet, widths: Iterable[int]) -> None:
    """How wide the columns of a sheet are, from the first on, in half-width characters."""
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[letters_of(number)].width = width
