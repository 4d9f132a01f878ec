"""Who looks at the made-up camp in a browser: accounts with log-in links, and a participant with their own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from campmgr.accounts.governing import NewAccount, Place, login_link, open_account
from campmgr.accounts.queries import Role
from campmgr.areas.people.local import new_page
from campmgr.areas.people.queries.finding import find_person
from campmgr.demo.camp import DemoCamp
from campmgr.facts.finding import find_unit
from campmgr.facts.world import World
from campmgr.ids import random_token
from campmgr.store.door import Writer

_ONCE, _AGAIN = timedelta(days=1), timedelta(days=365)
"""How long a log-in link can be used; one that may be used again, for as long as the camp is served."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody to look at the camp as: `who` in a short word for programs, in words, and the path that lets them in."""

    who: str
    words: str
    path: str


def guests(w: Writer, world: World, built: DemoCamp, *, again: bool = False) -> tuple[Guest, ...]:
    """One of each sort of user, each with a path and nothing to type. The accounts' passwords are random and told to nobody.

    `again`: the log-in links may be used again, so that whoever closes the browser is not locked out; for a file that is thrown
    away alone.
    """
    person = find_person(w, built.half_hour_short.code)
    mine = Guest("participant", f"参与者 {person.shown_name}（已有 7.50 课时）", f"/p/{new_page(w, person.person)}")
    return (
        mine,
        _staff(w, world, "school", "林老师", "coordinator", built.school, again=again),
        _staff(w, world, "federation", "陈主席", "coordinator", built.federation, again=again),
        _staff(w, world, "organizer", "郑主任", "organizer", world.root_unit, again=again),
    )


def _staff(w: Writer, world: World, who: str, name: str, role: Role, unit: str, *, again: bool) -> Guest:
    account = open_account(w, NewAccount(f"demo-{who}", name, random_token()), Place(role, unit))
    words = "组织方" if role == "organizer" else "联络员"
    token = login_link(w, account.account, _AGAIN if again else _ONCE, again=again)
    return Guest(who, f"{words} {name}（{find_unit(world, unit).name}）", f"/link/{token}")
