"""What somebody decides about a row of a list whose 编号 is somebody else's: the same person, or another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from campmgr.areas.people.actions.people import Registration, details_draft, register_drafts
from campmgr.areas.people.local import TakenNumber, found_to_be, taken_numbers
from campmgr.areas.people.queries.finding import numbered_in, people_by_id
from campmgr.facts.review import Settling
from campmgr.facts.saying import say
from campmgr.facts.secret import unit_key
from campmgr.facts.world import World
from campmgr.ids import person_id
from campmgr.ledger.envelope import Draft
from campmgr.store.door import Reader
from campmgr.wording import name_key


def decide_taken_numbers(settling: Settling) -> None:
    """Rows mean who bears their numbers ("same": name and class become the list's), or others ("another": they are registered).

    Raises NotAllowed where this file may not speak of the unit's people.
    """
    w, said = settling.w, taken_numbers(settling.w, [row.told for row in settling.rows])
    bearers = people_by_id(w, [one.bearer for one in said.values()])
    drafts: list[Draft] = []
    given: set[tuple[str, str]] = set()
    for one in said.values():
        if settling.answer.name == "another":
            drafts += _another(settling, one, given)
        elif person := bearers.get(one.bearer):
            told = Registration(person.home, person.name, person.number, person.class_name, person.phone, person.kind,
                                person.guardian)  # fmt: skip
            wanted = replace(told, name=one.name, class_name=one.class_name or told.class_name, phone=one.phone or told.phone,
                             guardian=bool(one.guardian) or told.guardian)  # fmt: skip
            drafts.append(details_draft(person.home, person.person, wanted, told, settling.batch, settling.actor))
    say(w, drafts)


def _another(settling: Settling, said: TakenNumber, given: set[tuple[str, str]]) -> list[Draft]:
    """What registers the row's person under a number that is free, or theirs already."""
    w, world = settling.w, settling.world
    for number in _numbers(said):
        bearers = numbered_in(w, world, said.unit, number)
        theirs = next((each for each in bearers if name_key(each.name) == name_key(said.name)), None)
        if theirs:
            found_to_be(w, said.conflict, theirs.person)
            return []
        if not bearers and (said.unit, number) not in given:
            break
    given.add((said.unit, number))
    person = _person(w, world, said, number)
    found_to_be(w, said.conflict, person)
    who = Registration(said.unit, said.name, number, said.class_name, said.phone, said.kind, bool(said.guardian))
    return register_drafts(person, who, settling.batch, settling.actor, activity=world.activity)


def _numbers(said: TakenNumber) -> Iterator[str]:
    """Numbers that tell a row's person from others, the likeliest first: with the class before it, as people are told to do."""
    number = f"{said.class_name}-{said.number}".replace(" ", "") if said.class_name else said.number
    if said.class_name:
        yield number
    for more in count(2):
        yield f"{number}-{more}"


def _person(r: Reader, world: World, said: TakenNumber, number: str) -> str:
    return person_id(said.unit, unit_key(r, world, said.unit), number, said.name)
