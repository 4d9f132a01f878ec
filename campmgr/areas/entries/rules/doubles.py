"""How an answer to a double names the unit that hands the work in."""

from __future__ import annotations

from collections.abc import Sequence

FIRST = "first"
"""Of one unit's works the one that was listed first stays."""

KEEP = "keep"
"""With the place of the unit among those that meet: `keep0` is the first."""


def kept_unit(answer: str, works: Sequence[tuple[str, str]]) -> str | None:
    """The unit that an answer names among (unit, work); None for an answer that names none."""
    units = list(dict.fromkeys(unit for unit, _ in works))
    return units[int(answer.removeprefix(KEEP))] if answer.startswith(KEEP) else None
