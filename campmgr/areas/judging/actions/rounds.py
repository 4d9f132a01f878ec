"""Setting a round, changing it with a reason, and opening it."""

from __future__ import annotations

from campmgr.areas.entries.actions.staging import checked_reason
from campmgr.areas.judging.fold.rounds import round_key
from campmgr.areas.judging.queries.rounds import round_named, rounds_of
from campmgr.areas.judging.queries.scores import has_marks
from campmgr.areas.judging.rules.rounds import Round, refuse_round
from campmgr.errors import BadInput, NotAllowed, Refused
from campmgr.facts.activities import Activity
from campmgr.facts.saying import may_say, say
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Writer


def set_round(w: Writer, activity: Activity, one: Round, *, reason: str = "", actor: str = "") -> Fact:
    """Set a round, or change it: once anything was marked or opened only with a reason, which stays beside what stood before.

    Raises BadInput, Refused for another scale, step or criterion where marks stand, NotAllowed.
    """
    refuse_round(one)
    known = next((each for each in rounds_of(w, activity) if each.name == one.name), None)
    if known is not None and known.round.digest == one.digest:
        raise Refused("和现在的设置一样，没有要改的。")
    is_bound = known is not None and (known.is_opened or has_marks(w, activity, known))
    if known is not None and is_bound and known.round.form != one.form:
        raise Refused(
            "已经有评分，标准、满分和档差不能再改：原来的分数会没有意义。",
            hint="权重、算法可以写明原因更正；要换标准的，请另设一轮。",
        )
    if is_bound and not reason.strip():
        raise BadInput("已经有评分，更正要写明原因，会记入评审记录。", reason="missing_value")
    body = one.told() | {"reason": checked_reason(reason, needed=False), "digest": one.digest}
    about = subject("round", round_key(activity.id, one.name))
    return _say(w, Draft(activity.host, "round_set", about, body, actor=actor, replaces=(known.fact,) if known else ()))


def open_round(w: Writer, activity: Activity, name: str, reason: str, *, actor: str = "") -> Fact:
    """Open a round: from now on its marks may be seen. Cannot be taken back; who and why stay for good.

    Raises NotFound, BadInput without a reason, Refused where nothing was marked or it is open already, NotAllowed.
    """
    line = round_named(w, activity, name)
    if line.is_opened:
        told = line.openings[0]
        raise Refused(f"“{name}”已于 {told.on} 开启（{told.reason}）。", hint="请看开启后的结果。")
    if not has_marks(w, activity, line):
        raise Refused(f"“{name}”还没有一份评分，没有可开启的。", hint="请等评委评完，或导入交回的评分表。")
    if not reason.strip():
        raise BadInput("开启评审要写明原因，会记入评审记录。", reason="missing_value")
    body = {"activity": activity.id, "name": name, "reason": checked_reason(reason, needed=True)}
    return _say(w, Draft(activity.host, "round_opened", subject("round", round_key(activity.id, name)), body, actor=actor))


def _say(w: Writer, draft: Draft) -> Fact:
    if not may_say(w, draft):
        raise NotAllowed("评审由主办单位办理，这份数据文件没有主办单位的授权。", hint="请在主办单位的电脑上办理。")
    return say(w, [draft])[0].fact
