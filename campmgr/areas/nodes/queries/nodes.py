"""The nodes of a camp: who writes where, and what of it stands here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from campmgr.clock import minute_text
from campmgr.errors import NotFound
from campmgr.facts import world as worlds
from campmgr.facts.quarantine import QuarantinedStretch, heads_of, stretches_out
from campmgr.facts.world import World
from campmgr.ledger.envelope import Stream, subject_key
from campmgr.store import ledger
from campmgr.store.door import Reader
from campmgr.store.identity import PREDECESSOR, WRITER, own_writers
from campmgr.store.ledger import own_key, own_sealing_key

REASONS = {"revoked": "撤销之后才收到", "never_granted": "没有授权", "between_grants": "当时没有授权"}
"""Why facts do not count, in words."""

STATES = {"root": "本营的根", "granted": "已授权", "revoked": "已撤销", "successor": "继任", "unknown": "未授权"}


@dataclass(frozen=True, slots=True)
class NodeLine:
    """A node: its grant, its state, how many facts of it stand here, when the last of them was recorded ("" for none)."""

    node: str
    name: str
    unit: str
    unit_name: str
    line: str
    state: str
    facts: int
    last_at: str
    is_this: bool


_NODES = """with ends as (select scope, writer, max(seq) as seq from seals group by scope, writer),
    wrote as (select e.writer, sum(e.seq) as facts, max(f.recorded_at) as last_at from ends e
        join facts f on f.scope = e.scope and f.writer = e.writer and f.seq = e.seq group by e.writer)
    select n.node, n.unit, n.line, n.state, coalesce(w.facts, 0), w.last_at
    from nodes n left join wrote w on w.writer = n.node left join units u on u.unit = n.unit
    order by n.state <> 'root', u.place, n.unit, n.node"""


def node_lines(r: Reader, world: World) -> tuple[NodeLine, ...]:
    """Every node, the root first."""
    own = r.meta(WRITER)
    return tuple(_line(world, row, own) for row in r.all(_NODES))


def _line(world: World, row: tuple[object, ...], own: str) -> NodeLine:
    node, unit, line, state, facts, last = row
    known = world.tree.units.get(str(unit))
    name = next(iter(calls(world, str(node))), "")
    return NodeLine(str(node), name, str(unit), known.name if known else "", str(line), str(state), int(str(facts)),
                    minute_text(str(last or "")), node == own)  # fmt: skip


def calls(world: World, node: str) -> tuple[str, ...]:
    """What a node is called: "鼓楼区教育局第2台", by its unit and number, and by its unit alone, name or code. () without a grant."""
    grants = world.trust.grants(node)
    unit = world.tree.units.get(grants[-1].unit) if grants else None
    return (f"{unit.name}第{grants[-1].number}台", unit.name, unit.address) if unit else ()


LONGEST_NAME = 60
"""Characters of what whoever asks says about themselves; the rest is not shown."""


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks to be enrolled."""

    key: str
    sealing_key: str
    name: str = ""


def asking(r: Reader, name: str = "") -> Request:
    """What this data file asks with: its two keys, and a name for whoever enrols it to read."""
    writer = asking_writer(r)
    return Request(own_key(r, writer).public, own_sealing_key(r, writer).public, name)


def asking_writer(r: Reader) -> str:
    """As whom this file asks: a copy or a restored file as the laptop that was enrolled; a successor has no grant of its own."""
    writer = r.meta(WRITER)
    if not r.meta("campaign"):
        return writer
    node = worlds.load(r).trust.node_of(r.meta(PREDECESSOR) or writer)
    return node if node in own_writers(r) else writer


class GrantedNode(NamedTuple):
    """A node as its grant tells: who gave it, for which unit and line, and in which state it is."""

    node: str
    number: int
    parent: str
    unit: str
    line: str
    state: str


def granted_nodes(r: Reader) -> list[GrantedNode]:
    """Every node by its id."""
    return [GrantedNode(*row) for row in r.all("select node, number, parent, unit, line, state from nodes order by node")]


def last_seals(r: Reader) -> list[tuple[str, str, int, str]]:
    """Scope, writer, number and chain value of the last seal of every stream."""
    rows = r.all("select scope, writer, seq, chain from seals s where seq = (select max(seq) from seals t"
                 " where t.scope = s.scope and t.writer = s.writer) order by scope")  # fmt: skip
    return [(scope, writer, seq, chain) for scope, writer, seq, chain in rows]


