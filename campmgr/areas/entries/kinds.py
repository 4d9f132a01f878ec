"""Works as each unit keeps them, an inventory; files, the way of a work, batches handed in, votes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from campmgr.areas.entries.rules.agreements import statements_of
from campmgr.areas.entries.rules.entry import checks_words, kinds_of_class
from campmgr.areas.entries.settings import CLASSES, Entries
from campmgr.areas.works.rules.links import link_trouble
from campmgr.facts.inventories import Field, Inventory, inventory_kinds
from campmgr.facts.world import World
from campmgr.ledger.kinds import Body, Home, Kind, Right, Seat, fields, of_host
from campmgr.masks import holds_number
from campmgr.settings.sections import Chosen

STAGES = ("退回", "报送", "初筛", "入围", "展播", "未入围")
"""The way of a work, as submitters read it."""

ROLES = ("作品", "海报", "脚本", "说明", "证明")
"""What a file of a work is."""

REACHES = ("参选", "展播", "获奖")
"""What a work can lose (E-17)."""

_NUMBER_FREE = ("title", "team", "words", "note", "platform", "source")


def _check(values: Mapping[str, Any]) -> tuple[str, str]:
    """No telephone where it would stand for ever, and a link that leads to the open web."""
    for name in _NUMBER_FREE:
        if holds_number(str(values[name] or "")):
            return name, "像是有电话、身份证或银行卡号。这些内容不能删除，请去掉号码；联系方式登记在人员资料里。"
    trouble = link_trouble(str(values["link"])) if values["link"] else ""
    return ("link", trouble) if trouble else ("", "")


def _forms(rules: Chosen) -> tuple[str, ...]:
    """The forms of every class that a call takes."""
    asked = rules[Entries]
    return tuple(dict.fromkeys(each for kind in asked.classes for each in kinds_of_class(asked, kind)))


ENTRIES = Inventory(
    name="entry",
    table="entries",
    called="作品",
    title="作品汇总表",
    sort="entries",
    key=("class", "title"),
    fields=(
        Field("title", "作品名称", width=14, names="作品标题 标题 名称 题目", required=True),
        Field("class", "作品类型", "choice", 6, names="类型 类别 作品类别", choices=CLASSES, required=True),
        Field("sub", "具体形式", width=5, names="形式 体裁", offers=_forms),
        Field("theme", "作品主题", width=7, names="主题 参选主题", offers=lambda rules: rules[Entries].themes),
        Field("also", "兼及主题", width=0, names="也适合"),
        Field("entrant", "参选主体类别", width=0, names="主体类别", offers=lambda rules: rules[Entries].entrants),
        Field("author", "作者", "person", 6, names="创作者 主创"),
        Field("team", "团队", width=7, names="创作团队 作者团队"),
        Field("created_on", "创作时间", "day", 6, names="创作日期"),
        Field("platform", "发布平台", width=6, names="平台"),
        Field("published_on", "发布时间", "day", 6, names="发布日期", asked=lambda rules: rules[Entries].published_first),
        Field("link", "作品链接", width=10, names="链接 网址", asked=lambda rules: rules[Entries].published_first),
        Field("words", "作品说明", width=10, names="作品简介 简介 图片说明 音视频简介 文案 脚本 说明"),
        Field("joint", "联合版权", "flag", 0),
        # one box for all texts, of whatever version: it says of none of them that it was read (`entry_agreed` does)
        Field("stated", "已作承诺", "flag", 0, is_past=True),
        Field("source", "参选方式", width=0, names="报名方式", offers=lambda rules: rules[Entries].sources),
        Field("note", "备注", width=6),
    ),
    above=(("组织单位：{unit}", "联系人及电话：{contact}", "通讯地址：{address}"),),
    check=_check,
)


INVENTORIES = (ENTRIES,)


def _agreed(world: World, body: Body) -> str:
    activity = world.activities.get(body["activity"])
    known = {each.id: each.text for each in statements_of(activity.rules[Entries])} if activity else {}
    said = "" if body["agreed"] else "收回："
    return f"{said}{known.get(body['statement'], '以前的一项')}（{body['version']} 版）"


def _staged(_: World, body: Body) -> str:
    told = "，".join(filter(None, (body["stage"], body["outlet"], checks_words(body["checks"]))))
    return f"{told}（{body['reason']}）" if body["reason"] else told


def _reached(_: World, body: Body) -> str:
    return f"{body['reach']}（{body['reason']}）"


def _filed(_: World, body: Body) -> str:
    return f"{body['role']}：{body['name']}"


def _apart(_: World, body: Body) -> str:
    return f"{body['why']}相同，确是不同的作品" + (f"（{body['reason']}）" if body["reason"] else "")


def _reason(_: World, body: Body) -> str:
    return str(body["reason"])


def _stage_seat(_: World, body: Body) -> Seat:
    """Whoever collects works sends them back or passes them on, a unit its own; every other stage is the host's."""
    return Seat.OWN if body["stage"] in {"退回", "报送"} else Seat.HOST


