"""Units as a list: those right below one, or all below it, by what is typed of a name, a code or a first letter."""

from __future__ import annotations

from collections.abc import Iterator

from campmgr.accounts.lists import KnownRows, ListAsked, ListColumn, ListFilter, ListLine, ListOf
from campmgr.accounts.queries import Account, is_theirs, visible_unit
from campmgr.areas.units.queries.my_units import reached_below
from campmgr.areas.units.queries.offering import is_called_like
from campmgr.areas.units.settings import UNIT_KINDS
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Reader


def _units(r: Reader, world: World, account: Account, asked: ListAsked) -> KnownRows:
    top = visible_unit(world, account, asked.unit or account.unit)
    chosen = [unit for unit in _below(world, account, top, asked) if _is_chosen(unit, asked)]
    reached = reached_below(r, world, account, top)
    lines = []
    for unit in sorted(chosen, key=lambda each: (len(each.code), each.place) if each.parent == top.unit else (99, each.place)):
        now = reached(unit.unit)
        state = "已并入其他单位" if unit.merged_into else "参加" if unit.participating else "不参加"
        lines.append(ListLine(unit.address, (
            unit.name, unit.code, unit.kind, unit.line, unit.above.name if unit.above else "", now.expected, now.joined, state,
            now.completed, now.certified, now.hours)))  # fmt: skip
    return KnownRows(lines, UNITS.keys)


def _below(world: World, account: Account, top: Unit, asked: ListAsked) -> Iterator[Unit]:
    everything = asked.chosen["below"] == "all" or bool(asked.text)
    leading = _leading(world, account)
    for unit in world.tree.units.values():
        is_below = unit.path.startswith(top.path) and unit.unit != top.unit if everything else unit.parent == top.unit
        if is_below and (not account.line or is_theirs(world, account, unit) or (not everything and unit.unit in leading)):
            yield unit


def _leading(world: World, account: Account) -> set[str]:
    """The regions that lead to the units of an account's line."""
    if not account.line:
        return set()
    units = world.tree.units.values()
    return {above for unit in units if unit.line == account.line for above in unit.path.strip("/").split("/")}


def _is_chosen(unit: Unit, asked: ListAsked) -> bool:
    chosen = asked.chosen
    return (
        (not asked.text or is_called_like(unit, asked.text))
        and chosen["kind"] in {"", unit.kind}
        and chosen["state"] in {"", "in" if unit.participating else "out"}
    )


def _scope(world: World, account: Account, asked: ListAsked) -> str:
    top = visible_unit(world, account, asked.unit or account.unit)
    return f"{top.name}{'的全部下级' if asked.chosen['below'] == 'all' else '的直接下级'}" + (
        f"（{account.line}）" if account.line else "")  # fmt: skip


UNITS = ListOf(
    name="units",
    title="单位",
    columns=(
        ListColumn("name", "单位"),
        ListColumn("code", "代码"),
        ListColumn("kind", "类别"),
        ListColumn("line", "条线"),
        ListColumn("parent", "上级", usual=False),
        ListColumn("expected", "应参与", "number"),
        ListColumn("joined", "已参加", "number"),
        ListColumn("state", "状态", "state"),
        ListColumn("completed", "学满", "number", usual=False),
        ListColumn("certified", "已发证", "number", usual=False),
        ListColumn("hours", "课时合计", "hours", usual=False),
    ),
    rows=_units,
    filters=(
        ListFilter("below", "范围", (("direct", "直接下级"), ("all", "全部下级"))),
        ListFilter("kind", "类别", (("", "全部"), *((each, each) for each in UNIT_KINDS.words))),
        ListFilter("state", "状态", (("", "全部"), ("in", "参加"), ("out", "不参加"))),
    ),
    opens=("office_units.unit", "code"),
    tones={"不参加": "warn", "已并入其他单位": "warn"},
    scope=_scope,
    is_searched=True,
)

LISTS = (UNITS,)
