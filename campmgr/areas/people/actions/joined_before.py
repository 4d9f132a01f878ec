"""Whether somebody who joins seems to be registered already: asked before one person becomes two.

Nobody learns anything of others by it. A browser is told of the name that it registered itself; any other must have typed name
and telephone as they stand, hears no more than that somebody of both is known, and is asked a few times only: after that it simply
joins, and whoever works at the unit sees the two side by side (`queries.twins`).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from campmgr.accounts import throttle
from campmgr.accounts.throttle import Limit, named
from campmgr.areas.people.actions.joining import give_consent, open_unit_code
from campmgr.areas.people.actions.people import Registration, add_membership, change_details, join_again, typed_person
from campmgr.areas.people.local import count_joining, people_of_device
from campmgr.areas.people.queries.elsewhere import is_counted, may_be_counted
from campmgr.areas.people.queries.finding import (
    Person,
    is_at_home,
    numbered_in,
    people_by_id,
    people_by_name,
    people_of_name_and_phone,
)
from campmgr.areas.people.queries.ids import home_of
from campmgr.class_order import class_key
from campmgr.errors import Refused, TooMany
from campmgr.facts import world as worlds
from campmgr.store.door import Reader, Writer
from campmgr.typed_codes import join_code_in
from campmgr.wording import name_key

PER_ADDRESS = Limit(30, timedelta(hours=1))
"""Asked of browsers behind one address; a whole school may share one."""

ALTOGETHER = Limit(300, timedelta(days=1))
"""Asked of everybody."""


@dataclass(frozen=True, slots=True)
class JoinedBefore:
    """Who seems to be the same; `is_own`: the browser in hand registered them itself, and may open their page, or have them counted
    in the unit of the code too (`may_count`). `is_left`: they are of this unit and were in an earlier camp only: they are carried
    over into the one that is going on.
    """

    person: str
    is_own: bool
    may_count: bool = False
    is_left: bool = False


def joined_before(w: Writer, code: str, who: Registration, *, device: str, address: str) -> JoinedBefore | None:
    """Somebody who seems to be whoever joins by this code; None where there is nobody, or it was asked too often.

    Raises NotFound, Refused for a code that does not work.
    """
    unit, world = open_unit_code(w, code).unit, worlds.load(w)
    if own := registered_by(w, device, who.name):
        person = people_by_id(w, [own])[own]
        may_count = may_be_counted(w, world, person, unit) and not is_counted(w, person, unit)
        is_left = person.is_absent and is_at_home(world, person, unit)
        return JoinedBefore(own, is_own=True, may_count=may_count, is_left=is_left)
    tree = world.tree
    known = [
        each for each in people_of_name_and_phone(w, who.name, who.phone)
        if each.home in tree.units and tree.standing(tree.units[each.home]).unit == unit
    ]  # fmt: skip
    if not known:
        return None
    with suppress(TooMany):
        throttle.count(w, named("joined before from", address), PER_ADDRESS)
        throttle.count(w, named("joined before", "altogether"), ALTOGETHER)
        return JoinedBefore(known[0].person, is_own=False, is_left=known[0].is_absent)
    return None


def take_part_again(w: Writer, code: str, person: str, who: Registration, consent_version: str) -> None:
    """Somebody of an earlier camp joins the one that is going on: what they agreed to now, and their class where they typed one."""
    known = people_by_id(w, [person])[person]
    if join_again(w, known):
        give_consent(w, known, consent_version, guardian=who.guardian)
        count_joining(w, join_code_in(code))
    if who.class_name:
        change_details(w, known, class_name=who.class_name)


def count_joined(w: Writer, code: str, device: str, name: str) -> str:
    """Count whom this browser registered under a name in the unit of a code too, instead of registering them again; their id.

    Raises NotFound, Refused for a code that does not work, or that is of a unit that may not count them.
    """
    unit, own = open_unit_code(w, code).unit, registered_by(w, device, name)
    person = people_by_id(w, [own]).get(own)
    if person is None or not may_be_counted(w, worlds.load(w), person, unit):
        raise Refused("现在不能计入这个单位。", hint="请联络员在您的人员页面里办理。")
    if not is_counted(w, person, unit):
        add_membership(w, person, unit)
        count_joining(w, join_code_in(code))
    return person.person


def added_before(r: Reader, who: Registration, client_id: str) -> list[Person]:
    """Who of the unit seems to be the one whom its coordinator types in: of the same name, and of the same telephone or class.

    Nobody where this very form registered them already, or a 编号 says who is meant or that they are two (docs/ledger.md#ids).
    """
    world = worlds.load(r)
    if home_of(r, typed_person(world, who, client_id)) is not None or (who.number and numbered_in(r, world, who.unit, who.number)):
        return []
    named = people_by_name(r, [who.name]).get(name_key(who.name), [])
    return [each for each in named if is_at_home(world, each, who.unit) and _seems(each, who)]


def _seems(known: Person, who: Registration) -> bool:
    if known.number and who.number:  # another one, as was looked for
        return False
    if who.phone and known.phone == who.phone:
        return True
    return class_key(known.class_name) == class_key(who.class_name) and (bool(who.class_name) or not (known.phone and who.phone))


def registered_by(r: Reader, device: str, name: str) -> str:
    """The id of whom this browser spoke for under this name; "" for nobody. `device`: the number it made up for itself."""
    known = people_by_id(r, people_of_device(r, device)).values() if device else ()
    key = name_key(name)
    return next((each.person for each in known if each.name and name_key(each.name) == key), "")
