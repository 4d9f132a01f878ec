"""`campmgr activity`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from campmgr.areas.activities import actions
from campmgr.areas.activities.queries import ActivityLine, line_of, lines_of, settled, still_open
from campmgr.cli.opened import reading, writing
from campmgr.cli.output import db_option, emit, json_option, table
from campmgr.facts import world as worlds
from campmgr.facts.activities import SEATS
from campmgr.facts.area import Remark
from campmgr.facts.finding import find_activity


@click.group()
def activity() -> None:
    """同一份数据文件里的活动。"""


@activity.command("open")
@click.option("--preset", required=True, metavar="预设", help="按哪个预设开始，例如 escape-drill-2023。")
@click.option("--code", required=True, metavar="代码", help="活动代码，例如 2024。")
@click.option("--host", default="", metavar="单位", help="主办单位（代码、名称或识别号）；不写为整个数据文件的主办单位。")
@click.option("--seat", default="host", metavar="身份", help=f"我们在活动里的身份：{'、'.join(SEATS)}。")
@db_option
@json_option
def open_(preset: str, code: str, host: str, seat: str, db: str | None, as_json: bool) -> None:
    """再开一个活动：人员、单位、账号不变。再开训练营的，课时和证书从零开始；以前的证书和名单照样能查验。"""
    with writing(db) as w:
        opened = actions.open_activity(w, preset, code, host=host, seat=seat)
        world = worlds.load(w)
        line = line_of(w, world, world.activities[opened])
    emit(_data(line), as_json=as_json, text=lambda: f"已开始“{line.activity.name}”（{line.sort}，代码 {code}）。")


@activity.command("list")
@db_option
@json_option
def list_(db: str | None, as_json: bool) -> None:
    """全部活动，按开始的先后。"""
    with reading(db) as (r, world):
        lines = list(lines_of(r, world))
    rows = [(each.activity.code, each.activity.name, each.sort, each.host, each.words, each.activity.opened_on) for each in lines]
    emit({"activities": [_data(each) for each in lines]}, as_json=as_json,
         text=lambda: table(("代码", "活动", "类别", "主办单位", "状态", "开始"), rows) if rows else "还没有活动。")  # fmt: skip


@activity.command("show")
@click.argument("code")
@db_option
@json_option
def show_(code: str, db: str | None, as_json: bool) -> None:
    """一个活动：主办单位、身份、规则版本，还没办完的。"""
    with reading(db) as (r, world):
        line = line_of(r, world, find_activity(world, code))
        left = still_open(r, world, line.activity)
    facts = [("代码", line.activity.code), ("识别号", line.activity.id or "—"), ("类别", line.sort), ("主办单位", line.host),
             ("身份", line.seat), ("状态", line.words), ("开始", line.activity.opened_on), ("结束", line.activity.closed_on or "—"),
             ("规则", f"第 {line.activity.in_force.version} 版"), *((each.words, each.count) for each in left)]  # fmt: skip
    emit(_data(line) | {"open_items": _remarks(left)}, as_json=as_json,
         text=lambda: table(("", line.activity.name), facts))  # fmt: skip


@activity.command("amend")
@click.argument("code")
@click.argument("key")
@click.argument("value")
@click.option("--reason", default="", help="修改的原因。")
@click.option("--dry-run", is_flag=True, help="只预览：改成什么，哪些已经定下、不再变；什么也不写。")
@db_option
@json_option
def amend_(code: str, key: str, value: str, reason: str, dry_run: bool, db: str | None, as_json: bool) -> None:
    """修改一个活动的一项规则；修改记入账本，从现在起生效。"""
    if dry_run:
        with reading(db) as (r, world):
            found = find_activity(world, code)
            actions.refuse_over(world, found)
            fixed, changed = settled(r, world, found), actions.decided(found.rules, {key: value})
        now, then = found.rules.line(key).value, changed.line(key).value
        emit({"activity": found.id, "key": key, "now": now, "value": then, "dry_run": True, "frozen": _remarks(fixed)},
             as_json=as_json, text=lambda: "\n".join([f"{key}：{now} → {then}，没有写入。", *_lines(fixed, "已定下、不再变：")]))  # fmt: skip
        return
    with writing(db) as w:
        found = find_activity(worlds.load(w), code)
        fact = actions.amend(w, found, {key: value}, reason)
    data = {"activity": found.id, "key": key, "value": value, "fact": fact.chain if fact else None}
    emit(data, as_json=as_json, text=lambda: f"{key} = {value}" if fact else f"{key} 本来就是 {value}，没有改动。")


@activity.command("close")
@click.argument("code")
@click.option("--reason", required=True, help="结束的原因。")
@click.option("--dry-run", is_flag=True, help="只列出还没办完的；什么也不写。")
@db_option
@json_option
def close_(code: str, reason: str, dry_run: bool, db: str | None, as_json: bool) -> None:
    """结束一个活动：不再登记，看得到、查得到；用 activity reopen 可以撤回。"""
    fact = None
    if dry_run:
        with reading(db) as (r, world):
            found = find_activity(world, code)
            left = still_open(r, world, found)
    else:
        with writing(db) as w:
            world = worlds.load(w)
            found = find_activity(world, code)
            left = still_open(w, world, found)
            fact = actions.close(w, found, reason)
    done = "没有写入。" if dry_run else "已结束。" if fact else "本来就已经结束。"
    emit({"activity": found.id, "fact": fact.chain if fact else None, "dry_run": dry_run, "open_items": _remarks(left)},
         as_json=as_json, text=lambda: "\n".join([f"“{found.name}”：{done}", *_lines(left, "还没办完的：")]))  # fmt: skip


@activity.command("reopen")
@click.argument("code")
@click.option("--reason", required=True, help="撤回“结束”的原因。")
@db_option
@json_option
def reopen_(code: str, reason: str, db: str | None, as_json: bool) -> None:
    """撤回“结束”：活动接着进行。"""
    with writing(db) as w:
        found = find_activity(worlds.load(w), code)
        facts = actions.reopen(w, found, reason)
        words = line_of(w, worlds.load(w), worlds.load(w).activities[found.id]).words
    data = {"activity": found.id, "facts": [fact.chain for fact in facts]}
    emit(data, as_json=as_json, text=lambda: f"“{found.name}”：{'已撤回“结束”' if facts else '本来就没有结束'}。状态：{words}。")


def _data(line: ActivityLine) -> dict[str, Any]:
    found = line.activity
    return {
        "activity": found.id, "code": found.code, "sort": found.sort, "known": found.is_known, "name": found.name,
        "host": line.host_code, "host_unit": found.host, "host_name": line.host, "seat": found.seat, "open": line.is_going_on,
        "opened_on": found.opened_on, "closed_on": found.closed_on or None, "reason": found.reason or None,
        "version": found.in_force.version, "rules_digest": found.in_force.digest,
    }  # fmt: skip


def _remarks(some: Iterable[Remark]) -> list[dict[str, Any]]:
    return [{"words": each.words, "count": each.count} for each in some]


def _lines(some: Iterable[Remark], before: str) -> list[str]:
    lines = [f"  {each.words}：{each.count}" for each in some]
    return [before, *lines] if lines else []
