"""Who looks at the made-up camp in a browser: accounts with one-time log-in links, and a participant with their own page."""

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

_LASTS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody to look at the camp as: `who` in a short word for programs, in words, and the path that lets them in."""

    who: str
    words: str
    path: str


def guests(w: Writer, world: World, built: DemoCamp) -> tuple[Guest, ...]:
    """One of each sort of user, each with a path and nothing to type. The accounts' passwords are random and told to nobody."""
    person = find_person(w, built.half_hour_short.code)
    mine = Guest("participant", f"参与者 {person.shown_name}（已有 7.50 课时）", f"/p/{new_page(w, person.person)}")
    return (
        mine,
        _staff(w, world, "school", "林老师", "coordinator", built.school),
        _staff(w, world, "federation", "陈主席", "coordinator", built.federation),
        _staff(w, world, "organizer", "郑主任", "organizer", world.root_unit),
    )


def _staff(w: Writer, world: World, who: str, name: str, role: Role, unit: str) -> Guest:
    account = open_account(w, NewAccount(f"demo-{who}", name, random_token()), Place(role, unit))
    words = "组织方" if role == "organizer" else "联络员"
    return Guest(who, f"{words} {name}（{find_unit(world, unit).name}）", f"/link/{login_link(w, account.account, _LASTS)}")
