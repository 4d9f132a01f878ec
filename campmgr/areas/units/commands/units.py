"""`campmgr unit`."""

from __future__ import annotations

import click

from campmgr.areas.units.actions import units as actions
from campmgr.cli.opened import writing
from campmgr.cli.output import db_option, emit, json_option


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
