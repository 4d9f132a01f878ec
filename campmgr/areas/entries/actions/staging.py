"""The way of a work: screened, shortlisted, shown; sent back; revoked and reinstated, with the reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from campmgr.areas.entries.kinds import REACHES, STAGES
from campmgr.areas.entries.rules.entry import checks_of_class
from campmgr.areas.entries.settings import Entries
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.inventory_rows import InventoryRow
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.masks import holds_number
from campmgr.store.door import Reader, Writer

LONGEST_REASON = 200


def stage_entries(
    w: Writer, entries: Sequence[InventoryRow], stage: str, *, outlet: str = "", checks: Collection[str] = (), reason: str = "",
    batch: str = "", actor: str = "",
) -> list[Fact]:  # fmt: skip
    """Say where works have come to, several at once as one batch; `checks`: what of the list of checks was found well (E-13).

    Raises BadInput for a stage that is none, for sending back or turning down without a reason, showing without an outlet, or a
    check that is looked at in none of these works.
    """
    if stage not in STAGES:
        raise BadInput(f"没有“{stage}”这个阶段。", reason="unknown_word", hint=f"可以是：{'、'.join(STAGES)}。")
    if stage == "展播" and not outlet:
        raise BadInput("请写明在哪个平台展播。", reason="missing_value")
    reason = checked_reason(reason, needed=stage in {"退回", "未入围"})
    ticked = _ticked(w, entries, checks)
    drafts = [
        Draft(each.unit, "entry_staged", subject("entry", each.id),
              {"activity": each.activity, "stage": stage, "outlet": outlet, "checks": ticked[each.id], "reason": reason},
              actor=actor, batch=batch or None)
        for each in entries
    ]  # fmt: skip
    return [each.fact for each in say(w, drafts)]


def _ticked(r: Reader, entries: Sequence[InventoryRow], checks: Collection[str]) -> dict[str, dict[str, bool]]:
    """Of each work the checks of its class, ticked or not; nothing where none of them was ticked: the list was not gone through."""
    rules = {each.activity: worlds.load(r).activities[each.activity].rules[Entries] for each in entries}
    asked = {each.id: checks_of_class(rules[each.activity], str(each.values["class"])) for each in entries}
    known = list(dict.fromkeys(check for some in asked.values() for check in some))
    if unknown := [each for each in checks if each not in known]:
        hint = f"可以是：{'、'.join(known)}。" if known else "规则里没有写初筛逐项看什么。"
        raise BadInput(f"初筛不看“{unknown[0]}”。", reason="unknown_word", hint=hint)
    return {id_: {each: each in checks for each in some} if set(some) & set(checks) else {} for id_, some in asked.items()}


def revoke_entry(w: Writer, entry: InventoryRow, reach: str, reason: str, *, batch: str = "", actor: str = "") -> Fact:
    """Take from a work that it takes part, is shown or has won; history and reason stay (E-17). Raises BadInput."""
    return _reach(w, entry, "entry_revoked", reach, reason, batch, actor)


def reinstate_entry(w: Writer, entry: InventoryRow, reach: str, reason: str, *, batch: str = "", actor: str = "") -> Fact:
    """Give that back. Raises BadInput."""
    return _reach(w, entry, "entry_reinstated", reach, reason, batch, actor)


def _reach(w: Writer, entry: InventoryRow, kind: str, reach: str, reason: str, batch: str, actor: str) -> Fact:
    if reach not in REACHES:
        raise BadInput(f"没有“{reach}”这一项资格。", reason="unknown_word", hint=f"可以是：{'、'.join(REACHES)}。")
    body = {"activity": entry.activity, "reach": reach, "reason": checked_reason(reason, needed=True)}
    return say(w, [Draft(entry.unit, kind, subject("entry", entry.id), body, actor=actor, batch=batch or None)])[0].fact


def checked_reason(reason: str, *, needed: bool) -> str:
    """A reason as it is kept. Raises BadInput where one is needed, for a long one, and where it holds a number."""
    reason = reason.strip()
    if needed and not reason:
        raise BadInput("请写明原因，报送单位会看到。", reason="missing_value")
    if len(reason) > LONGEST_REASON:
        raise BadInput(f"原因最多 {LONGEST_REASON} 字。", reason="too_long")
    if holds_number(reason):
        raise BadInput("原因里像是有电话或证件号码。原因不能删除，请去掉号码。", reason="name_in_reason")
    return reason
