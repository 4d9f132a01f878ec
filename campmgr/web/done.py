"""What was just done, in one line that stays, with the one press that takes it back.

    with writing() as (w, world):
        describe_lesson(w, lesson, account.actor)
        return told(w, _("已保存课程。"), url_for("office_lessons.lessons"))

What the transaction said is what the press takes back. The next page carries the act's id in its address (`done`), and every page
draws the line from the row that was kept. What is taken back by something else than a withdrawal names its `way`; the desks know
the ways (`campmgr/desks/pages/undo.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import current_app, g, request, url_for

from campmgr.accounts import done_acts
from campmgr.accounts.done_acts import DoneRow
from campmgr.clock import utc_text
from campmgr.facts.catalogue import kinds_of
from campmgr.ids import hash_id, random_id
from campmgr.ledger.carrier import CARRIERS
from campmgr.store.door import Reader, Writer
from campmgr.store.ledger import said_since
from campmgr.web import respond
from campmgr.web.current import facts_before, me
from campmgr.web.respond import Answer

WITHDRAW = "withdraw"
"""The usual way back: batches and facts are withdrawn."""

DONE = "done"
"""What the address of a page calls the act that has just been done."""

BUILT_ON = "campmgr built on"
"""Where an application keeps the question whether others have built on an act."""

BuiltOn = Callable[[Reader, DoneRow], str]
"""Why an act can no longer be taken back in one press: a sentence, "" while it can."""


@dataclass(frozen=True, slots=True)
class DoneLine:
    """What was done in words; where one press takes it back ("" for nowhere); why it cannot be; whether it was; its name."""

    words: str
    undo_at: str
    why_not: str
    is_undone: bool
    way_back: str = "撤销"


def told(w: Writer, words: str, to: str, *, undo: str | None = None, way: str = WITHDRAW, back: str = "") -> Answer:
    """Note an act within its transaction, and go on to a page that tells it. `words` hold no names.

    `undo`: what the way takes back, ids joined by blanks; "" where nothing can be; None for all that the transaction has said.
    `back`: the page on which it was done, to which the way back leads; `to` where that is the same.
    """
    return respond.go(noted(w, me().account, words, to, undo=said_now(w) if undo is None else undo, way=way, back=back))


def noted(w: Writer, account: str, words: str, to: str, *, undo: str, way: str = WITHDRAW, back: str = "") -> str:
    """Note an act of an account, also of a task that runs after its request; the address of the page that tells it. See `told`."""
    done = hash_id("done", account, way, undo) if undo else random_id()
    now = utc_text(w.clock.now())
    done_acts.note(w, DoneRow(done, account, words, without_done(back or to), way if undo else "", undo, now))
    return with_done(to, done)


_MOST = 200
"""Facts that are taken back one by one; acts about more people say them as a batch."""


def said_now(w: Writer, *, by_fact: bool = False) -> str:
    """What takes back all that this transaction has said: batches that it began, else facts; "" where something of it stays.

    `by_fact`: facts alone, where they are said in the batch of something older, such as the file of which they are a row.
    """
    kinds, found = kinds_of(w), dict[str, None]()
    for chain, kind, batch, is_older in said_since(w, facts_before(), 10 * _MOST):
        if kind in CARRIERS:
            continue
        if kind not in kinds or kinds[kind].stays:
            return ""
        found[batch if batch and not (is_older or by_fact) else chain] = None
    return " ".join(found) if len(found) <= _MOST else ""


def line_of(r: Reader) -> DoneLine | None:
    """The line of the page in hand, as its address asks for it; None where it asks for none, or for somebody else's."""
    asked = request.args.get(DONE, "")[:40]
    account = g.get("account")
    row = done_acts.done_by(r, account.account, asked) if asked and account is not None else None
    if row is None:
        return None
    undone = bool(row.undone_at)
    can = bool(row.way) and not undone
    why_not = cast("BuiltOn", current_app.extensions[BUILT_ON])(r, row) if can else ""
    words = row.words.split("。")[0] if undone else row.words  # what comes next is said no more
    return DoneLine(words, url_for("undo.take_back", done=row.done) if can and not why_not else "", why_not, undone)


def tell_here(line: DoneLine | None) -> None:
    """Let the page in hand tell of an act that no account did, such as a participant's own; nothing changes for None."""
    if line is not None:
        g.done = line


def with_done(address: str, done: str) -> str:
    """A local address that names an act."""
    if "?" not in address and "#" not in address:
        return f"{address}?{DONE}={done}"
    parts = urlsplit(address)
    asked = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != DONE]
    return parts._replace(query=urlencode([*asked, (DONE, done)])).geturl()


def without_done(address: str) -> str:
    """A local address that names no act."""
    if f"{DONE}=" not in address:
        return address
    parts = urlsplit(address)
    return parts._replace(
        query=urlencode([pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != DONE])
    ).geturl()
