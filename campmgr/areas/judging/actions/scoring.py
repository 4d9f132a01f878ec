"""A judge's marks, an abstention, a recusal; corrections keep what was said before. Nothing here ever tells a mark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from campmgr.areas.entries.actions.staging import checked_reason
from campmgr.areas.judging.kinds import ABSTAINED, DECLARED, RULED, SCORED
from campmgr.areas.judging.queries.judges import Seats, seats_of_judge
from campmgr.areas.judging.queries.rounds import RoundLine
from campmgr.areas.judging.queries.scores import held_of, id_said, recusal_fact
from campmgr.areas.judging.rules.rounds import checked_marks
from campmgr.clock import utc_text
from campmgr.errors import BadInput, NotAllowed, Refused
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.saying import may_say, say
from campmgr.ids import canonical, hash_id
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.masks import holds_number
from campmgr.store.door import Reader, Writer

LONGEST_NOTE = 300
SOURCES = ("page", "sheet", "html", "paper")


class Given(NamedTuple):
    """What a judge says of a work: marks in hundredths by criterion, or None for an abstention; a note; where it came from."""

    marks: Mapping[str, int] | None
    note: str = ""
    source: str = "page"
    reason: str = ""


def give_score(
    w: Writer, activity: Activity, line: RoundLine, entry: str, judge: str, given: Given, *,
    batch: str | None = None, actor: str = "",
) -> Fact | None:  # fmt: skip
    """Say what a judge gives a work. None where the same was said before.

    Raises BadInput for wrong marks, Refused for a work that is not the judge's, a recused one, a round that is over; after the
    opening only with a reason. NotAllowed where this file may not speak for the host.
    """
    draft = score_draft(
        w, activity, line, entry, judge, given, seats_of_judge(w, worlds.load(w), activity, line, judge), batch, actor
    )
    if draft is None:
        return None
    if not may_say(w, draft):
        raise NotAllowed("评分记在主办单位名下，这份数据文件没有那里的授权。", hint="请把评分表交给主办单位导入。")
    return say(w, [draft])[0].fact


def score_draft(
    r: Reader, activity: Activity, line: RoundLine, entry: str, judge: str, given: Given, seats: Seats,
    batch: str | None = None, actor: str = "",
) -> Draft | None:  # fmt: skip
    """The same as a draft, for whoever says several at once (`seats`: asked for once). Raises as `give_score` does."""
    refuse_seat(seats, entry, judge)
    refuse_time(r, line, given.reason)
    marks = {} if given.marks is None else checked_marks(line.round, given.marks)
    state, note = ABSTAINED if given.marks is None else SCORED, checked_note(given.note)
    held = held_of(r, activity, line, entry, judge)
    is_one = held is not None and " " not in held.fact  # of two side by side one is said anew, to settle it
    if held is not None and is_one and (held.state, held.marks, held.note) == (state, marks, note):
        return None
    if given.source not in SOURCES:
        raise BadInput(f"没有“{given.source}”这种来源。", reason="unknown_word")
    judge = id_said(r, activity, line, entry, judge)
    body = {
        "activity": activity.id, "round": line.name, "judge": judge, "marks": marks, "state": state, "note": note,
        "source": given.source, "form": line.round.form, "reason": checked_reason(given.reason, needed=False),
    }  # fmt: skip
    before = held.fact if held else ""
    key = hash_id("score", activity.id, line.name, entry, judge, canonical([state, marks, note]), before)
    return Draft(activity.host, "score_given", subject("entry", entry), body, actor=actor, batch=batch, client_id=key,
                 replaces=tuple(before.split()))  # fmt: skip


def checked_note(note: str) -> str:
    """A note as it is kept. Raises BadInput for a long one, or one with a telephone in it."""
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise BadInput(f"评语最多 {LONGEST_NOTE} 字。", reason="too_long")
    if holds_number(note):
        raise BadInput("评语里像是有电话或证件号码。评语不能删除，请去掉号码。", reason="name_in_reason")
    return note


def refuse_seat(seats: Seats, entry: str, judge: str) -> None:
    """Raises Refused for a work that a judge must not judge, or that was not given to them."""
    if (found := seats.recusals.of.get((entry, judge))) is not None:
        raise Refused(f"这件作品要回避：{found.words}。", hint="不评这件，请评其余的；认为不该回避的，请告诉主办单位。")
    work = next((each for each in seats.works if each.entry == entry), None)
    if work is None:
        raise Refused("这件作品已经不在这一轮里。", hint="可能已撤销资格，请跳过。")
    if (entry, judge) not in seats.assigned:
        raise Refused(f"“{work.title}”没有分给这位评委。", hint="请只评名单上的作品；要加评的，请主办单位再分派。")


def recuse(
    w: Writer, activity: Activity, line: RoundLine, entry: str, judge: str, note: str = "", *, ruled: bool = False, actor: str = ""
) -> Fact:
    """A judge declares not to judge a work, or the host rules so. Raises BadInput without a note once it is open, NotAllowed."""
    if line.is_opened and not note.strip():
        raise BadInput("这一轮已经开启，回避要写明原因。", reason="missing_value")
    body = {"why": RULED if ruled else DECLARED, "note": checked_note(note)}
    return _say_recusal(w, activity, line, entry, judge, "judge_recused", body, actor)


def lift_recusal(w: Writer, activity: Activity, line: RoundLine, entry: str, judge: str, reason: str, *, actor: str = "") -> Fact:
    """The host says that there is no conflict, whoever said so. Raises BadInput without a reason, NotAllowed."""
    if not reason.strip():
        raise BadInput("请写明为什么不必回避，会记入评审记录。", reason="missing_value")
    return _say_recusal(w, activity, line, entry, judge, "recusal_lifted", {"reason": checked_note(reason)}, actor)


def _say_recusal(
    w: Writer, activity: Activity, line: RoundLine, entry: str, judge: str, kind: str, body: dict[str, str], actor: str
) -> Fact:
    draft = recusal_draft(w, activity, line, entry, judge, kind, body, actor=actor)
    if not may_say(w, draft):
        raise NotAllowed("回避记在主办单位名下，这份数据文件没有那里的授权。", hint="请告诉主办单位。")
    return say(w, [draft])[0].fact


def recusal_draft(
    r: Reader, activity: Activity, line: RoundLine, entry: str, judge: str, kind: str, body: Mapping[str, str], *,
    actor: str = "", batch: str | None = None,
) -> Draft:  # fmt: skip
    """A word on a recusal, which follows every earlier one on this work and judge."""
    told = {"activity": activity.id, "round": line.name, "judge": id_said(r, activity, line, entry, judge), **body}
    before = recusal_fact(r, activity, line, entry, judge)
    return Draft(activity.host, kind, subject("entry", entry), told, actor=actor, batch=batch, replaces=tuple(before.split()))


def refuse_time(r: Reader, line: RoundLine, reason: str = "") -> None:
    """Raises Refused for marks that come once the round is over, with what lets them in; once it is opened, without a reason."""
    if line.is_opened:
        if not reason.strip():
            raise Refused("这一轮已经开启，分数不能再随意改。", hint="确实有误的，请主办单位写明原因更正，会记入评审记录。")
    elif line.is_closed(utc_text(r.clock.now())):
        raise Refused(f"“{line.name}”已经截止，不再收评分。", hint="要再收的，请主办单位在“评审”页把这一轮的截止时间改晚。")
