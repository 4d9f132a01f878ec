"""Lending."""

from __future__ import annotations

from campmgr.areas.tools.settings import Tools

from campmgr.errors import Refused
from campmgr.facts.finding import find_unit
from campmgr.facts.saying import say
from campmgr.facts.world import World
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Writer


def lend_draft(world: World, unit: str, name: str, count: int, batch: str | None = None, actor: str = "") -> Draft:
    """What lends tools to a unit. Raises NotFound for an unknown unit, Refused for more than the camp allows."""
    most, found = world.rules[Tools].most, find_unit(world, unit).unit
    if count > most:
        raise Refused(f"一个单位每种器材最多领 {most} 件。", hint="请减少数量，或由组织方修改规则。")
    about = subject("tool", hash_id("tool", found, name))
    return Draft(found, "tool_lent", about, {"unit": found, "name": name, "count": count}, batch=batch, actor=actor)


def lend(w: Writer, world: World, unit: str, name: str, count: int) -> Fact:
    """Lend tools to a unit; what was said of the same tool before no longer counts."""
    return say(w, [lend_draft(world, unit, name, count)])[0].fact
