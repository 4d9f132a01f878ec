"""Correcting an item that was reported, and withdrawing it with all that was said of it."""

from __future__ import annotations

import json
from typing import Any

from campmgr.areas.points.actions.items import Report, checked, id_of, wrong_field
from campmgr.areas.points.queries.items import ItemLine, known_items
from campmgr.areas.points.queries.scoring import scoring_of
from campmgr.clock import local_day, parse_instant, utc_text
from campmgr.errors import BadInput, Refused
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.saying import say
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Draft, Fact, people_scope, subject
from campmgr.store import ledger
from campmgr.store.door import Writer

LONGEST_REASON = 200

_CORRECTED = ("sort", "title", "event_on", "sent_at", "characters", "section", "tags", "author", "urgent", "file", "sha256")
"""What of an item can be corrected: all of it; it stays the same item, with its adoptions."""


def correct_item(w: Writer, activity: Activity, line: ItemLine, report: Report, actor: str = "") -> Fact | None:
    """Say of an item what a report says otherwise; None where it says so already. What was returned waits again.

    Raises WrongField, also where another item of the unit bears that kind, day and title; NotAllowed.
    """
    kept = checked(report, activity, scoring_of(worlds.load(w), activity), utc_text(w.clock.now()))
    other = id_of(activity, line.unit, kept)
    if other != line.item and known_items(w, [other]):
        raise wrong_field("title", "本单位已有同一类型、同一天、同一标题的稿件。", "conflict", "请核对；重复的请撤回一篇。")
    changed: dict[str, Any] = {name: _plain(kept, name) for name in _CORRECTED if _plain(kept, name) != _plain(line, name)}
    if not changed:
        return None
    draft = Draft(line.unit, "item_reported", subject("item", line.item), {"activity": activity.id, **changed}, actor=actor,
                  happened_on=local_day(parse_instant(kept.sent_at)))  # fmt: skip
    return say(w, [draft])[0].fact


def withdraw_item(w: Writer, line: ItemLine, reason: str, actor: str = "") -> None:
    """Withdraw an item with its stages and adoptions, so that one reported anew under its title begins anew.

    That stays: what was withdrawn is not said again in one press, as its stages were about what it said then.

    Raises BadInput without a reason, Refused where it was withdrawn already, NotAllowed.
    """
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise BadInput(f"请写 1 到 {LONGEST_REASON} 字的原因。", reason="too_long" if reason else "missing_value")
    standing = _standing(w, line)
    if not standing:
        raise Refused("这篇稿件已经撤回。", hint="请回到列表。")
    about = subject("item", line.item)
    say(w, [
        Draft(each.scope, "fact_withdrawn", about, {"fact": each.chain, "reason": reason}, actor=actor,
              client_id=hash_id("withdrawn", each.chain))
        for each in reversed(standing)
    ])  # fmt: skip


def _standing(w: Writer, line: ItemLine) -> list[Fact]:
    """What was said of an item in its unit and not taken back."""
    told = [each for each in ledger.of_subjects(w, [subject("item", line.item)]) if each.scope == people_scope(line.unit)]
    gone = {json.loads(each.body or "{}").get("fact") for each in told if each.kind == "fact_withdrawn"}
    return [each for each in told if each.kind != "fact_withdrawn" and each.chain not in gone]


def _plain(said: Report | ItemLine, name: str) -> Any:
    found = getattr(said, name)
    return dict(found) if name == "characters" else list(found) if name == "tags" else found
