"""`campmgr duty`."""

from __future__ import annotations

from dataclasses import asdict

import click

from campmgr.areas.duties.actions import end_duty, give_duty
from campmgr.areas.duties.queries import duties_in
from campmgr.areas.people.queries.finding import find_person
from campmgr.cli.opened import reading, writing
from campmgr.cli.output import activity_option, db_option, emit, json_option, table
from campmgr.clock import today_of
from campmgr.facts import world as worlds
from campmgr.facts.finding import activity_meant, find_unit


@click.group()
def duty() -> None:
    """活动里的职责：评委、宣传员、联络员、专家等，有起止日期。"""


@duty.command("give")
@click.option("--person", required=True, metavar="编码", help="16 位编码，或唯一的编号。")
@activity_option
@click.option("--duty", "word", required=True, metavar="职责", help="例如 联络员、专家。")
@click.option("--unit", default="", metavar="单位", help="为哪个单位（不写为本人所在单位）。")
@click.option("--from", "from_on", default="", metavar="日期", help="从哪天起（默认今天）。")
@click.option("--until", "until_on", default="", metavar="日期", help="到哪天为止（可不写）。")
@db_option
@json_option
def give(person: str, activity: str, word: str, unit: str, from_on: str, until_on: str, db: str | None, as_json: bool) -> None:
    """登记一项职责；同一人同一活动的同一职责再登记一次，就是变更。"""
    with writing(db) as w:
        world, who = worlds.load(w), find_person(w, person)
        for_unit = find_unit(world, unit).unit if unit else ""
        fact = give_duty(w, who, activity_meant(world, activity), word, unit=for_unit, from_on=from_on, until_on=until_on)
    emit({"fact": fact.chain, "person": who.person}, as_json=as_json, text=lambda: f"已登记：{word}。")


@duty.command("end")
@click.option("--person", required=True, metavar="编码", help="16 位编码，或唯一的编号。")
@activity_option
@click.option("--duty", "word", required=True, metavar="职责", help="例如 联络员、专家。")
@click.option("--on", default="", metavar="日期", help="到哪天为止（默认今天）。")
@click.option("--reason", required=True, help="原因。")
@db_option
@json_option
def end(person: str, activity: str, word: str, on: str, reason: str, db: str | None, as_json: bool) -> None:
    """结束一项职责。"""
    with writing(db) as w:
        who = find_person(w, person)
        fact = end_duty(w, who, activity_meant(worlds.load(w), activity), word, on, reason)
    emit({"fact": fact.chain, "person": who.person}, as_json=as_json, text=lambda: f"已结束：{word}。")


@duty.command("list")
@activity_option
@db_option
@json_option
def list_(activity: str, db: str | None, as_json: bool) -> None:
    """一个活动里谁担任什么，从哪天到哪天。"""
    with reading(db) as (r, world):
        lines = duties_in(r, world, activity_meant(world, activity), today_of(r.clock))
    rows = [(each.duty, each.name, each.unit, each.from_on, each.until_on, each.words) for each in lines]
    emit({"rows": [asdict(each) for each in lines]}, as_json=as_json,
         text=lambda: table(("职责", "姓名", "单位", "从", "到", "状态"), rows) if rows else "还没有人担任职责。")  # fmt: skip
