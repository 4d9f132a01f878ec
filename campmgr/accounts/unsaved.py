"""What an account has typed and not saved: rows of this data file alone, for a day at most. They may hold names.

So they go when what was typed is saved, at log-out after asking, with their account, and whenever somebody's details are erased.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from campmgr.clock import utc_text
from campmgr.ids import sha256
from campmgr.store.door import Reader, Writer
from campmgr.store.ledger import own_key

KEPT = timedelta(days=1)
"""How long what was typed waits."""

LONGEST = 64 * 1024
"""Characters of what is kept of one page; the longest text of the camp has 10,000."""

MOST = 40
"""Pages on which an account may have left something; the oldest go first."""

_SENDERS = "secret of senders"

Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What was left on a page: where its form goes, every field as typed, since when, and whether its button had been pressed."""

    page: str
    action: str
    fields: tuple[tuple[str, str], ...]
    kept_at: str
    was_sent: bool


def keep(w: Writer, account: str, page: str, action: str, fields: Fields, *, was_sent: bool = False) -> bool:
    """Keep what stands in a page's form, in place of what was kept of it before; whether it was short enough for that."""
    typed = json.dumps([list(pair) for pair in fields], ensure_ascii=False)
    if len(typed) > LONGEST or len(page) > 500 or len(action) > 1000:
        return False
    w.run("delete from local_unsaved where kept_at < :since", since=_since(w))
    w.run(
        """insert into local_unsaved (account, page, action, fields, kept_at, was_sent)
           values (:account, :page, :action, :fields, :now, :sent)
           on conflict (account, page) do update set action = excluded.action, fields = excluded.fields, kept_at = excluded.kept_at,
           was_sent = excluded.was_sent""",
        account=account, page=page, action=action, fields=typed, now=utc_text(w.clock.now()), sent=int(was_sent))  # fmt: skip
    w.run(
        """delete from local_unsaved where account = :account and page not in
           (select page from local_unsaved where account = :account order by kept_at desc, page limit :most)""",
        account=account, most=MOST)  # fmt: skip
    return True


def left_on(r: Reader, account: str, page: str) -> Unsaved | None:
    """What an account has left on a page; None for nothing, or long ago."""
    row = r.one(
        """select page, action, fields, kept_at, was_sent from local_unsaved
           where account = :account and page = :page and kept_at >= :since""",
        account=account, page=page, since=_since(r))  # fmt: skip
    return (
        Unsaved(row[0], row[1], tuple((name, value) for name, value in json.loads(row[2])), row[3], bool(row[4])) if row else None
    )


def count_of(r: Reader, account: str) -> int:
    """On how many pages an account has left something."""
    sql = "select count(*) from local_unsaved where account = :account and kept_at >= :since"
    return int(r.value(sql, account=account, since=_since(r)) or 0)


def drop(w: Writer, account: str, page: str) -> None:
    """What was left on a page was saved, or is not wanted."""
    w.run("delete from local_unsaved where account = :account and page = :page", account=account, page=page)


def drop_of(w: Writer, account: str) -> None:
    """Forget all that an account has left."""
    w.run("delete from local_unsaved where account = :account", account=account)


def forget_all(w: Writer) -> None:
    """Forget what everybody has left: somebody's details were erased, and their name may stand in any of it."""
    w.run("delete from local_unsaved")


def drop_old(w: Writer) -> None:
    """Forget what was left long ago."""
    w.run("delete from local_unsaved where kept_at < :since", since=_since(w))


def sender_of(r: Reader, account: str) -> str:
    """What a form says of whose page it stood on, so that it can be kept for them should their log-in end before it is sent.

    Only this data file can make it: ids of accounts stand in every fact they say, and whoever could make it would lay forms of
    their own before somebody, to be sent with one press.
    """
    if _SENDERS not in r.memory:
        r.memory[_SENDERS] = sha256("senders " + own_key(r).private)
    return sha256(f"sender {r.memory[_SENDERS]} {account}")[:32]


def account_of_sender(r: Reader, sender: str) -> str:
    """The account whose forms say this; "" for none."""
    accounts = (row[0] for row in r.all("select account from local_accounts where active = 1"))
    return next((each for each in accounts if hmac.compare_digest(sender_of(r, each).encode(), sender.encode())), "")


def _since(r: Reader) -> str:
    return utc_text(r.clock.now() - KEPT)
