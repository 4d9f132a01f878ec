"""Units: add, change, move."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from campmgr.clock import checked_day, today_of
from campmgr.errors import BadInput, Refused
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.facts.saying import may_write, say
from campmgr.facts.units import Count, Unit
from campmgr.facts.world import World
from campmgr.ids import hash_id, random_id, unit_id
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store import ledger
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER
from campmgr.wording import name_key


class UnitRow(NamedTuple):
    """A unit as somebody describes it; "" and None mean: not said. `parent` is whatever `find_unit` takes."""

    code: str
    name: str
    parent: str = ""
    kind: str = ""
    line: str = ""
    expected: int | None = None
    participating: bool = True


BAD_CODE = "单位代码只能用字母、数字、汉字和 - _ . 这几个符号，最多 40 个字。"


_IN_CODES = str.maketrans("", "", "-_.")


def is_unit_code(text: str) -> bool:
    """Whether a text can be a unit's code: it stands in addresses and lists, so separators are not for codes."""
    return not text or (len(text) <= 40 and (text.isalnum() or not (bare := text.translate(_IN_CODES)) or bare.isalnum()))


def added_draft(
    world: World, row: UnitRow, parent: str, batch: str | None = None, actor: str = "", client_id: str | None = None
) -> Draft:
    """What adds a unit below the parent of this id. A unit without a code is another one each time (docs/ledger.md#ids), save that
    one form says one.
    """
    nonce = "" if row.code else hash_id("added", client_id) if client_id else random_id()
    body = {"code": row.code, "name": row.name, "kind": row.kind or "其他", "parent": parent, "line": row.line or None,
            "expected": row.expected, "participating": row.participating, "nonce": nonce}  # fmt: skip
    return Draft(world.province, "unit_added", subject("unit", unit_id(parent, row.code, row.name, nonce)), body, actor=actor,
                 batch=batch, client_id=client_id)  # fmt: skip


def changed_draft(world: World, unit: Unit, row: UnitRow, batch: str | None = None, actor: str = "") -> Draft | None:
    """What changes a unit to a row's values; what the row does not say stays. None when nothing differs."""
    body = {"code": row.code or unit.code, "name": row.name or unit.name, "kind": row.kind or unit.kind,
            "line": row.line or unit.own_line or None, "expected": unit.expected if row.expected is None else row.expected,
            "participating": unit.participating and row.participating}  # fmt: skip
    return change_draft(world, unit, body, batch, actor)


def change_draft(world: World, unit: Unit, body: Mapping[str, object], batch: str | None, actor: str) -> Draft | None:
    """What says of a unit what is otherwise now; None when nothing is."""
    now = _described(unit)
    said = {name: value for name, value in body.items() if value != now[name]}
    return Draft(world.province, "unit_changed", subject("unit", unit.unit), said, actor=actor, batch=batch) if said else None


def _described(unit: Unit) -> dict[str, object]:
    """What a unit says of itself now, as the body of a change."""
    return {"code": unit.code, "name": unit.name, "kind": unit.kind, "line": unit.own_line or None, "expected": unit.expected,
            "participating": unit.participating}  # fmt: skip


def counted_draft(
    world: World, unit: str, count: Count, batch: str | None = None, actor: str = "", client_id: str | None = None
) -> Draft:
    """What says how many are expected in a unit (its id) from a day on ("": today), and who said so."""
    body = {"expected": count.number, "source": count.source}
    return Draft(world.province, "unit_counted", subject("unit", unit), body, actor=actor, batch=batch,
                 client_id=client_id, happened_on=count.day)  # fmt: skip


def close_unit(w: Writer, text: str, day: str = "", reason: str = "", actor: str = "") -> Fact | None:
    """Close a unit from a day on ("": today): nobody is registered in it any more, nor below it; what is recorded stays and counts.

    None for one that is closed already. Raises NotFound, AmbiguousUnit, Refused for the unit that everything stands below.
    """
    world = worlds.load(w)
    unit = find_unit(world, text)
    if unit.unit == world.root_unit:
        raise Refused("全部单位都在它之下，不能关闭。", reason="refused_by_rule", hint="不办了，请结束活动。")
    if unit.story.closed_on:
        return None
    return say(w, [closed_draft(world, unit, None, reason, actor, checked_day(day))])[0].fact


def closed_draft(world: World, unit: Unit, batch: str | None = None, reason: str = "", actor: str = "", day: str = "") -> Draft:
    """What closes a unit from a day on ("": today)."""
    return Draft(world.province, "unit_closed", subject("unit", unit.unit), {"reason": reason}, actor=actor, batch=batch,
                 happened_on=day)  # fmt: skip


