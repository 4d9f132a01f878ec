"""The kinds that every camp has, whatever its areas: the camp itself, trust, the unit tree, putting right, carrying."""

from __future__ import annotations

from typing import Any

from campmgr.ledger.carrier import CARRIER, CARRIER_BODY, DETAILS_CARRIER
from campmgr.ledger.kinds import Body, Earlier, Home, Kind, Right, fields

WITHDRAWN = "fact_withdrawn"


def reason(_: Any, body: Body) -> str:
    """What a history says of a fact that gives its reason."""
    return str(body["reason"])


def _answer(_: Any, body: Body) -> str:
    return str(body["answer"])


def _name(_: Any, body: Body) -> str:
    return str(body["name"])


_UNIT_FIELDS = {"code": "代码", "name": "名称", "kind": "类别", "line": "条线", "expected": "应参与人数", "participating": "参加"}


def _unit_words(_: Any, body: Body) -> str:
    """What a history says of a unit that was described otherwise."""
    told = {True: "是", False: "否", None: "无", "": "无"}
    return "，".join(f"{_UNIT_FIELDS[name]}：{told.get(value, value)}" for name, value in body.items())


def _above(world: Any, body: Body) -> str:
    """The name of the unit that another was put below."""
    above = world.tree.units.get(body["parent"])
    return f"到{above.name}之下" if above else ""


def _count(_: Any, body: Body) -> str:
    number = "不填" if body["expected"] is None else f"{body['expected']} 人"
    return f"{number}，{body['source']}" if body["source"] else number


def _by_the_root(body: Body) -> Body:
    """Before units could host one, every activity was the root's own."""
    return body | {"host": "", "seat": "host"}


PARENT = "parent=parent"

# fmt: off
KINDS = (
    Kind("campaign_opened", Home.PUBLIC, Right.ROOT, ("camp",), ("camp", "trust"),
         fields("name root_key sealing_key recovery_key recovery_sealing_key secret root_unit province rules:map rules_digest"),
         stays="整个训练营建立在它之上。"),
    Kind("rules_amended", Home.PUBLIC, Right.HOST, ("camp", "activity"), ("camp", "activities"),
         fields("changes:map rules_digest reason"), registers=("changes.*",)),
    Kind("activity_opened", Home.PUBLIC, Right.HOST, ("activity",), ("activities",),
         fields("code sort name host seat rules:map rules_digest"), stays="整个活动建立在它之上；不办了的，请结束它。",
         brings="{n} 个活动", earlier=(Earlier(fields("code sort name rules:map rules_digest"), _by_the_root),)),
    Kind("activity_closed", Home.PUBLIC, Right.HOST, ("activity", "camp"), ("activities",), fields("reason"), called="结束活动",
         brings="结束 {n} 个活动", words=reason, registers=("closed",)),
    Kind("node_enrolled", Home.PUBLIC, Right.PARENT, ("node",), ("trust",),
         fields("key sealing_key unit number:int line:text? excluding:list cuts:list"), stays="要收回授权，请在“电脑”页撤销那台电脑。",
         brings="{n} 次电脑授权"),
    Kind("node_revoked", Home.PUBLIC, Right.ANCESTOR, ("node",), ("trust",), fields("reason cuts:list"), brings="撤销 {n} 台电脑",
         stays="要重新授权，请那台电脑换新的密钥重新申请。"),
    Kind("facts_admitted", Home.PUBLIC, Right.ANCESTOR, ("node",), ("trust",), fields("scope writer from:int to:int chain reason"),
         stays="放行的记录已经计入；其中不对的，请逐条撤回。"),
    Kind("root_recovered", Home.PUBLIC, Right.RECOVERY, ("node",), ("trust",), fields("key sealing_key cuts:list signature"),
         stays="整个训练营由它接续。"),
    Kind("recovery_replaced", Home.PUBLIC, Right.RECOVERY, ("camp",), ("trust",),
         fields("recovery_key recovery_sealing_key secret signature"), stays="要再换恢复单，请再换一次。"),
    Kind("writer_succeeded", Home.PUBLIC, Right.SUCCESSOR, ("node",), ("trust",), fields("key sealing_key predecessor signature"),
         stays="它说明了这份数据文件是谁。"),
    Kind("unit_added", Home.UNITS, Right.COVERS_UNIT, ("unit",), ("units",),
         fields("code name kind parent:text? line:text? expected:int? participating:flag nonce"),
         brings="{n} 个单位", called="新增单位", words=_name,
         registers=("code=code", "name=name", "kind=kind", "line=line", "expected=expected", "participating=participating",
                    PARENT)),
    Kind("unit_changed", Home.UNITS, Right.COVERS_UNIT, ("unit",), ("units",),
         fields("code name kind line:text? expected:int? participating:flag"), registers=("*",), partial=True, called="修改单位",
         words=_unit_words),
    Kind("unit_moved", Home.UNITS, Right.COVERS_UNIT, ("unit",), ("units",), fields("parent"), registers=(PARENT,),
         dated=True, called="移动单位", words=_above),
    Kind("unit_counted", Home.UNITS, Right.COVERS_UNIT, ("unit",), ("units",), fields("expected:int? source"), called="填报应参与人数",
         words=_count, registers=("expected=expected",)),
    Kind("unit_closed", Home.UNITS, Right.COVERS_UNIT, ("unit",), ("units",), fields("reason"), called="关闭单位", words=reason,
         registers=("closed",)),
    Kind("units_merged", Home.UNITS, Right.COVERS_UNIT, ("unit",), ("units",), fields("other"), called="与另一个单位合并"),
    Kind("file_imported", Home.PEOPLE, Right.COVERS_SCOPE, ("batch",), ("batches",),
         fields("kind file sha256 read_at rows:int new:int changed:int unchanged:int rejected:int"), called="导入文件"),
    Kind(WITHDRAWN, Home.WHERE_IT_REACHES, Right.COVERS_SCOPE, (), (), fields("fact reason"), called="撤回一条记录", words=reason,
         stays="要恢复，请把原来的内容重新录入。"),  # its subjects: whatever a kind that can be withdrawn speaks of (catalogue.py)
    Kind("batch_withdrawn", Home.WHERE_IT_REACHES, Right.COVERS_SCOPE, ("batch",), ("batches",), fields("reason"),
         called="撤回一批记录"),
    Kind("review_settled", Home.PEOPLE, Right.COVERS_SCOPE, ("person", "work"), ("people", "works"), fields("case answer"),
         called="核对存疑", words=_answer, registers=("case {case}",)),
    Kind(CARRIER, Home.PEOPLE, Right.COVERS_SCOPE, ("person", "work", "summary", "list", "batch"), (), CARRIER_BODY,
         called="转入", brings="{n} 条随人转来的记录"),
    Kind(DETAILS_CARRIER, Home.PEOPLE, Right.COVERS_SCOPE, ("person",), (), CARRIER_BODY, called="转入个人信息", erasable=True),
)
# fmt: on
