"""`campmgr walk`."""

from __future__ import annotations

import click

from campmgr.cli.opened import writing
from campmgr.cli.output import activity_option, db_option, emit, json_option
from campmgr.facts import world as worlds
from campmgr.facts.finding import chosen_activity, find_unit
from tests.kit.walks.actions import report_walk


@click.command()
@click.option("--unit", required=True)
@click.option("--place", required=True)
@click.option("--minutes", type=int, required=True)
@activity_option
@db_option
@json_option
def walk(unit: str, place: str, minutes: int, activity: str, db: str | None, as_json: bool) -> None:
    """登记一次巡查。"""
    with writing(db) as w:
        world = worlds.load(w)
        found = chosen_activity(world, activity, "walks")
        fact = report_walk(w, found, find_unit(world, unit).unit, place, minutes)
    emit({"fact": fact.chain, "activity": found.id}, as_json=as_json, text=lambda: f"已登记：{place} {minutes} 分钟。")
