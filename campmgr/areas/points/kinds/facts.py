"""The kinds about items, what a unit's year is given beside its points, and frozen bulletins. Points themselves are never told.

An item stands in the scope of its unit, and so does everything said of it: who covers the unit knows all of it. What the host
alone decides counts only from a laptop that holds the host unit, too (`fold/items.py`).
"""

from __future__ import annotations

from typing import Any

from campmgr.areas.points.kinds.lists import INVENTORIES
from campmgr.areas.points.rules.passing import host_stage
from campmgr.areas.points.settings import Passing
from campmgr.clock import minute_text
from campmgr.facts.inventories import inventory_kinds
from campmgr.facts.world import World
from campmgr.ledger.kinds import Body, Earlier, Home, Kind, Right, Seat, fields, of_host

_SHOWN = {
    "sort": "类型",
    "title": "标题",
    "event_on": "事件日期",
    "sent_at": "报送时间",
    "urgent": "督查、会议等",
    "section": "栏目",
}


def _reported(_: Any, body: Body) -> str:
    shown = {**body, "sent_at": minute_text(body["sent_at"])} if body.get("sent_at") else body
    pairs = ((words, shown[name]) for name, words in _SHOWN.items() if name in shown)
    told = ((words, ("是" if value else "否") if isinstance(value, bool) else value) for words, value in pairs)
    return "；".join(f"{words} {value}" for words, value in told if value != "")


def _passed(_: Any, body: Body) -> str:
    answer = "通过" if body["accepted"] else "退回"
    return f"第 {body['stage']} 级{answer}" + (f"：{body['reason']}" if body["reason"] else "")


def _adopted(_: Any, body: Body) -> str:
    return f"{body['outlet']}，{body['adopted_on']}"


def _settled(_: Any, body: Body) -> str:
    return ("计分" if body["counts"] else "不计分") + (f"：{body['reason']}" if body["reason"] else "")


def _answered(_: Any, body: Body) -> str:
    return "对上稿件" if body["item"] else f"不是哪篇稿件：{body['reason']}"


def _of_none_noted(body: Body) -> Body:
    return {**body, "noted": ""}


def _by_digest_alone(body: Body) -> Body:
    return {**body, "told": {}}


def _stage_seat(world: World, body: Body) -> Seat:
    """The last of several stages is the host's own, whatever follows it."""
    known = world.activities.get(body["activity"])
    if known is None or known.sort != "points" or not known.is_known:
        return Seat.ANY
    last = host_stage(known.rules[Passing])
    return Seat.HOST if last and body["stage"] >= last else Seat.ANY


# fmt: off
KINDS = (
    # a change says only what it changes; characters: rule -> how many, source: "page", "sheet" or "command"
    Kind("item_reported", Home.PEOPLE, Right.COVERS_SCOPE, ("item",), ("items",),
         fields("activity sort title event_on sent_at characters:map section tags:list author urgent:flag file sha256 source"),
         called="报送稿件", brings="{n} 次稿件报送", words=_reported, may_undo=True, registers=("*",), partial=True),
    # stage: from 1; by: the post of whoever looked, never a name
    Kind("item_passed", Home.PEOPLE, Right.COVERS_SCOPE, ("item",), ("items",),
         fields("activity stage:int accepted:flag by reason"),
         called="审核稿件", words=_passed, may_undo=True, registers=("stage {stage}",), seat=_stage_seat),
    # class: 0 where the dictionary of the day tells it; noted: of which noted adoption the host has said that it is this item's
    Kind("item_adopted", Home.PEOPLE, Right.COVERS_SCOPE, ("item",), ("items",),
         fields("activity outlet adopted_on link class:int evidence noted"),
         earlier=(Earlier(fields("activity outlet adopted_on link class:int evidence"), _of_none_noted),),
         called="被录用", brings="{n} 次录用", words=_adopted, may_undo=True),
    Kind("adoption_settled", Home.PEOPLE, Right.COVERS_SCOPE, ("item",), ("items",), fields("activity adoption counts:flag reason"),
         called="核定录用", words=_settled, may_undo=True, registers=("adoption {adoption}=counts",), seat=of_host),
    # item: its number as written, "" for none; the host answers with the id of an item, "" where it is of none
    Kind("adoption_noted", Home.PEOPLE, Right.COVERS_SCOPE, ("adoption",), ("noted_adoptions",),
         fields("activity item title outlet adopted_on link class:int"),
         called="登记没有对上稿件的录用", brings="{n} 次没有对上稿件的录用", words=_adopted, may_undo=True),
    Kind("adoption_answered", Home.PEOPLE, Right.COVERS_SCOPE, ("adoption",), ("noted_adoptions",), fields("activity item reason"),
         called="给录用对上稿件", words=_answered, may_undo=True, registers=("answer=item",), seat=of_host),
    # in the host's own scope: what it gives and takes beside the points
    Kind("bonus_said", Home.PEOPLE, Right.COVERS_SCOPE, ("standing",), ("standings",), fields("activity unit tenths:int reason"),
         called="附加分", may_undo=True, registers=("bonus=tenths",)),
    Kind("bonus_cancelled", Home.PEOPLE, Right.COVERS_SCOPE, ("standing",), ("standings",), fields("activity unit ground reason"),
         called="取消附加分", may_undo=True, registers=("cancelled",), after_close=True),
    Kind("quota_excused", Home.PEOPLE, Right.COVERS_SCOPE, ("standing",), ("standings",), fields("activity unit period reason"),
         called="免除任务", may_undo=True, registers=("excused {period}",)),
    # rows: [unit, reports, articles, n1 … n5, points, place, grade, bonus in tenths]; in the host's scope
    Kind("bulletin_frozen", Home.PEOPLE, Right.COVERS_SCOPE, ("bulletin",), ("bulletins",),
         fields("activity number:int period group at rules:map rows:list digest"), called="定稿通报",
         stays="定过的通报不会消失；如有变化，请发更正。", after_close=True),
    Kind("bulletin_amended", Home.PEOPLE, Right.COVERS_SCOPE, ("bulletin",), ("bulletins",),
         fields("activity number:int amendment:int changes:list reason digest"), called="更正通报",
         stays="更正过的通报不会恢复原样；如更正有误，请再发一次更正。", after_close=True),
    # told: the whole body of what is published, for the units that it is told to, {} where only its digest is
    Kind("bulletin_published", Home.PUBLIC, Right.HOST, ("bulletin",), ("bulletins",),
         fields("activity number:int digest told:map"), earlier=(Earlier(fields("activity number:int digest"), _by_digest_alone),),
         called="公布通报", stays="公布过的通报不会消失；如有变化，请发更正。", after_close=True),
    *(kind for each in INVENTORIES for kind in inventory_kinds(each)),
)
# fmt: on
