"""Certificates for people that are ticked in their list."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.accounts.list_acts import ActLine, ListAct, Press
from campmgr.accounts.lists import ListAsked
from campmgr.accounts.queries import Account, unit_for
from campmgr.areas.certificates.actions.issuing import issue, why_not
from campmgr.areas.certificates.queries.certificates import REASONS, Whom, candidates
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.people.queries.theirs import is_home_theirs
from campmgr.facts.world import World
from campmgr.store.door import Reader, Writer


def _look(r: Reader, world: World, account: Account, asked: ListAsked, keys: Sequence[str]) -> list[ActLine]:
    unit = unit_for(world, account, asked.unit)
    known = {each.person: each for each in candidates(r, world, Whom(unit.unit, account.line), keys)}
    found = []
    for key, person in people_by_id(r, keys).items():
        if not is_home_theirs(world, account, person):
            continue
        one = known.get(key)
        why = "课时还不够" if one is None else "已有证书" if one.valid else REASONS.get(why_not(r, one), "")
        found.append(ActLine(key, person.shown_name, person.class_name, why))
    return found


def _issue(w: Writer, world: World, press: Press, keys: Sequence[str]) -> str:
    whom = Whom(press.account.unit, press.account.line) if press.account.unit != world.root_unit or press.account.line else Whom()
    issue(w, whom, press.account.actor, among=frozenset(keys))
    return ""


ACTS = (
    ListAct("people", "certificates", "发证书", _look, _issue,
            ("给勾选的、课时和条件都够的人各发一份证书，编号从此有效；发错了，逐份撤销。",), way="", role="coordinator"),
)  # fmt: skip
