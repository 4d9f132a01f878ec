"""What a laptop is called where people read it: by its unit and number, never by anybody's name (docs/ledger.md#trust)."""

from __future__ import annotations

from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.store.identity import PREDECESSOR, WRITER


def laptop(world: World, writer: str) -> str:
    """The laptop of a writer: 鼓楼区教育局第2台."""
    node = world.trust.node_of(writer)
    if node and node == world.trust.root:
        return "全营的主机"
    grants = world.trust.grants(node) if node else ()
    unit = world.tree.units.get(grants[-1].unit) if grants else None
    return f"{unit.name}第{grants[-1].number}台" if unit else f"没有授权的电脑 {writer[:8]}"


def own_node(r: Reader, world: World) -> str:
    """The node that this data file is; "" without a grant. A copy that has not said so yet is the one it was copied from."""
    return next(filter(None, (world.trust.node_of(r.meta(each)) for each in (WRITER, PREDECESSOR))), "")


def own_place(r: Reader, world: World) -> tuple[str, str]:
    """The unit and the line ("" for all) that this laptop was granted; for the root, and without a grant, the whole camp."""
    node = own_node(r, world)
    grants = world.trust.grants(node) if node and node != world.trust.root else ()
    return (grants[-1].unit, grants[-1].line) if grants else (world.root_unit, "")
