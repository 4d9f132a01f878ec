"""Where this file can speak of a person."""

from __future__ import annotations

import json

from campmgr.facts.placements import units_of
from campmgr.facts.saying import may_write
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER


def unit_to_speak_in(r: Reader, world: World, person: str, home: str) -> str:
    """The unit in whose scope this file can speak of a person: their home, else where they are a member or were at home.

    From there a node above carries it home. The home itself where nothing is allowed, for the refusal to name it.
    """
    writer = r.meta(WRITER)
    if home and may_write(world, writer, home):
        return home
    known = json.loads(r.value("select placements from people where person = :person", person=person) or "[]")
    units = [unit for _, placement in reversed(known) for unit in units_of(placement)]
    return next((unit for unit in units if may_write(world, writer, unit)), home)
