"""`campmgr report points`, `quotas`, `venues`, `roster`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from campmgr.areas.points.files.forms import table_paper
from campmgr.areas.points.files.roster import roster_paper
from campmgr.areas.points.kinds.lists import VENUES
from campmgr.areas.points.queries.roster import UnitRoster, agreeing, correspondents_of, unit_rosters
from campmgr.areas.points.queries.rows import checked_group, row_of, rows_of
from campmgr.areas.points.queries.table import Gain, PointsRow, PointsTable, gains, points_table
from campmgr.areas.points.queries.tasks import unit_tasks
from campmgr.areas.points.queries.venues import unit_venues
from campmgr.areas.points.settings import Points
from campmgr.cli.opened import press_for, reading
from campmgr.cli.output import activity_option, db_option, emit, json_option, table
from campmgr.clock import checked_day, today_of
from campmgr.errors import BadInput
from campmgr.facts.activities import Activity
from campmgr.facts.finding import chosen_activity, find_unit
from campmgr.files.inventory_sheets import inventory_paper
from campmgr.files.official_book import write_paper
from campmgr.files.official_paper import Paper
from campmgr.files.official_sheet import paper_pdf
from campmgr.periods.quotas import STANDING_WORDS
from campmgr.periods.spans import Span, named
from campmgr.settings.rules import Rules

_PERIOD = "哪个时期：2022、2022Q2、2022-03、2022-W10（默认全年）。"
_GROUP = "只看 板块 或 科室大队。"


@click.command("points")
@click.option("--period", default="", metavar="时期", help=_PERIOD)
@click.option("--group", default="", metavar="组", help=_GROUP)
@click.option("--as-of", default="", metavar="日期", help="只算到这一天。")
@click.option(
    "--set", "decided", multiple=True, metavar="KEY=VALUE", help="换一条规则试算：只列出积分或名次会变的单位，什么也不写。"
)
@click.option("--out", type=click.Path(path_type=Path), help="另存为通知的统计表，.xlsx 或 .pdf（要写 --group）。")
@click.option("--blank", is_flag=True, help="另存时不填数。")
@activity_option
@db_option
@json_option
def points(
    period: str, group: str, as_of: str, decided: tuple[str, ...], out: Path | None, blank: bool, activity: str, db: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """各单位积分：报送、录用、总计、名次；可按通知的统计表另存，也可换规则试算。"""
    checked_group(group)
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "points")
        span = _span(found, period)
        if decided:
            changed = gains(r, world, found, _decided(found, decided), span, group)
            told_set = dict(each.split("=", 1) for each in decided)
            emit({"period": span.name, "set": told_set, "rows": [_gain(each) for each in changed]},
                 as_json=as_json, text=lambda: _gain_words(changed))  # fmt: skip
            return
        told = points_table(r, world, found, span, group, checked_day(as_of))
        if out is not None:
            if not group:
                raise BadInput("请写 --group 板块 或 --group 科室大队：两张表分开。", reason="missing_value")
            _write(out, table_paper(found, group, told, blank=blank), db)
    headings = ("代码", "单位", "动态/舆情", "文章/约稿", "一类", "二类", "三类", "四类", "五类", "总计", "名次")
    lines = [(each.row.unit.shown_code, each.row.unit.name, each.reports, each.articles, *each.adopted, each.points, each.place)
             for each in told.rows]  # fmt: skip
    emit(_points_data(told), as_json=as_json, text=lambda: f"已写入 {out}。" if out else table(headings, lines))


@click.command("quotas")
@click.option("--period", default="", metavar="时期", help=_PERIOD)
@click.option("--unit", default="", metavar="单位", help="只看一个单位的。")
@click.option("--group", default="", metavar="组", help=_GROUP)
@click.option("--as-of", default="", metavar="日期", help="按这一天看（默认今天）。")
@activity_option
@db_option
@json_option
def quotas(period: str, unit: str, group: str, as_of: str, activity: str, db: str | None, as_json: bool) -> None:
    """各单位的任务：每周、每月、每季度该报几篇，报了几篇。"""
    checked_group(group)
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "points")
        rows = (row_of(r, world, found, find_unit(world, unit).unit),) if unit else rows_of(r, world, found, group)
        told = unit_tasks(r, world, found, _span(found, period), rows, checked_day(as_of) or today_of(r.clock))
    data = [{"code": row.unit.shown_code, "name": row.unit.name, "period": line.period.name, "sort": line.sort, "due": line.due,
             "done": line.done, "state": line.state, "excused": line.excused or None} for row, line in told]  # fmt: skip
    lines = [
        (row.unit.name, line.period.words, line.sort, f"{line.done}/{line.due}", STANDING_WORDS[line.state]) for row, line in told
    ]
    emit({"rows": data}, as_json=as_json, text=lambda: table(("单位", "时期", "类型", "完成", ""), lines))


@click.command("venues")
@click.option("--unit", default="", metavar="单位", help="另存时：哪个单位的表。")
@click.option("--out", type=click.Path(path_type=Path), help="另存为汇总表，.xlsx 或 .pdf。")
@activity_option
@db_option
@json_option
def venues(unit: str, out: Path | None, activity: str, db: str | None, as_json: bool) -> None:
    """体验馆摸排：每家合不合类别的面积，每个板块报了几家。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "points")
        told = unit_venues(r, world, found)
        if out is not None:
            of = find_unit(world, unit).unit if unit else ""
            rows = [venue.row for each in told for venue in each.venues if of in {"", each.row.unit.unit}]
            _write(out, inventory_paper(world, VENUES, found.rules, rows, of), db)
    rows_data = [
        {"unit": each.row.unit.shown_code, "name": venue.row.values["name"], "area": _tenths(venue.row.values["area"]),
         "class": venue.row.values["class"], "fits": venue.why_not is None,
         "because": [] if venue.why_not is None else [{"code": venue.why_not.code, "sentence": venue.why_not.sentence}]}
        for each in told for venue in each.venues
    ]  # fmt: skip
    units = [{"code": each.row.unit.shown_code, "name": each.row.unit.name, "listed": len(each.venues), "state": each.state.code}
             for each in told]  # fmt: skip
    lines = [(each.row.unit.name, len(each.venues), each.state.sentence,
              "；".join(f"{one.row.values['name']}：{one.why_not.sentence}" for one in each.venues if one.why_not))
             for each in told]  # fmt: skip
    emit({"rows": rows_data, "units": units}, as_json=as_json,
         text=lambda: f"已写入 {out}。" if out else table(("板块", "家数", "", "不合的"), lines))  # fmt: skip


