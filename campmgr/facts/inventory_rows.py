"""The rows of an inventory: asked, listed, changed, dropped, and what was said of one of them (docs/add-an-inventory.md)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from campmgr.clock import minute_text
from campmgr.errors import BadInput, NotFound
from campmgr.facts.activities import Activity
from campmgr.facts.batches import withdrawals_of
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.inventories import Field, Inventory, own_facts
from campmgr.facts.laptops import laptop
from campmgr.facts.saying import say
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.ledger.order import ReadFact, read_facts, stand
from campmgr.store import ledger
from campmgr.store.door import Reader, Row, Writer
from campmgr.wording import normal

LONGEST_REASON = 200


class Who(NamedTuple):
    """How fields that hold people are read and shown, handed over by the area that declares them, since people are an area too.

    `find`: the id of the person of a unit whom a code or 编号 means, raising a CampError for anybody else, so that nobody learns a
    name by trying codes; `names`: what those of a unit ("" for any) are called now, by id.
    """

    find: Callable[[Reader, str, str], str]
    names: Callable[[Reader, str, Iterable[str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class InventoryRow:
    """A row: its id, where it stands, whether it is listed or was dropped, since when it is known, and its values by field."""

    id: str
    activity: str
    unit: str
    listed: bool
    listed_on: str
    values: Mapping[str, Any]


class Told(NamedTuple):
    """A line of a row's history: when, by whom (an account's id), on which laptop, what; whether it was taken back."""

    at: str
    actor: str
    laptop: str
    called: str
    words: str
    is_withdrawn: bool


def inventory_rows(r: Reader, inventory: Inventory, activity: str, unit: str = "", *, dropped: bool = False) -> list[InventoryRow]:
    """The rows of an activity, of one unit where it is named, in the order of their units and keys; with `dropped` those too."""
    columns, table, order = ", ".join(inventory.folded.columns), inventory.table, ", ".join((*inventory.key, inventory.name))
    where = "activity = :activity" + (" and unit = :unit" if unit else "") + ("" if dropped else " and listed = 1")
    named = {"unit": unit} if unit else {}
    sql = f"select {columns} from {table} where {where} order by unit, listed desc, {order}"  # noqa: S608 - our own names
    return [_row(inventory, row) for row in r.all(sql, activity=activity, **named)]


def rows_by_id(r: Reader, inventory: Inventory, ids: Collection[str]) -> dict[str, InventoryRow]:
    """The rows of these ids that are known."""
    columns = ", ".join(inventory.folded.columns)
    sql = f"select {columns} from {inventory.table} where {inventory.name} in (:keys)"  # noqa: S608 - our names
    return {row[0]: _row(inventory, row) for row in r.among(sql, ids)}


def ids_begun(r: Reader, inventory: Inventory, begun: str) -> list[str]:
    """The ids of rows that begin so, two at most: people type the beginning of one."""
    name, table = inventory.name, inventory.table
    sql = f"select {name} from {table} where {name} >= :low and {name} < :high limit 2"  # noqa: S608 - our own names
    return [row[0] for row in r.all(sql, low=begun, high=begun + "g")]


def row_of(r: Reader, inventory: Inventory, id_: str) -> InventoryRow:
    """One row. Raises NotFound."""
    found = rows_by_id(r, inventory, [id_]).get(id_)
    if found is None:
        raise NotFound(f"没有这一条{inventory.called}。", reason="unknown_fact", hint="请回到列表里选。")
    return found


def _row(inventory: Inventory, row: Row) -> InventoryRow:
    id_, activity, unit, listed, since, *values = row
    pairs = zip(inventory.fields, values, strict=True)
    told = {field.name: bool(value) if field.sort == "flag" else value for field, value in pairs}
    return InventoryRow(id_, activity, unit, bool(listed), since, told)


def matching(inventory: Inventory, rows: Iterable[InventoryRow], text: str) -> list[InventoryRow]:
    """Those of the rows in which every word of a search stands, in any field."""
    words = normal(text).casefold().split()
    said = ((row, normal(" ".join(each.shown(row.values[each.name]) for each in inventory.fields)).casefold()) for row in rows)
    return [row for row, told in said if all(word in told for word in words)]


def people_in(inventory: Inventory, rows: Iterable[InventoryRow]) -> set[str]:
    """The ids of all people whom rows name."""
    named = [each.name for each in inventory.fields if each.sort == "person"]
    return {row.values[name] for row in rows for name in named if row.values[name]}


def words_of(
    r: Reader, inventory: Inventory, rows: Collection[InventoryRow], who: Who | None, unit: str = ""
) -> dict[str, dict[str, str]]:
    """What rows say by their ids and fields, as people read it; those of a unit ("" for any) by name, all others by their codes."""
    names = who.names(r, unit, people_in(inventory, rows)) if who else {}
    return {row.id: {each.name: _words(each, row.values[each.name], names) for each in inventory.fields} for row in rows}


def _words(field: Field, value: Any, names: Mapping[str, str]) -> str:
    return (names.get(value) if field.sort == "person" else None) or field.shown(value)


def row_draft(
    inventory: Inventory, activity: str, unit: str, said: Mapping[str, Any], before: InventoryRow | None, *,
    actor: str = "", batch: str | None = None,
) -> Draft | None:  # fmt: skip
    """What makes a row say this: all fields of a new one, of a known one only those that differ, of a dropped one that it is listed
    again; None where it says so already. Raises BadInput with the heading of the field that is wrong.
    """
    blank = {each.name: each.blank for each in inventory.fields}
    values = {**blank, **(before.values if before else {}), **said}
    _, sentence, reason = inventory.refuse(values)
    if sentence:
        raise BadInput(sentence, reason=reason)
    changed = {name: value for name, value in values.items() if before is None or before.values[name] != value}
    if before is None or not before.listed:
        changed["listed"] = True
    if not changed:
        return None
    id_ = before.id if before else inventory.row_id(activity, unit, values)
    about, place = subject(inventory.name, id_), unit if inventory.is_units else ""
    return Draft(place, f"{inventory.name}_listed", about, {"activity": activity, **changed}, actor=actor, batch=batch)


def list_row(
    w: Writer, inventory: Inventory, activity: Activity, unit: str, said: Mapping[str, Any], actor: str = ""
) -> Fact | None:
    """List a row, or change the one with this key; None where it says so already. Raises BadInput, NotAllowed, Refused."""
    values = {each.name: each.blank for each in inventory.fields} | dict(said)
    id_ = inventory.row_id(activity.id, unit, values)
    draft = row_draft(inventory, activity.id, unit, said, rows_by_id(w, inventory, [id_]).get(id_), actor=actor)
    return say(w, [draft])[0].fact if draft else None


def change_row(w: Writer, inventory: Inventory, row: InventoryRow, said: Mapping[str, Any], actor: str = "") -> Fact | None:
    """Change fields of a row, and list it again where it was dropped. Raises BadInput, also for the key of another row."""
    if inventory.row_id(row.activity, row.unit, {**row.values, **said}) != row.id:
        raise BadInput(f"换了{_key_words(inventory)}就是另一条。", reason="conflict", hint="请撤下这一条，再登记新的。")
    draft = row_draft(inventory, row.activity, row.unit, said, row, actor=actor)
    return say(w, [draft])[0].fact if draft else None


def drop_row(w: Writer, inventory: Inventory, row: InventoryRow, reason: str, actor: str = "") -> Fact | None:
    """Drop a row; None where it is dropped already. Raises BadInput without a reason, NotAllowed, Refused."""
    if not row.listed:
        return None
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise BadInput(f"请写明原因，最多 {LONGEST_REASON} 字。", reason="too_long" if reason else "missing_value")
    body = {"activity": row.activity, "listed": False, "reason": reason}
    about, place = subject(inventory.name, row.id), row.unit if inventory.is_units else ""
    return say(w, [Draft(place, f"{inventory.name}_dropped", about, body, actor=actor)])[0].fact


def told_of(r: Reader, world: World, inventory: Inventory, row: InventoryRow) -> tuple[Told, ...]:
    """All that was said of a row, the last first; what was taken back is told as such."""
    read = read_facts(kinds_of(r), ledger.of_subjects(r, [subject(inventory.name, row.id)]))
    told = own_facts(inventory, row.id, read)
    said = {one.id for one in stand(told, withdrawals_of(r, [told])).said}
    mine = [one for one in told if one.fact.kind.startswith(f"{inventory.name}_")]
    return tuple(_told(world, one, is_withdrawn=one.id not in said) for one in reversed(mine))


def _told(world: World, one: ReadFact, *, is_withdrawn: bool) -> Told:
    words = one.row.words(world, one.body) if one.row.words else ""
    fact = one.fact
    return Told(minute_text(fact.recorded_at), fact.actor, laptop(world, fact.writer), one.row.called, words, is_withdrawn)


def _key_words(inventory: Inventory) -> str:
    return "、".join(inventory.by_name[each].heading for each in inventory.key)
