"""Freezing a period's table as a bulletin, and amending it. A bulletin never changes; all units read it in public."""

from __future__ import annotations

from campmgr.areas.points.fold.standings import bulletin_key
from campmgr.areas.points.queries.bulletins import Bulletin, changes_since, next_number, rows_in
from campmgr.areas.points.queries.rows import checked_group
from campmgr.areas.points.queries.table import points_table
from campmgr.areas.points.rules.bulletin import amendment_digest, digest_of
from campmgr.clock import today_of, utc_text
from campmgr.errors import BadInput, Refused
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, subject
from campmgr.masks import holds_number
from campmgr.periods.spans import Span
from campmgr.store.door import Writer

LONGEST_REASON = 200


def freeze(w: Writer, activity: Activity, period: Span, group: str, actor: str = "") -> int:
    """Freeze the table of a period and a group; its number. Raises Refused while the period goes on, or nobody has a row."""
    if not checked_group(group):
        raise BadInput("请指明是板块还是科室大队。", reason="missing_value")
    if today_of(w.clock) <= period.last:
        raise Refused(f"{period.words}还没有结束（{period.last} 止），不能定稿。", hint="请在结束以后再定稿；现在可以先看草稿。")
    table = points_table(w, worlds.load(w), activity, period, group)
    if not table.rows:
        raise Refused(f"“{group}”还没有单位，没有可定稿的。", hint="请先把单位放到它之下。")
    number = next_number(w, activity)
    body = {"activity": activity.id, "number": number, "period": period.name, "group": group, "at": utc_text(w.clock.now()),
            "rules": activity.rules.to_mapping(), "rows": [each.told() for each in rows_in(table)]}  # fmt: skip
    body["digest"] = digest_of(body)
    about = subject("bulletin", bulletin_key(activity.id, number))
    out = {"activity": activity.id, "number": number, "digest": body["digest"], "told": body}
    say(w, [Draft(activity.host, "bulletin_frozen", about, body, actor=actor),
            Draft("", "bulletin_published", about, out, actor=actor)])  # fmt: skip
    return number


def amend_bulletin(w: Writer, activity: Activity, bulletin: Bulletin, reason: str, actor: str = "") -> int:
    """Say what a bulletin says otherwise today, as a numbered amendment; its number. The reason stands in public for ever.

    Raises BadInput without one or where it holds a number that could be somebody's, Refused where nothing has changed.
    """
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise BadInput(f"请写 1 到 {LONGEST_REASON} 字的原因。", reason="too_long" if reason else "missing_value")
    if holds_number(reason):
        raise BadInput(
            "原因里像是有电话、身份证或银行卡号。更正各单位都看得到，不能删除，不要写个人信息。", hint="请去掉号码再发出。"
        )
    changes = changes_since(w, worlds.load(w), activity, bulletin)
    if not changes:
        raise Refused(f"第 {bulletin.number} 号通报没有需要更正的。", hint="定稿以后没有迟到的、撤回的稿件或录用。")
    amendment = len(bulletin.amendments) + 1
    digest = amendment_digest(bulletin.number, amendment, bulletin.unrolled.digest, changes, reason)
    about = subject("bulletin", bulletin_key(activity.id, bulletin.number))
    body = {"activity": activity.id, "number": bulletin.number, "amendment": amendment,
            "changes": [each.told() for each in changes], "reason": reason, "digest": digest}  # fmt: skip
    out = {"activity": activity.id, "number": bulletin.number, "digest": digest, "told": body}
    say(w, [Draft(activity.host, "bulletin_amended", about, body, actor=actor),
            Draft("", "bulletin_published", about, out, actor=actor)])  # fmt: skip
    return amendment
