"""Finding one's own page again, slowly enough that nobody can guess their way into another's."""

from __future__ import annotations

from datetime import timedelta

from campmgr.accounts import local
from campmgr.accounts.logging_in import WINDOW
from campmgr.areas.people.actions.joining import find_own_page
from campmgr.areas.people.local import page_made_at
from campmgr.clock import parse_instant, utc_text
from campmgr.errors import TooMany
from campmgr.ids import sha256
from campmgr.store.door import Reader, Store, Writer

PER_CODE, PER_ADDRESS = 5, 60
"""Attempts that did not succeed within the window: for one code, and from one address (a whole school may share one)."""

NEW = timedelta(minutes=30)
"""How long a link is new, and its page asks to keep it."""


def recover_page(store: Store, code: str, phone_end: str, *, address: str) -> str:
    """A new token of one's own page, by code and the last four digits of the telephone. Raises NotFound, TooMany.

    Takes the store, not a handle: an attempt counts even when what follows it fails.
    """
    code = "".join(code.split())
    sources = (sha256(f"own page:{code}"), sha256(f"own page from:{address}"))
    with store.writing() as w:
        _count(w, sources)
    with store.writing() as w:
        token = find_own_page(w, code, phone_end)
        local.drop_attempts(w, sources[0])
        local.forgive_attempt(w, sources[1])
    return token


def _count(w: Writer, sources: tuple[str, str]) -> None:
    now = w.clock.now()
    since = utc_text(now - WINDOW)
    for source, limit in zip(sources, (PER_CODE, PER_ADDRESS), strict=True):
        if local.add_attempt(w, source, since, utc_text(now)) > limit:
            minutes = int(WINDOW.total_seconds()) // 60
            raise TooMany("查找次数太多，请稍后再试。", hint=f"请等 {minutes} 分钟，或请联络员帮您找回。")


def is_new_page(r: Reader, token: str) -> bool:
    """Whether a link was handed out just now, so that its page should say: keep it."""
    made_at = page_made_at(r, token)
    return bool(made_at) and r.clock.now() - parse_instant(made_at) < NEW
