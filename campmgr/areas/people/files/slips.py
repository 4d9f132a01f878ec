"""Codes of families as PDF, ten slips on a sheet of A4, to be cut and handed out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from campmgr.files.pdf_runs import joined_pdf
from campmgr.files.press import Press
from campmgr.files.qr import qr_svg_in_bulk

_SHEET = Path(__file__).with_name("slips.typ")
_RUN = 100
"""Slips set at a time: the setter remembers its last runs."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What a slip says: who gives it out, the code and the address it stands for, how many children, until when ("" for none)."""

    unit: str
    code: str
    address: str
    places: int
    ends_on: str


def slips_pdf(press: Press, camp: str, slips: Sequence[Slip]) -> bytes:
    """The slips, the same bytes for the same content."""
    return joined_pdf(_runs(press, camp, slips))


def _runs(press: Press, camp: str, slips: Sequence[Slip]) -> Iterator[bytes]:
    for start in range(0, len(slips), _RUN):
        told = [asdict(each) | {"qr": qr_svg_in_bulk(each.address)} for each in slips[start : start + _RUN]]
        yield press.sheet(_SHEET, {"camp": camp, "slips": told})
