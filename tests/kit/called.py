"""How tests name what is inside: units by the codes people use, where the program wants ids."""

from __future__ import annotations

from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.facts.world import World
from campmgr.store.door import Reader, Store


def unit_called(where: World | Reader | Store, code: str) -> str:
    """The id of the unit of a code."""
    if isinstance(where, Store):
        with where.reading() as r:
            return unit_called(r, code)
    return find_unit(worlds.load(where) if isinstance(where, Reader) else where, code).unit
