"""The nodes of a camp: who writes where, and what of it stands here."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.clock import local_text
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER

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
    select n.node, n.name, n.unit, n.line, n.state, coalesce(w.facts, 0), w.last_at
    from nodes n left join wrote w on w.writer = n.node order by n.state <> 'root', n.unit, n.node"""


def node_lines(r: Reader, world: World) -> tuple[NodeLine, ...]:
    """Every node, the root first."""
    own = r.meta(WRITER)
    return tuple(_line(world, row, own) for row in r.all(_NODES))


def _line(world: World, row: tuple[object, ...], own: str) -> NodeLine:
    node, name, unit, line, state, facts, last = row
    known = world.tree.units.get(str(unit))
    return NodeLine(str(node), str(name), str(unit), known.name if known else str(unit), str(line), str(state), int(str(facts)),
                    local_text(str(last))[:16].replace("T", " ") if last else "", node == own)  # fmt: skip
