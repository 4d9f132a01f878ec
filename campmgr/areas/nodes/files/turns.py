"""A turn over the network: what came is taken in, what the other still lacks is made; the same work at both ends."""

from __future__ import annotations

from typing import NamedTuple

from campmgr.areas.nodes.exchange.outcome import outcome_of
from campmgr.areas.nodes.exchange.receipt import is_receipt
from campmgr.areas.nodes.exchange.taking import Accepted
from campmgr.areas.nodes.files.packs import accept_pack, give_receipt, hear_receipt, send_pack
from campmgr.areas.nodes.files.passing import Passing
from campmgr.areas.nodes.local.syncing import mark
from campmgr.areas.nodes.queries.neighbours import neighbour_lines
from campmgr.errors import BadInput, CampError, NotAllowed
from campmgr.facts import world as worlds
from campmgr.facts.importing import Progress
from campmgr.store.door import Store

File = tuple[str, int]
"""A file on its way: SHA-256 and size."""


class Asked(NamedTuple):
    """Who asks for a turn (key, node), the pack and the receipt it has sent ("" for none), the last pack it ever made for here,
    the mark of the newest receipt it has from here, and the file that it has a part of.
    """

    key: str
    node: str
    pack: str
    receipt: str
    last: str
    heard: str
    part: str


class Standing(NamedTuple):
    """How much a laptop lacks by its receipts, whether there are any, and this file's own mark, as of one moment."""

    lacks: int
    is_answered: bool
    mark: str


def standing_with(store: Store, node: str) -> Standing:
    """How a laptop stands to this file now."""
    with store.reading() as r:
        line = neighbour_lines(r, worlds.load(r), [node])[0]
        return Standing(line.outgoing.facts, line.is_answered, mark(r))


def take_turn(store: Store, passing: Passing, asked: Asked, told: Progress) -> dict[str, object]:
    """Take in what the caller has sent, and make what it lacks: the answer to a turn.

    Raises CampError for a pack that cannot be taken in; it is kept only where the same one may work later.
    """
    passing.let_go(asked.part)
    refused = _heard(store, passing, asked.receipt) if asked.receipt else ""
    taken = _taken(store, passing, asked.pack, told) if asked.pack else None
    receipt = taken.receipt if taken else b""
    if not taken and asked.last:
        receipt = give_receipt(store, asked.last, asked.key, [asked.heard], Accepted(), in_any_case=False)
    now = standing_with(store, asked.node)
    aside = outcome_of(taken).aside if taken else ()
    return {"state": "done", "new": taken.new if taken else 0, "aside": [[each.facts, each.why] for each in aside],
            "refused": refused, "receipt": _sent(passing, receipt) if receipt else [],
            "pack": _made(store, passing, asked, now), "even": int(not now.lacks), "mark": now.mark}  # fmt: skip


def _heard(store: Store, passing: Passing, digest: str) -> str:
    """Take in the caller's receipt; why it was not, "" where it was. It stops nothing: what it does not prove is sent again."""
    try:
        hear_receipt(store, passing.came(digest))
    except CampError as problem:
        return problem.sentence
    finally:
        passing.drop(digest)
    return ""


def _taken(store: Store, passing: Passing, digest: str, told: Progress) -> Accepted:
    try:
        taken = accept_pack(store, passing.came(digest), told, "发来的数据包")
    except (BadInput, NotAllowed):
        passing.drop(digest)
        raise
    passing.drop(digest)
    return taken


def _made(store: Store, passing: Passing, asked: Asked, now: Standing) -> File | list[object]:
    """The pack that the caller has a part of, else a new one where it lacks anything."""
    if asked.part and asked.part == passing.going() and not is_receipt(passing.goes(asked.part)):
        return asked.part, passing.goes(asked.part).stat().st_size
    if not now.lacks:
        return []
    return pack_for(store, passing, asked.node, empty=not now.is_answered and not asked.receipt)


def pack_for(store: Store, passing: Passing, node: str, *, empty: bool) -> File:
    """A new pack that is to go. To one of whom no receipt is known goes an empty one first: its receipt tells what it holds."""
    path = passing.fresh()
    send_pack(store, path, node, empty=empty)
    return passing.send(path)


def _sent(passing: Passing, receipt: bytes) -> File:
    path = passing.fresh()
    path.write_bytes(receipt)
    return passing.send(path)
