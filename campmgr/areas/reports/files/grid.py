"""A report as one table with what is said above and below it: page, workbook and PDF are drawn from it, and so tell the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from campmgr.files.official_paper import Group, Paper, PaperColumn, PaperPart
from campmgr.files.official_sheet import paper_pdf
from campmgr.files.press import Press
from campmgr.files.report_table import Hours, Rate, Value, write_report
from campmgr.ids import canonical, sha256
from campmgr.wording import permille, text_width

_WIDEST = 24


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its title, lines of text above and below it, headings, rows, closing rows (sums). `texts`: how many columns from
    the left hold words, the others hold numbers.
    """

    title: str
    notes: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    closing: tuple[tuple[Value, ...], ...] = ()
    definitions: tuple[str, ...] = ()
    texts: int = 2

    @property
    def code(self) -> str:
        """What its rows are, as one short word: another where any number, name or order is another."""
        rows = [list(map(str, row)) for row in (self.headings, *self.rows, *self.closing)]
        return sha256(canonical(rows))[:16]

    def write(self, path: Path) -> None:
        """As a workbook. Raises Trouble where the file cannot be written."""
        write_report(path, self.title, self.headings, (*self.rows, *self.closing), notes=(*self.notes, *self.definitions))

    def pdf(self, press: Press) -> bytes:
        """As pages to print, set by this press."""
        rows = tuple(tuple(map(printed, row)) for row in (*self.rows, *self.closing))
        columns = tuple(
            PaperColumn(heading, "text" if at < self.texts else "number", width(heading, [row[at] for row in rows]))
            for at, heading in enumerate(self.headings)
        )
        part = PaperPart("报表", self.title, columns, (Group(rows),), self.notes, self.definitions, wide=len(columns) > 7)
        return paper_pdf(press, Paper((part,), self.title))


def printed(value: Value) -> str:
    """A cell as it is read: numbers in thousands, a dash for what is not known."""
    return "—" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def width(heading: str, values: list[str]) -> int:
    """How wide a column is on paper, in Chinese characters."""
    widest = max([text_width(heading), *map(text_width, values)])
    return min(_WIDEST, max(4, -(-widest // 2)))


def rate(part: int, whole: int | None) -> Rate | None:
    """A rate; None where nobody says of how many (never a rate without its denominator)."""
    found = permille(part, whole)
    return None if found is None else Rate(found)


def hours(hundredths: int) -> Hours:
    """Class-hours in a cell."""
    return Hours(hundredths)
