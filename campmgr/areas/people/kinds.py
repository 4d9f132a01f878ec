"""The kinds about people themselves. Personal details stand in one kind alone, and so that one is erased."""

from __future__ import annotations

from campmgr.facts.kinds import reason
from campmgr.facts.world import World
from campmgr.ledger.kinds import Body, Home, Kind, Right, fields

DETAILS = "person_details_changed"
"""The one kind that holds personal details."""


def _unit(world: World, body: Body) -> str:
    code = body.get("target") or body.get("unit") or ""
    return world.tree.units[code].name if code in world.tree.units else code


def _details(_: World, body: Body) -> str:
    words = (("姓名", body["name"]), ("编号", body["number"]), ("班级", body["class_name"]))
    told = [f"{word} {value}" for word, value in words if value]
    return "，".join([*told, *(["手机号已登记"] if body["phone"] else []), *(["监护人已同意"] if body["guardian"] else [])])


# fmt: off
KINDS = (
    Kind("person_registered", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("unit kind"), called="登记人员",
         words=_unit),
    Kind(DETAILS, Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("name number class_name phone guardian:flag"),
         called="个人信息", words=_details, erasable=True),
    Kind("person_moved", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("source target"), called="转到其他单位",
         words=_unit),
    Kind("membership_added", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("unit"), called="同时算作另一单位的成员",
         words=_unit, may_undo=True),
    Kind("membership_ended", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("unit"), called="不再算作另一单位的成员",
         words=_unit),
    Kind("people_merged", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("other home"), called="与另一条登记合并",
         stays="要拆开，请用 campmgr person part。"),
    Kind("people_parted", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("other"), called="与另一条登记拆开",
         stays="要再合并，请用 campmgr person merge。"),
    Kind("person_erased", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("reason"), called="删除个人信息",
         words=reason, stays="已删除的个人信息不能恢复。"),
    Kind("consent_given", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("version guardian:flag"),
         called="同意告知文本"),
    Kind("consent_withdrawn", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("reason"), called="撤回同意"),
    Kind("progress_told", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("kind course:map"),
         called="上报进度", between_nodes=True),
)
# fmt: on
