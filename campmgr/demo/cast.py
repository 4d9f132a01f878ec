"""Who looks at the made-up camp in a browser: accounts with log-in links, and a participant with their own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from campmgr.accounts import local
from campmgr.accounts.governing import NewAccount, Place, login_link, open_account
from campmgr.areas.people.local import new_page
from campmgr.areas.people.queries.finding import find_person
from campmgr.demo.camp import DemoCamp
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.facts.world import World
from campmgr.store.door import Writer

_SERVED = timedelta(days=365)
"""How long a log-in link can be used: longer than anybody serves a made-up camp at a stretch."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody to look at the camp as: `who` in a short word for programs, in words, and the path that lets them in."""

    who: str
    words: str
    path: str


def guests(w: Writer, world: World, built: DemoCamp, password: str) -> tuple[Guest, ...]:
    """One of each sort of user, each with a path and nothing to type; the accounts also take this password.

    The log-in links may be used again, so that whoever closes the browser is not locked out. They are as good as the password:
    who serves the camp ends them with `show_out`.
    """
    person = find_person(w, built.half_hour_short.code)
    mine = Guest("participant", f"参与者 {person.shown_name}（已有 7.50 课时）", f"/p/{new_page(w, person.person)}")
    return (
        mine,
        _staff(w, world, "school", "林老师", Place("coordinator", built.school), password),
        _staff(w, world, "federation", "陈主席", Place("coordinator", built.federation), password),
        _staff(w, world, "organizer", "郑主任", Place("organizer", world.root_unit), password),
    )


def _staff(w: Writer, world: World, who: str, name: str, place: Place, password: str) -> Guest:
    account = open_account(w, NewAccount(f"demo-{who}", name, password), place)
    words = "组织方" if place.role == "organizer" else "联络员"
    token = login_link(w, account.account, _SERVED)
    return Guest(who, f"{words} {name}（{find_unit(world, place.unit).name}，登录名 {account.login}）", f"/link/{token}")


def let_in(w: Writer, who: str, words: str, place: Place, password: str) -> Guest:
    """A log-in for somebody who is named by what they do."""
    account = open_account(w, NewAccount(f"demo-{who}", words, password), place)
    unit = find_unit(worlds.load(w), place.unit).name
    return Guest(who, f"{words}（{unit}，登录名 {account.login}）", f"/link/{login_link(w, account.account, _SERVED)}")


def show_out(w: Writer) -> None:
    """End the log-in links of everybody who looked at the camp; the password goes on being good for a file that stays."""
    for account in local.all_accounts(w):
        local.drop_links(w, account.account)
