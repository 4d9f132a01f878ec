"""What about units a human should look at."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.areas.units.fold import CODE_SHARED
from campmgr.facts.finding import unit_told_apart
from campmgr.facts.review import Matter, ReviewRow, Told
from campmgr.facts.world import World
from campmgr.store.door import Reader


def _shared(_: Reader, world: World, rows: Sequence[ReviewRow]) -> list[Told]:
    units = world.tree.units
    return [Told("；".join(unit_told_apart(world, units[unit]) for unit in row.told if unit in units) + "。") for row in rows]


MATTERS = (
    Matter(
        name=CODE_SHARED,
        title="几个单位用了同一个代码",
        what_to_do="各单位都照常使用，人员和课时互不影响；按代码查找时会问是哪一个。请给其中一个换代码。",
        tell=_shared,
    ),
)
