"""Which units are one with another today: whose people are its people."""

from __future__ import annotations

from campmgr.facts import world as worlds
from campmgr.store.door import Reader


def units_of_one(r: Reader, unit: str) -> list[str]:
    """A unit, and those that were merged into it: who is at home in any of them is at home in it."""
    known, found = worlds.load(r).tree.units, [unit]
    for each in found:
        below = (row[0] for row in r.all("select unit from units where parent = :unit order by unit", unit=each))
        found += [other for other in below if other in known and known[other].merged_into == each]
    return found
