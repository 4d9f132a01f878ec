"""Taking in a receipt: whether it counts, and what it brings of laptops further up (docs/ledger.md#receipts)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from campmgr.areas.nodes.exchange.knowing import may_speak, signer
from campmgr.areas.nodes.exchange.receipt import Content, Receipt, ReceiptHead, held_text
from campmgr.areas.nodes.local.given import mark_of
from campmgr.areas.nodes.local.receipts import (
    HeardReceipt,
    HeldAbove,
    HeldLines,
    held_by_mark,
    keep_held_above,
    keep_receipt,
    made,
    receipts,
)  # fmt: skip
from campmgr.clock import utc_text
from campmgr.errors import BadInput, NotAllowed
from campmgr.facts import world as worlds
from campmgr.facts.laptops import own_node
from campmgr.facts.world import World
from campmgr.ledger.seal import signed, writer_of
from campmgr.store.door import Reader, Writer

Result = Literal["new", "known", "older"]
"""`older`: one that answers a later pack has come before; this one changes nothing."""


class Heard(NamedTuple):
    """What became of a receipt: whose it is, and what its giver told of the pack."""

    node: str
    result: Result
    receipt: HeardReceipt


def told_by(r: Reader, receipt: Receipt) -> HeldLines | None:
    """All that a receipt says is held, with what the one said that it goes on from; None where that is not here."""
    content = receipt.content
    before = held_by_mark(r, content.since) if content and content.since else {}
    return None if content is None or before is None else content.whole(before)


def check_giver(r: Reader, head: ReceiptHead) -> None:
    """Refuse a receipt of whoever has nothing to say here, before anything in it is opened. Raises BadInput, NotAllowed."""
    _giver(_world_of(r, head), head)


def hear(w: Writer, receipt: Receipt, lines: HeldLines | None) -> Heard:
    """Take in a receipt; `lines` as `told_by` found them. Nothing is changed by one that is refused.

    Raises BadInput for one of another camp, of a pack that this file has not made, or that goes on from one that is not here,
    NotAllowed for one that is closed for others or whose giver has no rights.
    """
    head = receipt.head
    world = _world_of(w, head)
    content = receipt.content
    if content is None:
        raise NotAllowed("这张回执不是给这份数据文件的，打不开，没有理会。", reason="sealed_pack",
                         hint="请把它带回做那个数据包的电脑。")  # fmt: skip
    if made(w, head.answers) is None:
        raise BadInput("这张回执回的数据包不是这份数据文件做的，没有理会。", reason="foreign_receipt",
                       hint="请带回做那个数据包的电脑；本机若恢复过备份，照常再做一个数据包即可，不会漏。")  # fmt: skip
    node, writer = _giver(world, head)
    kept = [each for each in receipts(w, node) if each.writer == writer]
    one = HeardReceipt(receipt.id, mark_of(head.given_by, head.number, content.state), node, writer, head.answers, head.number,
                       head.given_at, utc_text(w.clock.now()), content.told, content.state, lines or {})  # fmt: skip
    if any(each.receipt == one.receipt for each in kept):
        return Heard(node, "known", one)
    if kept and _rank(w, one) < _rank(w, kept[0]):
        return Heard(node, "older", one)
    if lines is None:
        raise BadInput("这张回执只写了与上一张不同的部分，而上一张不在本机（没有带回，或本机恢复过备份），没有理会。",
                       reason="missing_receipt", hint="请再做一个数据包带去，对方会回一张写全的回执；数据都在，不会漏。")  # fmt: skip
    keep_receipt(w, one)
    _keep_above(w, world, content)
    return Heard(node, "new", one)


def _rank(w: Writer, one: HeardReceipt) -> tuple[int, int]:
    answered = made(w, one.pack)
    return (answered.number if answered else 0, one.number)


def _world_of(r: Reader, head: ReceiptHead) -> World:
    """The camp, if it is the receipt's. Raises BadInput."""
    world = worlds.load(r)
    if world.campaign != head.campaign:
        raise BadInput("这张回执属于另一个训练营，没有理会。", reason="wrong_campaign", hint="请核对回执。")
    return world


def _giver(world: World, head: ReceiptHead) -> tuple[str, str]:
    """Node and writer of whoever gave it. Raises NotAllowed."""
    one = signer(world, head.given_by, head.succeeds, head.answers)
    if not one.node:
        raise NotAllowed("这张回执是一台没有授权的电脑给的，没有理会。", reason="not_granted", hint="请由它的上级先给它授权。")
    if not may_speak(world, one):
        raise NotAllowed("这张回执是一台已撤销的电脑给的，没有理会。", reason="not_granted", hint="请由它的上级重新授权。")
    return one.node, writer_of(head.given_by)


def _keep_above(w: Writer, world: World, content: Content) -> None:
    keep_held_above(w, _believed(world, set(world.trust.above(own_node(w, world))), content.above))


def _believed(world: World, above: set[str], told: Iterable[HeldAbove]) -> Iterator[HeldAbove]:
    """The statements that a laptop above this one has signed."""
    for each in told:
        node = world.trust.node_of(writer_of(each.key))
        if node in above and signed(
            each.key, held_text(world.campaign, each.key, each.number, each.stream, each.points), each.signature
        ):
            yield each._replace(node=node)
