"""The kinds about prize lists."""

from __future__ import annotations

from campmgr.ledger.kinds import Home, Kind, Right, fields

# fmt: off
KINDS = (
    # rows, bounds (works whose count is a lower bound), excluded and sources: see `prizes/queries/list_content`; `remark`: why
    # nobody waited for what was open
    Kind("prizes_frozen", Home.PEOPLE, Right.COVERS_SCOPE, ("list",), ("lists",),
         fields("activity number:int at rules:map rule_text division:map rows:list bounds:list excluded:list sources:list"
                " remark digest"),
         stays="定过的名单不会消失；如有变化，请发更正；整份弄错的，请作废。"),
    Kind("list_published", Home.PUBLIC, Right.ROOT, ("list",), ("lists",), fields("number:int digest"),
         stays="公布过的名单不会消失；如有变化，请发更正或作废。"),
    Kind("list_amended", Home.PEOPLE, Right.COVERS_SCOPE, ("list",), ("lists",),
         fields("number:int amendment:int changes:list strike objection reason digest"), stays="更正过的名单不会恢复原样；如更正有误，请再发一次更正。"),
    Kind("list_posted", Home.PEOPLE, Right.COVERS_SCOPE, ("list",), ("lists",),
         fields("number:int starts_on ends_on shown_until counted how"), stays="要提前撤下，请到“公示与异议”页。"),
    Kind("list_taken_down", Home.PEOPLE, Right.COVERS_SCOPE, ("list",), ("lists",), fields("number:int reason"),
         stays="要重新公示，请到“公示与异议”页。"),
    # `digest` is the frozen list's own, so that of two lists with one number only one is meant; in public, where its digest stands
    Kind("list_voided", Home.PUBLIC, Right.ROOT, ("list",), ("lists",), fields("number:int digest reason"),
         stays="作废的名单不会恢复；要用的话请重新定榜，会得到新的编号。"),
    # matters only: who objects, and how to reach them, stays on the organizer's paper
    Kind("objection_raised", Home.PEOPLE, Right.COVERS_SCOPE, ("list",), ("lists",), fields("number:int work way matter"),
         stays="收到的异议不会消失，请写明答复。"),
    Kind("objection_answered", Home.PEOPLE, Right.COVERS_SCOPE, ("list",), ("lists",), fields("objection upheld:flag answer"),
         registers=("answer {objection}",), stays="要改答复，请再答复一次。"),
)
# fmt: on
