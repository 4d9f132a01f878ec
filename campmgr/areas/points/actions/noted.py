"""An adoption that fits no item, or several: it waits for the host, who says which item it is of, or that it is of none."""

from __future__ import annotations

from campmgr.areas.points.actions.adoptions import LONGEST_REASON, AdoptionRow, adoption_body, adoption_draft
from campmgr.areas.points.fold.reading import noted_id
from campmgr.areas.points.queries.items import ItemLine, adopted_ids
from campmgr.areas.points.queries.noted import NotedAdoption
from campmgr.areas.points.rules.outlets import outlet_key
from campmgr.clock import today_of
from campmgr.errors import BadInput, Refused
from campmgr.facts.activities import Activity
from campmgr.facts.saying import say
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Writer


def noted_draft(
    activity: Activity, unit: str, row: AdoptionRow, today: str, *, actor: str = "", batch: str | None = None
) -> Draft:  # fmt: skip
    """What keeps an adoption of a unit whose item, by its number or title as written, is not known. Raises BadInput."""
    body = adoption_body(activity.id, row.outlet, row.on, today, link=row.link, cls=row.cls)
    told = {"activity": activity.id, "item": row.item, "title": row.title, **{key: body[key] for key in _SAME}}
    key = noted_id(told, unit, outlet_key(str(told["outlet"])))
    return Draft(unit, "adoption_noted", subject("adoption", key), told, actor=actor, batch=batch, client_id=hash_id("noted", key),
                 happened_on=str(told["adopted_on"]))  # fmt: skip


_SAME = ("outlet", "adopted_on", "link", "class")


def answer_draft(noted: NotedAdoption, item: str, reason: str = "", *, actor: str = "", batch: str | None = None) -> Draft:
    """What says of which item it is, "" for none."""
    body = {"activity": noted.activity, "item": item, "reason": reason}
    return Draft(noted.unit, "adoption_answered", subject("adoption", noted.adoption), body, actor=actor, batch=batch)


def match(w: Writer, noted: NotedAdoption, item: ItemLine, actor: str = "") -> None:
    """It is of this item, which is adopted thereby. Raises Refused where it waits no more, NotAllowed but at the host."""
    _refuse_answered(noted)
    adopted = adoption_draft(item, noted.outlet, noted.adopted_on, today_of(w.clock), link=noted.link, cls=noted.said_class,
                             noted=noted.adoption, actor=actor)  # fmt: skip
    known = adopted.client_id in adopted_ids(w, item.item)
    say(w, [answer_draft(noted, item.item, actor=actor)] if known else [adopted, answer_draft(noted, item.item, actor=actor)])


def refuse(w: Writer, noted: NotedAdoption, reason: str, actor: str = "") -> Fact:
    """It is of no item. Raises BadInput without a reason, Refused and NotAllowed as `match`."""
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise BadInput(f"请写 1 到 {LONGEST_REASON} 字的原因。", reason="too_long" if reason else "missing_value",
                       at_console="用 --reason。")  # fmt: skip
    _refuse_answered(noted)
    return say(w, [answer_draft(noted, "", reason, actor=actor)])[0].fact


def _refuse_answered(noted: NotedAdoption) -> None:
    if noted.state != "waiting":
        raise Refused("这次录用已经处理过。", hint="请刷新页面。")
