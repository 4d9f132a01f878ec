"""`campmgr activity`."""

from __future__ import annotations

import click

from campmgr.areas.camp.actions import open_activity
from campmgr.cli.opened import writing
from campmgr.cli.output import db_option, emit, json_option


@click.group()
def activity() -> None:
    """同一份数据文件里的活动。"""


@activity.command("open")
@click.option("--preset", required=True, metavar="预设", help="按哪个预设开始，例如 escape-drill-2023。")
@click.option("--code", required=True, metavar="代码", help="活动代码，例如 2024。")
@db_option
@json_option
def open_(preset: str, code: str, db: str | None, as_json: bool) -> None:
    """在原来的训练营之后再开一个：人员、单位、账号不变，课时和证书从零开始；以前的证书和名单照样能查验。"""
    with writing(db) as w:
        opened = open_activity(w, preset, code)
    emit({"activity": opened, "code": code}, as_json=as_json, text=lambda: f"已开始新的训练营“{code}”，从现在起的记录都属于它。")
