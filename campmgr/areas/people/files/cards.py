"""Cards as PDF, each with name, class, unit and the QR code that a station scans: ten to wear on a sheet of A4, or 24 passes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from campmgr.areas.people.queries.roster import RosterRow
from campmgr.files.pdf_runs import joined_pdf
from campmgr.files.press import Press
from campmgr.files.qr import qr_svg_in_bulk

_SHEET = Path(__file__).with_name("cards.typ")

CardSize = Literal["wear", "pass"]
"""To wear: 90 by 54 mm, as card holders are, ten a sheet. A pass: 3 by 8 a sheet, with marks to cut along."""

_RUN = 240
"""Cards set at a time: the setter remembers its last runs."""


def cards_pdf(press: Press, camp: str, rows: Sequence[RosterRow], size: CardSize = "wear") -> bytes:
    """The cards of these people, the same bytes for the same content; texts go in as data, so that nothing in a name is markup."""
    return joined_pdf(_runs(press, camp, rows, size))


def _runs(press: Press, camp: str, rows: Sequence[RosterRow], size: CardSize) -> Iterator[bytes]:
    for start in range(0, len(rows), _RUN):
        yield press.sheet(_SHEET, {"camp": camp, "size": size, "cards": [_card(row) for row in rows[start : start + _RUN]]})


def _card(row: RosterRow) -> dict[str, str]:
    return {
        "name": row.name,
        "of_class": row.class_name,
        "unit": row.unit_name,
        "code": " ".join(row.code[at : at + 4] for at in range(0, len(row.code), 4)),
        "qr": qr_svg_in_bulk(row.code),
    }
