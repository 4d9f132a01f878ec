"""Answering that one work was handed in twice: one stays and the others are sent back, or they are several works after all."""

from __future__ import annotations

from campmgr.areas.entries.actions.staging import checked_reason, stage_entries
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.entries.rules.doubles import FIRST, kept_unit
from campmgr.facts.inventory_rows import InventoryRow, rows_by_id
from campmgr.facts.review import ReviewRow, Settling
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, subject


def answer(settling: Settling) -> None:
    """Do what the answer says of each row. Raises BadInput for a note that holds a number."""
    reason = checked_reason(settling.note, needed=False)
    for row in settling.rows:
        ids = [entry for _, entry in row.told["works"]]
        known = rows_by_id(settling.w, ENTRIES, ids)
        works = [known[each] for each in ids if each in known and known[each].listed]
        unit = kept_unit(settling.answer.name, row.told["works"])
        if settling.answer.name == FIRST:
            _send_back(settling, works[1:], reason)
        elif unit is None:
            _tell_apart(settling, row, works, reason)
        else:
            _send_back(settling, [each for each in works if each.unit != unit], reason)


def _send_back(settling: Settling, away: list[InventoryRow], reason: str) -> None:
    what = "与先登记的一件文件相同" if settling.answer.name == FIRST else "两家报的是同一件作品"
    why = f"{what}，{settling.answer.words}" + (f"：{reason}" if reason else "")
    stage_entries(settling.w, away, "退回", reason=why, batch=settling.batch, actor=settling.actor)


def _tell_apart(settling: Settling, row: ReviewRow, works: list[InventoryRow], reason: str) -> None:
    drafts, of_one = [], len({each.unit for each in works}) == 1
    for each in works:
        others = sorted(other.id for other in works if other.unit != each.unit or (of_one and other.id != each.id))
        body = {"activity": each.activity, "why": row.told["why"], "others": others, "reason": reason}
        drafts.append(Draft(each.unit, "entry_told_apart", subject("entry", each.id), body, actor=settling.actor,
                            batch=settling.batch))  # fmt: skip
    say(settling.w, drafts)
