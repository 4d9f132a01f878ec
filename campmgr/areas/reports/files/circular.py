"""A circular on paper: the text on the first page, a table on each that follows; the same as a workbook."""

from __future__ import annotations

from campmgr.areas.reports.files.grid import printed, width
from campmgr.areas.reports.rules.circular import CircularContent, CircularTable
from campmgr.files.official_paper import Group, Paper, PaperColumn, PaperPart


def circular_paper(content: CircularContent, footer: str) -> Paper:
    """The tables, the text above the first, definitions below each. `footer`: number and code, or that it is a draft."""
    return Paper(tuple(_part(content, table, at) for at, table in enumerate(content.tables)), footer)


def _part(content: CircularContent, table: CircularTable, at: int) -> PaperPart:
    columns = tuple(
        PaperColumn(
            heading, "text" if place < table.texts else "number", width(heading, [printed(row[place]) for row in table.rows])
        )
        for place, heading in enumerate(table.headings)
    )
    above = (*(content.text if at == 0 else ()), f"截至 {content.as_of}；数据状态 {content.heads[:16]}")
    title = content.title if at == 0 else table.title
    return PaperPart(table.title, title, columns, (Group(table.rows),), above, content.definitions, wide=len(columns) > 7)
