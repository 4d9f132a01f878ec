"""Rows of this data file alone: which packs it made, and what its neighbours say they hold (docs/ledger.md#receipts)."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from campmgr.clock import LARGEST
from campmgr.ids import canonical
from campmgr.ledger.envelope import Stream
from campmgr.store.door import Reader, Row, Writer, uncollected

_KEPT = 4
"""Receipts of one writer that count together: where its file was copied unnoticed, the least of them does."""

_REMEMBERED = 12
"""Receipts of one writer that later ones may go on from."""

_OF_ONE_NODE = 4 * _REMEMBERED
"""Receipts of one laptop: it can make itself as many writers as it likes."""

_PACKS_KEPT = 300
"""Packs that are remembered beside those that a receipt here answers: a receipt that comes so late is told to be old."""

_NUMBER, _ABOVE = "receipts_given", "held_above_changes"

_STATES, _IN_MEMORY = "held_states", 3

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

NOTHING_TOLD = HeldLine(())
"""What stands for a stream of which nothing is held."""


class PackMade(NamedTuple):
    """A pack of this file: its id, in which order, when, how many facts, for whom with which writers."""

    pack: str
    number: int
    made_at: str
    facts: int
    made_for: Mapping[str, Sequence[str]]


class HeardReceipt(NamedTuple):
    """A receipt as it was taken in: of which node and writer, which pack it answers, its giver's number, both clocks' words.

    `mark`: what its giver calls it. `state`: the digest of all its lines, equal where the same is held.
    """

    receipt: str
    mark: str
    node: str
    writer: str
    pack: str
    number: int
    given_at: str
    heard_at: str
    told: Mapping[str, int]
    state: str
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


def line_text(stream: Stream, line: HeldLine) -> str:
    """One line as text."""
    return canonical([*stream, line.points, line.bare, line.waiting]) + "\n"


def lines_text(lines: HeldLines) -> str:
    """Lines as one text, a line each, in the order of streams."""
    return "".join(line_text(stream, line) for stream, line in sorted(lines.items()))


def read_lines(text: str) -> dict[Stream, HeldLine]:
    """Lines from their text. Raises ValueError, TypeError."""
    told = json.loads("[" + text.rstrip("\n").replace("\n", ",") + "]")
    return {Stream(str(scope), str(writer)): HeldLine(read_points(points), int(bare), _stretches(waiting) if waiting else ())
            for scope, writer, points, bare, waiting in told}  # fmt: skip


def _stretches(told: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple((int(start), int(end)) for start, end in told)


def read_points(told: Iterable[tuple[int, str]]) -> tuple[Point, ...]:
    """Points from a decoded list. Raises ValueError, TypeError."""
    points = tuple([(int(seq), str(chain)) for seq, chain in told])
    for seq, _ in points:
        if not 0 < seq <= LARGEST:
            raise ValueError("a number that cannot be")
    return points


def note_made(w: Writer, pack: str, made_at: str, facts: int, made_for: Mapping[str, Sequence[str]]) -> None:
    """A pack was made; made again byte for byte, it is the same."""
    w.run("insert into local_packs_made (pack, number, made_at, facts, made_for)"
          " select :pack, coalesce(max(number), 0) + 1, :made_at, :facts, :made_for from local_packs_made where true"
          " on conflict (pack) do nothing",
          pack=pack, made_at=made_at, facts=facts,
          made_for=canonical({node: list(some) for node, some in made_for.items()}))  # fmt: skip
    w.run("delete from local_packs_made where number <= (select max(number) from local_packs_made) - :kept"
          " and pack not in (select pack from local_receipts)", kept=_PACKS_KEPT)  # fmt: skip


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


def keep_receipt(w: Writer, one: HeardReceipt) -> None:
    """Keep a receipt beside the last ones of the same writer."""
    row = one._asdict() | {"told": canonical(one.told)}
    del row["lines"]
    w.run("insert into local_receipts (receipt, mark, node, writer, pack, number, given_at, heard_at, told, state)"
          " values (:receipt, :mark, :node, :writer, :pack, :number, :given_at, :heard_at, :told, :state)"
          " on conflict (receipt) do nothing", **row)  # fmt: skip
    if w.one("select 1 from local_held_states where state = :state", state=one.state) is None:
        w.run("insert into local_held_states (state, lines) values (:state, :lines)",
              state=one.state, lines=zlib.compress(lines_text(one.lines).encode(), 1))  # fmt: skip
    for of, kept in (("writer", _REMEMBERED), ("node", _OF_ONE_NODE)):
        w.run(f"""delete from local_receipts where {of} = :whose and receipt not in (
                  select r.receipt from local_receipts r left join local_packs_made m on m.pack = r.pack
                  where r.{of} = :whose order by coalesce(m.number, 0) desc, r.number desc limit :kept)""",  # noqa: S608 - a column
              whose=getattr(one, of), kept=kept)  # fmt: skip
    w.run("delete from local_held_states where state not in (select state from local_receipts)")


_NEWEST_FIRST = """select r.receipt, r.mark, r.node, r.writer, r.pack, r.number, r.given_at, r.heard_at, r.told, r.state
    from local_receipts r left join local_packs_made m on m.pack = r.pack where r.node = :node
    order by coalesce(m.number, 0) desc, r.number desc, r.receipt"""


def receipts(r: Reader, node: str) -> list[HeardReceipt]:
    """The last few receipts of each writer of a node, those of the latest answered pack first."""
    found, seen = [], Counter[str]()
    for receipt, mark, of, writer, pack, number, given_at, heard_at, told, state in r.all(_NEWEST_FIRST, node=node):
        seen[writer] += 1
        if seen[writer] <= _KEPT:
            found.append(HeardReceipt(receipt, mark, of, writer, pack, number, given_at, heard_at, json.loads(told), state,
                                      _held_in(r, state)))  # fmt: skip
    return found


def marks_heard(r: Reader, node: str) -> list[str]:
    """What a node calls the newest of its receipts that are here, the newest first; a few, since one of several files gave each."""
    return [row[1] for row in r.all(_NEWEST_FIRST, node=node)[:_KEPT]]


def held_by_mark(r: Reader, mark: str) -> HeldLines | None:
    """What a receipt said of all streams; None where it is not here."""
    state = r.value("select state from local_receipts where mark = :mark", mark=mark)
    return None if state is None else _held_in(r, state)


def _held_in(r: Reader, state: str) -> HeldLines:
    """Lines by their digest; the last few are kept in memory, since a large camp's take a while to read."""
    known = r.memory.get(_STATES)
    states: dict[str, HeldLines] = known if isinstance(known, dict) else {}
    if state not in states:
        packed = r.value("select lines from local_held_states where state = :state", state=state)
        with uncollected():
            lines = read_lines(zlib.decompress(packed).decode())
        states = {**dict([*states.items()][1 - _IN_MEMORY :]), state: lines}
        r.memory[_STATES] = states
    return states[state]


def newest_mark(r: Reader, writer: str) -> str:
    """What a writer calls the newest of its receipts that is here; "" for none."""
    sql = "select mark from local_receipts where writer = :writer order by number desc limit 1"
    return str(r.value(sql, writer=writer) or "")


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
