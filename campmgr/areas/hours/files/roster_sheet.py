"""A roster on paper as PDF: A4 upright, numbered rows to sign in, totals at the foot of each sheet, a code to type it in by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from campmgr.areas.hours.queries.paper import ROWS_A_SHEET, PaperRow, Roster
from campmgr.files.pdf_runs import joined_pdf
from campmgr.files.press import Press
from campmgr.files.qr import qr_svg

_SHEET = Path(__file__).with_name("roster.typ")

RUN = 20
"""Sheets set at a time: the setter remembers its last runs, and of hundreds at once that takes much memory."""


@dataclass(frozen=True, slots=True)
class RosterFrame:
    """What all sheets of a roster have in common; `what` and `day` are "" where somebody writes them in by hand."""

    camp: str
    unit: str
    class_name: str
    what: str
    day: str
    minutes: bool
    code: str
    sheets: int


@dataclass(frozen=True, slots=True)
class PrintedRoster:
    """A roster with its frame and all its rows."""

    frame: RosterFrame
    roster: Roster
    rows: Sequence[PaperRow]


def roster_frame(camp: str, unit: str, what: str, roster: Roster) -> RosterFrame:
    """The frame of a roster; `what` in words."""
    of_class = roster.class_words if roster.class_name else ""
    return RosterFrame(camp, unit, of_class, what, roster.day, roster.with_minutes, roster.shown, roster.sheets)


def roster_pdf(press: Press, printed: Iterable[PrintedRoster]) -> bytes:
    """All sheets of these rosters as one PDF, the same bytes for the same content."""
    return joined_pdf(run for each in printed for run in _runs(press, asdict(each.frame), each.roster, each.rows))


def _runs(press: Press, frame: dict[str, object], roster: Roster, rows: Sequence[PaperRow]) -> Iterator[bytes]:
    for start in range(0, roster.sheets, RUN):
        pages = [_page(roster, number, rows) for number in range(start + 1, min(start + RUN, roster.sheets) + 1)]
        yield press.sheet(_SHEET, {"frame": frame, "pages": pages})


def _page(roster: Roster, number: int, rows: Sequence[PaperRow]) -> dict[str, object]:
    """One sheet; its QR code is what the type-in page looks for: roster and sheet, nothing about people."""
    here = rows[(number - 1) * ROWS_A_SHEET : number * ROWS_A_SHEET]
    return {
        "number": number,
        "qr": qr_svg(f"{roster.roster}-{number}"),
        "rows": [[str(row.number), row.name, row.class_name, row.code_end] for row in here],
    }
