"""`campmgr entry show`, and the report of works."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click

from campmgr.areas.entries.commands.checking import SORT, finding_data
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.entries.queries.counts import counted
from campmgr.areas.entries.queries.entries import Entry, entry_of
from campmgr.areas.entries.queries.heads import heads_in
from campmgr.areas.entries.rules.verdicts import LEVEL_WORDS
from campmgr.cli.opened import reading
from campmgr.cli.output import activity_option, db_option, emit, json_option, table
from campmgr.errors import NotFound
from campmgr.facts.finding import chosen_activity, find_unit
from campmgr.facts.inventory_rows import row_of, told_of


@click.command("show")
@click.argument("row", metavar="作品")
@db_option
@json_option
def show(row: str, db: str | None, as_json: bool) -> None:
    """一件作品：到了哪一步、文件、还差什么、全部历史。"""
    with reading(db) as (r, world):
        known = row_of(r, ENTRIES, row)
        activity = world.activities.get(known.activity)
        found = entry_of(r, world, activity, known) if activity else None
        if found is None:
            raise NotFound("这件作品已经撤下。", reason="unknown_work", hint="历史见作品页。")
        data = entry_data(found) | {"history": [each._asdict() for each in told_of(r, world, ENTRIES, known)]}
    lines = [(LEVEL_WORDS[each.level], each.words, each.found, each.fix) for each in found.findings]
    told = table(("", "规则", "查到", "怎样修改"), lines) if lines else "没有问题。"
    emit(data, as_json=as_json, text=lambda: f"{found.title}（{found.kind}，{found.unit_name}）：{found.words}\n{told}")


def entry_data(entry: Entry) -> dict[str, Any]:
    """A work as JSON."""
    files = [{"role": each.role, "name": each.probe.name, "bytes": each.probe.bytes, "sha256": each.probe.sha256}
             for each in entry.files]  # fmt: skip
    way = entry.way
    return {
        "entry": entry.id, "title": entry.title, "class": entry.kind, "unit": entry.unit_name, "stage": way.stage or None,
        "since": way.staged_on or None, "window": entry.handed_in[0][1] if entry.handed_in else None, "counts": entry.counts,
        "state": entry.words, "revoked": way.revoked or None, "reason": way.revoked_reason or way.reason or None,
        "agreed": [each._asdict() for each in entry.agreed], "outlets": way.outlets, "checks": json.loads(way.checks),
        "passes": entry.passes, "findings": [finding_data(each) for each in entry.findings], "files": files,
    }  # fmt: skip


@click.command()
@click.option("--by", default="unit", metavar="方式", help="按 unit 单位、class 类别、window 窗口 或 theme 主题。")
@click.option("--unit", default="", metavar="单位", help="只算一个单位的（代码、名称或识别号）。")
@activity_option
@db_option
@json_option
def report(by: str, unit: str, activity: str, db: str | None, as_json: bool) -> None:
    """作品统计：登记、报送、入围、展播、撤销。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, SORT)
        units = {find_unit(world, unit).unit} if unit else None
        rows, total = counted(world, heads_in(r, found, units), by)
    lines = [(each.name, each.listed, each.handed_in, each.shortlisted, each.shown, each.revoked) for each in (*rows, total)]
    emit({"by": by, "rows": [asdict(each) for each in rows], "total": asdict(total)}, as_json=as_json,
         text=lambda: table(("", "登记", "报送", "入围", "展播", "撤销"), lines))  # fmt: skip
