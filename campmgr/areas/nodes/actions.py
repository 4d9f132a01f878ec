"""Nodes: enrol a child with a grant, give it another one, revoke it at a cut (docs/ledger.md#trust)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from campmgr.areas.nodes.queries.nodes import Request, calls, cuts_now, find_stretch, last_seals_until, sealed_at, streams_of
from campmgr.errors import BadInput, NotAllowed, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.facts.quarantine import QuarantinedStretch
from campmgr.facts.review import Settling
from campmgr.facts.saying import say
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.ledger.hpke import is_sealing_key
from campmgr.ledger.seal import writer_of
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER, begin_anew


@dataclass(frozen=True, slots=True)
class Grant:
    """What a node is to hold: a unit's subtree, one line of it or all ("" ), without some units."""

    unit: str
    line: str = ""
    excluding: tuple[str, ...] = ()


def enrol(w: Writer, asked: Request, grant: Grant, actor: str = "") -> str:
    """Sign a child's keys and grant; the node's id. A node that has a grant gets this one instead, from what is known of it now.

    Raises NotFound for an unknown unit, NotAllowed for a grant that goes beyond one's own, BadInput for keys that are none.
    """
    if not is_sealing_key(asked.sealing_key):
        raise BadInput("这张申请里的密钥不能用。", reason="unreadable_file", hint="请对方重新做一份加入申请。")
    world, writer, node = worlds.load(w), w.meta(WRITER), writer_of(asked.key)
    unit = find_unit(world, grant.unit)
    own = world.trust.node_of(writer)
    if world.trust.node_of(node) == own or node == writer:
        raise BadInput("不能给自己授权。", reason="wrong_usage", hint="请在上级的数据文件里办理。")
    excluding = [find_unit(world, each).unit for each in grant.excluding]
    if not world.trust.may_give(writer, unit.unit, grant.line, excluding):
        raise NotAllowed(f"这份数据文件没有 {unit.name} 的授权，不能转授。", hint="请由上级办理。")
    _check_child(world, own, node)
    body = {"key": asked.key, "sealing_key": asked.sealing_key, "unit": unit.unit, "number": _number(world, unit.unit, node),
            "line": grant.line or None, "excluding": excluding, "cuts": cuts_now(w, world, node)}  # fmt: skip
    say(w, [Draft("", "node_enrolled", subject("node", node), body, actor=actor, replaces=world.trust.tips(node))])
    return node


def _check_child(world: World, own: str, node: str) -> None:
    """Refuse whoever must not be enrolled from here. Raises BadInput, NotAllowed, Refused."""
    trust = world.trust
    if trust.ends(node):
        raise Refused("这把钥匙已被撤销，不能再次授权。",
                      hint="请对方换一把新钥匙再申请。",
                      at_console="请对方运行 campmgr node request --new-key，换一把新钥匙再申请。")  # fmt: skip
    if trust.node_of(node) not in {"", node} or node == trust.root:
        raise BadInput("这把钥匙已属于本营的另一台电脑。", reason="wrong_usage", hint="请对方用自己的数据文件申请。")
    if trust.place(node) and own not in trust.above(node):
        raise NotAllowed("只有这台电脑的上级可以给它授权。", hint="请由给它首次授权的电脑或更上级办理。")


def revoke(w: Writer, text: str, at: str = "", reason: str = "", actor: str = "", keep: Collection[str] = ()) -> list[Fact]:
    """Revoke a node and those below it, save the kept ones: what is beyond the cuts is quarantined everywhere, the rest stands.

    `at` is a sealed chain value of one of its streams (or its beginning); every branch of its streams is cut at the last seals that
    are not younger. Without it the cut is what is known here now; those below are cut there in any case. The node's own revocation
    comes first. Raises NotFound, NotAllowed, Refused.
    """
    world = worlds.load(w)
    node = find_node(world, text)
    check_above(world, w.meta(WRITER), node)
    also = revoked_with(world, node, keep)
    cuts = {node: _cuts_at(w, world, node, at) if at else cuts_now(w, world, node)}
    cuts |= {each: cuts_now(w, world, each) for each in also}
    said = [
        Draft("", "node_revoked", subject("node", each), {"reason": reason, "cuts": cut}, actor=actor,
              replaces=world.trust.tips(each))
        for each, cut in cuts.items()
    ]  # fmt: skip
    return [each.fact for each in say(w, said)]


