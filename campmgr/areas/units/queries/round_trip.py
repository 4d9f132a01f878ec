"""The units below one as a sheet holds them that is given out and comes back."""

from __future__ import annotations

from campmgr.accounts.queries import Account, is_theirs
from campmgr.areas.units.local import SentUnit
from campmgr.areas.units.rules.three_way import Value, Values
from campmgr.facts.finding import shown_code
from campmgr.facts.units import Unit
from campmgr.facts.world import World

STATES = ("参加", "不参加", "已关闭")
"""What stands in the column 状态; the last one is told and not read."""


def units_to_send(world: World, account: Account, top: Unit) -> tuple[SentUnit, ...]:
    """A unit and all below it that are the account's, those above first, each with what it says of itself."""
    found = [unit for unit in world.tree.units.values() if unit.path.startswith(top.path) and not unit.merged_into]
    return tuple(
        SentUnit(unit.unit, {**values_of(unit), "parent_code": shown_code(world, unit.parent) if unit.parent else ""})
        for unit in found
        if is_theirs(world, account, unit)
    )


def values_of(unit: Unit) -> Values:
    """What a unit says of itself, as it is compared; of its parent the id."""
    count = unit.count_on("")
    number = "" if count.number is None else str(count.number)
    state = "已关闭" if unit.closed_on else "参加" if unit.takes_part else "不参加"
    return {"code": unit.code, "name": unit.name, "parent": unit.parent, "kind": unit.kind, "line": unit.own_line,
            "count": (number, count.day if number else "", count.source if number else ""), "state": state}  # fmt: skip


def cells_of(values: Values) -> list[str | int | None]:
    """A unit's cells behind its key: code, name, parent's code, kind, line, number, day, source, state."""
    number, day, source = count_in(values["count"])
    code, name, parent, kind, line, state = (str(values[each]) for each in ("code", "name", "parent_code", "kind", "line", "state"))
    return [code, name, parent, kind, line, int(number) if number else None, day, source, state]


def count_in(value: Value) -> tuple[str, str, str]:
    """(Number, day, source) of a field that holds them."""
    return ("", "", "") if isinstance(value, str) else value


def count_words(value: Value) -> str:
    """A number of people with its day and source, in words."""
    number, day, source = count_in(value)
    beside = "，".join(filter(None, (f"{day} 起" if day else "", source)))
    return (f"{number}（{beside}）" if beside else number) if number else "未填"
