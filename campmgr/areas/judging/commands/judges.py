"""`campmgr judge`: who judges."""

from __future__ import annotations

from collections.abc import Sequence

import click

from campmgr.areas.judging.actions.assigning import name_judge
from campmgr.areas.judging.queries.judges import Judge, judges_in, judges_of
from campmgr.areas.judging.queries.rounds import round_named, rounds_of
from campmgr.areas.people.queries.finding import find_person
from campmgr.cli.opened import reading, writing
from campmgr.cli.output import activity_option, db_option, emit, json_option, table
from campmgr.facts import world as worlds
from campmgr.facts.finding import chosen_activity, find_unit


@click.group()
def judge() -> None:
    """评委：指定、列出。"""


@judge.command("name")
@click.option("--person", required=True, metavar="编码", help="16 位编码，或唯一的编号。")
@click.option("--unit", default="", metavar="单位", help="工作单位，回避按它查（不写为本人所在单位）。")
@click.option("--field", "trade", default="", metavar="行业", help="例如 工业、媒体、艺术、影视。")
@activity_option
@db_option
@json_option
def name(person: str, unit: str, trade: str, activity: str, db: str | None, as_json: bool) -> None:
    """指定一位评委，写明工作单位和行业；再指定一次就是变更。"""
    with writing(db) as w:
        world, who = worlds.load(w), find_person(w, person)
        found = chosen_activity(world, activity, "entries")
        fact = name_judge(w, who, found, find_unit(world, unit).unit if unit else "", trade)
    emit({"fact": fact.chain, "person": who.person}, as_json=as_json, text=lambda: "评委已登记。")


@judge.command("list")
@click.option("--round", "of_round", default="", metavar="轮次", help="只看这一轮的件数（只有一轮时不用写）。")
@activity_option
@db_option
@json_option
def list_(of_round: str, activity: str, db: str | None, as_json: bool) -> None:
    """评委，各分到、评了、弃权、回避几件。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "entries")
        lines = rounds_of(r, found)
        line = round_named(r, found, of_round) if of_round else lines[0] if len(lines) == 1 else None
        some = judges_in(r, world, found, line)[0] if line else judges_of(r, world, found)
    emit({"judges": judges_told(some)}, as_json=as_json, text=lambda: judges_table(some) if some else "还没有评委。")


def judges_told(some: Sequence[Judge]) -> list[dict[str, object]]:
    """Judges as JSON."""
    return [
        {"person": each.person, "name": each.name, "unit": each.unit_name, "city": each.city, "field": each.field,
         "assigned": each.assigned, "scored": each.scored, "abstained": each.abstained, "recused": each.recused}
        for each in some
    ]  # fmt: skip


def judges_table(some: Sequence[Judge]) -> str:
    """Judges as a table."""
    heads = ("评委", "单位", "市", "行业", "分到", "已评", "弃权", "回避")
    rows = [(each.name, each.unit_name or "（没有单位，不能分派）", each.city, each.field, each.assigned, each.scored,
             each.abstained, each.recused) for each in some]  # fmt: skip
    return table(heads, rows)