def change_key(w: Writer) -> None:
    """Begin anew under a key that succeeds nobody, since a revoked one is never granted again. Raises Refused for the root."""
    world = worlds.load(w)
    if world.trust.root and world.trust.node_of(w.meta(WRITER)) == world.trust.root:
        raise Refused("这是根电脑，不需要申请授权。")
    begin_anew(w)


def revoked_with(world: World, node: str, keep: Collection[str] = ()) -> list[str]:
    """The nodes below one that are revoked with it, save the kept ones and those below these. Raises as `find_node`."""
    kept = {find_node(world, each) for each in keep}
    return [each for each in world.trust.below(node) if kept.isdisjoint([each, *world.trust.above(each)])]


def admit(w: Writer, stretch: QuarantinedStretch, reason: str, actor: str = "") -> Fact:
    """Let a quarantined stretch count, on every node. Raises NotAllowed."""
    world, node = worlds.load(w), stretch.node or stretch.writer
    check_above(world, w.meta(WRITER), node)
    body = {"scope": stretch.scope, "writer": stretch.writer, "from": stretch.start, "to": stretch.end, "chain": stretch.chain,
            "reason": reason}  # fmt: skip
    return say(w, [Draft("", "facts_admitted", subject("node", node), body, actor=actor)])[0].fact


def admit_rows(settling: Settling) -> None:
    """Let the quarantined stretches that these rows are about count. Raises NotAllowed, NotFound."""
    for row in settling.rows:
        admit(settling.w, find_stretch(settling.w, row.told), settling.note or settling.answer.words, settling.actor)


def check_above(world: World, writer: str, node: str) -> None:
    """Refuse a data file that does not stand above a node. Raises NotAllowed, Refused."""
    own = world.trust.node_of(writer)
    if own != world.trust.root and own not in world.trust.above(node):
        raise NotAllowed("只有这台电脑的上级可以办理。", hint="请由上级办理。")
    if node == world.trust.root:
        raise Refused(
            "根电脑是训练营本身，只能凭恢复单接续。", hint="请用恢复单在新电脑上接续。", at_console="见 campmgr node recover。"
        )


def find_node(world: World, text: str) -> str:
    """A node by its id or its beginning, by its unit (code or name), or by unit and number. Raises NotFound, BadInput."""
    found = [node for node in world.trust.nodes() if text and (node.startswith(text) or text in calls(world, node))]
    if not found:
        raise NotFound(
            f"没有电脑“{text}”。", reason="unknown_node", hint="请从“电脑”页选择。", at_console="电脑见 campmgr node list。"
        )
    if len(found) > 1:
        raise BadInput(f"“{text}”对应 {len(found)} 台电脑。", reason="unknown_node", hint="请用电脑编号。")
    return found[0]


def _number(world: World, unit: str, node: str) -> int:
    """Which of its unit's laptops a node is: the number it has there, or the next."""
    grants = ((each, grant) for each in world.trust.nodes() for grant in world.trust.grants(each))
    numbers = {each: grant.number for each, grant in grants if grant.unit == unit}
    return numbers.get(node) or max(numbers.values(), default=0) + 1


def _cuts_at(r: Reader, world: World, node: str, at: str) -> list[list[object]]:
    clock = sealed_at(r, at)
    if clock is None:
        raise NotFound(
            f"没有以“{at}”开头的封签。",
            reason="unknown_fact",
            hint="请从“电脑”页选择。",
            at_console="封签见 campmgr node list --json。",
        )
    cuts: list[list[object]] = []
    for stream in streams_of(r, world, node):
        cuts += [[*stream, seq, chain] for seq, chain in last_seals_until(r, stream, clock)]
    return cuts
