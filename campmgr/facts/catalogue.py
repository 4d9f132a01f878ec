"""Everything that the areas bring, joined and checked once; every handle of a data file carries it.

It is handed to whoever opens a data file, never fetched from a global: a test may open one with an area more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from campmgr.facts.area import Area
from campmgr.store.door import Reader
from campmgr.store.plan import Schema


class Misbuilt(ValueError):
    """The areas do not fit together; the sentence says what and in which file."""


class Catalogue:
    """The areas in their order, and what they bring together. Raises Misbuilt where they do not fit together."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self.areas = tuple(areas)
        _check_uses(self.areas)
        self.schemas: tuple[Schema, ...] = ()
        self.forgets = tuple(area.forgets for area in areas if area.forgets)


def catalogue(r: Reader) -> Catalogue:
    """The catalogue of the data file in hand."""
    return cast("Catalogue", r.plan)


def place(area: Area, file: str = "area.py") -> str:
    """Where an area says something, for a sentence."""
    return f"campmgr/areas/{area.name}/{file}"


def _check_uses(areas: Sequence[Area]) -> None:
    before: set[str] = set()
    for area in areas:
        if area.name in before:
            raise Misbuilt(f"{place(area)}: the area {area.name!r} is named twice in areas/register.py")
        for used in area.uses:
            if used not in before:
                raise Misbuilt(f"{place(area)}: uses {used!r}, which does not stand before {area.name!r} in areas/register.py")
        before.add(area.name)