def _above(_: World, __: Body) -> Seat:
    return Seat.ABOVE


_ENTRY = (("entry",), ("entries", "entry_ways"))

# fmt: off
KINDS = (
    *(replace(each, folds=(*each.folds, "entry_ways")) for each in inventory_kinds(ENTRIES)),
    Kind("entry_agreed", Home.PEOPLE, Right.COVERS_SCOPE, *_ENTRY, fields("activity version statement agreed:flag"),
         called="作品承诺", brings="{n} 项作品承诺", words=_agreed, may_undo=True, registers=("agreed {statement}=agreed",)),
    Kind("file_attached", Home.PEOPLE, Right.COVERS_SCOPE, *_ENTRY,
         fields("activity role name bytes:int sha256 probe:map"), called="附上文件", brings="{n} 个文件", words=_filed, may_undo=True,
         registers=("file {role} {sha256}",)),
    Kind("file_dropped", Home.PEOPLE, Right.COVERS_SCOPE, *_ENTRY, fields("activity role sha256 name reason"), called="撤下文件",
         words=_filed, may_undo=True, registers=("file {role} {sha256}",)),
    Kind("entry_staged", Home.PEOPLE, Right.COVERS_SCOPE, *_ENTRY, fields("activity stage outlet checks:map reason"),
         called="作品进展", brings="{n} 次作品进展", words=_staged, may_undo=True, registers=("stage {outlet}",),
         seat=_stage_seat, staged=True),
    Kind("entry_revoked", Home.PEOPLE, Right.COVERS_SCOPE, *_ENTRY, fields("activity reach reason"), called="撤销资格",
         words=_reached, may_undo=True, registers=("reach {reach}",), after_close=True, seat=of_host),
    Kind("entry_reinstated", Home.PEOPLE, Right.COVERS_SCOPE, *_ENTRY, fields("activity reach reason"), called="恢复资格",
         words=_reached, may_undo=True, registers=("reach {reach}",), after_close=True, seat=of_host),
    # of a work, said in its own unit's scope: whoever warned it of a double hears that there is none
    Kind("entry_told_apart", Home.PEOPLE, Right.COVERS_SCOPE, *_ENTRY, fields("activity why others:list reason"),
         called="不是重复报送", words=_apart, may_undo=True, registers=("apart {why}",), seat=_above),
    # in the host's scope, so that no unit's laptop receives a count before it is published
    Kind("votes_read", Home.PEOPLE, Right.COVERS_SCOPE, *_ENTRY,
         fields("activity votes:int rejected:map read_at rounded:flag at_least:flag channel"), called="票数",
         brings="{n} 次票数", registers=("votes {channel} {read_at}",)),
    Kind("handin_closed", Home.PEOPLE, Right.COVERS_SCOPE, ("handin",), ("handins",),
         fields("activity unit window late rows:list contact share statements:list sent_on digest"), called="结批",
         brings="{n} 批作品", registers=("batch",)),
    Kind("handin_reopened", Home.PEOPLE, Right.COVERS_SCOPE, ("handin",), ("handins",), fields("activity unit window reason"),
         called="重新打开一批", registers=("batch",)),
    # in the unit's scope, so that it reads that it may still hand in, and why
    Kind("handin_late_taken", Home.PEOPLE, Right.COVERS_SCOPE, ("handin",), ("handins",), fields("activity unit window reason"),
         called="同意补报", words=_reason, may_undo=True, registers=("leave",), seat=of_host),
)
# fmt: on
