"""The nodes of a camp: who writes where, and what of it stands here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from campmgr.clock import local_text
from campmgr.facts.world import World
from campmgr.ledger.envelope import Stream
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER
from campmgr.store.ledger import own_key, own_sealing_key

STATES = {"root": "本营根节点", "granted": "已授权", "revoked": "已撤销", "successor": "继任", "unknown": "未授权"}


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
    from nodes n left join wrote w on w.writer = n.node order by n.state <> 'root', n.unit, n.node"""


def node_lines(r: Reader, world: World) -> tuple[NodeLine, ...]:
    """Every node, the root first."""
    own = r.meta(WRITER)
    return tuple(_line(world, row, own) for row in r.all(_NODES))


def _line(world: World, row: tuple[object, ...], own: str) -> NodeLine:
    node, unit, line, state, facts, last = row
    known = world.tree.units.get(str(unit))
    name = next(iter(calls(world, str(node))), "")
    return NodeLine(str(node), name, str(unit), known.name if known else str(unit), str(line), str(state), int(str(facts)),
                    local_text(str(last))[:16].replace("T", " ") if last else "", node == own)  # fmt: skip


def calls(world: World, node: str) -> tuple[str, ...]:
    """What a node is called: "鼓楼区教育局第2台", by its unit and number, and by its unit alone, name or code. () without a grant."""
    granted = next((event for event in reversed(world.trust.events(node)) if event.sort == "granted"), None)
    unit = world.tree.units.get(granted.unit) if granted else None
    if granted is None or unit is None:
        return ()
    return f"{unit.name}第{granted.number}台", unit.name, unit.unit


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks to be enrolled."""

    key: str
    sealing_key: str
    name: str = ""


def asking(r: Reader, name: str = "") -> Request:
    """What this data file asks with: its two keys, and a name for whoever enrols it to read."""
    return Request(own_key(r).public, own_sealing_key(r).public, name)


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


def last_seal_until(r: Reader, stream: Stream, clock: int) -> tuple[int, str] | None:
    """Number and chain value of the last seal of a stream that is not younger than a clock."""
    row = r.one("select s.seq, s.chain from seals s join facts f on f.scope = s.scope and f.writer = s.writer"
                " and f.seq = s.seq and f.chain = s.chain where s.scope = :scope and s.writer = :writer and f.clock <= :clock"
                " order by s.seq desc limit 1", **stream._asdict(), clock=clock)  # fmt: skip
    return (row[0], row[1]) if row else None
