"""`campmgr report items`, `short`, `adoptions`: lists of what there is, and of what waits for somebody."""

from __future__ import annotations

import click

from campmgr.areas.points.fold.outlets import dictionary_of
from campmgr.areas.points.queries.coverage import coverage
from campmgr.areas.points.queries.items import Wanted, adoptions_of, count_of, items_of, unclassed_outlets, unsettled_adoptions
from campmgr.areas.points.queries.noted import noted_adoptions
from campmgr.areas.points.queries.rows import checked_group, rows_of
from campmgr.areas.points.queries.tasks import by_unit, last_week, short_of, short_words, unit_tasks
from campmgr.areas.points.rules.because import class_word
from campmgr.areas.points.settings import Passing, Points
from campmgr.cli.opened import reading
from campmgr.cli.output import activity_option, db_option, emit, json_option, table
from campmgr.clock import today_of
from campmgr.facts.finding import chosen_activity, find_unit, shown_code
from campmgr.periods.spans import named


@click.command("items")
@click.option("--unit", default="", metavar="单位", help="只看一个单位的。")
@click.option("--period", default="", metavar="时期", help="只看一个时期报送的：2022Q2、2022-W10。")
@click.option("--column", default="", metavar="列", help="统计表哪一列里的：reports、articles、1–5；这些稿件加起来就是那一格。")
@click.option("--state", default="", metavar="状态", help="waiting、returned 或 passed。")
@click.option("--most", default=200, type=click.IntRange(1, 10_000), help="最多列多少篇。")
@activity_option
@db_option
@json_option
def items(unit: str, period: str, column: str, state: str, most: int, activity: str, db: str | None, as_json: bool) -> None:
    """稿件，最近报送的在前。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "points")
        of, span = find_unit(world, unit).unit if unit else "", named(period) if period else None
        wanted = Wanted(unit=of, period=span, column=column, state=state, most=most)
        told, count = items_of(r, found, wanted), count_of(r, found, wanted)
        codes = [shown_code(world, each.unit) for each in told]
    passing = found.rules[Passing]
    data = [{"item": each.item, "unit": code, "sort": each.sort, "title": each.title, "event_on": each.event_on or None,
             "sent_at": each.sent_at, "timely": not each.late, "points": each.points, "state": each.state}
            for each, code in zip(told, codes, strict=True)]  # fmt: skip
    lines = [(each.item[:8], code, each.sort, each.title, each.sent_words, each.points, each.waits_for(passing))
             for each, code in zip(told, codes, strict=True)]  # fmt: skip
    emit({"count": count, "rows": data}, as_json=as_json,
         text=lambda: table(("编号", "单位", "类型", "标题", "报送", "分", "审核"), lines))  # fmt: skip


@click.command("short")
@click.option("--period", default="", metavar="时期", help="哪一周、月或季度（默认上一周）。")
@click.option("--group", default="", metavar="组", help="只看 板块 或 科室大队。")
@activity_option
@db_option
@json_option
def short(period: str, group: str, activity: str, db: str | None, as_json: bool) -> None:
    """谁还差几篇：可以直接贴到群里的提醒。"""
    checked_group(group)
    with reading(db) as (r, world):
        found, today = chosen_activity(world, activity, "points"), today_of(r.clock)
        span = named(period) if period else last_week(found, today)
        tasks = unit_tasks(r, world, found, span, rows_of(r, world, found, group), today)
    missing, words = short_of(tasks), short_words(span, tasks)
    data = [{"code": row.unit.shown_code, "name": row.unit.name, "missing": {line.sort: line.missing for line in lines}}
            for row, lines in by_unit(missing)]  # fmt: skip
    emit({"period": span.name, "rows": data, "text": words}, as_json=as_json, text=lambda: words)


@click.command("adoptions")
@click.option("--item", "item_id", default="", metavar="稿件", help="只看一篇稿件的（32 位编号）。")
@activity_option
@db_option
@json_option
def adoptions(item_id: str, activity: str, db: str | None, as_json: bool) -> None:
    """等主办单位核定的录用，还没有归类的媒体，没有对上稿件的录用。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "points")
        told = adoptions_of(r, [item_id]) if item_id else unsettled_adoptions(r, found)
        waiting, known = unclassed_outlets(r, found), dictionary_of(r, found)
        unmatched = () if item_id else noted_adoptions(r, found)
        codes = [shown_code(world, each.unit) for each in unmatched]
    data = [{"item": each.item, "fact": each.fact, "outlet": each.outlet, "class": each.cls or None, "on": each.adopted_on}
            for each in told]  # fmt: skip
    outlets = [{"outlet": each.outlet, "waiting": each.waiting, "since": each.since, "like": list(known.like(each.outlet))}
               for each in waiting]  # fmt: skip
    noted = [{"adoption": each.adoption, "unit": code, "title": each.title or None, "item": each.said_item or None,
              "outlet": each.outlet, "on": each.adopted_on} for each, code in zip(unmatched, codes, strict=True)]  # fmt: skip
    lines = [(each.item[:8], each.outlet, class_word(each.cls), each.adopted_on) for each in told]
    more = [(each.adoption[:8], each.words, each.outlet, each.adopted_on) for each in unmatched]
    words = [table(("稿件", "媒体", "类别", "录用"), lines)]
    if more:
        words += ["没有对上稿件的：", table(("录用", "标题或编号", "媒体", "录用日期"), more)]
    emit({"rows": data, "unclassed": outlets, "unmatched": noted}, as_json=as_json, text=lambda: "\n".join(words))


@click.command("coverage")
@click.option("--period", default="", metavar="时期", help="哪个时期（默认全年）：2022、2022Q2、2022-03。")
@activity_option
@db_option
@json_option
def covered(period: str, activity: str, db: str | None, as_json: bool) -> None:
    """宣传重点、主题活动、栏目各报了几篇，几个单位报的，几篇被录用。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "points")
        span = named(period or str(found.rules[Points].year))
        told = coverage(r, world, found, span)
    data = [{"sort": each.sort, "word": each.word, "items": each.items, "units": each.units, "adopted": each.adopted,
             "points": each.points} for each in told]  # fmt: skip
    lines = [(each.sort, each.word, each.items, each.units, each.adopted, each.points) for each in told]
    emit({"period": span.name, "rows": data}, as_json=as_json,
         text=lambda: table(("", "重点或栏目", "稿件", "单位", "被录用", "积分"), lines))  # fmt: skip
