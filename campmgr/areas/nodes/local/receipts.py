"""Rows of this data file alone: which packs it made, and what its neighbours say they hold (docs/ledger.md#receipts)."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from campmgr.clock import LARGEST
from campmgr.ids import canonical
from campmgr.ledger.envelope import Stream
from campmgr.store.door import Reader, Row, Writer

_KEPT = 4
"""Receipts kept of one writer: where its file was copied unnoticed, the least of them counts."""

_PACKS_KEPT = 300
"""Packs that are remembered: a receipt that comes so late is told to be old."""

_NUMBER, _ABOVE = "receipts_given", "held_above_changes"

Point = tuple[int, str]
"""Number and chain value of a fact: whoever holds it, holds all before it on its branch."""


class HeldLine(NamedTuple):
    """What a file holds of a stream: points on every branch, how many facts stand there without body, what waits (from, to)."""

    points: tuple[Point, ...]
    bare: int = 0
    waiting: tuple[tuple[int, int], ...] = ()

    @property
    def end(self) -> int:
        """The largest number held; 0 for none."""
        return max((seq for seq, _ in self.points), default=0)


HeldLines = Mapping[Stream, HeldLine]


class PackMade(NamedTuple):
    """A pack of this file: its id, in which order, when, how many facts, for whom with which writers."""

    pack: str
    number: int
    made_at: str
    facts: int
    made_for: Mapping[str, Sequence[str]]


class HeardReceipt(NamedTuple):
    """A receipt as it was taken in: of which node and writer, which pack it answers, its giver's number, both clocks' words."""

    receipt: str
    node: str
    writer: str
    pack: str
    number: int
    given_at: str
    heard_at: str
    told: Mapping[str, int]
    lines: HeldLines


class HeldAbove(NamedTuple):
    """A statement about a stream by a laptop above: signed by itself, so that it can be passed on."""

    stream: Stream
    node: str
    key: str
    number: int
    points: tuple[Point, ...]
    signature: str


class PackHeard(NamedTuple):
    """The newest pack of a neighbour."""

    made_at: str
    heard_at: str
    facts: int
    new: int


def lines_text(lines: HeldLines) -> str:
    """Lines as one text, a line each, in the order of streams."""
    return "".join(canonical([*stream, line.points, line.bare, line.waiting]) + "\n" for stream, line in sorted(lines.items()))


def read_lines(text: str) -> dict[Stream, HeldLine]:
    """Lines from their text. Raises ValueError, TypeError."""
    found: dict[Stream, HeldLine] = {}
    for row in text.splitlines():
        scope, writer, points, bare, waiting = json.loads(row)
        found[Stream(str(scope), str(writer))] = HeldLine(read_points(points), int(bare),
                                                          tuple((int(start), int(end)) for start, end in waiting))  # fmt: skip
    return found


def read_points(told: Iterable[tuple[int, str]]) -> tuple[Point, ...]:
    """Points from a decoded list. Raises ValueError, TypeError."""
    points = tuple((int(seq), str(chain)) for seq, chain in told)
    if not all(0 < seq <= LARGEST for seq, _ in points):
        raise ValueError("a number that cannot be")
    return points


def note_made(w: Writer, pack: str, made_at: str, facts: int, made_for: Mapping[str, Sequence[str]]) -> None:
    """A pack was made; made again byte for byte, it is the same."""
    w.run("insert into local_packs_made (pack, number, made_at, facts, made_for)"
          " select :pack, coalesce(max(number), 0) + 1, :made_at, :facts, :made_for from local_packs_made where true"
          " on conflict (pack) do nothing",
          pack=pack, made_at=made_at, facts=facts,
          made_for=canonical({node: list(some) for node, some in made_for.items()}))  # fmt: skip
    w.run("delete from local_packs_made where number <= (select max(number) from local_packs_made) - :kept", kept=_PACKS_KEPT)


def made(r: Reader, pack: str) -> PackMade | None:
    """A pack by its id; None where this file made none such, or long ago."""
    row = r.one("select pack, number, made_at, facts, made_for from local_packs_made where pack = :pack", pack=pack)
    return _made_of_row(row) if row else None


def last_made(r: Reader, node: str) -> PackMade | None:
    """The newest pack for a node."""
    row = r.one("select pack, number, made_at, facts, made_for from local_packs_made"
                " where made_for like :part order by number desc limit 1", part=f'%"{node}":%')  # fmt: skip
    return _made_of_row(row) if row else None


def _made_of_row(row: Row) -> PackMade:
    pack, number, made_at, facts, made_for = row
    return PackMade(pack, number, made_at, facts, json.loads(made_for))


def next_number(w: Writer) -> int:
    """The number of the receipt that is about to be given."""
    number = int(w.meta(_NUMBER, "0")) + 1
    w.set_meta(_NUMBER, str(number))
    return number


def note_given(w: Writer, node: str, number: int, says: str) -> None:
    """A receipt is given to a node: its number, and a digest of what it says."""
    w.set_meta(f"receipt_given {node}", canonical([number, says]))


def last_given(r: Reader, node: str) -> tuple[int, str]:
    """The last receipt for a node, as it was noted; (0, "") for none."""
    number, says = json.loads(r.meta(f"receipt_given {node}", '[0, ""]'))
    return number, says


def keep_receipt(w: Writer, one: HeardReceipt) -> None:
    """Keep a receipt beside the last few of the same writer."""
    w.run("insert into local_receipts (receipt, node, writer, pack, number, given_at, heard_at, told, lines)"
          " values (:receipt, :node, :writer, :pack, :number, :given_at, :heard_at, :told, :lines)"
          " on conflict (receipt) do nothing",
          **one._asdict() | {"told": canonical(one.told), "lines": zlib.compress(lines_text(one.lines).encode())})  # fmt: skip
    w.run("""delete from local_receipts where writer = :writer and receipt not in (
              select r.receipt from local_receipts r left join local_packs_made m on m.pack = r.pack
              where r.writer = :writer order by coalesce(m.number, 0) desc, r.number desc limit :kept)""",
          writer=one.writer, kept=_KEPT)  # fmt: skip


def receipts(r: Reader, node: str = "") -> list[HeardReceipt]:
    """The receipts of a node (of all for ""), those of the latest answered pack first."""
    rows = r.all("""select r.receipt, r.node, r.writer, r.pack, r.number, r.given_at, r.heard_at, r.told, r.lines
                    from local_receipts r left join local_packs_made m on m.pack = r.pack where :node in ('', r.node)
                    order by coalesce(m.number, 0) desc, r.number desc, r.receipt""", node=node)  # fmt: skip
    return [_receipt_of_row(row) for row in rows]


def _receipt_of_row(row: Row) -> HeardReceipt:
    receipt, node, writer, pack, number, given_at, heard_at, told, lines = row
    return HeardReceipt(receipt, node, writer, pack, number, given_at, heard_at, json.loads(told),
                        read_lines(zlib.decompress(lines).decode()))  # fmt: skip


def newest_number(r: Reader, writer: str) -> int:
    """The number of the newest receipt of a writer that is here; 0 for none."""
    return int(r.value("select max(number) from local_receipts where writer = :writer", writer=writer) or 0)


def keep_held_above(w: Writer, told: Iterable[HeldAbove]) -> None:
    """Keep statements of laptops above; an older one of the same signer changes nothing."""
    news = w.many("insert into local_held_above (scope, writer, node, key, number, points, signature) values (?, ?, ?, ?, ?, ?, ?)"
           " on conflict (scope, writer, node) do update set key = excluded.key, number = excluded.number,"
           " points = excluded.points, signature = excluded.signature"
           " where excluded.number > local_held_above.number or excluded.key <> local_held_above.key",
           ((*each.stream, each.node, each.key, each.number, canonical(each.points), each.signature) for each in told))  # fmt: skip
    if news:
        w.set_meta(_ABOVE, str(held_above_version(w) + 1))


def held_above_version(r: Reader) -> int:
    """A number that grows whenever a laptop above is known to hold something else."""
    return int(r.meta(_ABOVE, "0"))


def held_above(r: Reader) -> list[HeldAbove]:
    """Every statement that was kept."""
    rows = r.all("select scope, writer, node, key, number, points, signature from local_held_above order by scope, writer, node")
    return [HeldAbove(Stream(scope, writer), node, key, number, read_points(json.loads(points)), signature)
            for scope, writer, node, key, number, points, signature in rows]  # fmt: skip


def note_heard(w: Writer, node: str, heard: PackHeard, shown: Mapping[Stream, Point]) -> None:
    """A pack of a neighbour came in, and showed how far it holds these streams."""
    w.run("insert into local_packs_heard (node, made_at, heard_at, facts, new) values (:node, :made_at, :heard_at, :facts, :new)"
          " on conflict (node) do update set made_at = excluded.made_at, heard_at = excluded.heard_at, facts = excluded.facts,"
          " new = excluded.new", node=node, **heard._asdict())  # fmt: skip
    w.many("insert into local_shown (node, scope, writer, seq, chain) values (?, ?, ?, ?, ?)"
           " on conflict (node, scope, writer) do update set seq = excluded.seq, chain = excluded.chain",
           ((node, *stream, *point) for stream, point in shown.items()))  # fmt: skip


def packs_heard(r: Reader) -> dict[str, PackHeard]:
    """The newest pack of each neighbour."""
    return {node: PackHeard(*rest) for node, *rest in r.all("select node, made_at, heard_at, facts, new from local_packs_heard")}


def newest_of(r: Reader, node: str) -> str:
    """What changes whenever a pack or receipt of a neighbour comes in, or a pack is made."""
    sql = "select max(receipt), count(*), (select max(number) from local_packs_made) from local_receipts where node = :node"
    return f"{r.one(sql, node=node)} {packs_heard(r).get(node)}"


def shown_by(r: Reader, node: str) -> dict[Stream, Point]:
    """How far a neighbour's packs have shown it to hold each stream."""
    rows = r.all("select scope, writer, seq, chain from local_shown where node = :node", node=node)
    return {Stream(scope, writer): (seq, chain) for scope, writer, seq, chain in rows}
