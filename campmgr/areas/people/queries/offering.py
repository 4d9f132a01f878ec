"""The people that what somebody types may mean, to be offered beside the field."""

from __future__ import annotations

from campmgr.accounts.queries import Account
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.people.queries.roster import search
from campmgr.areas.people.queries.theirs import find_theirs, is_home_theirs
from campmgr.errors import CampError
from campmgr.facts.finding import MOST_OFFERED, Offer, Offering
from campmgr.facts.world import World
from campmgr.store.door import Reader


def people_offered(r: Reader, world: World, account: Account) -> Offering:
    """Finds people of an account's units by id, code or 编号, else as the roster's search does."""

    def find(text: str) -> list[Offer]:
        rows = search(r, world, account.unit, _exactly(r, world, account, text) or text, line=account.line, many=MOST_OFFERED).rows
        return [
            Offer(row.person, row.name, " · ".join(filter(None, (row.class_name, row.unit_name, row.number or row.code))))
            for row in rows
        ]

    return find


def _exactly(r: Reader, world: World, account: Account, text: str) -> str:
    """The code of the one person whom an id, code or 编号 means; "" where it means nobody, or several."""
    known = people_by_id(r, [text]).get(text)
    if known is not None:
        return known.code if is_home_theirs(world, account, known) else ""
    try:
        return find_theirs(r, world, account, text).code
    except CampError:
        return ""
