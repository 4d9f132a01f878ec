"""Where this file may speak of a person, and what other units should hear of their members."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from campmgr.areas.people.fold.identity import TELLING
from campmgr.areas.people.fold.people import PROGRESS_DUE
from campmgr.facts import world as worlds
from campmgr.facts.carrying import Due
from campmgr.facts.saying import may_write
from campmgr.facts.totals import read_placements, units_of
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft, subject, subject_key
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER


def unit_to_speak_in(r: Reader, world: World, person: str, home: str) -> str:
    """The unit in whose scope this file can speak of a person: their home, else where they are a member or were at home.

    From there a node above carries it home. The home itself where nothing is allowed, for the refusal to name it.
    """
    writer = r.meta(WRITER)
    if home and may_write(world, writer, home):
        return home
    known = read_placements(r.value("select placements from people where person = :person", person=person) or "[]")
    units = [unit for _, placement in reversed(known) for unit in units_of(placement)]
    return next((unit for unit in units if may_write(world, writer, unit)), home)


def progress_to_tell(r: Reader) -> list[Draft]:
    """What second units should hear of their members: the lowest node that holds both scopes tells it, so that one does."""
    due = r.all("select d.person, d.unit, d.progress, p.home from progress_due d join people p on p.person = d.person")
    world, writer = worlds.load(r), r.meta(WRITER)
    tells = {(home, unit): _is_lowest(world, writer, home, unit) for _, unit, _, home in due}
    return [_telling(unit, person, json.loads(progress)) for person, unit, progress, home in due if tells[home, unit]]


def _telling(unit: str, person: str, progress: dict[str, Any]) -> Draft:
    """Progress in a later camp names it; that in the first one is told as ever."""
    return Draft(unit, TELLING["activity" in progress], subject("person", person), progress)


def _is_lowest(world: World, writer: str, home: str, unit: str) -> bool:
    trust = world.trust
    if not trust.covers_people(writer, home):
        return False
    own = trust.node_of(writer)
    both = (node for node in trust.nodes() if node != own and trust.holds(node, home) and trust.holds(node, unit))
    return not any(own in trust.above(node) for node in both)


def merged_into(r: Reader, about: Collection[str]) -> Iterator[str]:
    """The subjects that are merged into these."""
    keys = {subject_key(each) for each in about}
    return (subject("person", person) for (person,) in r.among("select person from aliases where stands_for in (:keys)", keys))


DUE = Due(PROGRESS_DUE, drafts=progress_to_tell, also=merged_into)
