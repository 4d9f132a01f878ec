"""A unit's summary 总结: written, handed in, accepted or returned with a reason (F-26)."""

from __future__ import annotations

from campmgr.areas.summaries.kinds import summary_subject
from campmgr.areas.summaries.queries import summary_of
from campmgr.errors import BadInput, Refused
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from campmgr.facts.units import Unit
from campmgr.ledger.envelope import Draft, Fact
from campmgr.masks import holds_number
from campmgr.store.door import Writer

LONGEST = 10_000
"""Characters of a summary: some three printed pages."""

LONGEST_REASON = 200


def write_summary(w: Writer, unit: Unit, text: str, *, hand_in: bool, actor: str = "", client_id: str | None = None) -> Fact | None:
    """Keep a unit's text, as a draft or handed in; None where the very same stands already.

    Raises Refused once it was accepted or waits for its answer, BadInput for a text that is empty, endless or holds a number.
    """
    text = text.strip()
    if not text:
        raise BadInput("总结是空的。", reason="missing_value", hint="请写几句活动情况、做法和成效。")
    if len(text) > LONGEST:
        raise BadInput(f"总结最多 {LONGEST} 字，现在是 {len(text)} 字。", reason="too_long", hint="请写简短些，详细材料另行报送。")
    if holds_number(text):
        raise BadInput("总结里像是有电话、身份证或银行卡号。总结不能删除，不要写个人信息。", hint="请去掉号码再保存。")
    known = summary_of(w, worlds.load(w), unit)
    if known.state == "accepted":
        raise Refused("总结已经通过，不能再改。", hint="确需修改的，请上级先退回。")
    if known.text == text and (known.state == "handed_in" or (known.state == "draft" and not hand_in)):
        return None
    body = {"text": text, "handed_in": hand_in}
    return _say(w, unit, "summary_written", body, actor, client_id)


def judge_summary(
    w: Writer, unit: Unit, summary: str, *, accepted: bool, reason: str = "", actor: str = "", client_id: str | None = None
) -> Fact:
    """Accept a summary, or return it with the reason. `summary` is the id of the text that was read.

    Raises Refused when the unit has written another since, or none was handed in; BadInput for a return without a reason.
    """
    reason = reason.strip()
    if len(reason) > LONGEST_REASON:
        raise BadInput(f"说明最多 {LONGEST_REASON} 字。", reason="too_long", hint="请写简短些。")
    if not accepted and not reason:
        raise BadInput("退回要写明原因。", reason="missing_value", hint="请写明要补充什么。")
    known = summary_of(w, worlds.load(w), unit)
    if known.state in {"none", "draft"} or known.fact != summary:
        raise Refused("这份总结刚刚有改动，或还没有报送。", hint="请重新打开这一页再处理。")
    return _say(w, unit, "summary_judged", {"summary": summary, "accepted": accepted, "reason": reason}, actor, client_id)


def _say(w: Writer, unit: Unit, kind: str, body: dict[str, object], actor: str, client_id: str | None) -> Fact:
    draft = Draft(unit.unit, kind, summary_subject(worlds.load(w).activity, unit.unit), body, actor=actor, client_id=client_id)
    return say(w, [draft])[0].fact
