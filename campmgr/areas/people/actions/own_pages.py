"""Finding one's own page again, so slowly that nobody can guess their way into another's."""

from __future__ import annotations

from datetime import timedelta

from campmgr.accounts import throttle
from campmgr.accounts.throttle import Delay, Limit, named
from campmgr.areas.people.actions.joining import find_own_page
from campmgr.areas.people.local import page_made_at
from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.people.queries.guessing import ALTOGETHER, SOURCE
from campmgr.clock import parse_instant
from campmgr.errors import BadInput, NotFound, TooMany
from campmgr.store.door import Reader, Store
from campmgr.typed_codes import readings

PER_PERSON = Delay(free=4, first=60, most=6 * 3600)
"""Against one person, by whichever of their codes and numbers."""

PER_ADDRESS = Limit(60, timedelta(minutes=15))
"""From one address; a whole school may share one."""

NEW = timedelta(minutes=30)
"""How long a link is new, and its page asks to keep it."""


def recover_page(store: Store, code: str, phone_end: str, *, address: str) -> str:
    """A new token of one's own page, by code and the last four digits of the telephone. Raises NotFound, TooMany.

    Takes the store, not a handle: an attempt counts even when what follows it fails.
    """
    code = "".join(code.split())
    shared = (named("own page from", address), SOURCE)
    with store.writing() as w:
        guessed = _guessed(w, code)
        for each in guessed:
            throttle.count(w, each, PER_PERSON)
        throttle.count(w, shared[0], PER_ADDRESS)
        try:
            throttle.count(w, SOURCE, ALTOGETHER)
        except TooMany as problem:
            raise TooMany("今天自助找回的次数已经用完。", hint="请联络员给您一个新的链接。") from problem
    with store.writing() as w:
        token = find_own_page(w, code, phone_end)
        for each in guessed:
            throttle.succeeded(w, guessed=each)
        throttle.succeeded(w, shared=shared)
    return token


def _guessed(r: Reader, code: str) -> tuple[str, ...]:
    """What an attempt counts against: what was typed, however it is written, and whom it means, since all codes of one person count
    together. What was typed counts also where it means somebody: else two spellings of a 编号 would tell whether anybody has it.
    """
    typed = named("own page by", readings(code)[-1].casefold())
    try:
        return typed, named("own page of", find_person(r, code).person)
    except (NotFound, BadInput):
        return (typed,)


def is_new_page(r: Reader, token: str) -> bool:
    """Whether a link was handed out just now, so that its page should say: keep it."""
    made_at = page_made_at(r, token)
    return bool(made_at) and r.clock.now() - parse_instant(made_at) < NEW
