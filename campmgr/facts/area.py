"""What an area brings: one value in its `area.py`, named once in `areas/register.py`, and everything else follows.

What takes long to import is named by text, "module:NAME", and loaded when it is first needed: `--help` needs none of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from campmgr.ledger.kinds import Kind
from campmgr.store.door import Writer
from campmgr.store.schemas import Schema


@dataclass(frozen=True, slots=True)
class Area:
    """One area. `name` is its folder, `title` what people call it, `uses` the areas it may import: they stand before it.

    `forgets` drops the rows of this data file alone that hold a name, when its bearer's details are erased.
    """

    name: str
    title: str
    uses: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    forgets: Callable[[Writer, str], None] | None = None
    schemas: tuple[Schema, ...] = ()
    """Its tables: `Schema("<name> 1", __package__)` for the schema.sql beside its area.py, then those of later versions."""
    folds: str = ""
    """Where its folds, and its parts of other areas' folds, are named: a tuple of `Fold` and `Part`."""
    world: str = ""
    """Where its parts of the world are named: a tuple of `WorldPart`."""
    settings: str = ""
    """Where it declares what it lets a camp decide: a tuple of `Section`."""
