"""`campmgr report scores`."""

from __future__ import annotations

import click

from campmgr.areas.judging.queries.report import report_of
from campmgr.areas.judging.queries.rounds import round_named
from campmgr.areas.judging.rules.methods import alpha_words
from campmgr.areas.judging.settings import METHODS
from campmgr.areas.people.queries.finding import find_person
from campmgr.cli.opened import reading
from campmgr.cli.output import activity_option, db_option, emit, json_option, table
from campmgr.facts.finding import chosen_activity


@click.command("scores")
@click.argument("name", metavar="轮次")
@click.option("--method", default="", metavar="算法", help="按哪种算法排（不写按这一轮的设置）。")
@click.option("--without", default="", metavar="编码", help="假如没有这位评委。")
@activity_option
@db_option
@json_option
def scores(name: str, method: str, without: str, activity: str, db: str | None, as_json: bool) -> None:
    """开启以后的评审结果：各种算法并列，评委意见是否一致，哪些评分不计。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "entries")
        line = round_named(r, found, name)
        report = report_of(r, world, found, line, method, find_person(r, without).person if without else "")
    heads = ("名次", "作品", "单位", *METHODS.values(), "份数", "极差", "")
    rows = [
        (each.place, each.work.title, each.unit, *(each.figures.under(one) if each.figures else "" for one in METHODS),
         each.marks, each.figures.spread if each.figures else "", each.thin)
        for each in report.rows
    ]  # fmt: skip
    words = [f"名次按“{METHODS[report.method]}”。", table(heads, rows), f"一致程度：{alpha_words(report.agreement.total)}。"]
    emit(report.told(), as_json=as_json, text=lambda: "\n".join(words))
