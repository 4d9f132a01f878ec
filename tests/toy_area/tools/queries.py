"""What is lent where."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class Lent:
    """One line: which unit has how many of which tool."""

    unit: str
    name: str
    count: int


def lent(r: Reader) -> tuple[Lent, ...]:
    """Everything that is lent, by unit and name."""
    return tuple(Lent(*row) for row in r.all("select unit, name, count from tools order by unit, name"))
