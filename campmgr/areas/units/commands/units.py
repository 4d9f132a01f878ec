"""`campmgr unit`."""

from __future__ import annotations

import click

from campmgr.areas.units.actions import units as actions
from campmgr.cli.opened import writing
from campmgr.cli.output import db_option, emit, json_option
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit


@click.group()
def unit() -> None:
    """单位。"""


@unit.command()
@click.argument("code")
@click.option("--to", "parent", required=True, metavar="代码", help="新的上级单位。")
@click.option("--on", "day", default="", metavar="日期", help="从哪一天起（默认今天）。")
@db_option
@json_option
def move(code: str, parent: str, day: str, db: str | None, as_json: bool) -> None:
    """把单位移到另一个上级之下；统计从那一天起跟着走，人员数据不动。"""
    with writing(db) as w:
        fact = actions.move_unit(w, code, parent, day)
    data = {"unit": code, "parent": parent, "fact": fact.chain if fact else None}
    emit(data, as_json=as_json, text=lambda: f"{code} 现在属于 {parent}。")


@click.group()
def units() -> None:
    """两个单位其实是一个。"""


@units.command()
@click.argument("code")
@click.argument("other")
@db_option
@json_option
def merge(code: str, other: str, db: str | None, as_json: bool) -> None:
    """把第二个单位并入第一个：人员从此计入第一个，两个代码都找到它；可以用 campmgr withdraw 撤回。"""
    with writing(db) as w:
        fact = actions.merge_units(w, code, other)
        stays = find_unit(worlds.load(w), code)
    data = {"unit": stays.shown_code, "id": stays.unit, "fact": fact.chain if fact else None}
    emit(data, as_json=as_json, text=lambda: f"已并入 {stays.name}。")
