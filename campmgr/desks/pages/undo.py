"""Taking back what was just done, in one press, whatever it was: the other half of `campmgr/web/done.py`."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint

from campmgr.accounts import done_acts, governing
from campmgr.accounts.queries import Account, unit_for
from campmgr.areas.hours.actions.session_matching import take_back_names
from campmgr.areas.people.actions.entering import let_wait
from campmgr.areas.people.actions.joining import join_code_of
from campmgr.areas.people.local import doubt_pages, set_join_code
from campmgr.areas.people.queries.theirs import person_for
from campmgr.areas.works.local import put_aside, restore_waiting
from campmgr.desks.actions import settling, withdrawing
from campmgr.desks.pages.closing_units import closed_again, opened_again
from campmgr.desks.queries.built_on import built_on
from campmgr.errors import NotFound, Refused
from campmgr.facts.world import World
from campmgr.store import backups
from campmgr.store.door import Writer
from campmgr.web import respond
from campmgr.web.current import me, writing
from campmgr.web.done import WITHDRAW, with_done
from campmgr.web.guard import require, whole_laptop
from campmgr.web.respond import Answer

area = Blueprint("undo", __name__, url_prefix="/desk/done/<done>")

Way = Callable[[Writer, World, Account, str], object]
"""Takes an act back, given what it needs for that; raises what the act it is raises."""


def _withdraw(w: Writer, world: World, account: Account, what: str) -> None:
    del world
    for each in reversed(what.split()):  # a withdrawal says nothing about what it rests on, so the last goes first
        withdrawing.withdraw(w, each, "做完后撤销", account.actor)


def _answer(w: Writer, world: World, account: Account, what: str) -> None:
    del world
    settling.take_back(w, what, "做完后撤销", account.actor)


def _reopen(w: Writer, world: World, account: Account, what: str) -> None:
    for each in what.split():
        governing.set_active(w, world, account, each, active=True)


def _close(w: Writer, world: World, account: Account, what: str) -> None:
    for each in what.split():
        governing.set_active(w, world, account, each, active=False)


def _unask(w: Writer, world: World, account: Account, what: str) -> None:
    del world
    governing.unask_closing(w, account, what)


def _reinvite(w: Writer, world: World, account: Account, what: str) -> None:
    link, _, ends_at = what.partition(" ")
    governing.give_invitation_back(w, world, account, link, ends_at)


def _uninvite(w: Writer, world: World, account: Account, what: str) -> None:
    for each in what.split():
        governing.cancel_invitation(w, world, account, each)


def _unreset(w: Writer, world: World, account: Account, what: str) -> None:
    governing.cancel_reset(w, world, account, what)


def _doubt(w: Writer, world: World, account: Account, what: str) -> None:
    person, *links = what.split()
    doubt_pages(w, person_for(w, world, account, person, at_home=True).person, links)


def _unname(w: Writer, world: World, account: Account, what: str) -> None:
    unit, *said = what.split()
    take_back_names(w, unit_for(world, account, unit).unit, " ".join(said))
    _withdraw(w, world, account, " ".join(each for each in said if "=" not in each))


def _replan(w: Writer, world: World, account: Account, what: str) -> None:
    del account
    whole_laptop(w, world)
    backups.set_plan(w, backups.plan_told(what))


def _end_code(w: Writer, world: World, account: Account, what: str) -> None:
    said = what.split()
    for unit, code in zip(said[::2], said[1::2], strict=True):
        set_join_code(w, join_code_of(w, unit_for(world, account, unit).unit, code).code, works=False)


def _start_code(w: Writer, world: World, account: Account, what: str) -> None:
    unit, _, code = what.partition(" ")
    set_join_code(w, join_code_of(w, unit_for(world, account, unit).unit, code).code, works=True)


def _back_to_waiting(w: Writer, world: World, account: Account, what: str) -> None:
    unit, batch, *entrants = what.split()
    unit_for(world, account, unit)
    if batch != "-":
        _withdraw(w, world, account, batch)
    let_wait(w, entrants)


def _unmatch(w: Writer, world: World, account: Account, what: str) -> None:
    key, _, said = what.partition(" ")
    if not restore_waiting(w, key):
        raise Refused("这一行之后又认过别的行，不能在这里撤销。", reason="conflict", hint="请到作品页面核对。")
    _withdraw(w, world, account, said)


def _set_aside(w: Writer, world: World, account: Account, what: str) -> None:
    del world, account
    put_aside(w, what, aside=True)


def _take_up(w: Writer, world: World, account: Account, what: str) -> None:
    del world, account
    put_aside(w, what, aside=False)


WAYS: dict[str, Way] = {
    "open_unit": opened_again,
    "close_unit": closed_again,
    "answer": _answer,
    WITHDRAW: _withdraw,
    "reopen": _reopen,
    "close": _close,
    "unask": _unask,
    "reinvite": _reinvite,
    "uninvite": _uninvite,
    "unreset": _unreset,
    "doubt": _doubt,
    "unname": _unname,
    "replan": _replan,
    "end_code": _end_code,
    "start_code": _start_code,
    "entrants": _back_to_waiting,
    "unmatch": _unmatch,
    "set_aside": _set_aside,
    "take_up": _take_up,
}
"""How an act is taken back, by the name that `told` was given."""


@area.post("")
@require("coordinator")
def take_back(done: str) -> Answer:
    """Take back an act of one's own. Again changes nothing. Raises NotFound, and Refused where others have built on it."""
    account = me()
    with writing() as (w, world):
        row = done_acts.done_by(w, account.account, done)
        if row is None or row.way not in WAYS:
            raise NotFound("这一步已经不能在这里撤销。", reason="unknown_fact", hint="请到那条记录或那一批自己的页面撤销。")
        if why_not := "" if row.undone_at else built_on(w, row):
            raise Refused(why_not, reason="conflict")
        if not row.undone_at:
            WAYS[row.way](w, world, account, row.what)
            done_acts.note_undone(w, done)
        return respond.go(with_done(row.back, done))
