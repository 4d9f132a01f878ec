"""Who is registered in another unit, and may be counted here too instead of becoming a second person (docs/ledger.md#homes).

Nobody learns of others by it: whoever asks must have typed the name and what only those have who know the person, and a guess that
fails registers somebody for all to see.
"""

from __future__ import annotations

from campmgr.areas.people.queries.finding import Person, is_at_home, people_meant, people_of_name_and_phone
from campmgr.facts.saying import may_write
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER
from campmgr.wording import name_key


def known_elsewhere(r: Reader, world: World, name: str, number: str, phone: str, unit: str) -> list[Person]:
    """Who is registered under this name and one of 编号, code and telephone, and may yet be counted in a unit too."""
    named = [each for each in people_meant(r, [number])[number] if name_key(each.name) == name_key(name)] if number else []
    met = {each.person: each for each in (*named, *people_of_name_and_phone(r, name, phone))}
    return [each for each in met.values() if may_be_counted(r, world, each, unit) and not is_counted(r, each, unit)]


def may_be_counted(r: Reader, world: World, person: Person, unit: str) -> bool:
    """Whether a unit may count somebody who is at home in another: it is of another line, and this data file may write in both.

    From one school to the next people are moved.
    """
    home, here = world.tree.units.get(person.home), world.tree.units[unit]
    if home is None or is_at_home(world, person, unit) or here.line in {"", home.line} or not here.admits:
        return False
    return all(may_write(world, r.meta(WRITER), each) for each in (person.home, unit))


def is_counted(r: Reader, person: Person, unit: str) -> bool:
    """Whether a unit counts somebody who is at home in another."""
    return bool(r.all("select 1 from memberships where person = :person and unit = :unit", person=person.person, unit=unit))
