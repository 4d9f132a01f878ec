"""Places by totals, what a place is given, and what stays of a bonus."""

from __future__ import annotations

from collections.abc import Sequence

GROUNDS = ("弄虚作假", "处置不力")
"""Why a bonus is cancelled: 弄虚作假造成严重负面影响, 重大负面舆论处置不力."""


def places(totals: Sequence[int]) -> list[int]:
    """The place of each total, in the order given: 71 60 60 55 are 1 2 2 4."""
    ordered = sorted(totals, reverse=True)
    return [ordered.index(each) + 1 for each in totals]


def grade(place: int, table: Sequence[str]) -> int | None:
    """What a place is given by a table of lines "1=10" or "2-4=8"; those who share a place share it. None where none is set."""
    for line in table:
        span, _, given = line.partition("=")
        first, _, last = span.partition("-")
        if int(first) <= place <= int(last or first):
            return int(given)
    return None


def bonus(tenths: int, ground: str) -> int:
    """What a bonus comes to, in tenths: nothing once it was cancelled; points and place stay as they are."""
    return 0 if ground else tenths
