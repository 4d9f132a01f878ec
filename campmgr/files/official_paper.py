"""What stands on an official table, whatever it is written as: a workbook (`official_book`) or a PDF (`official_sheet`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Value: TypeAlias = str | int
"""A cell: whole numbers stay numbers, codes and telephones come as text."""

Sort = Literal["number", "name", "text", "code", "sign"]
"""How a column looks: figures to the right, names and codes centred, texts to the left, room to sign."""


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column: its heading, its sort, and how wide it is beside the others (in Chinese characters)."""

    heading: str
    sort: Sort
    width: int


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand together; `closing` is the line below them ("" for none), after which a new page begins."""

    rows: tuple[tuple[Value, ...], ...]
    closing: str = ""


@dataclass(frozen=True, slots=True)
class PaperPart:
    """One table with its own heading: a sheet of the workbook, pages of the PDF. `above` and `below` are lines of text."""

    tab: str
    title: str
    columns: tuple[PaperColumn, ...]
    groups: tuple[Group, ...]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything a file says; `footer` stands at the foot of every page beside its number."""

    parts: tuple[PaperPart, ...]
    footer: str
