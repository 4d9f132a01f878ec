"""`campmgr points` and `campmgr bulletin`: what the host does beside judging items."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from campmgr.areas.points.actions.bulletins import amend_bulletin, freeze
from campmgr.areas.points.actions.naming import add_named_units
from campmgr.areas.points.actions.standings import cancel_bonus, excuse, say_bonus
from campmgr.areas.points.commands.handover import agree_, propose_
from campmgr.areas.points.files.bulletin import bulletin_paper
from campmgr.areas.points.queries.bulletins import Bulletin, bulletin_of, bulletins_of, changes_since
from campmgr.areas.points.queries.rows import row_of
from campmgr.areas.points.rules.bulletin import BulletinChange, BulletinRow
from campmgr.areas.points.rules.ranking import GROUNDS
from campmgr.areas.points.rules.tasks import GROUPS
from campmgr.cli.opened import press_for, reading, writing
from campmgr.cli.output import activity_option, db_option, emit, json_option, table
from campmgr.facts import world as worlds
from campmgr.facts.finding import chosen_activity, find_unit, shown_code
from campmgr.facts.world import World
from campmgr.files.official_book import write_paper
from campmgr.files.official_sheet import paper_pdf
from campmgr.periods.spans import named


@click.group()
def points() -> None:
    """宣传积分：建单位、附加分、免除任务、换宣传员。"""


points.add_command(propose_)
points.add_command(agree_)


@points.command("units")
@activity_option
@db_option
@json_option
def units(activity: str, db: str | None, as_json: bool) -> None:
    """按规则里的统计表各行，在主办单位之下建好还没有的单位。"""
    with writing(db) as w:
        added = add_named_units(w, chosen_activity(worlds.load(w), activity, "points"))
    emit({"added": added}, as_json=as_json, text=lambda: f"新建 {len(added)} 个单位。" if added else "单位都已经有了。")


@points.command("bonus")
@click.option("--unit", required=True, metavar="单位", help="哪个单位。")
@click.option("--tenths", type=int, default=None, help="给多少，以十分之一分计：50 是 5 分。")
@click.option("--cancel", default="", metavar="理由", help=f"取消：{'、'.join(GROUNDS)}。")
@click.option("--reason", required=True, help="说明。")
@activity_option
@db_option
@json_option
def bonus(unit: str, tenths: int | None, cancel: str, reason: str, activity: str, db: str | None, as_json: bool) -> None:
    """给一个单位附加分，或取消；积分和名次不变。"""
    with writing(db) as w:
        world = worlds.load(w)
        found = chosen_activity(world, activity, "points")
        of = row_of(w, world, found, find_unit(world, unit).unit).unit.unit
        if cancel:
            fact = cancel_bonus(w, found, of, cancel, reason)
        else:
            fact = say_bonus(w, found, of, tenths if tenths is not None else -1, reason)
    emit({"fact": fact.chain}, as_json=as_json, text=lambda: "附加分已取消。" if cancel else "附加分已记下。")


@points.command("excuse")
@click.option("--unit", required=True, metavar="单位", help="哪个单位。")
@click.option("--period", required=True, metavar="时期", help="哪一周、月或季度：2022-W10、2022-03、2022Q1。")
@click.option("--reason", required=True, help="原因。")
@activity_option
@db_option
@json_option
def excuse_(unit: str, period: str, reason: str, activity: str, db: str | None, as_json: bool) -> None:
    """免除一个单位某一时期的任务。"""
    with writing(db) as w:
        world = worlds.load(w)
        found = chosen_activity(world, activity, "points")
        fact = excuse(w, found, row_of(w, world, found, find_unit(world, unit).unit).unit.unit, period, reason)
    emit({"fact": fact.chain}, as_json=as_json, text=lambda: "已免除。")


@click.group()
def bulletin() -> None:
    """积分通报：定稿、查看、核对、更正、导出。"""


@bulletin.command("freeze")
@click.option("--period", required=True, metavar="时期", help="哪个时期：2022Q2、2022。")
@click.option("--group", type=click.Choice(GROUPS), required=True, help="哪一组。")
@activity_option
@db_option
@json_option
def freeze_(period: str, group: str, activity: str, db: str | None, as_json: bool) -> None:
    """把一个已经结束的时期定稿。"""
    with writing(db) as w:
        world = worlds.load(w)
        found = chosen_activity(world, activity, "points")
        number = freeze(w, found, named(period), group)
        data = _data(world, bulletin_of(w, found, number))
    emit(data, as_json=as_json, text=lambda: f"已定稿，第 {number} 号。")


@bulletin.command("list")
@activity_option
@db_option
@json_option
def list_(activity: str, db: str | None, as_json: bool) -> None:
    """全部通报。"""
    with reading(db) as (r, world):
        every = bulletins_of(r, chosen_activity(world, activity, "points"))
    lines = [(each.number, each.period.words, each.group, len(each.amendments), each.digest[:16]) for each in every]
    emit({"bulletins": [_data(world, each) for each in every]}, as_json=as_json,
         text=lambda: table(("编号", "时期", "组", "更正", "摘要"), lines) if lines else "还没有通报。")  # fmt: skip


@bulletin.command("show")
@click.argument("number", type=int)
@activity_option
@db_option
@json_option
def show(number: int, activity: str, db: str | None, as_json: bool) -> None:
    """一份通报，更正都已算上。"""
    with reading(db) as (r, world):
        found = bulletin_of(r, chosen_activity(world, activity, "points"), number)
    lines = [(_name(world, row.unit), *row.figures, row.place) for row in found.unrolled.rows]
    headings = ("单位", "动态/舆情", "文章/约稿", "一类", "二类", "三类", "四类", "五类", "总计", "名次")
    emit(_data(world, found), as_json=as_json, text=lambda: table(headings, lines))


@bulletin.command("verify")
@click.argument("number", type=int)
@activity_option
@db_option
@json_option
def verify(number: int, activity: str, db: str | None, as_json: bool) -> None:
    """核对一份通报：摘要对不对，与公布的是不是一份；定稿以后有什么变化。"""
    with reading(db) as (r, world):
        activity_ = chosen_activity(world, activity, "points")
        found = bulletin_of(r, activity_, number)
        changed = changes_since(r, world, activity_, found)
    data = {"number": number, "equal": found.is_whole, "published": found.published,
            "differences": [_change(world, each) for each in changed]}  # fmt: skip
    told = "一致。" if found.is_whole else "不一致：摘要对不上，或没有公布。"
    emit(
        data,
        as_json=as_json,
        text=lambda: f"第 {number} 号：{told}" + (f"定稿以后有 {len(changed)} 行变化，可以更正。" if changed else ""),
    )


@bulletin.command("amend")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="更正的原因；各单位都看得到，不要写姓名和号码。")
@activity_option
@db_option
@json_option
def amend(number: int, reason: str, activity: str, db: str | None, as_json: bool) -> None:
    """更正一份通报：定稿以后迟到的、撤回的，按定稿时的规则重算。"""
    with writing(db) as w:
        world = worlds.load(w)
        found = chosen_activity(world, activity, "points")
        amendment = amend_bulletin(w, found, bulletin_of(w, found, number), reason)
        data = _data(world, bulletin_of(w, found, number))
    emit(data, as_json=as_json, text=lambda: f"第 {number} 号通报的第 {amendment} 次更正已发出。")


@bulletin.command("export")
@click.argument("number", type=int)
@click.option("--out", type=click.Path(path_type=Path), required=True, help=".xlsx 或 .pdf。")
@activity_option
@db_option
@json_option
def export(number: int, out: Path, activity: str, db: str | None, as_json: bool) -> None:
    """按通知的统计表导出一份通报。"""
    with reading(db) as (r, world):
        found = chosen_activity(world, activity, "points")
        paper = bulletin_paper(r, world, bulletin_of(r, found, number))
    if out.suffix == ".pdf":
        out.write_bytes(paper_pdf(press_for(db), paper))
    else:
        write_paper(out, paper)
    emit({"number": number, "file": str(out)}, as_json=as_json, text=lambda: f"已写入 {out}。")


def _name(world: World, unit: str) -> str:
    known = world.tree.units.get(unit)
    return known.name if known else "未知单位"


def _data(world: World, found: Bulletin) -> dict[str, Any]:
    return {
        "number": found.number, "period": found.period.name, "group": found.group, "at": found.at, "digest": found.digest,
        "rows": [_row(world, row) for row in found.unrolled.rows],
        "amendments": [{"amendment": each.step.amendment, "on": each.said_on, "reason": each.step.reason,
                        "changes": [_change(world, change) for change in each.step.changes]} for each in found.amendments],
    }  # fmt: skip


def _row(world: World, row: BulletinRow) -> dict[str, Any]:
    reports, articles, *adopted, total = row.figures
    return {"code": shown_code(world, row.unit), "name": _name(world, row.unit), "reports": reports, "articles": articles,
            "adopted": adopted, "points": total, "place": row.place, "grade": row.grade}  # fmt: skip


def _change(world: World, change: BulletinChange) -> dict[str, Any]:
    return {
        "before": _row(world, change.before) if change.before else None,
        "after": _row(world, change.after) if change.after else None,
    }
