"""An outlet takes an item; the host looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from campmgr.areas.points.queries.items import ItemLine
from campmgr.areas.points.rules.outlets import outlet_key
from campmgr.areas.points.settings import CLASSES
from campmgr.clock import parse_day, today_of
from campmgr.errors import BadInput
from campmgr.facts.activities import Activity
from campmgr.facts.saying import Said, say
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Writer

LONGEST_OUTLET, LONGEST_LINK, LONGEST_REASON = 80, 500, 200


class AdoptionRow(NamedTuple):
    """A row of a file: which item, by its number or by unit and title, which outlet took it, when, where it can be read."""

    activity: str
    item: str
    unit: str
    title: str
    outlet: str
    on: str
    link: str
    cls: int


def adoption_body(
    activity: str, outlet: str, on: str, today: str, *, link: str = "", cls: int = 0, noted: str = ""
) -> Mapping[str, object]:  # fmt: skip
    """An adoption as it is told. Raises BadInput."""
    outlet, link = " ".join(outlet.split()), link.strip()
    if not 0 < len(outlet) <= LONGEST_OUTLET:
        raise BadInput(f"请写录用的媒体，最多 {LONGEST_OUTLET} 个字。", reason="too_long" if outlet else "missing_value")
    if cls and cls not in CLASSES:
        raise BadInput(f"没有 {cls} 类；类别是 1 到 5。", reason="out_of_range", hint="不写类别的，按载体分类表归类。")
    if len(link) > LONGEST_LINK:
        raise BadInput(f"链接请在 {LONGEST_LINK} 个字以内。", reason="too_long")
    try:
        day = parse_day(on)
    except ValueError as problem:
        raise BadInput(f"录用日期“{on[:40]}”不是日期。", reason="bad_date", hint="请写成 2022-03-06。") from problem
    if day > today:
        raise BadInput(f"录用日期（{day}）还没有到。", reason="bad_date", hint="请核对日期。")
    return {"activity": activity, "outlet": outlet, "adopted_on": day, "link": link, "class": cls, "evidence": "",
            "noted": noted}  # fmt: skip


def adoption_draft(
    item: ItemLine, outlet: str, on: str, today: str, *, link: str = "", cls: int = 0, noted: str = "", actor: str = "",
    batch: str | None = None,
) -> Draft:  # fmt: skip
    """What says that an outlet took an item on a day; the same outlet and day are one adoption. `noted`: the id of the noted one
    that it is, "" for none. Raises BadInput.
    """
    body = adoption_body(item.activity, outlet, on, today, link=link, cls=cls, noted=noted)
    day = str(body["adopted_on"])
    key = hash_id("adopted", item.item, outlet_key(str(body["outlet"])), day)
    return Draft(item.unit, "item_adopted", subject("item", item.item), dict(body), actor=actor, batch=batch, client_id=key,
                 happened_on=day)  # fmt: skip


def adopt(w: Writer, item: ItemLine, outlet: str, on: str, *, link: str = "", cls: int = 0, actor: str = "") -> Said:
    """Record an adoption. Raises BadInput, NotAllowed, Refused for the same one with other particulars."""
    return say(w, [adoption_draft(item, outlet, on, today_of(w.clock), link=link, cls=cls, actor=actor)])[0]


def settle(
    w: Writer, activity: Activity, item: ItemLine, adoption: str, *, counts: bool, reason: str = "", actor: str = ""
) -> Fact:
    """The host lets an adoption count or not. Raises BadInput without a reason why not, NotAllowed elsewhere than at the host."""
    reason = reason.strip()
    if not counts and not reason:
        raise BadInput("不计分的请写明原因。", reason="missing_value", hint="一两句话就好。", at_console="用 --reason。")
    if len(reason) > LONGEST_REASON:
        raise BadInput(f"原因请在 {LONGEST_REASON} 字以内。", reason="too_long")
    body = {"activity": activity.id, "adoption": adoption, "counts": counts, "reason": reason}
    draft = Draft(item.unit, "adoption_settled", subject("item", item.item), body, actor=actor)
    return say(w, [draft])[0].fact
