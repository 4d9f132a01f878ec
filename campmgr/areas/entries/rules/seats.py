"""What may be said of a work from which seat: by the unit that hands it in, by an office above that passes it on, by the host.

All of them write where the work's unit stands, so a right to write there is not enough: a unit would shortlist itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OWN, ABOVE, HOST = 1, 2, 3
"""Who speaks, the higher the more: what a higher seat has said stands against what a lower one says."""

_NEEDED = {"entry_told_apart": ABOVE, "entry_revoked": HOST, "entry_reinstated": HOST, "handin_late_taken": HOST}

OF_EVERY_SEAT = ("退回", "报送")
"""Stages that whoever collects works says: a unit of its own, an office above of those it passes on or sends back."""


def seat_needed(kind: str, body: Mapping[str, Any]) -> int:
    """The least seat from which a word counts; 0 for what needs no more than the right to write there."""
    if kind == "entry_staged":
        return OWN if body["stage"] in OF_EVERY_SEAT else HOST
    return _NEEDED.get(kind, 0)
