"""People of an earlier camp are carried over into the one that is going on, by choice: by classes, renamed on the way, or singly.

The way of the data: the page (or command) names classes and people -> `carried_lines` tells whom that means -> `carry_over` says
for each that they have joined, and their new class, as one batch -> the fold of people counts them from then on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from campmgr.areas.people.actions.people import details_draft, joined_draft, registered
from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.areas.people.queries.speaking import unit_to_speak_in
from campmgr.areas.people.queries.taking_part import left_of_class
from campmgr.class_order import class_key
from campmgr.errors import Refused
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft
from campmgr.store.door import Reader, Writer


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """A class ("" for those who have none) to be carried over, and what it is called from now on."""

    name: str
    to: str


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """Whom a choice means: the class as it was, what it becomes ("" leaves each as they are), and its people."""

    name: str
    to: str
    people: tuple[Person, ...]


def carried_lines(r: Reader, unit: str, classes: Sequence[ClassChoice], picked: Sequence[str] = ()) -> tuple[CarriedLine, ...]:
    """Whom these classes of a unit, and these people, mean, each once; whoever is part of the camp already is nobody to carry.

    Raises Refused in the first camp, where everybody is.
    """
    if not worlds.load(r).activity:
        raise Refused("这是第一届训练营，没有上一届的人可以带入。", hint="开了下一届以后，再把人带过去。",
                      at_console="先用 campmgr activity open 开下一届。")  # fmt: skip
    lines, taken = [], set[str]()
    for each in {class_key(each.name): each for each in classes}.values():
        known = people_by_id(r, left_of_class(r, unit, each.name)).values()
        lines.append(CarriedLine(each.name, each.to if each.to != each.name else "", tuple(known)))
        taken |= {one.person for one in known}
    single = {one.person: one for one in people_by_id(r, picked).values() if one.is_absent and not one.erased}
    lines.append(CarriedLine("", "", tuple(one for key, one in single.items() if key not in taken)))
    return tuple(line for line in lines if line.people)


def carry_over(w: Writer, lines: Sequence[CarriedLine], batch: str, actor: str = "") -> int:
    """Make these people part of the camp that is going on, and rename their classes, as one batch; how many they are.

    Raises NotAllowed where this file may not write.
    """
    world = worlds.load(w)
    drafts: list[Draft] = []
    people = [(each, line.to) for line in lines for each in line.people]
    for each, to in people:
        place = unit_to_speak_in(w, world, each.person, each.home)
        drafts.append(joined_draft(place, each.person, world.activity, batch, actor))
        if to and to != each.class_name and not each.erased:
            known = registered(each)
            drafts.append(details_draft(each.home, each.person, replace(known, class_name=to), known, batch, actor))
    say(w, drafts)
    return len(people)
