"""Looking at items: passed or returned, stage by stage, several in one go."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from campmgr.areas.points.queries.items import ItemLine, known_items
from campmgr.areas.points.settings import Passing
from campmgr.errors import BadInput, Refused
from campmgr.facts.activities import Activity
from campmgr.facts.saying import Said, say
from campmgr.ids import random_id
from campmgr.ledger.envelope import Draft, subject
from campmgr.store.door import Writer

LONGEST_REASON = 200


def pass_items(
    w: Writer, activity: Activity, items: Collection[str], stage: int, *, accepted: bool, reason: str = "", actor: str = "",
    batch: str = "",
) -> Sequence[Said]:  # fmt: skip
    """Pass or return these at a stage, from 1; all or none. One batch, so that one press takes all of it back.

    Raises BadInput for a return without a reason, Refused for an item that waits for another stage, NotAllowed for the host's own
    stage where this data file does not hold the host.
    """
    posts = activity.rules[Passing].stages
    reason = reason.strip()
    if not 1 <= stage <= len(posts):
        raise BadInput(f"没有第 {stage} 级；审核共 {len(posts)} 级。", reason="out_of_range")
    if not accepted and not reason:
        raise BadInput("退回请写明原因。", reason="missing_value", hint="一两句话就好。", at_console="用 --reason。")
    if len(reason) > LONGEST_REASON:
        raise BadInput(f"原因请在 {LONGEST_REASON} 字以内。", reason="too_long")
    lines = known_items(w, items)
    for item in items:
        _refuse_elsewhere(lines.get(item), posts, stage)
    together = batch or random_id()
    body = {"activity": activity.id, "stage": stage, "accepted": accepted, "by": posts[stage - 1], "reason": reason}
    drafts = [
        Draft(lines[item].unit, "item_passed", subject("item", item), dict(body), actor=actor, batch=together) for item in items
    ]
    return say(w, drafts)


def _refuse_elsewhere(line: ItemLine | None, posts: Sequence[str], stage: int) -> None:
    if line is None:
        raise Refused("有一篇稿件已经撤回。", hint="请刷新页面再审。")
    if line.state == "passed" or line.stage + 1 != stage:
        now = "已审完" if line.state == "passed" else f"等{posts[min(line.stage, len(posts) - 1)]}审"
        raise Refused(f"“{line.title}”{now}，不在{posts[stage - 1]}这一级。", hint="请刷新页面再审。")
