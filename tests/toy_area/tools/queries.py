"""What is lent where."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class Lent:
    """One line: which unit, by its code, has how many of which tool."""

    unit: str
    name: str
    count: int


def lent(r: Reader) -> tuple[Lent, ...]:
    """Everything that is lent, by unit and name."""
    rows = r.all("select u.code, t.name, t.count from tools t join units u on u.unit = t.unit order by u.place, t.name")
    return tuple(Lent(*row) for row in rows)
