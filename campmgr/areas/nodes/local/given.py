"""Rows of this data file alone: what it has told each neighbour it holds; the next receipt tells what is otherwise since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from campmgr.areas.nodes.local.receipts import next_number
from campmgr.ids import canonical, sha256
from campmgr.ledger.envelope import Stream
from campmgr.store.door import Writer

_GONE = ""
"""What stands for the line of a stream that is held, or may be told, no longer."""

_KEPT = 12
"""Receipts for one neighbour that a later one may go on from."""


class Given(NamedTuple):
    """The number of a receipt; the mark of the one that it goes on from, and the streams that are told otherwise since.

    Of a receipt that goes on from none, `since` is "", and all is told.
    """

    number: int
    since: str
    changed: Collection[Stream]


def mark_of(key: str, number: int, state: str) -> str:
    """What names a receipt to go on from: who gave it, as its giver's how manieth, and the digest of all it says."""
    return sha256(canonical(["campmgr-receipt", key, number, state]))


def note_given(
    w: Writer, node: str, key: str, state: str, lines: Mapping[Stream, str], known: Iterable[str], *, in_any_case: bool
) -> Given | None:
    """A receipt is about to be given to a node, by this key: of each stream it tells a hash of what it says.

    `known`: the marks of those that the node says to have, the newest first; the first that was really given is gone on from. None
    where nothing is told otherwise since, and it is not to be given `in_any_case`.
    """
    told = {Stream(scope, writer): (line, since) for scope, writer, line, since in w.each(
        "select scope, writer, line, number from local_given_lines where node = :node", node=node)}  # fmt: skip
    news = {stream: line for stream, line in lines.items() if told.get(stream, (_GONE, 0))[0] != line}
    news |= {stream: _GONE for stream, (line, _) in told.items() if line != _GONE and stream not in lines}
    basis, before = _first_given(w, node, known)
    changed = news.keys() | {stream for stream, (_, since) in told.items() if since > before} if basis else lines.keys()
    if basis and not changed and not in_any_case:
        return None
    number = next_number(w)
    w.many("insert into local_given_lines (node, scope, writer, line, number) values (?, ?, ?, ?, ?)"
           " on conflict (node, scope, writer) do update set line = excluded.line, number = excluded.number",
           ((node, *stream, line, number) for stream, line in news.items()))  # fmt: skip
    _keep_mark(w, node, mark_of(key, number, state), number)
    return Given(number, basis, changed)


def _first_given(w: Writer, node: str, marks: Iterable[str]) -> tuple[str, int]:
    for mark in marks:
        number = w.value("select number from local_given where node = :node and mark = :mark", node=node, mark=mark)
        if number is not None:
            return mark, int(number)
    return "", 0


def _keep_mark(w: Writer, node: str, mark: str, number: int) -> None:
    w.run("insert into local_given (node, mark, number) values (:node, :mark, :number) on conflict (node, mark) do nothing",
          node=node, mark=mark, number=number)  # fmt: skip
    w.run("delete from local_given where node = :node and mark not in"
          " (select mark from local_given where node = :node order by number desc limit :kept)", node=node, kept=_KEPT)  # fmt: skip
