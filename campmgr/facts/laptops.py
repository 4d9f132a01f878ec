"""What a laptop is called where people read it: by its unit and number, never by anybody's name (docs/ledger.md#trust)."""

from __future__ import annotations

from campmgr.facts.world import World


def laptop(world: World, writer: str) -> str:
    """The laptop of a writer: 鼓楼区教育局第2台."""
    node = world.trust.node_of(writer)
    if node and node == world.trust.root:
        return "全营的主机"
    grants = world.trust.grants(node) if node else ()
    unit = world.tree.units.get(grants[-1].unit) if grants else None
    return f"{unit.name}第{grants[-1].number}台" if unit else f"没有授权的电脑 {writer[:8]}"
