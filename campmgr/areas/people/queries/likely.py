"""Who most people of a unit are, where nobody says it: chosen already on a form, taken for the rows of a list."""

from __future__ import annotations

from campmgr.areas.people.settings import People
from campmgr.facts.units import Unit
from campmgr.facts.world import World

ANYBODY = "社会公众"

_LIKELY = {
    "学校": "学校师生", "企业": "职工", "社区": "社区(村)居民", "村": "社区(村)居民", "妇联": "社区(村)居民", "机关": "企事业单位"
}  # fmt: skip
"""Who most people of a unit of this kind are: one tap less. 妇联 counts families."""


def likely_kind(world: World, unit: Unit) -> str:
    """The participant kind of most people of a unit; "" where the camp has none such."""
    likely = _LIKELY.get(unit.kind, ANYBODY)
    return likely if likely in world.rules[People].kinds else ""
