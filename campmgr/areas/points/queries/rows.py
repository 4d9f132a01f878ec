"""The units that the two tables name, in the notice's order, each with the group it belongs to."""

from __future__ import annotations

from typing import NamedTuple

from campmgr.areas.points.rules.tasks import BLOCKS, GROUPS, OFFICES, joined_in
from campmgr.areas.points.settings import Rows
from campmgr.errors import BadInput, Refused
from campmgr.facts.activities import Activity
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.wording import name_key


class RowUnit(NamedTuple):
    """A unit that has a row: its group, and how many offices its row stands for."""

    unit: Unit
    group: str
    joined: int


def rows_of(r: Reader, world: World, activity: Activity, group: str = "") -> tuple[RowUnit, ...]:
    """The units of an activity, of one group or of both, as the tables print them."""
    rules = activity.rules[Rows]
    named = {BLOCKS: (rules.blocks, rules.block_names), OFFICES: (rules.offices, rules.office_names)}
    found: list[RowUnit] = []
    for each in GROUPS:
        code, names = named[each]
        top = _top(world, activity, code)
        if top is not None and group in {"", each}:
            found += (RowUnit(unit, each, joined_in(unit.name)) for unit in _below(r, world, top, names))
    return tuple(found)


def row_of(r: Reader, world: World, activity: Activity, unit: str) -> RowUnit:
    """The row of a unit. Raises Refused for one that neither table names."""
    for each in rows_of(r, world, activity):
        if each.unit.unit == unit:
            return each
    known = world.tree.units.get(unit)
    raise Refused(f"{known.name if known else '这个单位'}不在“{activity.name}”的统计表里，不报送稿件。",
                  hint="请核对单位；确实要报送的，请主办单位把它放到板块或科室大队之下。")  # fmt: skip


def checked_group(text: str) -> str:
    """One of the two groups, "" for both. Raises BadInput."""
    if text and text not in GROUPS:
        raise BadInput(f"没有“{text}”这一组；可以是：{'、'.join(GROUPS)}。", reason="unknown_word")
    return text


def _top(world: World, activity: Activity, code: str) -> Unit | None:
    """The unit that stands for a group: below the host, of several the one nearest to it."""
    host = world.tree.units.get(activity.host)
    if host is None:
        return None
    bearers = [unit for unit in world.tree.by_code.get(code, ()) if unit.path.startswith(host.path)]
    return min(bearers, key=lambda unit: (unit.path.count("/"), unit.unit), default=None)


def _below(r: Reader, world: World, top: Unit, names: tuple[str, ...]) -> list[Unit]:
    """Those below a group: the notice's in its order, then others by their codes; whoever was merged stands for nobody."""
    order = {name_key(name): place for place, name in enumerate(names)}
    ids = (unit for (unit,) in r.all("select unit from units where parent = :parent order by unit", parent=top.unit))
    units = (world.tree.units[each] for each in ids)
    kept = [unit for unit in units if not unit.merged_into]
    return sorted(kept, key=lambda unit: (order.get(name_key(unit.name), len(order)), unit.shown_code, unit.unit))
