"""What an area brings: one value in its `area.py`, named once in `areas/register.py`, and everything else follows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """One area. `name` is its folder, `title` what people call it, `uses` the areas it may import: they stand before it."""

    name: str
    title: str
    uses: tuple[str, ...] = ()
