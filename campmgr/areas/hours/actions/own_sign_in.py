"""Somebody signs in 签到 by themselves, where the camp lets them, and takes that back (F-21)."""

from __future__ import annotations

from campmgr.areas.hours.actions.corrections import withdraw
from campmgr.areas.hours.actions.marks import MarkRow, is_day_of_camp, mark
from campmgr.areas.hours.queries.own_sign_in import own_sign_in
from campmgr.areas.hours.settings import Completion
from campmgr.areas.people.queries.finding import Person
from campmgr.clock import today_of
from campmgr.errors import NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.world import World
from campmgr.store.door import Writer


def is_open(world: World, today: str) -> bool:
    """Whether somebody who has not signed in may do so themselves."""
    return world.rules[Completion].own_sign_in and is_day_of_camp(world, today)


def sign_in(w: Writer, person: Person) -> str:
    """Sign in today; the fact's id. Again on the same day it is the same.

    Raises Refused where the camp leaves it to the coordinators, for a day outside the camp, and for somebody who was erased.
    """
    if not worlds.load(w).rules[Completion].own_sign_in:
        raise Refused("本营的签到由联络员登记。", hint="请联络员登记签到。")
    if person.erased:
        raise Refused("个人信息已经删除，不能再签到。", hint="请重新扫码加入。")
    return mark(w, person.person, MarkRow(today_of(w.clock), condition="sign_in", source="own")).fact


def take_back(w: Writer, person: Person, fact: str) -> None:
    """Take one's own signing in back; again changes nothing. Raises NotFound for what is not theirs."""
    state = own_sign_in(w, person.person, fact)
    if not state:
        raise NotFound("没有这次签到。", reason="unknown_fact", hint="请刷新页面。")
    if state == "stands":
        withdraw(w, fact, "本人收回")
