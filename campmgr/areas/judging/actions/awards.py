"""Giving awards: fit notes, freezing a list, amending it, tasks. A list never changes; its digest stands in public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from campmgr.areas.judging.fold.awards import list_key
from campmgr.areas.judging.queries.award_draft import AwardsDraft, draft_of, fits_of, rule_text
from campmgr.areas.judging.queries.award_lists import (
    STATES,
    AwardList,
    award_list,
    lost_since,
    made_again,
    next_list_number,
    tasks_of,
)
from campmgr.areas.judging.queries.judged import judged_in, opened_rounds, sheets_of_round, was_judged
from campmgr.areas.judging.queries.nominees import nominees_draft, with_nominees
from campmgr.areas.judging.rules.award_list import (
    REFILL,
    STRIKE,
    AwardChange,
    AwardStep,
    amended,
    amendment_digest,
    changes_between,
    digest_of,
)
from campmgr.areas.judging.settings import Awards, names_of
from campmgr.areas.prizes.actions.lasting_words import stays_for_ever
from campmgr.clock import utc_text
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.saying import say
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store import ledger
from campmgr.store.door import Reader, Writer


class AwardsProposal(NamedTuple):
    """What an amendment would change; nothing is written yet."""

    amendment: int
    strike: str
    refill: str
    changes: tuple[AwardChange, ...]
    lost: tuple[str, ...] = ()


def round_asked(r: Reader, activity: Activity, name: str) -> str:
    """The round that is named, else the one opened last. Raises Refused where none is open."""
    opened = opened_rounds(r, activity)
    if not name and not opened:
        raise Refused(
            "还没有开启的评审轮次，不能定奖。",
            hint="请先在“评审”页开启一轮。",
            at_console="请先开启：campmgr judging open 轮次 --reason …",
        )
    return name or opened[-1]


def note_fit(
    w: Writer, activity: Activity, entry: str, award: str, reason: str, actor: str = "", client_id: str | None = None
) -> Fact:
    """Say that a work goes before others of an award since it fits it best (H-19). Raises BadInput for an award or reason that is
    none, NotFound for a work that is not judged.
    """
    if award not in names_of(activity.rules[Awards].classes):
        known = "、".join(names_of(activity.rules[Awards].classes)) or "还没有"
        raise BadInput(f"没有“{award}”这个奖项。", reason="unknown_word", hint=f"现有奖项：{known}；可在规则“奖项”里改。")
    if not was_judged(w, activity, entry):
        raise NotFound("这件作品没有评分，不能授奖。", reason="unknown_work", hint="请从评分结果里选。")
    body = {"activity": activity.id, "award": award, "reason": stays_for_ever(reason, "契合度说明")}
    draft = Draft(activity.host, "fit_noted", subject("entry", entry), body, actor=actor, client_id=client_id)
    return say(w, [draft])[0].fact


def drafted_awards(
    r: Reader, world: World, activity: Activity, round_: str, remark: str = ""
) -> tuple[AwardsDraft, dict[str, Any]]:
    """The awards as they would be frozen, and the body of the fact; nothing is written. Raises as `freeze_awards`."""
    judged = judged_in(r, world, activity, round_)
    works = draft_of(r, world, activity, judged)
    named = nominees_draft(r, world, activity, works)
    draft, fits = with_nominees(world, works, named), fits_of(r, activity)
    body: dict[str, Any] = {
        "activity": activity.id, "number": next_list_number(r, activity), "at": utc_text(r.clock.now()),
        "rules": {**activity.rules.to_mapping(), "round": round_, "round_digest": judged.round.digest},
        "rule_text": rule_text(activity.rules, judged), "method": draft.method,
        "rows": [each.row.told() for each in draft.rows],
        "fits": [[award, entry, reason] for (award, entry), reason in fits.items()],
        "excluded": [list(each) for each in draft.left_out],
        "sources": [list(each) for each in sheets_of_round(r, activity, round_)],
        "nominees": named.told(), "remark": remark,
    }  # fmt: skip
    return draft, body | {"digest": digest_of(body)}


def check_freezable(draft: AwardsDraft, remark: str) -> None:
    """Raises Refused for what no list may be frozen with: nothing in it, more notes than slots, too few marks without a reason."""
    if not draft.rows:
        told = f"这些奖项还没有写名额：{'、'.join(draft.undecided)}。" if draft.undecided else "没有作品得奖。"
        raise Refused(f"{told}名单会是空的。", hint="请在规则“奖项”里写明名额，如 金奖=1，或为作品写契合度说明。")
    if draft.over:
        raise Refused(f"{'、'.join(draft.over)}的契合度说明比名额多。", hint="请撤销多出的说明，或改名额。")
    if draft.ties:
        cut = draft.ties[0]
        names = "、".join(draft.titles.get(each, "—") for each in cut.entries)
        raise Refused(f"{cut.award}剩 {cut.left} 个名额，{names}不分先后。", hint="请在“给人和单位的奖”里写明给谁、为什么。",
                      at_console="请写明给谁：campmgr awards name …")  # fmt: skip
    if draft.few and not remark:
        first = draft.few[0]
        raise Refused(
            f"{first.called}{first.few}，不能定奖。",
            hint="请补评，或写明为什么照样定。",
            at_console="请补评，或加 --remark 写明原因。",
        )


def freeze_awards(
    w: Writer, activity: Activity, round_: str = "", *, remark: str = "", actor: str = "", client_id: str | None = None
) -> int:
    """Freeze the awards of an opened round as a numbered list, and publish its digest; the number.

    A form sent twice gives the list it gave first. Raises Refused as `check_freezable` and while the round is closed.
    """
    world = worlds.load(w)
    if client_id and (known := _frozen_by(w, client_id)):
        return known
    remark = stays_for_ever(remark, "定奖说明") if remark else ""
    draft, body = drafted_awards(w, world, activity, round_asked(w, activity, round_), remark)
    check_freezable(draft, remark)
    number = int(body["number"])
    _say(w, activity, number, "awards_frozen", body, actor, client_id, publish=True)
    return number


def propose_awards(r: Reader, world: World, activity: Activity, listed: AwardList, strike: str, refill: str) -> AwardsProposal:
    """What taking an award back would change. `refill`: "strike" leaves its slot empty, "refill" moves the next works up.

    Without `strike` the list is made again from the marks as they stand, and people and units without the works that they
    have lost. Raises BadInput, NotFound.
    """
    now = listed.now
    if strike and strike not in {row.line for row in now.rows}:
        raise NotFound("这一行不在名单上。", reason="unknown_work", hint="请从名单上选要撤销的一行。")
    if strike and refill not in {STRIKE, REFILL}:
        raise BadInput("撤销以后的名额：请选空缺，还是补位。", reason="missing_value", at_console="请写 --refill 补位 或 空缺。")
    lost = () if strike else tuple(sorted(lost_since(r, listed)))
    if strike and refill == STRIKE:
        after = tuple(row for row in now.rows if row.line != strike)
    else:
        struck = [*now.struck, *([strike] if strike else [])]
        again = made_again(r, world, activity, listed, struck, now.vacant, listed.lost.union(lost))
        after = amended(now.rows, changes_between(now.rows, again))
    return AwardsProposal(len(listed.amendments) + 1, strike, refill if strike else REFILL, changes_between(now.rows, after), lost)


def amend_awards(
    w: Writer, activity: Activity, number: int, reason: str, *, strike: str = "", refill: str = "", objection: str = "",
    actor: str = "", client_id: str | None = None,
) -> int:  # fmt: skip
    """Amend a list and publish its new digest; the amendment's number. A form sent twice amends once.

    Raises BadInput without a reason, Refused where nothing would change.
    """
    world = worlds.load(w)
    listed = award_list(w, world, activity, number)
    if client_id and any(one.kind == "awards_amended" for one in ledger.by_client_id(w, [client_id])):
        return len(listed.amendments)
    reason = stays_for_ever(reason, "更正的原因")
    found = propose_awards(w, world, activity, listed, strike, refill)
    if not (found.changes or found.lost):
        raise Refused("按现在的评分和规则重排，名单没有变化，不需要更正。", hint="要撤销哪一行，请选定它。")
    step = AwardStep(found.amendment, found.changes, found.strike, found.refill, reason, "", found.lost)
    digest = amendment_digest(number, listed.now.digest, step)
    body = {"activity": activity.id, "number": number, "amendment": found.amendment,
            "changes": [each.told() for each in found.changes],
            "strike": found.strike, "refill": found.refill, "lost": list(found.lost), "objection": objection,
            "reason": reason, "digest": digest}  # fmt: skip
    _say(w, activity, number, "awards_amended", body, actor, client_id, publish=True)
    return found.amendment


def set_task(w: Writer, activity: Activity, number: int, line: str, task: str, state: str, note: str = "", actor: str = "") -> Fact:
    """Say how a task stands. Raises NotFound for one that the list does not have, BadInput for a state that is none."""
    world = worlds.load(w)
    listed = award_list(w, world, activity, number)
    if state not in STATES:
        raise BadInput(f"没有“{state}”这种状态。", reason="unknown_word", hint=f"可以是：{'、'.join(STATES)}。")
    found = next((each for each in tasks_of(w, activity, listed) if (each.line, each.task) == (line, task)), None)
    if found is None:
        raise NotFound("名单上没有这项后续。", reason="unknown_work", hint="请从名单页的“后续”里选。")
    body = {"activity": activity.id, "number": number, "line": line, "task": found.key, "state": state,
            "note": stays_for_ever(note, "说明") if note else ""}  # fmt: skip
    return _say(w, activity, number, "award_task_set", body, actor, None)


def _frozen_by(r: Reader, client_id: str) -> int:
    known = [one for one in ledger.by_client_id(r, [client_id]) if one.kind == "awards_frozen"]
    return int(known[0].subject.rpartition("/")[2]) if known else 0


def _say(
    w: Writer, activity: Activity, number: int, kind: str, body: Mapping[str, Any], actor: str, client_id: str | None, *,
    publish: bool = False,
) -> Fact:  # fmt: skip
    about = subject("list", list_key(activity.id, number))
    drafts = [Draft(activity.host, kind, about, dict(body), actor=actor, client_id=client_id)]
    if publish:
        out = {"activity": activity.id, "number": number, "digest": body["digest"]}
        drafts.append(Draft("", "awards_published", about, out, actor=actor))
    return say(w, drafts)[0].fact
