"""The page a coordinator has of one person."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.accounts.queries import Account, actors_of, unit_name
from campmgr.areas.hours.queries.declarations import ShownDeclaration, pictures_of
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.queries.theirs import is_home_theirs
from campmgr.desks.queries.histories import HistoryLine, history_lines
from campmgr.desks.queries.person import PersonPage, page_of
from campmgr.facts.finding import unit_address
from campmgr.facts.world import World
from campmgr.masks import family_mark
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class DeskPerson:
    """A person as their coordinator sees them; `is_home` is false for a member whose home is somebody else's;
    `has_family` is true where a federation (妇联) can add their children by the telephone they share.
    """

    page: PersonPage
    unit_name: str
    unit_address: str
    memberships: tuple[str, ...]
    history: tuple[HistoryLine, ...]
    is_home: bool
    certified: bool
    pictures: tuple[ShownDeclaration, ...]
    has_family: bool


def desk_person(r: Reader, world: World, account: Account, person: Person) -> DeskPerson:
    """Everything about one person the account may see. Of a member whose home is another's, what others recorded is left alone."""
    page = page_of(r, world, person)
    home = unit_name(world, person.home), unit_address(world, person.home)
    of = world.tree.units.get(person.home)
    has_family = of is not None and of.kind == "妇联" and bool(family_mark(person.phone))
    history, is_home = history_lines(r, world, page.history), is_home_theirs(world, account, person)
    if not is_home:
        own, said_by = actors_of(r, world, account), {each.fact: each.actor for each in page.history}
        history = tuple(line if said_by.get(line.fact) in own else line.left_alone() for line in history)
    return DeskPerson(page, *home, tuple(unit_name(world, unit) for unit in page.memberships), history, is_home,
                      any(each.state == "valid" and each.is_present for each in page.certificates),
                      pictures_of(r, person.person), has_family)  # fmt: skip
