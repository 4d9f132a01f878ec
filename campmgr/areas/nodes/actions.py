"""Nodes: enrol a child with a grant, give it another one, revoke it at a cut (docs/ledger.md#trust)."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.areas.nodes.queries import Request, calls, last_seal_until, sealed_at
from campmgr.errors import BadInput, NotAllowed, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.facts.saying import say
from campmgr.facts.trust import WITHOUT_END
from campmgr.facts.world import World
from campmgr.ledger.envelope import PUBLIC, Draft, Fact, Stream, subject
from campmgr.ledger.seal import writer_of
from campmgr.store import ledger
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER


@dataclass(frozen=True, slots=True)
class Grant:
    """What a node is to hold: a unit's subtree, one line of it or all ("" ), without some units."""

    unit: str
    line: str = ""
    excluding: tuple[str, ...] = ()


def enrol(w: Writer, asked: Request, grant: Grant, actor: str = "") -> str:
    """Sign a child's keys and grant; the node's id. A node that has a grant gets this one instead, from what is known of it now.

    Raises NotFound for an unknown unit, NotAllowed for a grant that goes beyond one's own.
    """
    world, writer, node = worlds.load(w), w.meta(WRITER), writer_of(asked.key)
    unit = find_unit(world, grant.unit)
    own = world.trust.node_of(writer)
    if world.trust.node_of(node) == own or node == writer:
        raise BadInput("不能给自己授权。", reason="wrong_usage", hint="请在上级的数据文件里办理。")
    limit = world.trust.limit(Stream(PUBLIC, writer), unit.unit, line=grant.line, whole=True)
    if own != world.trust.root and limit.seq != WITHOUT_END:
        raise NotAllowed(f"这份数据文件没有 {unit.name} 的授权，不能转授。", hint="请由上级办理。")
    excluding = [find_unit(world, each).unit for each in grant.excluding]
    body = {"key": asked.key, "sealing_key": asked.sealing_key, "unit": unit.unit, "number": _number(world, unit.unit, node),
            "line": grant.line or None, "excluding": excluding, "cuts": _heads(w, world, node)}  # fmt: skip
    say(w, [Draft("", "node_enrolled", subject("node", node), body, actor=actor, replaces=last_word(world, node))])
    return node


def revoke(w: Writer, text: str, at: str = "", reason: str = "", actor: str = "") -> Fact:
    """Revoke a node: everything beyond the cut is quarantined on every node, everything before stands.

    `at` is a sealed chain value of one of its streams (or its beginning); its other streams are cut at the last seal that is
    not younger. Without it the cut is what is known here now. Raises NotFound, NotAllowed.
    """
    world = worlds.load(w)
    node = find_node(world, text)
    own = world.trust.node_of(w.meta(WRITER))
    if own != world.trust.root and own not in world.trust.ancestors(node):
        raise NotAllowed("只有这个节点的上级可以撤销它。")
    if node == world.trust.root:
        raise Refused("根节点是训练营本身，不能撤销。")
    body = {"reason": reason, "cuts": _cuts_at(w, world, node, at) if at else _heads(w, world, node)}
    said = Draft("", "node_revoked", subject("node", node), body, actor=actor, replaces=last_word(world, node))
    return say(w, [said])[0].fact


def last_word(world: World, node: str) -> tuple[str, ...]:
    """What was last said of a node's rights, for the next word to replace."""
    last = world.trust.last_word(node)
    return (last,) if last else ()


def find_node(world: World, text: str) -> str:
    """A node by its id or its beginning, by its unit (code or name), or by unit and number. Raises NotFound, BadInput."""
    found = [node for node in world.trust.nodes() if text and (node.startswith(text) or text in calls(world, node))]
    if not found:
        raise NotFound(f"没有节点“{text}”。", reason="unknown_node", hint="节点见 campmgr node list。")
    if len(found) > 1:
        raise BadInput(f"“{text}”对应 {len(found)} 个节点。", reason="unknown_node", hint="请用节点编号。")
    return found[0]


def _number(world: World, unit: str, node: str) -> int:
    """Which of its unit's laptops a node is: the number it has there, or the next."""
    numbers = {each: event.number for each in world.trust.nodes() for event in world.trust.events(each) if event.unit == unit}
    return numbers.get(node) or max(numbers.values(), default=0) + 1


def _streams_of(r: Reader, world: World, node: str) -> list[Stream]:
    return [stream for stream in ledger.streams(r) if world.trust.node_of(stream.writer) == node]


def _heads(r: Reader, world: World, node: str) -> list[list[object]]:
    """Where each stream of a node stands here."""
    found = []
    for stream in _streams_of(r, world, node):
        head = ledger.head(r, world.campaign, stream)
        found.append([*stream, head.seq, head.chain])
    return found


def _cuts_at(r: Reader, world: World, node: str, at: str) -> list[list[object]]:
    clock = sealed_at(r, at)
    if clock is None:
        raise NotFound(f"没有以“{at}”开头的封签。", reason="unknown_fact", hint="封签见 campmgr node list --json。")
    cuts = []
    for stream in _streams_of(r, world, node):
        last = last_seal_until(r, stream, clock)
        if last is not None:
            cuts.append([*stream, *last])
    return cuts