def sealed_at(r: Reader, text: str) -> int | None:
    """The clock of the sealed fact whose chain value begins so; None where no seal does."""
    clock = r.value("select f.clock from seals s join facts f on f.chain = s.chain where s.chain >= :low and s.chain < :high"
                    " order by s.chain limit 1", low=text.lower(), high=text.lower() + "g")  # fmt: skip
    return None if clock is None else int(clock)


def last_seals_until(r: Reader, stream: Stream, clock: int) -> list[tuple[int, str]]:
    """Number and chain value of the last seal of each branch of a stream that is not younger than a clock."""
    sealed = [(seq, chain) for seq, chain in r.all(
        "select s.seq, s.chain from seals s join facts f on f.scope = s.scope and f.writer = s.writer and f.seq = s.seq"
        " and f.chain = s.chain where s.scope = :scope and s.writer = :writer and f.clock <= :clock order by s.seq desc, s.chain",
        **stream._asdict(), clock=clock)]  # fmt: skip
    before, passed, found = ledger.predecessors(r, stream) if ledger.is_forked(r, stream) else {}, set[str](), []
    for seq, chain in sealed if before else sealed[:1]:
        if chain not in passed:
            found.append((seq, chain))
        at = chain
        while at in before and at not in passed:
            passed.add(at)
            at = before[at]
    return found


def streams_of(r: Reader, world: World, node: str) -> list[Stream]:
    """The streams of a node that are held here, of all its writers."""
    return [stream for stream in ledger.streams(r) if world.trust.node_of(stream.writer) == node]


def cuts_now(r: Reader, world: World, node: str) -> list[list[object]]:
    """Where each branch of each stream of a node stands here: what a word about it cuts."""
    return [[*stream, seq, chain] for stream in streams_of(r, world, node) for seq, chain in heads_of(r, stream)]


def known_among(r: Reader, stream: Stream, chains: Iterable[str]) -> set[str]:
    """Those of these facts of a stream that are held."""
    sql = "select chain from facts where chain in (:keys) and scope = :scope and writer = :writer"
    return {row[0] for row in r.among(sql, chains, **stream._asdict())}


def quarantined_stretches(r: Reader) -> list[QuarantinedStretch]:
    """Everything that is held here and does not count, stream by stream: a pure function of what is held and of trust."""
    world = worlds.load(r)
    return [stretch for stream in ledger.streams(r) for stretch in stretches_out(r, world, stream)]


def find_stretch(r: Reader, chain: str) -> QuarantinedStretch:
    """The quarantined stretch whose last fact's id begins so. Raises NotFound."""
    found = next((each for each in quarantined_stretches(r) if chain and each.chain.startswith(chain.lower())), None)
    if found is None:
        raise NotFound(
            f"没有以“{chain}”结尾的隔离记录。",
            reason="unknown_fact",
            hint="请从“待核对”页选择。",
            at_console="见 campmgr node quarantine。",
        )
    return found


class Fork(NamedTuple):
    """A stream that goes on in several ways, since a copied file wrote on under its old id. `heads`: (number, chain value)."""

    stream: Stream
    heads: tuple[tuple[int, str], ...]


def forks(r: Reader) -> list[Fork]:
    """Every forked stream, with the end of each branch. Both branches are kept and count (docs/ledger.md#writers)."""
    rows = r.all("select scope, writer from facts group by scope, writer having count(*) > max(seq) order by scope, writer")
    return [Fork(Stream(*row), heads_of(r, Stream(*row))) for row in rows]


class IdleWord(NamedTuple):
    """A grant, revocation or admission without effect, by whoever does not stand above the node it speaks of."""

    fact: str
    kind: str
    node: str
    giver: str
    unit: str
    on_day: str


def idle_words(world: World) -> list[IdleWord]:
    """All that was said of nodes and has no effect: somebody should ask whoever said it."""
    return [IdleWord(one.id, one.fact.kind, subject_key(one.fact.subject), world.trust.node_of(one.fact.writer),
                     str(one.body.get("unit", "")), one.fact.happened_on) for one in world.trust.without_effect()]  # fmt: skip
