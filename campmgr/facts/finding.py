"""Finding units and facts by what somebody types: a code, a name, the beginning of an id."""

from __future__ import annotations

from campmgr.errors import BadInput, NotFound
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ledger.envelope import Fact
from campmgr.store import ledger
from campmgr.store.door import Reader


def find_unit(world: World, text: str) -> Unit:
    """The unit of a code, or of a name that is unique. Raises NotFound "unknown_unit"."""
    unit = world.tree.units.get(text)
    if unit is None:
        named = units_by_name(world).get(text, [])
        unit = named[0] if len(named) == 1 else None
    if unit is None:
        raise NotFound(f"没有代码或名称为“{text}”的单位。", reason="unknown_unit", hint="请先导入单位，或核对代码。")
    return unit


def units_by_name(world: World) -> dict[str, list[Unit]]:
    """Units by their names."""
    found: dict[str, list[Unit]] = {}
    for unit in world.tree.units.values():
        found.setdefault(unit.name, []).append(unit)
    return found


def find_fact(r: Reader, text: str) -> Fact:
    """The fact of an id or of the first eight or more characters of one. Raises NotFound, BadInput."""
    found = ledger.by_chain_prefix(r, text.lower()) if len(text) >= 8 else []
    if not found:
        raise NotFound(f"没有编号以“{text}”开头的记录。", reason="unknown_fact", hint="编号见 campmgr person show。")
    if len(found) > 1:
        raise BadInput(f"以“{text}”开头的记录不止一条。", reason="unknown_fact", hint="请多写几位。")
    return found[0]
