"""Adding the units that the notice's tables name below the host, where they are not there yet."""

from __future__ import annotations

from campmgr.areas.points.queries.rows import rows_of
from campmgr.areas.points.rules.tasks import BLOCKS, OFFICES
from campmgr.areas.points.settings import Rows
from campmgr.areas.units.actions.units import UnitRow, add_unit
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.store.door import Writer
from campmgr.wording import name_key


def add_named_units(w: Writer, activity: Activity) -> list[str]:
    """Add the two groups and the units that the rules name, with codes in the printed order; the names of those added."""
    rules, added = activity.rules[Rows], list[str]()
    for group, code, names, kind in (
        (BLOCKS, rules.blocks, rules.block_names, "乡"),
        (OFFICES, rules.offices, rules.office_names, "机关"),
    ):
        world = worlds.load(w)
        host = world.tree.units[activity.host]
        if names and not any(unit.path.startswith(host.path) for unit in world.tree.by_code.get(code, ())):
            add_unit(w, UnitRow(code, group, host.unit, "机关"))
            added.append(group)
        known = {name_key(each.unit.name) for each in rows_of(w, worlds.load(w), activity, group)}
        for number, name in enumerate(names, 1):
            if name_key(name) not in known:
                add_unit(w, UnitRow(f"{code}-{number:02d}", name, code, kind))
                added.append(name)
    return added