@click.command("roster")
@click.option("--unit", default="", metavar="单位", help="只看一个单位的；另存时必写。")
@click.option("--out", type=click.Path(path_type=Path), help="另存为宣传员名单，.xlsx 或 .pdf；没有人的就是空表。")
@activity_option
@db_option
@json_option
def roster(unit: str, out: Path | None, activity: str, db: str | None, as_json: bool) -> None:
    """宣传员名单：各单位是谁，从哪天到哪天，谁还没有报。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "points")
        of = find_unit(world, unit) if unit else None
        told = [each for each in unit_rosters(r, world, found, today_of(r.clock)) if of is None or each.row.unit.unit == of.unit]
        if out is not None:
            if of is None:
                raise BadInput("请写 --unit：名单一个单位一张。", reason="missing_value")
            now = [
                each for each in correspondents_of(r, found, of.unit) if not each.until_on and not each.waits_for(agreeing(found))
            ]
            _write(out, roster_paper(found, of.name, now), db)
    data = [{"code": each.row.unit.shown_code, "name": each.row.unit.name, "overdue": each.overdue,
             "correspondents": [{"name": one.name, "post": one.post, "from": one.from_on, "until": one.until_on or None}
                                for one in each.correspondents],
             "proposed": [{"person": one.person, "name": one.name, "post": one.post, "from": one.from_on, "waits_for": list(waits)}
                          for one, waits in each.proposed]} for each in told]  # fmt: skip
    lines = [(each.row.unit.name, _correspondents(each)) for each in told]
    emit({"rows": data}, as_json=as_json, text=lambda: f"已写入 {out}。" if out else table(("单位", "宣传员"), lines))


def _correspondents(roster: UnitRoster) -> str:
    days = (f"{one.name}（{one.from_on} 起{f'，{one.until_on} 止' if one.until_on else ''}）" for one in roster.correspondents)
    return "、".join(days) or ("逾期未报" if roster.overdue else "还没有报")


def _span(activity: Activity, text: str) -> Span:
    return named(text or str(activity.rules[Points].year))


def _decided(activity: Activity, typed: tuple[str, ...]) -> Rules:
    rules = activity.rules
    for each in typed:
        key, equals, value = each.partition("=")
        if not equals:
            raise BadInput(f"“{each}”不是 KEY=VALUE。", reason="wrong_usage", hint="例如 points.several=sum。")
        rules = rules.with_change(key, value)
    return rules


def _write(out: Path, paper: Paper, db: str | None) -> None:
    if out.suffix == ".pdf":
        out.write_bytes(paper_pdf(press_for(db), paper))
    else:
        write_paper(out, paper)


def _points_data(told: PointsTable) -> dict[str, Any]:
    *sums, total = told.total
    return {
        "period": told.period.name, "rule": told.digest, "rows": [_row(each) for each in told.rows],
        "total": {"reports": sums[0], "articles": sums[1], "adopted": sums[2:], "points": total}, "unclassed": told.unclassed,
    }  # fmt: skip


def _row(each: PointsRow) -> dict[str, Any]:
    return {"code": each.row.unit.shown_code, "name": each.row.unit.name, "group": each.row.group, "reports": each.reports,
            "articles": each.articles, "adopted": list(each.adopted), "points": each.points, "place": each.place,
            "grade": each.grade, "bonus": _tenths(each.bonus)}  # fmt: skip


def _gain(each: Gain) -> dict[str, Any]:
    return {"code": each.row.unit.shown_code, "name": each.row.unit.name, "now": each.now, "then": each.then, "place": each.place,
            "place_then": each.place_then, "grade": each.grade, "grade_then": each.grade_then}  # fmt: skip


def _gain_words(changed: tuple[Gain, ...]) -> str:
    lines = [
        (
            each.row.unit.name,
            each.now,
            each.then,
            f"{each.then - each.now:+d}",
            each.place,
            each.place_then,
            _given(each.grade),
            _given(each.grade_then),
        )
        for each in changed
    ]
    return (
        table(("单位", "现在", "改后", "增减", "名次", "改后名次", "赋分", "改后赋分"), lines)
        if lines
        else "没有单位的积分、名次或赋分会变。"
    )


def _given(grade: int | None) -> str:
    return "" if grade is None else str(grade)


def _tenths(value: int | None) -> float | int | None:
    if value is None:
        return None
    return value // 10 if value % 10 == 0 else value / 10
