"""The log of a unit as a list: who did what, when, and what of it was taken back."""

from __future__ import annotations

from campmgr.accounts.lists import KnownRows, ListAsked, ListColumn, ListFilter, ListLine, ListOf
from campmgr.accounts.queries import Account, unit_for, unit_name
from campmgr.desks.queries.recent import LOOKED_AT_BELOW, RecentAct, recent_acts
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ledger.envelope import people_scope, scope_unit
from campmgr.store.door import Reader
from campmgr.store.ledger import last_place

LOGGED = 500
"""Acts that the log goes back; what is older stands in the history of its person, and in the list of imported files."""


def logged_acts(r: Reader, world: World, account: Account, unit: Unit) -> tuple[RecentAct, ...]:
    """The acts of a unit's log, the newest first: about its own people, and about the unit itself."""
    return recent_acts(r, world, account, unit, LOGGED, of_itself=True)


def _of_all_below(r: Reader, world: World, account: Account, unit: Unit) -> tuple[RecentAct, ...]:
    return recent_acts(r, world, account, unit, LOGGED, below=True)


def _log(r: Reader, world: World, account: Account, asked: ListAsked) -> KnownRows:
    unit, chosen = unit_for(world, account, asked.unit), asked.chosen
    is_wide = chosen["below"] == "" and unit.unit in world.tree.uppers
    acts = _of_all_below(r, world, account, unit) if is_wide else logged_acts(r, world, account, unit)
    own = {people_scope(unit.unit)} if is_wide else {act.scope for act in acts}
    me = account.name
    lines = [
        ListLine(
            act.what if act.scope in own else "",
            (
                act.at,
                act.words,
                act.detail,
                act.of,
                unit_name(world, scope_unit(act.scope) or unit.unit),
                act.who,
                "已撤销" if act.is_off else "有效",
            ),
        )
        for act in acts
        if chosen["state"] in {"", "off" if act.is_off else "on"} and (chosen["who"] == "" or act.who == me)
    ]
    is_whole = len(acts) < LOGGED and not (is_wide and last_place(r) > LOOKED_AT_BELOW)
    return KnownRows(lines, LOG.keys, is_whole=is_whole)


def _scope(world: World, account: Account, asked: ListAsked) -> str:
    return unit_for(world, account, asked.unit).name


LOG = ListOf(
    name="log",
    title="操作记录",
    columns=(
        ListColumn("at", "时间"),
        ListColumn("what", "做了什么"),
        ListColumn("detail", "内容"),
        ListColumn("of", "关于谁"),
        ListColumn("unit", "单位"),
        ListColumn("who", "谁做的"),
        ListColumn("state", "状态", "state"),
    ),
    rows=_log,
    filters=(
        ListFilter("below", "范围", (("", "连同下级"), ("own", "只看本单位"))),
        ListFilter("state", "状态", (("", "全部"), ("on", "有效"), ("off", "已撤销"))),
        ListFilter("who", "谁做的", (("", "所有人"), ("me", "我"))),
    ),
    tones={"已撤销": "warn"},
    role="viewer",
    scope=_scope,
)
