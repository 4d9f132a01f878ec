"""The lists of the desks: imported files and accounts."""

from __future__ import annotations

import json
from collections.abc import Sequence

from campmgr.accounts import local
from campmgr.accounts.lists import KnownRows, ListAsked, ListColumn, ListFilter, ListLine, ListOf, QueriedRows
from campmgr.accounts.queries import Account, accounts_for, actors, is_theirs
from campmgr.clock import minute_text
from campmgr.desks.queries.imports import IMPORT_COLUMNS, IMPORTS_ASKED, import_row
from campmgr.desks.queries.unit_log import LOG
from campmgr.facts.world import World
from campmgr.store.door import Reader, Row

KINDS = {
    "people": "人员", "units": "单位", "lessons": "课程", "marks": "学习记录", "sessions": "参会记录", "likes": "点赞数",
    "entries": "作品汇总表", "votes": "投票数", "items": "稿件", "adoptions": "录用", "points": "积分统计表", "outlets": "载体",
    "correspondents": "宣传员", "venues": "体验馆摸排表", "scores": "评分表", "opinion_leads": "舆情线索", "violations": "违规记录",
}  # fmt: skip
"""What can be imported, in words."""


def _batches(r: Reader, world: World, account: Account, asked: ListAsked) -> QueriedRows:
    theirs = json.dumps([each.unit for each in world.tree.units.values() if is_theirs(world, account, each)])
    names = actors(r)

    def tell(rows: Sequence[Row]) -> list[ListLine]:
        found = (import_row(world, names, row) for row in rows)
        return [
            ListLine(each.batch, (each.file, KINDS.get(each.kind, each.kind), each.recorded_at, each.who, each.unit,
                                  each.rows, each.new,
                                  each.changed, each.unchanged, each.rejected, "已撤销" if each.withdrawn else "在用", each.read_at))
            for each in found
        ]  # fmt: skip

    values = {"kind": asked.chosen["kind"], "me": account.actor, "units": theirs}
    return QueriedRows(r, IMPORT_COLUMNS, IMPORTS_ASKED, values, BATCHES.by, "i.clock desc", ("i.batch",), tell)


BATCHES = ListOf(
    name="batches",
    title="导入记录",
    columns=(
        ListColumn("file", "文件"),
        ListColumn("kind", "内容", by=("i.kind",)),
        ListColumn("at", "时间", by=("i.clock",)),
        ListColumn("who", "谁"),
        ListColumn("unit", "单位"),
        ListColumn("rows", "行数", "number", ("i.row_count",)),
        ListColumn("new", "新增", "number", ("i.new_rows",)),
        ListColumn("changed", "更改", "number", ("i.changed_rows",)),
        ListColumn("unchanged", "未变", "number", ("i.unchanged_rows",), usual=False),
        ListColumn("rejected", "未导入", "number", ("i.rejected_rows",)),
        ListColumn("state", "状态", "state"),
        ListColumn("read", "点赞读取于", by=("i.read_at",), usual=False),
    ),
    rows=_batches,
    filters=(ListFilter("kind", "内容", (("", "全部"), *KINDS.items())),),
    opens=("batches.show", "batch"),
    tones={"已撤销": "bad"},
    role="coordinator",
)


def _accounts(r: Reader, world: World, account: Account, asked: ListAsked) -> KnownRows:
    last = local.last_log_ins(r)
    chosen = asked.chosen
    lines = [
        ListLine(each.account, (each.name, each.login, each.role, each.unit, each.line,
                                minute_text(last[each.account]) if each.account in last else "", "在用" if each.active else "已停用"))
        for each in accounts_for(r, world, account).accounts
        if chosen["role"] in {"", each.role} and chosen["state"] in {"", "in" if each.active else "out"}
        and chosen["last"] in {"", "ever" if each.account in last else "never"}
    ]  # fmt: skip
    return KnownRows(lines, ACCOUNTS.keys)


ACCOUNTS = ListOf(
    name="accounts",
    title="账号",
    columns=(
        ListColumn("name", "姓名"),
        ListColumn("login", "登录名"),
        ListColumn("role", "角色"),
        ListColumn("unit", "单位"),
        ListColumn("line", "条线"),
        ListColumn("last", "上次登录"),
        ListColumn("state", "状态", "state"),
    ),
    rows=_accounts,
    filters=(
        ListFilter("role", "角色", (("", "全部"), *((each, each) for each in ("查看员", "联络员", "组织方")))),
        ListFilter("state", "状态", (("", "全部"), ("in", "在用"), ("out", "已停用"))),
        ListFilter("last", "登录", (("", "全部"), ("never", "从没登录过"), ("ever", "登录过"))),
    ),
    tones={"已停用": "bad"},
)

LISTS = (BATCHES, ACCOUNTS, LOG)
