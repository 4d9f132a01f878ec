"""What the makers of a work have agreed to, said text by text, and taken back so."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from campmgr.areas.entries.queries.entries import agreements_of
from campmgr.areas.entries.rules.agreements import Agreed, agreement_of, statements_of
from campmgr.areas.entries.settings import Entries
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.inventory_rows import InventoryRow
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Writer


def agree(
    w: Writer, entries: Sequence[InventoryRow], numbers: Collection[int] | None, *, batch: str = "", actor: str = ""
) -> list[Fact]:  # fmt: skip
    """Say that of each work just these texts (None: all) are agreed to; what stood so already is not said again.

    Raises BadInput for a number that no text has.
    """
    world, known = worlds.load(w), agreements_of(w, [each.id for each in entries])
    drafts = [
        draft for each in entries
        for draft in agreement_drafts(world.activities[each.activity], each.unit, each.id, numbers,
                                    known.get((each.id, each.unit), ()), batch, actor)
    ]  # fmt: skip
    return [each.fact for each in say(w, drafts)]


def agreement_drafts(
    activity: Activity, unit: str, entry: str, numbers: Collection[int] | None, agreed: Collection[Agreed], batch: str = "",
    actor: str = "",
) -> list[Draft]:  # fmt: skip
    """What makes just these texts of a work agreed to. Raises BadInput for a number that no text has."""
    asked = activity.rules[Entries]
    every = statements_of(asked)
    if unknown := sorted({*(numbers or ())} - {each.number for each in every}):
        hint = f"这次活动要承诺的有 {len(every)} 项。" if every else "这次活动不要求承诺。"
        raise BadInput(f"没有第 {unknown[0]} 项承诺。", reason="unknown_word", hint=hint)
    wanted = {each: numbers is None or each.number in numbers for each in every}
    stands = {each: agreement_of(asked, each, agreed) is not None for each in every}
    return [
        Draft(unit, "entry_agreed", subject("entry", entry),
              {"activity": activity.id, "version": asked.statements_version, "statement": each.id, "agreed": is_agreed},
              actor=actor, batch=batch or None)
        for each, is_agreed in wanted.items() if is_agreed != stands[each]
    ]  # fmt: skip
