"""What an account has just done: rows of this data file alone, for the line that says so and takes it back. Gone after a day."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from campmgr.clock import utc_text
from campmgr.store.door import Reader, Writer

KEPT = timedelta(days=1)
"""How long a line can still be drawn."""


class DoneRow(NamedTuple):
    """An act: told in which words (no names), on which page it was done, by which way it is taken back and what that needs.

    `way` is "" where nothing can be taken back, `undone_at` while it stands.
    """

    done: str
    account: str
    words: str
    back: str
    way: str
    what: str
    made_at: str
    undone_at: str = ""


def note(w: Writer, row: DoneRow) -> None:
    """Remember an act; the same again (pressed twice) stays one row."""
    w.many(
        """insert into local_done values (?, ?, ?, ?, ?, ?, ?, ?)
           on conflict (done) do update set words = excluded.words, back = excluded.back, undone_at = excluded.undone_at""",
        [row])  # fmt: skip


def done_by(r: Reader, account: str, done: str) -> DoneRow | None:
    """An act of this account by its id, while it is remembered."""
    row = r.one(
        """select done, account, words, back, way, what, made_at, undone_at from local_done
           where done = :done and account = :account and made_at >= :since""",
        done=done, account=account, since=_since(r))  # fmt: skip
    return DoneRow(*row) if row else None


def note_undone(w: Writer, done: str) -> None:
    """Remember that an act was taken back."""
    w.run("update local_done set undone_at = :now where done = :done", now=utc_text(w.clock.now()), done=done)


def drop_old(w: Writer) -> None:
    """Forget acts of long ago."""
    w.run("delete from local_done where made_at < :since", since=_since(w))


def _since(r: Reader) -> str:
    return utc_text(r.clock.now() - KEPT)
