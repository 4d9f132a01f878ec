"""`campmgr tool` and `campmgr report tools`."""

from __future__ import annotations

from dataclasses import asdict

import click
from campmgr.areas.tools.actions import lend as lend_tools
from campmgr.areas.tools.queries import lent

from campmgr.cli.opened import reading, writing
from campmgr.cli.output import db_option, emit, json_option, table
from campmgr.facts import world as worlds


@click.group()
def tool() -> None:
    """器材。"""


@tool.command()
@click.option("--unit", required=True, metavar="代码", help="哪个单位。")
@click.option("--name", required=True, metavar="器材", help="哪种器材。")
@click.option("--count", required=True, type=int, metavar="件数", help="多少件。")
@db_option
@json_option
def lend(unit: str, name: str, count: int, db: str | None, as_json: bool) -> None:
    """登记一个单位领用的器材。"""
    with writing(db) as w:
        fact = lend_tools(w, worlds.load(w), unit, name, count)
    emit({"fact": fact.chain}, as_json=as_json, text=lambda: f"{unit} 领用 {name} {count} 件。")


@click.command()
@db_option
@json_option
def report(db: str | None, as_json: bool) -> None:
    """各单位领用的器材。"""
    with reading(db) as (r, _):
        rows = lent(r)
    text = [(each.unit, each.name, each.count) for each in rows]
    emit({"rows": [asdict(each) for each in rows]}, as_json=as_json, text=lambda: table(("单位", "器材", "件数"), text))