def moved_draft(
    world: World, unit: Unit, parent: str, day: str, batch: str | None = None, actor: str = "", below: str = ""
) -> Draft | None:
    """What puts a unit below another, of this id, from a day on; None when it is there. `below`: where that one will stand, should
    it be added only now. Raises BadInput "circular_parent", also where that one stands below it for a while from that day on: the
    tree would pass such a move over, and take one told again for a later day as known.
    """
    if unit.parent == parent:
        return None
    days = [day, *(each for each in world.tree.move_days if each > day)]
    if any(unit.unit in world.tree.path_on(below or parent, each) for each in days):
        raise BadInput(f"{unit.name} 不能放到自己的下级之下。", reason="circular_parent", hint="请核对上级代码。")
    return Draft(world.province, "unit_moved", subject("unit", unit.unit), {"parent": parent}, actor=actor,
                 batch=batch, happened_on=day)  # fmt: skip


def add_unit(w: Writer, row: UnitRow, actor: str = "", client_id: str | None = None) -> Fact:
    """Add a unit; a form sent twice adds it once.

    Raises NotFound for an unknown parent, AmbiguousUnit, BadInput without a name, when the code is taken, or when a unit without
    code would be a second one of its name below this parent.
    """
    world = worlds.load(w)
    if not row.name.strip():
        raise BadInput("请填写单位的名称。", reason="missing_value", hint="没有代码的单位靠名称认出来。")
    parent = find_unit(world, row.parent).unit
    draft = added_draft(world, row, parent, actor=actor, client_id=client_id)
    if client_id is None or not any(True for _ in ledger.by_client_id(w, [client_id])):
        if row.code.strip():
            _check_code(w, world, row.code)
        else:
            _check_name(world, row.name, parent)
    return say(w, [draft])[0].fact


def _check_name(world: World, name: str, parent: str) -> None:
    key = name_key(name)
    if any(unit.parent == parent and name_key(unit.name) == key for unit in world.tree.called(name)):
        raise BadInput(f"这里已经有“{name}”。", reason="repeated_row", hint="是另一个单位的话，请写一个代码或换一个名称。")


def own_bearers(r: Reader, world: World, code: str) -> list[Unit]:
    """The units of a code that this file may describe. A code that another office has given too is no hindrance: both units
    stand, and the review asks (docs/ledger.md#review).
    """
    return [unit for unit in world.tree.by_code.get(code, ()) if may_write(world, r.meta(WRITER), unit.unit)]


def _check_code(r: Reader, world: World, code: str) -> None:
    if not is_unit_code(code):
        raise BadInput(BAD_CODE, reason="bad_code", hint="请换一个代码。")
    if own_bearers(r, world, code):
        raise BadInput(f"单位代码“{code}”已经在用。", reason="repeated_row", hint="请换一个代码。")


def describe_unit(w: Writer, text: str, row: UnitRow, actor: str = "", count: Count | None = None) -> Fact | None:
    """Let a unit be exactly as described: an empty line or number is none, and a unit takes part again. None when it is so.

    `count` says of the number from which day on it holds and who said so; without it, it holds from today on.

    Unlike `changed_draft`, nothing is left as it was, since whoever fills in a form sees every value; only an empty code or name
    stays. The parent is not looked at. Raises BadInput for a code that is taken.
    """
    world = worlds.load(w)
    unit = find_unit(world, text)
    body = {"code": row.code or unit.code, "name": row.name or unit.name, "kind": row.kind or unit.kind, "line": row.line or None,
            "expected": row.expected, "participating": row.participating}  # fmt: skip
    if body["code"] != unit.code:
        _check_code(w, world, row.code)
    drafts = list[Draft]()
    if count is not None:
        body["expected"] = unit.expected  # said apart, with its day
        now = unit.count_on("")
        if (count.number, count.source) != (now.number, now.source) or (count.day and count.day != now.day):
            drafts.append(counted_draft(world, unit.unit, count, None, actor))
    changed = change_draft(world, unit, body, None, actor)
    drafts += [changed] if changed else []
    return say(w, drafts)[0].fact if drafts else None


def merge_units(w: Writer, text: str, other: str, actor: str = "") -> Fact | None:
    """Two units are one: the other's people count where the first stands, its code finds the first; None when it is so already.

    Raises NotFound, AmbiguousUnit, BadInput "circular_parent" where the first stands below the other, NotAllowed.
    """
    world = worlds.load(w)
    stays, gone = find_unit(world, text), find_unit(world, other)
    merged = (unit for unit in world.tree.units.values() if unit.merged_into and world.tree.standing(unit) == stays)
    if any(other in {unit.code, unit.name, unit.unit} for unit in merged):
        return None
    if gone.unit in world.tree.path_on(stays.unit, "9999"):
        raise BadInput(
            f"{gone.name} 不能并入自己或自己的下级。", reason="circular_parent", hint="请写两个不同的单位，留下的写在前面。"
        )
    return say(w, [Draft(world.province, "units_merged", subject("unit", stays.unit), {"other": gone.unit}, actor=actor)])[0].fact


def move_unit(w: Writer, text: str, parent: str, day: str = "", actor: str = "", batch: str | None = None) -> Fact | None:
    """Move a unit below another from a day on. Nobody's data moves; the totals follow (docs/ledger.md#totals)."""
    world = worlds.load(w)
    draft = moved_draft(
        world, find_unit(world, text), find_unit(world, parent).unit, checked_day(day) or today_of(w.clock), batch, actor
    )
    return say(w, [draft])[0].fact if draft else None
