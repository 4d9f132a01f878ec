"""The kinds about people themselves. Personal details stand in one kind alone, and so that one is erased."""

from __future__ import annotations

from campmgr.facts.kinds import reason
from campmgr.facts.world import World
from campmgr.ledger.kinds import Body, Home, Kind, Right, fields

DETAILS = "person_details_changed"
"""The one kind that holds personal details."""

JOINED = "activity_joined"
"""By which somebody is part of a camp after the first one."""


def _unit(world: World, body: Body) -> str:
    unit = world.tree.units.get(body.get("target") or body.get("unit") or "")
    return unit.name if unit else "未知单位"


def _details(_: World, body: Body) -> str:
    """What is said of a person; a change says only what it changes, and so an empty value that something was taken away."""
    words = (("name", "姓名"), ("number", "编号"), ("class_name", "班级"))
    told = [f"{word} {body[name] or '（空）'}" for name, word in words if name in body]
    if "phone" in body:
        told.append("手机号已登记" if body["phone"] else "没有手机号")
    return "，".join([*told, *(["监护人已同意"] if body.get("guardian") else [])])


MEMBER = ("member {unit}",)
PAIR = ("pair {other}",)


# fmt: off
KINDS = (
    Kind("person_registered", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("unit kind"),
         brings="{n} 人新加入", called="登记人员",
         words=_unit, registers=("home=unit",), dated=True, spreads=True),
    Kind(DETAILS, Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("name number class_name phone guardian:flag"),
         called="个人信息", brings="{n} 处姓名、班级、电话", words=_details, erasable=True, registers=("*",), partial=True),
    Kind("person_moved", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("source target"),
         brings="{n} 人转入或转出", called="转到其他单位",
         words=_unit, registers=("home=target",), dated=True, spreads=True),
    Kind("person_left", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("reason"),
         brings="{n} 人离开", called="离开", words=reason, may_undo=True, registers=("left",), spreads=True),
    Kind("membership_added", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("unit"),
         brings="{n} 人同时算作另一单位的人", called="同时算作另一单位的成员",
         words=_unit, may_undo=True, registers=MEMBER, dated=True, spreads=True),
    Kind("membership_ended", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("unit"), called="不再算作另一单位的成员",
         words=_unit, registers=MEMBER, dated=True, spreads=True),
    Kind("people_merged", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",),
         fields("other home other_home kind other_kind"),
         called="与另一条登记合并", stays="要拆开，请用人员页的“拆开合并”。", registers=PAIR, spreads=True),
    Kind("people_parted", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("other home other_home"),
         called="与另一条登记拆开", stays="要再合并，请到核对页。", registers=PAIR, spreads=True),
    Kind("person_erased", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("reason"),
         brings="{n} 人删除个人信息", called="删除个人信息",
         words=reason, stays="已删除的个人信息不能恢复。", spreads=True),
    Kind("consent_given", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("version guardian:flag"),
         called="同意告知文本", registers=("consent",)),
    Kind("consent_withdrawn", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("reason"), called="撤回同意",
         registers=("consent",)),
    # of every camp after the first one, of which everybody is who is registered while it goes on; `new`: registered for this camp
    Kind(JOINED, Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("activity new:flag"),
         called="参加这一届训练营", brings="{n} 人参加新一届训练营", may_undo=True),
    Kind("progress_told", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",), fields("unit kind course:map"),
         called="上报进度", between_nodes=True, registers=("progress {unit}",)),
    Kind("activity_progress_told", Home.PEOPLE, Right.COVERS_SCOPE, ("person",), ("people",),
         fields("activity unit kind course:map"), called="上报进度", between_nodes=True, after_close=True,
         registers=("progress {activity} {unit}",)),
)
# fmt: on
