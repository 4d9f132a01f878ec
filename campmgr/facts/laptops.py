"""What a laptop is called where people read it: by its unit and number, never by anybody's name (docs/ledger.md#trust)."""

from __future__ import annotations

from campmgr.facts.world import World


def laptop(world: World, writer: str) -> str:
    """The laptop of a writer: 鼓楼区教育局第2台."""
    node = world.trust.node_of(writer)
    granted = next((event for event in reversed(world.trust.events(node)) if event.sort == "granted"), None) if node else None
    unit = world.tree.units.get(granted.unit) if granted else None
    if node and node == world.trust.root:
        return "全营的主机"
    return f"{unit.name}第{granted.number}台" if granted and unit else f"没有授权的电脑 {writer[:8]}"
